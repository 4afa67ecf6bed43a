from decimal import Decimal

from sqlmodel import select

from sihao.core.events import Audience, Event
from sihao.core.paging import Page
from sihao.inspections.lifecycle import InspectionState, SheetState
from sihao.inspections.schemas.objections import FindingPublic
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_inspections import (
    make_co_assessment,
    make_co_result,
    make_decision,
    make_finding,
    make_judgement,
    make_recusal,
    make_visit,
)
from tests.inspections.acting import move, url_of

OWN = {
    "clause": "学习记录不规范的",
    "points": "0.30",
    "fact": "三次记录无签到。",
    "absence": "签到表",
}


async def decide(client, visit, code, version=0, **body):
    url = url_of(visit, f"/decisions/{visit.items[code].id}")
    return await client.put(url, json=body, headers={"If-Match": f'"{version}"'})


async def judged(world, leader, second, **kwargs):
    """Two submitted sheets that agree on all items but A2 (points) and D1 (a doubt)."""
    visit = await make_visit(
        world, leader.person_id, second.person_id, sheets=SheetState.SUBMITTED, **kwargs
    )
    for sheet, a2, doubt in zip(visit.sheets, ("0.5", "1.5"), (False, True), strict=True):
        for code, criterion in visit.items.items():
            points = {"A1": ["1.0"], "A2": [a2]}.get(code, [])
            await make_judgement(world, sheet, criterion, *points, doubt=doubt and code == "D1")
    return visit


