"""Who judges what, and that two inspectors judge apart from each other."""

from decimal import Decimal

from sqlalchemy import text
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.inspections.lifecycle import InspectionState, SheetState
from sihao.inspections.models import Deduction, Finding, Judgement, JudgementChange, ScoreSheet
from tests.factories import make_unit
from tests.factories_campaigns import SMALL, criteria_of, make_campaign, make_rules, make_standard
from tests.factories_inspections import (
    Visit,
    make_finding,
    make_group,
    make_inspection,
    make_judgement,
    make_recusal,
    make_sheet,
    make_visit,
)
from tests.inspections.acting import judge, move, url_of

GROUPS = "/api/v1/inspection-groups"
CUT = {
    "clause": "研讨走过场的，每次",
    "points": "0.50",
    "fact": "两次没有研讨。",
    "absence": "记录",
}


async def make_visit_by(world, *person_ids, scorers=2, state=InspectionState.PLANNED) -> Visit:
    """Make a visit whose scheme wants so many independent words on each item."""
    standard = await make_standard(world)
    items = await criteria_of(world, standard)
    rules = make_rules((code[0], code) for code in items).model_copy(update={"scorers": scorers})
    campaign = await make_campaign(
        world, state=CampaignState.INSPECTING, standard=standard, rules=rules
    )
    unit = await make_unit(world)
    group = await make_group(world, campaign, *person_ids)
    inspection = await make_inspection(world, campaign, unit, group, state=state)
    sheets = []
    if state is InspectionState.IN_PROGRESS:
        sheets = [await make_sheet(world, inspection, one) for one in person_ids]
    return Visit(campaign, standard, items, unit, inspection, sheets)


def allocation(visit, **people):
    """Say whose some items are, by code."""
    return {
        "items": [
            {"criterion_id": str(visit.items[code].id), "person_ids": [str(one) for one in ids]}
            for code, ids in people.items()
        ]
    }


async def allocate(officer, visit, **people):
    url = f"{GROUPS}/{visit.inspection.group_id}/allocation"
    read = await officer.get(url)
    return await officer.put(
        url, json=allocation(visit, **people), headers={"If-Match": read.headers["etag"]}
    )


async def test_specialists_judge_their_items_and_everybody_the_others(as_, world):
    one, two = await as_.inspector(), await as_.inspector()
    visit = await make_visit_by(world, one.person_id, two.person_id, scorers=1)
    officer = await as_.officer()

    told = await allocate(officer, visit, A1=[one.person_id], A2=[two.person_id])
    await move(one, visit, "start")

    assert told.status_code == 200, told.text
    (mine,) = (await one.get(url_of(visit, "/sheets"))).json()
    sheet = (await one.get(f"/api/v1/sheets/{mine['id']}")).json()
    assert [item["code"] for item in sheet["items"]] == ["A1", "B12", "C6", "D1"]
    refused = await judge(one, mine["id"], visit.items["A2"])
    assert (refused.status_code, refused.json()["code"]) == (403, "judgement.allocated")
    for code in ("A1", "B12", "C6", "D1"):
        assert (await judge(one, mine["id"], visit.items[code])).status_code == 200
    done = await one.move(sheet, f"/api/v1/sheets/{mine['id']}", "submit")
    assert done.json()["state"] == "submitted", done.text


async def test_an_item_whose_specialist_stands_aside_is_everybodys_again(as_, world):
    one, two = await as_.inspector(), await as_.inspector()
    visit = await make_visit_by(world, one.person_id, two.person_id, scorers=1)
    await allocate(await as_.officer(), visit, A1=[two.person_id])
    await make_recusal(world, two.person_id, visit.unit)

    await move(one, visit, "start")

    (mine,) = (await one.get(url_of(visit, "/sheets"))).json()
    sheet = (await one.get(f"/api/v1/sheets/{mine['id']}")).json()
    assert [item["code"] for item in sheet["items"]] == list(SMALL)


