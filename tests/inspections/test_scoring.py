from decimal import Decimal

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.core.paging import Page
from sihao.evidence.lifecycle import EvidenceState
from sihao.inspections.lifecycle import InspectionState, SheetState
from sihao.inspections.models import Deduction, ScoreSheet
from sihao.inspections.schemas.inspections import InspectionRow
from sihao.plans.lifecycle import PlanState
from sihao.self_reports.lifecycle import SelfReportState
from tests.factories import make_person, make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_evidence import make_evidence
from tests.factories_inspections import (
    make_decision,
    make_group,
    make_inspection,
    make_judgement,
    make_recusal,
    make_sheet,
    make_visit,
)
from tests.factories_plans import make_measure, make_plan, make_problem
from tests.factories_self_reports import make_report

DEDUCTION = {
    "clause": "研讨走过场的，每次",
    "points": "0.50",
    "fact": "9 月、10 月两次学习没有研讨记录。",
    "absence": "研讨发言记录",
}


def inspection_url(visit, rest=""):
    return f"/api/v1/inspections/{visit.inspection.id}{rest}"


async def judge(client, sheet, criterion, version=0, **body):
    url = f"/api/v1/sheets/{sheet.id}/judgements/{criterion.id}"
    return await client.put(url, json=body, headers={"If-Match": f'"{version}"'})


async def judge_all(world, visit, sheet, **points):
    """Judge every item of a sheet; `A1=["0.5"]` deducts from one."""
    for code, criterion in visit.items.items():
        await make_judgement(world, sheet, criterion, *points.get(code, []))


async def test_starting_gives_each_inspector_a_sheet_but_not_who_stands_aside(as_, world):
    leader, second = await as_.inspector(), await as_.inspector()
    aside, _ = await make_person(world, Role.INSPECTOR)
    visit = await make_visit(
        world, leader.person_id, second.person_id, aside.id, state=InspectionState.PLANNED
    )
    await make_recusal(world, aside.id, visit.unit)
    read = (await second.get(inspection_url(visit))).json()

    answer = await second.move(read, inspection_url(visit), "start")

    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "in_progress"
    assert answer.json()["aside"] == [aside.display_name]
    owners = {sheet.inspector_id for sheet in await world.all(select(ScoreSheet))}
    assert owners == {leader.person_id, second.person_id}
    assert answer.json()["my_sheet_id"]


async def test_an_inspection_starts_only_in_its_phase_and_with_a_leader(as_, world):
    standard = await make_standard(world)
    early = await make_campaign(world, standard=standard, state=CampaignState.OPEN)
    late = await make_campaign(world, year=2027, standard=standard, state=CampaignState.INSPECTING)
    unit = await make_unit(world)
    first = await make_inspection(world, early, unit)
    second = await make_inspection(world, late, unit)
    officer = await as_.officer()

    for inspection, reason in (
        (first, "创建年度尚未进入检查考核阶段，或者已经结束检查。"),
        (second, "检查组没有组长，或者组长须回避本单位，请先调整检查组。"),
    ):
        url = f"/api/v1/inspections/{inspection.id}"
        read = (await officer.get(url)).json()
        assert [a["blocked"] for a in read["actions"] if a["name"] == "start"] == [reason]
        answer = await officer.move(read, url, "start")
        assert (answer.status_code, answer.json()["code"]) == (409, "inspection.start.blocked")


