"""To-dos, dashboards and the feed are derived: set the year up, then look."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from sihao.campaigns.models import Stage
from sihao.core.context import Role
from sihao.core.events import Audience, emit
from sihao.inspections.lifecycle import InspectionState, SheetState
from sihao.plans.lifecycle import MeasureState, PlanState, ProblemState
from sihao.plans.models import Measure, Plan, Problem
from sihao.results.lifecycle import ResultState
from tests.factories import STAMPS, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_inspections import make_group, make_inspection, make_sheet
from tests.factories_results import make_final_inspection, make_result

NOW = datetime.now(UTC)


async def make_plan(world, campaign, unit, state=PlanState.DRAFT, **fields):
    if state in {PlanState.IN_FORCE, PlanState.CLOSED}:
        fields = {"in_force_number": 1, **fields}
    plan = Plan(unit_id=unit.id, campaign_id=campaign.id, state=state, **fields, **STAMPS)
    await world.add(plan)
    return plan


async def todos(client):
    answer = await client.get("/api/v1/todos")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_unit_that_has_not_begun_is_told_to_begin(as_, world):
    await make_campaign(world)

    lines = await todos(await as_.unit())

    assert {(one["verb"], one["reason"]) for one in lines} == {
        ("起草年度计划", "尚未开始"),
        ("起草自查报告", "尚未开始"),
    }


async def test_the_same_plan_is_work_for_one_and_waiting_for_another(as_, world):
    unit = await make_unit(world, "市教育局")
    windows = {
        Stage.PLANNING: (NOW - timedelta(days=9), NOW - timedelta(days=1)),
        Stage.SELF_REPORT: (NOW + timedelta(days=3), NOW + timedelta(days=30)),
    }
    campaign = await make_campaign(world, windows=windows)
    await make_plan(world, campaign, unit, PlanState.FILED)

    (officer,) = await todos(await as_.officer())
    (office,) = [t for t in await todos(await as_.unit(unit)) if t["kind"] == "plan"]

    assert (officer["verb"], officer["object"]) == ("审核年度计划", "市教育局")
    assert (officer["late"], officer["when"]) == (False, "week")
    assert datetime.fromisoformat(officer["due_at"]) == windows[Stage.SELF_REPORT][0]
    assert office["when"] == "waiting"
    assert office["late"] is False


async def test_many_of_a_kind_are_one_line_for_the_committee(as_, world):
    campaign = await make_campaign(world)
    for _ in range(5):
        await make_plan(world, campaign, await make_unit(world), PlanState.FILED)

    (line,) = await todos(await as_.officer())

    assert line["count"] == 5
    assert line["subject_id"] is None


async def test_an_overdue_measure_is_late_and_a_far_one_is_no_work_yet(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    plan = await make_plan(world, campaign, unit, PlanState.IN_FORCE)
    for number, days in enumerate((-3, 5, 90), start=1):
        measure = Measure(
            unit_id=unit.id,
            plan_id=plan.id,
            number=number,
            text=f"措施{number}",
            due_on=(NOW + timedelta(days=days)).date(),
            state=MeasureState.IN_PROGRESS,
            **STAMPS,
        )
        await world.add(measure)

    lines = [one for one in await todos(await as_.unit(unit)) if one["kind"] == "measure"]

    assert [(one["object"], one["when"], one["late"]) for one in lines] == [
        ("措施1", "today", True),
        ("措施2", "week", False),
    ]


async def test_what_a_closed_plan_left_undone_is_no_work_any_more(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    plan = await make_plan(world, campaign, unit, PlanState.CLOSED)
    measure = Measure(
        unit_id=unit.id,
        plan_id=plan.id,
        number=1,
        text="去年的措施",
        due_on=(NOW - timedelta(days=300)).date(),
        state=MeasureState.IN_PROGRESS,
        **STAMPS,
    )
    await world.add(measure)

    assert [one for one in await todos(await as_.unit(unit)) if one["kind"] == "measure"] == []


async def test_a_group_leader_consolidates_once_all_have_scored(as_, world):
    campaign, unit = await make_campaign(world, state="inspecting"), await make_unit(world)
    lead, other = await as_.inspector(), await as_.inspector()
    group = await make_group(world, campaign, lead.person_id, other.person_id)
    inspection = await make_inspection(
        world, campaign, unit, group, state=InspectionState.IN_PROGRESS
    )
    await make_sheet(world, inspection, lead.person_id, state=SheetState.SUBMITTED)
    sheet = await make_sheet(world, inspection, other.person_id)

    waiting = await todos(lead)
    sheet.state = SheetState.SUBMITTED
    sheet.submitted_at = NOW
    await world.add(sheet)
    (ready,) = await todos(lead)

    assert waiting == []
    assert (ready["kind"], ready["subject_id"]) == ("inspection", str(inspection.id))


async def test_who_may_only_carry_a_problem_over_waits_for_its_closing(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    plan = await make_plan(world, campaign, unit, PlanState.IN_FORCE, in_force_number=1)
    problem = Problem(
        unit_id=unit.id,
        plan_id=plan.id,
        number=1,
        text="调研不深",
        category="weak",
        state=ProblemState.CLOSING_REQUESTED,
        **STAMPS,
    )
    await world.add(problem)

    (office,) = [one for one in await todos(await as_.unit(unit)) if one["kind"] == "problem"]
    (deputy,) = [one for one in await todos(await as_.deputy(unit)) if one["kind"] == "problem"]

    assert (office["when"], deputy["verb"]) == ("waiting", "确认问题销号")


@pytest.mark.parametrize("role", list(Role))
async def test_every_role_has_a_todo_list(as_, world, role):
    unit = await make_unit(world)
    await make_plan(world, await make_campaign(world), unit, PlanState.FILED)

    assert isinstance(await todos(await as_.role(role, unit=unit)), list)


async def test_the_committees_figures_open_into_lists_of_that_many(as_, world):
    campaign = await make_campaign(world)
    for state in (PlanState.FILED, PlanState.FILED, PlanState.IN_FORCE):
        unit = await make_unit(world)
        await make_plan(world, campaign, unit, state, late=True, signed_at=NOW)
    officer = await as_.officer()

    drawn = (await officer.get("/api/v1/dashboards/committee")).json()

    assert drawn["plans"]["filed"]["value"] == 2
    assert drawn["late_plans"]["value"] == 3
    figures = re.findall(r"\{'value': (\d+), 'list': '([^']+)'\}", str(drawn))
    for value, address in figures:
        answer = await officer.get(f"{address}{'&' if '?' in address else '?'}count=exact")
        assert answer.status_code == 200, (address, answer.text)
        assert answer.json()["total"] == int(value), address


async def test_a_units_dashboard_counts_its_own_year(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    await make_plan(world, campaign, unit, PlanState.IN_FORCE)
    await make_plan(world, campaign, await make_unit(world), PlanState.FILED)

    drawn = (await (await as_.unit(unit)).get("/api/v1/dashboards/unit")).json()

    assert drawn["plan_state"] == "in_force"
    assert [one["status"] for one in drawn["evidence"]] == ["none"] * 5
    assert [one["current"] for one in drawn["stages"]] == [True, False, False, False, False]


async def test_the_heat_table_opens_from_unit_and_dimension_to_items(as_, world):
    campaign = await make_campaign(world, state="settling")
    unit = await make_unit(world, "市教育局")
    await make_final_inspection(world, campaign, unit, lost={"C6": "0.5"})
    officer, leader = await as_.officer(), await as_.leader()
    url = f"/api/v1/campaigns/{campaign.id}/results"
    await officer.post(f"{url}:compute")
    await leader.post(f"{url}:approve", json={})
    leadership = await as_.leadership()

    table = (await leadership.get("/api/v1/dashboards/heat")).json()
    items = (await leadership.get(f"/api/v1/dashboards/heat/{unit.id}")).json()

    (row,) = table["rows"]
    assert {code: float(got) for code, got in row["scores"].items()} == {
        "A": 25,
        "B": 25,
        "C": 24.5,
        "D": 25,
    }
    (c6,) = [one for one in items["items"] if one["code"] == "C6"]
    assert (float(c6["of"]), float(c6["got"])) == (25, 24.5)


async def test_the_leadership_reads_sentences_and_whom_to_watch(as_, world):
    before, now = await make_campaign(world, year=2025), await make_campaign(world, year=2026)
    good, poor = await make_unit(world, "市教育局"), await make_unit(world, "市水务局")
    for campaign, totals in ((before, ("90", "85")), (now, ("92", "70"))):
        for unit, total in zip((good, poor), totals, strict=True):
            await make_result(world, campaign, unit, total=total, findings=9 if unit is poor else 0)

    drawn = (await (await as_.leadership()).get("/api/v1/dashboards/leadership")).json()

    text = ["".join(part["text"] for part in one) for one in drawn["sentences"]]
    assert "2026 年度班子平均 81.00 分，比上年低 6.50 分" in text[1]
    assert [(one["unit_name"], one["severity"]) for one in drawn["watch"]] == [("市水务局", "bad")]
    assert [one["year"] for one in drawn["trend"]] == [2025, 2026]


async def test_the_leaderships_figures_open_into_lists_of_that_many(as_, world):
    campaign = await make_campaign(world)
    for state in ("planned", "in_progress", "scored", "scored", "finalized"):
        await make_final_inspection(world, campaign, await make_unit(world), state=state)
    leadership = await as_.leadership()

    drawn = (await leadership.get("/api/v1/dashboards/leadership")).json()

    first = drawn["sentences"][0]
    assert "检查中 1 个，已合议 2 个，检查已定稿 1 个" in "".join(part["text"] for part in first)
    for part in (one for sentence in drawn["sentences"] for one in sentence if one["list"]):
        address = part["list"]
        answer = await leadership.get(f"{address}{'&' if '?' in address else '?'}count=exact")
        assert answer.status_code == 200, (part, answer.text)
        assert answer.json()["total"] == int(part["text"]), part


async def test_a_year_is_spoken_of_once_every_inspected_unit_has_its_result(as_, world):
    before, now = await make_campaign(world, year=2025), await make_campaign(world, year=2026)
    first, second = await make_unit(world), await make_unit(world)
    for unit in (first, second):
        await make_result(world, before, unit)
        await make_final_inspection(world, now, unit)
    await make_result(world, now, first)
    leadership = await as_.leadership()

    early = (await leadership.get("/api/v1/dashboards/heat")).json()
    await make_result(world, now, second)
    whole = (await leadership.get("/api/v1/dashboards/heat")).json()

    assert (early["campaign"]["year"], whole["campaign"]["year"]) == (2025, 2026)


async def test_drafts_of_results_do_not_reach_the_leadership(as_, world):
    campaign = await make_campaign(world)
    await make_result(world, campaign, await make_unit(world), state=ResultState.COMPUTED)

    answer = await (await as_.leadership()).get("/api/v1/dashboards/heat")

    assert answer.status_code == 404


async def test_a_unit_may_not_open_the_committees_dashboard(as_):
    assert (await (await as_.unit()).get("/api/v1/dashboards/committee")).status_code == 403


async def test_the_feed_goes_on_from_its_cursor_and_shows_a_unit_only_its_own(as_, world):
    own, foreign = await make_unit(world), await make_unit(world)

    async def record(ctx, name, unit, audience=Audience.UNIT):
        emit(ctx, name, unit.id, unit.id, audience=audience)

    await world.act(record, "plan.sign", own)
    await world.act(record, "plan.sign", foreign)
    await world.act(record, "sheet.submit", own, Audience.COMMITTEE)
    office, officer = await as_.unit(own), await as_.officer()

    mine = (await office.get("/api/v1/events?newest=true")).json()
    all_of_them = (await officer.get("/api/v1/events?newest=true&name=plan")).json()

    assert [one["name"] for one in mine["items"]] == ["plan.sign"]
    assert len(all_of_them["items"]) == 2


async def test_the_feed_does_not_show_what_is_not_committed(as_, world):
    unit = await make_unit(world)

    async def record(ctx):
        emit(ctx, "plan.sign", unit.id, unit.id, audience=Audience.UNIT)

    await world.act(record)

    feed = (await (await as_.officer()).get("/api/v1/events")).json()

    assert feed == {"items": [], "next_cursor": "0-0"}