async def test_an_allocation_names_members_enough_of_them_and_items_of_the_year(as_, world):
    one, two = await as_.inspector(), await as_.inspector()
    stranger = await as_.inspector()
    visit = await make_visit_by(world, one.person_id, two.person_id)
    other = await criteria_of(world, await make_standard(world, name="另一标准"))
    officer = await as_.officer()
    url = f"{GROUPS}/{visit.inspection.group_id}/allocation"
    pair = [str(one.person_id), str(two.person_id)]
    foreign = {"items": [{"criterion_id": str(other["A1"].id), "person_ids": pair}]}

    alone = await allocate(officer, visit, A1=[one.person_id])
    outside = await allocate(officer, visit, A1=[one.person_id, stranger.person_id])
    unknown = await officer.put(url, json=foreign, headers={"If-Match": '"1"'})
    both = await allocate(officer, visit, A1=[one.person_id, two.person_id])
    stale = await officer.put(url, json={"items": []}, headers={"If-Match": '"1"'})

    assert alone.json()["code"] == "allocation.scorers"
    assert alone.json()["errors"][0]["pointer"] == "/body/items/0/person_ids"
    assert outside.json()["code"] == "allocation.member"
    assert unknown.json()["code"] == "criterion.unknown"
    assert both.json()["items"][0]["person_ids"] == sorted(pair)
    assert stale.status_code == 412
    assert (await allocate(await as_.leader(), visit)).status_code == 403


async def test_the_allocation_stays_once_an_inspection_runs(as_, world):
    one, two = await as_.inspector(), await as_.inspector()
    visit = await make_visit_by(
        world, one.person_id, two.person_id, state=InspectionState.IN_PROGRESS
    )

    late = await allocate(await as_.officer(), visit)

    assert (late.status_code, late.json()["code"]) == (409, "allocation.started")


async def test_where_two_words_are_wanted_one_inspector_does_not_start(as_, world):
    one, two = await as_.inspector(), await as_.inspector()
    visit = await make_visit_by(world, one.person_id, two.person_id)
    await make_recusal(world, two.person_id, visit.unit)

    refused = await move(one, visit, "start")

    assert refused.json()["detail"] == "评分方案要求 2 人独立评分，本组可以检查该单位的人数不足。"


async def apart(as_, world):
    """Make two inspectors of whom the second has judged, found and submitted."""
    one, two = await as_.inspector(), await as_.inspector()
    visit = await make_visit_by(
        world, one.person_id, two.person_id, state=InspectionState.IN_PROGRESS
    )
    theirs = visit.sheets[1]
    for code, criterion in visit.items.items():
        cuts = [CUT] if code == "A1" else []
        assert (await judge(two, theirs.id, criterion, deductions=cuts)).status_code == 200
    found = {
        "inspection_id": str(visit.inspection.id),
        "criterion_id": str(visit.items["A1"].id),
        "text": "中心组学习研讨不深入。",
    }
    assert (await two.post("/api/v1/findings", json=found)).status_code == 201
    url = f"/api/v1/sheets/{theirs.id}"
    assert (await two.move((await two.get(url)).json(), url, "submit")).status_code == 200
    return one, two, visit


async def test_before_the_own_sheet_is_in_no_answer_tells_the_others_words(as_, world):
    one, two, visit = await apart(as_, world)
    theirs = f"/api/v1/sheets/{visit.sheets[1].id}"

    assert (await one.get(theirs)).status_code == 404
    assert [s["id"] for s in (await one.get(url_of(visit, "/sheets"))).json()] == [
        str(visit.sheets[0].id)
    ]
    for rest in ("/consolidation", "/items/A1/history"):
        refused = await one.get(url_of(visit, rest))
        assert (refused.status_code, refused.json()["code"]) == (409, "consolidation.own_sheet")
    findings = (await one.get("/api/v1/findings", params={"count": "exact"})).json()
    assert (findings["items"], findings["total"]) == ([], 0)
    row = (await one.get(url_of(visit))).json()
    assert row["my_judged"] == 0
    assert "judgement.saved" not in (await one.get("/api/v1/events?newest=true")).text
    assert len((await two.get("/api/v1/findings")).json()["items"]) == 1