async def test_an_inspector_sees_the_units_of_the_own_group_only(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    other = await make_inspection(world, visit.campaign, await make_unit(world))
    group = await make_group(world, visit.campaign, inspector.person_id)
    second = await make_inspection(world, visit.campaign, await make_unit(world), group)
    await make_sheet(world, second, inspector.person_id)
    await make_judgement(world, visit.sheets[0], visit.items["A1"])

    page = Page[InspectionRow].model_validate_json(
        (await inspector.get("/api/v1/inspections")).content
    )

    assert [row.id for row in page.items] == [visit.inspection.id, second.id]
    assert page.items[0].my_sheet_id == visit.sheets[0].id
    assert [row.my_judged for row in page.items] == [1, 0]
    assert (await inspector.get(f"/api/v1/inspections/{other.id}")).status_code == 404


async def test_an_inspector_of_the_own_unit_gets_no_sheet_of_it(as_, world):
    unit = await make_unit(world)
    inspector = await as_.role(Role.INSPECTOR, Role.UNIT_MEMBER, unit=unit)
    other = await as_.inspector()
    visit = await make_visit(
        world, other.person_id, inspector.person_id, unit=unit, state=InspectionState.PLANNED
    )
    read = (await inspector.get(inspection_url(visit))).json()

    refused = await inspector.move(read, inspection_url(visit), "start")
    await other.move(read, inspection_url(visit), "start")

    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("只有本检查组成员")
    assert [s.inspector_id for s in await world.all(select(ScoreSheet))] == [other.person_id]


async def test_a_judgement_keeps_all_four_parts_of_its_deductions(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    paper = await make_evidence(world, visit.unit, visit.campaign, title="中心组学习记录")
    cut = {**DEDUCTION, "absence": "", "evidence_id": str(paper.id)}

    answer = await judge(inspector, visit.sheets[0], visit.items["A1"], deductions=[cut])

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"1"'
    said = answer.json()
    person = (await world.all(select(Deduction)))[0].inspector
    assert said["deductions"][0]["inspector"] == person
    assert said["deductions"][0]["evidence_title"] == "中心组学习记录"
    assert Decimal(said["lost"]) == Decimal("0.50")
    event = (await world.all(select(Event)))[-1]
    assert (event.name, event.audience) == ("judgement.saved", Audience.COMMITTEE)
    assert "0.50" not in str(event.data)


async def test_a_deduction_without_evidence_says_what_is_missing(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)

    for part in ("clause", "fact", "absence"):
        cut = {**DEDUCTION, part: ""}
        answer = await judge(inspector, visit.sheets[0], visit.items["A1"], deductions=[cut])
        assert answer.status_code == 422, part
    assert await world.all(select(Deduction)) == []


async def test_evidence_of_another_unit_or_taken_back_is_no_evidence(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    foreign = await make_evidence(world, await make_unit(world), visit.campaign)
    gone = await make_evidence(world, visit.unit, visit.campaign, state=EvidenceState.WITHDRAWN)

    for paper in (foreign, gone):
        cuts = [DEDUCTION, {**DEDUCTION, "evidence_id": str(paper.id)}]
        answer = await judge(inspector, visit.sheets[0], visit.items["A1"], deductions=cuts)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/body/deductions/1/evidence_id"


async def test_a_clause_of_the_catalogue_costs_what_the_scheme_says(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    item = (await inspector.get(inspection_url(visit, f"/items/{visit.items['C6'].id}"))).json()
    clause = item["clauses"][1]
    points = Decimal(clause["points"])
    cut = {**DEDUCTION, "clause": clause["text"], "clause_number": 2, "times": 2}

    wrong = await judge(
        inspector,
        visit.sheets[0],
        visit.items["C6"],
        deductions=[{**cut, "points": str(points)}],
    )
    right = await judge(
        inspector,
        visit.sheets[0],
        visit.items["C6"],
        deductions=[{**cut, "points": str(points * 2)}],
    )
    none = await judge(
        inspector, visit.sheets[0], visit.items["C6"], deductions=[{**cut, "clause_number": 9}]
    )

    assert wrong.json()["code"] == "deduction.points"
    assert none.json()["code"] == "deduction.clause"
    assert Decimal(right.json()["score"]) == Decimal(item["points"]) - points * 2


async def test_an_item_does_not_fall_below_nothing(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    cut = {**DEDUCTION, "points": "99"}

    said = (await judge(inspector, visit.sheets[0], visit.items["A1"], deductions=[cut])).json()

    assert Decimal(said["score"]) == 0
    assert Decimal(said["lost"]) == Decimal("12.50")


async def test_judging_again_replaces_the_judgement_and_a_stale_one_is_refused(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    sheet, item = visit.sheets[0], visit.items["A1"]
    await judge(inspector, sheet, item, deductions=[DEDUCTION])

    again = await judge(inspector, sheet, item, 1, doubt=True)
    stale = await judge(inspector, sheet, item, 1)
    first = await judge(inspector, sheet, item, 0)
    early = await judge(inspector, sheet, visit.items["A2"], 3)

    assert again.json()["doubt"] is True
    assert (again.json()["deductions"], again.headers["etag"]) == ([], '"2"')
    assert [stale.status_code, first.status_code, early.status_code] == [412, 412, 412]
    assert stale.headers["etag"] == '"2"'


async def test_nobody_else_writes_or_reads_an_open_sheet(as_, world):
    inspector, second = await as_.inspector(), await as_.inspector()
    visit = await make_visit(world, inspector.person_id, second.person_id)
    sheet = visit.sheets[0]

    for client in (second, await as_.officer(), await as_.lead(visit.unit), await as_.leadership()):
        assert (await client.get(f"/api/v1/sheets/{sheet.id}")).status_code == 404
        assert (await judge(client, sheet, visit.items["A1"])).status_code == 404


async def test_others_sheets_open_once_the_own_one_is_submitted(as_, world):
    inspector, second = await as_.inspector(), await as_.inspector()
    officer = await as_.officer()
    visit = await make_visit(world, inspector.person_id, second.person_id)
    for sheet in visit.sheets:
        await judge_all(world, visit, sheet)
    theirs = f"/api/v1/sheets/{visit.sheets[1].id}"
    read = (await second.get(theirs)).json()
    submitted = await second.move(read, theirs, "submit")
    assert submitted.status_code == 200, submitted.text
    assert submitted.json()["submitted_at"]

    assert (await inspector.get(theirs)).status_code == 404
    assert (await inspector.get(inspection_url(visit, "/consolidation"))).status_code == 409
    assert [s["id"] for s in (await officer.get(inspection_url(visit, "/sheets"))).json()] == [
        str(visit.sheets[1].id)
    ]
    own = f"/api/v1/sheets/{visit.sheets[0].id}"
    await inspector.move((await inspector.get(own)).json(), own, "submit")
    assert (await inspector.get(theirs)).status_code == 200
    assert len((await inspector.get(inspection_url(visit, "/sheets"))).json()) == 2


async def test_a_sheet_is_submitted_when_every_item_is_judged(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    await make_judgement(world, visit.sheets[0], visit.items["A1"])
    url = f"/api/v1/sheets/{visit.sheets[0].id}"
    read = (await inspector.get(url)).json()

    answer = await inspector.move(read, url, "submit")

    assert read["actions"][0]["blocked"] == "还有 4 项（A2、B12、C6、D1）没有评。"
    assert (answer.status_code, answer.json()["detail"]) == (409, read["actions"][0]["blocked"])


async def test_a_submitted_sheet_does_not_change(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id, sheets=SheetState.SUBMITTED)

    answer = await judge(inspector, visit.sheets[0], visit.items["A1"])

    assert (answer.status_code, answer.json()["code"]) == (409, "sheet.closed")


async def test_an_item_of_another_standard_is_not_judged(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    other = await criteria_of(world, await make_standard(world, name="另一标准"))

    answer = await judge(inspector, visit.sheets[0], other["A1"])

    assert (answer.status_code, answer.json()["code"]) == (404, "criterion.unknown")


async def test_an_item_shows_what_stands_behind_it(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    paper = await make_evidence(world, visit.unit, visit.campaign, shows=[visit.items["C6"]])
    await make_report(
        world,
        visit.unit,
        visit.campaign,
        state=SelfReportState.SUBMITTED,
        text="深入基层、深入群众。\n班子成员人均下基层 61 天（C6）。",
    )
    plan = await make_plan(world, visit.unit, visit.campaign, state=PlanState.IN_FORCE)
    problem = await make_problem(world, plan, criteria=("C6",), text="下基层偏少。")
    measure = await make_measure(world, plan, problem, text="每月排定下基层日程。")
    await make_measure(world, plan, await make_problem(world, plan, criteria=("A1",)))
    standard = await make_standard(world, year=2025)
    last = await make_campaign(world, year=2025, standard=standard, state=CampaignState.CLOSED)
    before = await make_inspection(world, last, visit.unit, state=InspectionState.FINALIZED)
    await make_decision(world, before, (await criteria_of(world, standard))["C6"], "2.5")

    answer = await inspector.get(inspection_url(visit, f"/items/{visit.items['C6'].id}"))

    assert answer.status_code == 200, answer.text
    item = answer.json()
    assert (item["code"], item["dimension_title"]) == ("C6", "勤政为民好")
    assert item["own_words"] == {
        "state": "submitted",
        "text": "深入基层、深入群众。\n班子成员人均下基层 61 天（C6）。",
        "passages": ["班子成员人均下基层 61 天（C6）。"],
    }
    (own,) = item["measures"]
    assert own["id"] == str(measure.id)
    assert (own["problem"], own["text"]) == ("下基层偏少。", "每月排定下基层日程。")
    assert [one["evidence_id"] for one in item["evidence"]] == [str(paper.id)]
    assert item["evidence"][0]["verdict"] == "unreviewed"
    assert item["ledger_rows"] == {"T8": 0}
    assert item["indicator"]["criterion"] == "C6"
    assert item["last_year"]["year"] == 2025
    assert Decimal(item["last_year"]["score"]) == Decimal(item["last_year"]["points"]) - Decimal(
        "2.5"
    )


async def test_what_stands_behind_an_item_is_not_for_units(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    lead = await as_.lead(visit.unit)

    answer = await lead.get(inspection_url(visit, f"/items/{visit.items['C6'].id}"))

    assert answer.status_code == 403


async def test_an_inspector_records_a_finding_and_the_unit_sees_it_from_feedback_on(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    lead = await as_.lead(visit.unit)
    body = {
        "inspection_id": str(visit.inspection.id),
        "criterion_id": str(visit.items["A1"].id),
        "text": "中心组学习研讨不深入。",
        "root_cause": "学习计划没有列研讨题目。",
    }

    made = await inspector.post("/api/v1/findings", json=body)

    assert made.status_code == 201, made.text
    assert made.json()["criterion_code"] == "A1"
    assert (await lead.get(f"/api/v1/findings/{made.json()['id']}")).status_code == 404
    assert (await lead.get("/api/v1/findings")).json()["items"] == []
    assert (await lead.post("/api/v1/findings", json=body)).status_code == 403
    assert len((await (await as_.officer()).get("/api/v1/findings")).json()["items"]) == 1


async def test_findings_are_recorded_while_the_inspection_runs(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id, state=InspectionState.SCORED)
    body = {"criterion_id": str(visit.items["A1"].id), "text": "研讨不深入。"}

    late = await inspector.post(
        "/api/v1/findings", json={**body, "inspection_id": str(visit.inspection.id)}
    )
    nowhere = await inspector.post(
        "/api/v1/findings", json={**body, "inspection_id": str(visit.unit.id)}
    )

    assert (late.status_code, late.json()["code"]) == (409, "finding.state")
    assert nowhere.json()["errors"][0]["pointer"] == "/body/inspection_id"


async def test_the_unit_knows_from_the_start_who_comes_when(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id, state=InspectionState.PLANNED)
    officer = await as_.officer()
    read = (await officer.get(inspection_url(visit))).json()
    await officer.edit(read, inspection_url(visit), visit_on="2026-12-09")
    office = await as_.unit(visit.unit)

    seen = (await office.get(inspection_url(visit))).json()

    assert seen["visit_on"] == "2026-12-09"
    assert len(seen["inspectors"]) == 1
    assert seen["actions"] == []
    assert (await office.edit(seen, inspection_url(visit), visit_on=None)).status_code == 403
