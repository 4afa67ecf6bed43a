"""陈述申辩: objections, and the end of an inspection."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlmodel import select

from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.inspections.lifecycle import InspectionState, ObjectionState
from sihao.inspections.models import GroupMember, ItemDecision, ScoreSheet
from sihao.inspections.schemas.objections import ObjectionPublic
from tests.factories import make_person, make_unit
from tests.factories_evidence import make_evidence
from tests.factories_inspections import (
    make_decision,
    make_inspection,
    make_objection,
    make_recusal,
    make_visit,
)
from tests.inspections.acting import judge, move, url_of


async def given(as_, world, **kwargs):
    """A visit in feedback; A1 lost one point."""
    leader = await as_.inspector()
    visit = await make_visit(world, leader.person_id, state=InspectionState.FEEDBACK, **kwargs)
    await make_decision(world, visit.inspection, visit.items["A1"], "1.0")
    return visit


def objection_to(visit, code="A1", **more):
    return {
        "inspection_id": str(visit.inspection.id),
        "criterion_id": str(visit.items[code].id),
        "grounds": "研讨记录在机关党委存档，检查时没有调阅。",
        **more,
    }


async def test_lead_and_deputy_object_once_to_an_item_with_a_deduction(as_, world):
    visit = await given(as_, world)
    lead, deputy, office = (
        await as_.lead(visit.unit),
        await as_.deputy(visit.unit),
        await as_.unit(visit.unit),
    )
    paper = await make_evidence(world, visit.unit, visit.campaign, title="研讨记录")

    made = await deputy.post(
        "/api/v1/objections", json=objection_to(visit, evidence_id=str(paper.id))
    )

    assert made.status_code == 201, made.text
    assert (made.json()["state"], made.json()["evidence_title"]) == ("filed", "研讨记录")
    assert (await lead.post("/api/v1/objections", json=objection_to(visit))).json()[
        "code"
    ] == "objection.twice"
    nothing = await lead.post("/api/v1/objections", json=objection_to(visit, "A2"))
    assert nothing.json()["code"] == "objection.nothing_lost"
    assert (await office.post("/api/v1/objections", json=objection_to(visit))).status_code == 403
    foreign = await (await as_.lead(await make_unit(world))).post(
        "/api/v1/objections", json=objection_to(visit)
    )
    assert foreign.json()["errors"][0]["pointer"] == "/body/inspection_id"
    assert [e.name for e in await world.all(select(Event))] == ["objection.filed"]
    page = Page[ObjectionPublic].model_validate_json(
        (await office.get("/api/v1/objections")).content
    )
    assert [row.lost for row in page.items] == [1]


async def test_nobody_objects_after_the_last_day_or_before_feedback(as_, world):
    visit = await given(as_, world)
    visit.inspection.objections_until = datetime.now(UTC) - timedelta(minutes=1)
    await world.add(visit.inspection)
    lead = await as_.lead(visit.unit)

    answer = await lead.post("/api/v1/objections", json=objection_to(visit))

    assert (answer.status_code, answer.json()["detail"]) == (409, "陈述申辩期限已过。")


async def test_an_objection_needs_an_idempotency_key(as_, world):
    visit = await given(as_, world)
    lead = await as_.lead(visit.unit)

    answer = await lead.request("POST", "/api/v1/objections", json=objection_to(visit))

    assert answer.status_code == 428


async def taken_up(world, visit):
    return await make_objection(
        world, visit.inspection, visit.items["A1"], state=ObjectionState.UNDER_REVIEW
    )


async def test_an_objection_is_taken_up_and_upheld(as_, world):
    visit = await given(as_, world)
    objection = await make_objection(world, visit.inspection, visit.items["A1"])
    url = f"/api/v1/objections/{objection.id}"
    officer = await as_.officer()

    taken = (await officer.move((await officer.get(url)).json(), url, "take_up")).json()
    silent = await officer.move(taken, url, "uphold")
    upheld = await officer.move(taken, url, "uphold", "材料属实")

    assert silent.json()["errors"][0]["pointer"] == "/body/opinion"
    assert (upheld.json()["state"], upheld.json()["decision"]) == ("upheld", "材料属实")
    (decision,) = await world.all(select(ItemDecision))
    assert (decision.lost, decision.restored) == (Decimal(1), Decimal(1))
    seen = (await (await as_.lead(visit.unit)).get(url_of(visit, "/feedback"))).json()
    item = next(one for one in seen["items"] if one["code"] == "A1")
    assert Decimal(item["score"]) == Decimal(item["points"])
    assert item["objection"]["state"] == "upheld"


async def test_a_partly_upheld_objection_gives_less_back_than_was_lost(as_, world):
    visit = await given(as_, world)
    objection = await taken_up(world, visit)
    url = f"/api/v1/objections/{objection.id}"
    leader = await as_.leader()
    read = (await leader.get(url)).json()

    too_much = await leader.move(read, url, "uphold_partly", "部分属实", restored="1.0")
    answer = await leader.move(read, url, "uphold_partly", "部分属实", restored="0.4")

    assert too_much.json()["errors"][0]["pointer"] == "/body/restored"
    assert answer.json()["state"] == "partly_upheld"
    (decision,) = await world.all(select(ItemDecision))
    assert decision.restored == Decimal("0.4")
    event = (await world.all(select(Event)))[-1]
    assert Decimal(event.data["restored"]) == Decimal("0.4")


async def test_a_dismissed_objection_changes_no_point(as_, world):
    visit = await given(as_, world)
    objection = await taken_up(world, visit)
    url = f"/api/v1/objections/{objection.id}"
    officer = await as_.officer()

    answer = await officer.move((await officer.get(url)).json(), url, "dismiss", "材料不足")

    assert answer.json()["state"] == "dismissed"
    (decision,) = await world.all(select(ItemDecision))
    assert decision.restored == 0


async def test_whoever_scored_does_not_decide_the_objection(as_, world):
    scorer = await as_.role(Role.OFFICER, Role.INSPECTOR)
    visit = await make_visit(world, scorer.person_id, state=InspectionState.FEEDBACK)
    await make_decision(world, visit.inspection, visit.items["A1"], "1.0")
    objection = await make_objection(world, visit.inspection, visit.items["A1"])
    url = f"/api/v1/objections/{objection.id}"
    read = (await scorer.get(url)).json()

    answer = await scorer.move(read, url, "take_up")

    reason = "您参加了对该单位的检查，陈述申辩须由未参加评分的人办理。"
    assert [action["blocked"] for action in read["actions"]] == [reason]
    assert (answer.status_code, answer.json()["detail"]) == (409, reason)
    lead = await as_.lead(visit.unit)
    assert (await lead.move(read, url, "take_up")).status_code == 403


async def test_finalizing_waits_for_objections_and_the_time_or_the_units_word(as_, world):
    visit = await given(as_, world)
    objection = await taken_up(world, visit)
    officer, lead = await as_.officer(), await as_.lead(visit.unit)

    open_one = await move(officer, visit, "finalize")
    waiting = await move(lead, visit, "confirm")
    url = f"/api/v1/objections/{objection.id}"
    await officer.move((await officer.get(url)).json(), url, "dismiss", "材料不足")
    too_early = await move(officer, visit, "finalize")
    confirmed = await move(lead, visit, "confirm")
    final = await move(officer, visit, "finalize")

    assert open_one.json()["detail"] == "还有 1 件陈述申辩没有答复。"
    assert waiting.status_code == 409
    assert too_early.json()["detail"] == "陈述申辩期限未满，单位也没有确认反馈意见。"
    assert confirmed.json()["confirmed_at"]
    assert final.json()["state"] == "finalized"


async def test_after_confirming_the_unit_objects_no_more(as_, world):
    visit = await given(as_, world)
    lead = await as_.lead(visit.unit)
    await move(lead, visit, "confirm")

    answer = await lead.post("/api/v1/objections", json=objection_to(visit))
    again = await move(lead, visit, "confirm")

    assert answer.json()["code"] == "objection.closed"
    assert again.json()["detail"] == "本单位已经确认反馈意见。"


async def test_when_the_time_is_over_the_inspection_ends_without_the_units_word(as_, world):
    visit = await given(as_, world)
    visit.inspection.objections_until = datetime.now(UTC) - timedelta(minutes=1)
    await world.add(visit.inspection)

    answer = await move(await as_.leader(), visit, "finalize")

    assert answer.json()["state"] == "finalized"


async def test_a_foreign_objection_looks_like_a_missing_one(as_, world):
    visit = await given(as_, world)
    objection = await make_objection(world, visit.inspection, visit.items["A1"])
    stranger = await as_.lead(await make_unit(world))
    other = await make_inspection(world, visit.campaign, await make_unit(world))

    for url in (f"/api/v1/objections/{objection.id}", f"/api/v1/inspections/{other.id}"):
        assert (await (await as_.unit()).get(url)).status_code == 404
    assert (await stranger.get("/api/v1/objections")).json()["items"] == []


async def test_whoever_ever_judged_or_decided_the_item_does_not_decide_the_objection(as_, world):
    """Leaving the group, even with the sheet gone, makes nobody impartial."""
    old = await as_.role(Role.OFFICER, Role.INSPECTOR)
    visit = await make_visit(world, old.person_id)
    (sheet,) = visit.sheets
    for criterion in visit.items.values():
        await judge(old, sheet.id, criterion)
    url = f"/api/v1/sheets/{sheet.id}"
    await old.move((await old.get(url)).json(), url, "submit")
    own = {"reason": "以核实为准", "own": [CUT]}
    decide = url_of(visit, f"/decisions/{visit.items['A1'].id}")
    assert (await old.put(decide, json=own, headers={"If-Match": '"0"'})).status_code == 200
    heir, _ = await make_person(world, Role.INSPECTOR)
    ctx = await world.ctx()
    for row in (
        *(await ctx.db.exec(select(GroupMember))).all(),
        *(await ctx.db.exec(select(ScoreSheet))).all(),
    ):
        if isinstance(row, GroupMember):
            await ctx.db.delete(row)
        else:
            row.inspector_id = heir.id
    await ctx.db.commit()
    await ctx.db.close()
    visit.inspection.state = InspectionState.FEEDBACK
    await world.add(visit.inspection)
    objection = await make_objection(world, visit.inspection, visit.items["A1"])
    url = f"/api/v1/objections/{objection.id}"

    refused = await old.move({"version": 1}, url, "take_up")
    taken = await (await as_.officer()).move({"version": 1}, url, "take_up")

    assert refused.json()["code"] == "objection.take_up.blocked"
    assert taken.status_code == 200, taken.text


async def test_whoever_stands_aside_for_the_unit_does_not_decide_its_objection(as_, world):
    visit = await given(as_, world)
    officer = await as_.officer()
    await make_recusal(world, officer.person_id, visit.unit)
    objection = await make_objection(world, visit.inspection, visit.items["A1"])

    url = f"/api/v1/objections/{objection.id}"
    refused = await officer.move({"version": 1}, url, "take_up")

    assert refused.json()["detail"] == "您须回避该单位，陈述申辩由其他同志办理。"


CUT = {"clause": "缺项", "fact": "没有记录。", "absence": "记录", "points": "1.0"}


async def test_the_whole_history_of_a_score_is_on_record(as_, world):
    leader = await as_.inspector()
    visit = await make_visit(world, leader.person_id)
    (sheet,) = visit.sheets
    for criterion in visit.items.values():
        await judge(leader, sheet.id, criterion)
    await judge(leader, sheet.id, visit.items["A1"], 1, note="补记", deductions=[CUT])
    url = f"/api/v1/sheets/{sheet.id}"
    await leader.move((await leader.get(url)).json(), url, "submit")
    await leader.post(url_of(visit, "/decisions/agree"))
    await move(leader, visit, "consolidate")
    officer, lead = await as_.officer(), await as_.lead(visit.unit)
    early = await lead.get(url_of(visit, "/items/A1/history"))
    await move(officer, visit, "give_feedback")
    filed = await lead.post("/api/v1/objections", json=objection_to(visit))
    url = f"/api/v1/objections/{filed.json()['id']}"
    taken = (await officer.move(filed.json(), url, "take_up")).json()
    await officer.move(taken, url, "uphold_partly", "部分属实", restored="0.4")

    told = (await officer.get(url_of(visit, "/items/A1/history"))).json()
    seen = (await lead.get(url_of(visit, "/items/A1/history"))).json()

    assert early.json()["code"] == "inspection.not_given"
    steps = [
        (
            one["name"],
            one["before"] and Decimal(one["before"]),
            one["lost"] and Decimal(one["lost"]),
        )
        for one in told["events"]
    ]
    assert steps == [
        ("judgement.saved", None, Decimal(0)),
        ("judgement.saved", Decimal(0), Decimal(1)),
        ("decision.made", None, Decimal(1)),
        ("objection.filed", None, None),
        ("objection.take_up", None, None),
        ("objection.uphold_partly", None, None),
    ]
    assert told["events"][1]["reason"] == "补记"
    assert Decimal(told["events"][-1]["restored"]) == Decimal("0.4")
    assert told["events"][-1]["reason"] == "部分属实"
    assert Decimal(told["points"]) - Decimal(told["score"]) == Decimal("0.6")
    assert all(one["by"] and one["at"] for one in told["events"])
    assert [one["name"] for one in seen["events"]] == [name for name, *_ in steps[2:]]