async def test_whoever_works_for_the_committee_and_scores_is_kept_apart_as_well(as_, world):
    both = await as_.role(Role.OFFICER, Role.INSPECTOR)
    two = await as_.inspector()
    visit = await make_visit_by(
        world, both.person_id, two.person_id, state=InspectionState.IN_PROGRESS
    )
    await judge(two, visit.sheets[1].id, visit.items["A1"], deductions=[CUT])
    await make_finding(world, visit.inspection, visit.items["A1"], found_by_id=two.person_id)

    assert (await both.get(f"/api/v1/sheets/{visit.sheets[1].id}")).status_code == 404
    assert (await both.get("/api/v1/findings")).json()["items"] == []
    assert "judgement.saved" not in (await both.get("/api/v1/events?newest=true")).text


async def test_the_database_itself_keeps_others_words_back(as_, world, connection):
    one, two, _ = await apart(as_, world)
    tables = (Judgement, Deduction, JudgementChange, Finding)
    counts = {}
    for client in (one, two):
        await world.ctx()
        opened = text("SELECT set_sihao(true, NULL, :person, NULL)")
        await connection.execute(opened, {"person": client.person_id})
        for table in tables:
            rows = (await connection.execute(select(table.id))).all()
            counts[client.person_id, table] = len(rows)
        events = select(Event.id).where(Event.name.in_(("judgement.saved", "finding.created")))
        counts[client.person_id, Event] = len((await connection.execute(events)).all())

    assert [counts[one.person_id, one_] for one_ in (*tables, Event)] == [0] * 5
    assert [counts[two.person_id, one_] for one_ in (*tables, Event)] == [5, 1, 5, 1, 6]


async def test_once_both_are_in_each_reads_the_other(as_, world):
    one, two, visit = await apart(as_, world)
    for criterion in visit.items.values():
        await judge(one, visit.sheets[0].id, criterion)
    url = f"/api/v1/sheets/{visit.sheets[0].id}"
    await one.move((await one.get(url)).json(), url, "submit")

    table = (await one.get(url_of(visit, "/consolidation"))).json()

    (item,) = [row for row in table["items"] if row["code"] == "A1"]
    assert [Decimal(said["lost"]) for said in item["opinions"]] in (
        [Decimal(0), Decimal("0.5")],
        [Decimal("0.5"), Decimal(0)],
    )
    assert Decimal(item["gap"]) == Decimal("0.5")
    assert len((await two.get("/api/v1/findings")).json()["items"]) == 1
    assert len((await one.get("/api/v1/findings")).json()["items"]) == 1