async def test_the_table_shows_each_word_the_gap_and_where_all_agree(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    visit = await judged(world, leader, second)

    table = (await leader.get(url_of(visit, "/consolidation"))).json()

    rows = {row["code"]: row for row in table["items"]}
    assert table["can_decide"] is True
    assert {code for code, row in rows.items() if not row["agreed"]} == {"A2", "D1"}
    assert Decimal(rows["A2"]["gap"]) == 1
    assert sorted(Decimal(one["lost"]) for one in rows["A2"]["opinions"]) == [
        Decimal("0.5"),
        Decimal("1.5"),
    ]
    other = (await second.get(url_of(visit, "/consolidation"))).json()
    assert other["can_decide"] is False


async def test_the_table_is_not_for_units_and_waits_for_the_others(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    visit = await make_visit(world, leader.person_id, second.person_id)
    officer = await as_.officer()

    assert (
        await (await as_.lead(visit.unit)).get(url_of(visit, "/consolidation"))
    ).status_code == 403
    table = (await officer.get(url_of(visit, "/consolidation"))).json()
    assert len(table["waiting"]) == 2
    early = await decide(leader, visit, "A1")
    assert (early.status_code, early.json()["code"]) == (409, "decision.waiting")


async def test_what_all_agree_on_is_taken_over_at_once(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    visit = await judged(world, leader, second)

    answer = await leader.post(url_of(visit, "/decisions/agree"))

    assert answer.status_code == 200, answer.text
    decided = {r["code"]: r["decision"] for r in answer.json()["items"] if r["decision"]}
    assert set(decided) == {"A1", "B12", "C6"}
    assert Decimal(decided["A1"]["lost"]) == 1
    assert decided["A1"]["deductions"][0]["inspector"] == "甲评分员"
    events = [e for e in await world.all(select(Event)) if e.name == "decision.made"]
    assert len(events) == 3
    assert {e.audience for e in events} == {Audience.COMMITTEE}


async def test_where_they_differ_the_leader_says_why(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    visit = await judged(world, leader, second)
    table = (await leader.get(url_of(visit, "/consolidation"))).json()
    row = next(one for one in table["items"] if one["code"] == "A2")
    chosen = [row["opinions"][0]["deductions"][0]["id"]]

    silent = await decide(leader, visit, "A2", deduction_ids=chosen)
    answer = await decide(
        leader, visit, "A2", deduction_ids=chosen, own=[OWN], reason="合议认为从轻"
    )

    assert silent.json()["errors"][0]["pointer"] == "/body/reason"
    assert answer.status_code == 200, answer.text
    assert Decimal(answer.json()["lost"]) == Decimal(row["opinions"][0]["lost"]) + Decimal("0.30")
    assert answer.headers["etag"] == '"1"'
    stale = await decide(leader, visit, "A2", 0, reason="改判")
    assert stale.status_code == 412
    later = await decide(leader, visit, "A2", 1, reason="改判为不扣分")
    assert Decimal(later.json()["lost"]) == 0


async def test_only_the_leader_decides_and_only_from_what_was_said(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    visit = await judged(world, leader, second)
    foreign = (await leader.get(url_of(visit, "/consolidation"))).json()["items"][0]["opinions"]

    assert (await decide(second, visit, "A1")).status_code == 403
    assert (await decide(await as_.officer(), visit, "A1")).status_code == 403
    wrong = await decide(
        leader, visit, "A2", deduction_ids=[foreign[0]["deductions"][0]["id"]], reason="合议"
    )
    assert wrong.json()["errors"][0]["pointer"] == "/body/deduction_ids/0"


async def test_the_word_of_somebody_recused_counts_no_more(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    visit = await judged(world, leader, second)
    await make_recusal(world, second.person_id, visit.unit)

    table = (await leader.get(url_of(visit, "/consolidation"))).json()

    assert all(len(row["opinions"]) == 1 for row in table["items"])
    assert (await second.get(url_of(visit))).status_code == 404


async def test_consolidation_ends_when_every_item_is_decided(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    visit = await judged(world, leader, second)
    await leader.post(url_of(visit, "/decisions/agree"))

    early = await move(leader, visit, "consolidate")
    for code in ("A2", "D1"):
        await decide(leader, visit, code, reason="合议一致，不扣分")
    by_other = await move(second, visit, "consolidate")
    done = await move(leader, visit, "consolidate")

    assert early.json()["detail"] == "还有 2 项（A2、D1）没有合议。"
    assert by_other.json()["detail"] == "合议由检查组组长办理。"
    assert done.json()["state"] == "scored"
    late = await decide(leader, visit, "A2", 1, reason="再改")
    assert late.json()["code"] == "decision.state"


async def test_the_unit_reads_nothing_before_feedback(as_, world):
    leader = await as_.inspector()
    visit = await make_visit(world, leader.person_id, state=InspectionState.SCORED)
    await make_decision(world, visit.inspection, visit.items["A1"], "1.0")
    await make_finding(world, visit.inspection, visit.items["A1"])
    lead, boss = await as_.lead(visit.unit), await as_.leadership()

    for client in (lead, boss):
        answer = await client.get(url_of(visit, "/feedback"))
        assert (answer.status_code, answer.json()["code"]) == (409, "inspection.not_given")
        assert (await client.get("/api/v1/findings")).json()["items"] == []
    for client in (leader, await as_.officer(), await as_.leader()):
        assert (await client.get(url_of(visit, "/feedback"))).status_code == 200


async def test_with_feedback_the_unit_reads_every_deduction_and_may_object(as_, world):
    leader = await as_.inspector()
    visit = await make_visit(world, leader.person_id, state=InspectionState.SCORED)
    await make_decision(world, visit.inspection, visit.items["A1"], "1.0", "0.5")
    await make_finding(world, visit.inspection, visit.items["A1"])
    officer, lead, office = (
        await as_.officer(),
        await as_.lead(visit.unit),
        await as_.unit(visit.unit),
    )

    given = await move(officer, visit, "give_feedback")

    assert given.json()["state"] == "feedback"
    assert given.json()["objections_until"] > given.json()["feedback_at"]
    event = next(e for e in await world.all(select(Event)) if e.name == "inspection.give_feedback")
    assert event.audience is Audience.UNIT
    seen = (await lead.get(url_of(visit, "/feedback"))).json()
    item = next(one for one in seen["items"] if one["code"] == "A1")
    assert Decimal(item["lost"]) == Decimal("1.5")
    assert all(
        cut["clause"] and cut["fact"] and cut["absence"] and cut["inspector"]
        for cut in item["deductions"]
    )
    assert Decimal(seen["score"]) == Decimal(seen["points"]) - Decimal("1.5")
    assert len(seen["findings"]) == 1
    assert seen["may_object"] is True
    assert (await office.get(url_of(visit, "/feedback"))).json()["may_object"] is False
    page = Page[FindingPublic].model_validate_json((await lead.get("/api/v1/findings")).content)
    assert len(page.items) == 1
    assert (await (await as_.unit()).get(url_of(visit, "/feedback"))).status_code == 404


async def test_the_committee_reads_how_far_inspectors_agree_down_to_each_judgement(as_, world):
    one, two = await as_.inspector(), await as_.inspector()
    visit = await make_visit(world, one.person_id, two.person_id, sheets=SheetState.SUBMITTED)
    for code, criterion in visit.items.items():
        await make_judgement(world, visit.sheets[0], criterion)
        await make_judgement(world, visit.sheets[1], criterion, *(["2.5"] if code == "A1" else []))
    url = f"/api/v1/campaigns/{visit.campaign.id}/agreement"
    officer = await as_.officer()

    told = (await officer.get(url)).json()

    assert (told["agreement"]["things"], told["agreement"]["pairs"]) == (5, 5)
    assert Decimal(told["agreement"]["exact"]) == Decimal("0.8")
    assert Decimal(told["agreement"]["gap"]) == Decimal("0.04")
    assert [(row["items"], row["raw"]) for row in told["inspectors"]] == [(5, None)] * 2
    assert [row["items"] for row in told["groups"]] == [10]
    assert told["groups"][0]["shrunk"] is not None
    rows = (await officer.get(f"{url}/words", params={"code": "A1"})).json()
    assert {Decimal(row["score"]) for row in rows} == {Decimal(1), Decimal("0.8")}
    assert {Decimal(row["mean"]) for row in rows} == {Decimal("0.9")}
    mine = {"inspector_id": str(one.person_id)}
    assert len((await officer.get(f"{url}/words", params=mine)).json()) == 5
    assert (await one.get(url)).status_code == 403


async def test_the_years_agreement_opens_into_its_items_and_they_into_their_judgements(as_, world):
    one, two = await as_.inspector(), await as_.inspector()
    visit = await make_visit(world, one.person_id, two.person_id, sheets=SheetState.SUBMITTED)
    apart, alike, alone = list(visit.items)[:3]
    for code, lost in ((apart, ["2.5"]), (alike, [])):
        await make_judgement(world, visit.sheets[0], visit.items[code])
        await make_judgement(world, visit.sheets[1], visit.items[code], *lost)
    await make_judgement(world, visit.sheets[0], visit.items[alone])
    url = f"/api/v1/campaigns/{visit.campaign.id}/agreement"
    officer = await as_.officer()

    told = (await officer.get(url)).json()

    assert [row["code"] for row in told["items"]] == [apart, alike]
    assert [Decimal(row["exact"]) for row in told["items"]] == [0, 1]
    assert sum(row["pairs"] for row in told["items"]) == told["agreement"]["pairs"]

    async def codes(**which):
        rows = (await officer.get(f"{url}/words", params=which)).json()
        return [row["code"] for row in rows]

    assert sorted(await codes(compared=True)) == sorted([apart, apart, alike, alike])
    assert await codes(compared=True, same=True) == [alike, alike]
    assert await codes(compared=True, same=False, code=apart) == [apart, apart]
    assert await codes(compared=False) == [alone]


async def test_leadership_sees_the_units_that_assessments_disagree_about(as_, world):
    campaign = await make_campaign(world)
    units = [await make_unit(world) for _ in range(8)]
    for code, scores in (("X1", range(90, 82, -1)), ("X2", (60, *range(89, 82, -1)))):
        made = await make_co_assessment(world, campaign, code)
        for unit, score in zip(units, scores, strict=True):
            await make_co_result(world, made, unit, str(score))
    url = f"/api/v1/campaigns/{campaign.id}/disagreements"

    (told,) = (await (await as_.leadership()).get(url)).json()

    assert told["unit_name"] == units[0].name
    assert (Decimal(told["best"]), Decimal(told["worst"])) == (0, Decimal("0.875"))
    assert [Decimal(one["score"]) for one in told["results"]] == [90, 60]
    assert (await (await as_.lead(units[0])).get(url)).status_code == 403
