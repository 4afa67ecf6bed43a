"""What the leadership asks of a settled year, answered from its findings, results, assessments."""

import pytest

from sihao.campaigns.models import CriterionMapping
from sihao.core.context import Role
from tests.factories import make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_inspections import (
    make_co_assessment,
    make_co_result,
    make_finding,
)
from tests.factories_results import criteria_of_campaign, make_final_inspection, make_result

PATH = "/api/v1/dashboards/questions"


async def ask(client, **query):
    answer = await client.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def make_found(world, campaign, texts, code="C6"):
    """A unit for each text, inspected, published, with the text found at the item."""
    criteria = await criteria_of_campaign(world, campaign)
    for text in texts:
        unit = await make_unit(world)
        inspection = await make_final_inspection(world, campaign, unit)
        await make_finding(world, inspection, criteria[code], text=text)
        await make_result(world, campaign, unit)


async def test_a_problem_found_in_enough_units_recurs_with_its_texts_grouped(as_, world):
    campaign = await make_campaign(world)
    texts = ["下基层调研不足60天，台账缺少事由"] * 2 + ["下基层调研不足58天，台账缺少事由记录"]
    await make_found(world, campaign, [*texts, "出差审批单未归档"])
    leadership = await as_.leadership()

    (item,) = (await ask(leadership, at_least=4))["recurring"]
    none = (await ask(leadership, at_least=5))["recurring"]

    assert (item["code"], item["units"], item["findings"]) == ("C6", 4, 4)
    assert [len(one["units"]) for one in item["alike"]] == [3, 1]
    assert none == []


async def test_ten_units_are_many_unless_another_number_is_asked_for(as_, world):
    await make_found(world, await make_campaign(world), ["台账缺少事由"] * 3)
    leadership = await as_.leadership()

    assert (await ask(leadership))["at_least"] == 10
    assert (await leadership.get(PATH, params={"at_least": 1})).status_code == 422


async def test_a_draft_of_findings_does_not_reach_the_leadership(as_, world):
    campaign = await make_campaign(world)
    await make_found(world, campaign, ["台账缺少事由"] * 2)
    criteria = await criteria_of_campaign(world, campaign)
    draft = await make_final_inspection(world, campaign, await make_unit(world), state="scored")
    await make_finding(world, draft, criteria["C6"], text="台账缺少事由")
    query = {"at_least": 2, "campaign_id": str(campaign.id)}

    (theirs,) = (await ask(await as_.leadership(), **query))["recurring"]
    (committees,) = (await ask(await as_.officer(), **query))["recurring"]

    assert (theirs["units"], committees["units"]) == (2, 3)


@pytest.mark.parametrize(("apart", "flat"), [(0, True), (1, False)])
async def test_an_item_at_which_all_got_the_same_in_each_year_separates_nobody(
    as_, world, apart, flat
):
    before, now = await make_campaign(world, year=2025), await make_campaign(world, year=2026)
    for at in range(9):
        unit = await make_unit(world)
        await make_result(world, before, unit, total="80" if at < apart else "95")
        await make_result(world, now, unit, total="90")

    (item,) = (await ask(await as_.leadership()))["items"]

    assert item["flat"] is flat
    assert [(one["year"], one["units"]) for one in item["years"]] == [(2025, 9), (2026, 9)]
    assert [one["same"] for one in item["years"]] == (
        ["100.0", "100.0"] if flat else ["88.9", "100.0"]
    )


async def test_a_handful_of_units_says_nothing_about_an_item(as_, world):
    campaign = await make_campaign(world)
    for _ in range(3):
        await make_result(world, campaign, await make_unit(world))

    (item,) = (await ask(await as_.leadership()))["items"]

    assert item["flat"] is False


async def test_an_item_is_followed_back_under_the_code_it_had(as_, world):
    old = await make_standard(world, codes=("A2", "D1"), year=2025)
    new = await make_standard(world, codes=("A1", "D1"), year=2026)
    was, now = await criteria_of(world, old), await criteria_of(world, new)
    await world.add(CriterionMapping(old_criterion_id=was["A2"].id, new_criterion_id=now["A1"].id))
    before = await make_campaign(world, year=2025, standard=old)
    after = await make_campaign(world, year=2026, standard=new)
    unit = await make_unit(world)
    officer, leader = await as_.officer(), await as_.leader()
    for campaign, lost in ((before, {"A2": "5"}), (after, {"A1": "10"})):
        await make_final_inspection(world, campaign, unit, lost=lost)
        campaign.state = "settling"
        await world.add(campaign)
        url = f"/api/v1/campaigns/{campaign.id}/results"
        assert (await officer.post(f"{url}:compute")).status_code == 200
        assert (await leader.post(f"{url}:approve", json={})).status_code == 200
    leadership = await as_.leadership()

    items = {one["code"]: one for one in (await ask(leadership))["items"]}
    drawn = (await leadership.get("/api/v1/dashboards/leadership")).json()

    assert [(one["year"], one["code"]) for one in items["A1"]["years"]] == [
        (2025, "A2"),
        (2026, "A1"),
    ]
    (moved,) = [one for one in drawn["changes"] if one["code"] == "A1"]
    assert moved["before"] == items["A1"]["years"][0]["share"]
    assert float(moved["change"]) < 0


async def test_the_units_that_moved_most_come_with_both_totals(as_, world):
    before, now = await make_campaign(world, year=2025), await make_campaign(world, year=2026)
    for name, was, is_now in (("升", "80", "88"), ("平", "90", "90"), ("降", "92", "81.5")):
        unit = await make_unit(world, name)
        await make_result(world, before, unit, total=was)
        await make_result(world, now, unit, total=is_now)

    moved = (await ask(await as_.leadership()))["moved"]

    assert [(one["unit_name"], one["change"]) for one in moved] == [
        ("升", "8.00"),
        ("降", "-10.50"),
    ]


async def test_units_about_which_assessments_disagree_are_named(as_, world):
    campaign = await make_campaign(world)
    party, discipline = [await make_co_assessment(world, campaign, code) for code in ("X2", "X3")]
    for at in range(8):
        unit = await make_unit(world, f"单位{at}")
        await make_result(world, campaign, unit)
        await make_co_result(world, party, unit, score=f"{99 - at}")
        await make_co_result(world, discipline, unit, score="60" if at == 0 else f"{98 - at}")

    answers = await ask(await as_.leadership())

    assert answers["disagreeing"][0]["unit_name"] == "单位0"


async def test_a_city_without_results_is_answered_with_nothing(as_, world):
    await make_campaign(world)

    answers = await ask(await as_.leadership())

    assert answers["settled"] is None
    assert [answers[one] for one in ("recurring", "items", "moved", "disagreeing")] == [[]] * 4


@pytest.mark.parametrize("role", [Role.UNIT_LEAD, Role.INSPECTOR, Role.RECEIVER])
async def test_other_roles_do_not_ask(as_, world, role):
    client = await as_.role(role, unit=await make_unit(world))

    assert (await client.get(PATH)).status_code == 403