async def test_the_leader_gives_a_sheet_back_with_a_reason_and_the_item_is_decided_anew(as_, world):
    one, two, visit = await apart(as_, world)
    for criterion in visit.items.values():
        await judge(one, visit.sheets[0].id, criterion)
    own = f"/api/v1/sheets/{visit.sheets[0].id}"
    await one.move((await one.get(own)).json(), own, "submit")
    decide = url_of(visit, f"/decisions/{visit.items['A1'].id}")
    reason = {"reason": "以现场核实为准"}
    assert (await one.put(decide, json=reason, headers={"If-Match": '"0"'})).status_code == 200
    await one.post(url_of(visit, "/decisions/agree"))
    url = f"/api/v1/sheets/{visit.sheets[1].id}"
    read = (await one.get(url)).json()

    member = await two.move((await two.get(url)).json(), url, "withdraw", "想改")
    silent = await one.move(read, url, "withdraw")
    back = await one.move(read, url, "withdraw", "A1 的扣分没有写清事实")

    assert member.json()["detail"] == "退回评分表由检查组组长办理。"
    assert silent.json()["errors"][0]["pointer"] == "/body/opinion"
    assert (back.json()["state"], back.json()["submitted_at"]) == ("open", None), back.text
    again = {"deductions": [CUT], "note": "补充了事实"}
    assert (await judge(two, visit.sheets[1].id, visit.items["A1"], 1, **again)).status_code == 200
    await two.move((await two.get(url)).json(), url, "submit")
    blocked = await move(one, visit, "consolidate")
    assert blocked.json()["detail"] == "还有 1 项（A1）没有合议。"
    table = (await one.get(url_of(visit, "/consolidation"))).json()
    assert [row["code"] for row in table["items"] if row["outdated"]] == ["A1"]
    await one.put(decide, json={"reason": "再次核实"}, headers={"If-Match": '"1"'})
    assert (await move(one, visit, "consolidate")).json()["state"] == "scored"


async def test_after_consolidation_no_sheet_is_given_back(as_, world):
    leader = await as_.inspector()
    visit = await make_visit(
        world, leader.person_id, state=InspectionState.SCORED, sheets=SheetState.SUBMITTED
    )
    url = f"/api/v1/sheets/{visit.sheets[0].id}"

    late = await leader.move((await leader.get(url)).json(), url, "withdraw", "想改")

    assert (late.status_code, late.json()["code"]) == (409, "sheet.withdraw.blocked")


async def test_submitting_tells_each_item_that_is_missing(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    await make_judgement(world, visit.sheets[0], visit.items["A1"])
    url = f"/api/v1/sheets/{visit.sheets[0].id}"

    refused = await inspector.move((await inspector.get(url)).json(), url, "submit")

    assert refused.status_code == 409
    pointers = [one["pointer"] for one in refused.json()["errors"]]
    assert pointers == ["/items/A2", "/items/B12", "/items/C6", "/items/D1"]
    assert [s.state for s in await world.all(select(ScoreSheet))] == [SheetState.OPEN]


async def test_who_comes_second_is_told_who_changed_which_field_to_what(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    sheet, item = visit.sheets[0].id, visit.items["A1"]
    await judge(inspector, sheet, item, note="", deductions=[CUT])
    await judge(inspector, sheet, item, 1, note="在平板上写的", deductions=[CUT])

    stale = await judge(inspector, sheet, item, 1, note="在电脑上写的", deductions=[CUT])
    other = await judge(inspector, sheet, item, 1, note="在平板上写的", doubt=True)

    assert stale.status_code == 412
    told = stale.json()
    assert told["etag"] == '"2"'
    assert told["changed_by"]
    assert told["fields"] == [{"field": "note", "mine": "在电脑上写的", "theirs": "在平板上写的"}]
    fields = {one["field"]: one for one in other.json()["fields"]}
    assert sorted(fields) == ["deductions", "doubt"]
    assert fields["deductions"]["mine"] == []
    assert fields["deductions"]["theirs"][0]["fact"] == CUT["fact"]


async def test_deciding_second_tells_the_difference_too(as_, world):
    leader = await as_.inspector()
    visit = await make_visit(world, leader.person_id, sheets=SheetState.SUBMITTED)
    for criterion in visit.items.values():
        await make_judgement(world, visit.sheets[0], criterion)
    url = url_of(visit, f"/decisions/{visit.items['A1'].id}")
    await leader.put(url, json={"reason": "一"}, headers={"If-Match": '"0"'})
    await leader.put(url, json={"reason": "二"}, headers={"If-Match": '"1"'})

    stale = await leader.put(url, json={"reason": "三"}, headers={"If-Match": '"1"'})

    assert stale.status_code == 412
    assert stale.json()["fields"] == [{"field": "reason", "mine": "三", "theirs": "二"}]
