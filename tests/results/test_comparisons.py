from uuid import uuid4

from sqlmodel import select

from sihao.campaigns.models import Nature
from sihao.core.events import Event
from sihao.results.lifecycle import ResultState
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_results import end_notice, make_result

URL = "/api/v1/comparisons"


async def two_years(world, totals):
    first = await make_campaign(world, year=2025)
    second = await make_campaign(world, year=2026)
    units = []
    for before, after in totals:
        unit = await make_unit(world)
        units.append(unit)
        await make_result(world, first, unit, total=before)
        await make_result(world, second, unit, total=after)
    body = {
        "name": "2025—2026年度集中评比",
        "first_campaign_id": str(first.id),
        "second_campaign_id": str(second.id),
        "places": 2,
    }
    return units, body


async def test_two_years_are_compared_deliberated_noticed_and_announced(as_, world):
    units, body = await two_years(world, [("95", "93"), ("90", "91"), ("91", "90"), ("70", "75")])
    officer, leader = await as_.officer(), await as_.leader()
    made = (await officer.post(URL, json=body)).json()
    url = f"{URL}/{made['id']}"

    frozen = (await officer.move(made, url, "freeze")).json()
    outcome = (await officer.get(f"{url}/outcome")).json()
    assert [row["place"] for row in outcome["rows"]] == [1, 2, 2, 4]
    assert [row["at_line"] for row in outcome["rows"]] == [False, True, True, False]
    chosen = [str(units[0].id), str(units[1].id)]
    answer = await leader.move(frozen, url, "deliberate", "并列取党建成效更好者", unit_ids=chosen)
    assert answer.status_code == 200, answer.text
    noticed = (await officer.move(answer.json(), url, "notice")).json()
    await end_notice(world)
    commended = await as_.lead(units[0])
    assert (await commended.get("/api/v1/commendations")).json()["items"] == []
    announced = (await leader.move(noticed, url, "announce")).json()

    assert announced["state"] == "announced"
    (own,) = (await commended.get("/api/v1/commendations")).json()["items"]
    assert own["place"] is None
    (listed, *_) = (await officer.get("/api/v1/commendations")).json()["items"]
    assert listed["place"] == 1
    assert "政治坚定好" in own["merits"]
    assert (await (await as_.lead(units[3])).get("/api/v1/commendations")).json()["items"] == []


async def test_a_year_with_unpublished_results_cannot_be_frozen(as_, world):
    _, body = await two_years(world, [("95", "93")])
    late = await make_unit(world)
    campaign_id = body["second_campaign_id"]

    class Second:
        id, year = campaign_id, 2026

    await make_result(world, Second, late, state=ResultState.APPROVED)
    officer = await as_.officer()
    made = (await officer.post(URL, json=body)).json()

    assert "尚未公布" in made["actions"][0]["blocked"]
    answer = await officer.move(made, f"{URL}/{made['id']}", "freeze")
    assert answer.status_code == 409


async def test_an_appraisal_year_is_not_compared(as_, world):
    first = await make_campaign(world, year=2025, nature=Nature.APPRAISAL)
    second = await make_campaign(world, year=2026)
    ids = {"first_campaign_id": str(first.id), "second_campaign_id": str(second.id)}

    answer = await (await as_.officer()).post(URL, json={"name": "评比", **ids})

    assert answer.status_code == 409
    assert answer.json()["code"] == "comparison.nature"


async def test_an_unknown_year_is_named(as_, world):
    campaign = await make_campaign(world)
    ids = {"first_campaign_id": str(uuid4()), "second_campaign_id": str(campaign.id)}

    answer = await (await as_.officer()).post(URL, json={"name": "评比", **ids})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/body/first_campaign_id"


async def test_a_team_outside_the_places_cannot_be_commended(as_, world):
    units, body = await two_years(world, [("95", "93"), ("90", "91"), ("70", "75")])
    officer, leader = await as_.officer(), await as_.leader()
    made = (await officer.post(URL, json=body)).json()
    url = f"{URL}/{made['id']}"
    frozen = (await officer.move(made, url, "freeze")).json()

    answer = await leader.move(frozen, url, "deliberate", "同意", unit_ids=[str(units[2].id)])

    assert answer.status_code == 422
    assert (await officer.get(url)).json()["state"] == "frozen"


async def test_no_unit_sees_a_comparison(as_, world):
    units, body = await two_years(world, [("95", "93")])
    made = (await (await as_.officer()).post(URL, json=body)).json()

    lead = await as_.lead(units[0])

    assert (await lead.get(f"{URL}/{made['id']}")).status_code == 404
    assert (await lead.get(URL)).json()["items"] == []


async def frozen_comparison(as_, world):
    """Two years of three teams, two of them clearly within the two places."""
    units, body = await two_years(world, [("95", "93"), ("90", "91"), ("70", "75")])
    officer = await as_.officer()
    made = (await officer.post(URL, json=body)).json()
    url = f"{URL}/{made['id']}"
    return units, url, (await officer.move(made, url, "freeze")).json()


async def test_leaving_out_a_team_within_the_places_needs_a_reason_of_its_own(as_, world):
    units, url, frozen = await frozen_comparison(as_, world)
    leader = await as_.leader()
    chosen = [str(units[0].id)]

    refused = await leader.move(frozen, url, "deliberate", "同意", unit_ids=chosen)
    assert (refused.status_code, refused.json()["code"]) == (422, "comparison.departure")
    assert units[1].name in refused.json()["errors"][0]["detail"]
    why = "年内发生责任事故"
    done = await leader.move(
        frozen, url, "deliberate", "同意", unit_ids=chosen, departure=f"{units[1].name}{why}"
    )

    assert done.json()["departure"] == f"{units[1].name}{why}"
    (event,) = await world.all(select(Event).where(Event.name == "comparison.deliberate"))
    assert event.data["left_out"] == [units[1].name]
    assert why in event.data["departure"]


async def test_no_departure_is_kept_when_the_list_follows_the_order(as_, world):
    units, url, frozen = await frozen_comparison(as_, world)
    everybody = [str(one.id) for one in units[:2]]

    done = await (await as_.leader()).move(
        frozen, url, "deliberate", "同意", unit_ids=everybody, departure="无"
    )

    assert done.json()["departure"] == ""


async def test_the_leadership_gives_its_opinion_on_the_list_before_it_is_announced(as_, world):
    units, url, frozen = await frozen_comparison(as_, world)
    leader, leadership = await as_.leader(), await as_.leadership()
    assert (await leadership.move(frozen, url, "advise", "同意")).status_code == 409
    chosen = [str(one.id) for one in units[:2]]
    listed = (await leader.move(frozen, url, "deliberate", "同意", unit_ids=chosen)).json()
    assert (await leader.move(listed, url, "advise", "同意")).status_code == 403
    assert (await leadership.move(listed, url, "advise")).status_code == 422

    advised = (await leadership.move(listed, url, "advise", "原则同意，注意公示")).json()

    assert advised["state"] == "deliberated"
    assert advised["leadership_opinion"] == "原则同意，注意公示"
    assert advised["leadership_at"]
    noticed = (await (await as_.officer()).move(advised, url, "notice")).json()
    await end_notice(world)
    announced = (await leader.move(noticed, url, "announce")).json()
    assert (await leadership.move(announced, url, "advise", "晚了")).status_code == 409
