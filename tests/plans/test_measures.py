from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from sqlmodel import select

from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.plans.lifecycle import MeasureState, PlanState
from sihao.plans.models import Measure
from sihao.plans.problem_schemas import MeasurePublic, ProgressPublic
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_plans import make_measure, make_meeting, make_plan, make_problem

YESTERDAY = datetime.now(UTC).date() - timedelta(days=2)


async def test_a_measure_has_owner_day_output_and_those_who_help(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    problem, owner = await make_problem(world, plan), await make_member(world, unit, "张明")
    office = await as_.unit(unit)

    answer = await office.post(
        f"/api/v1/plans/{plan.id}/measures",
        json={
            "text": "每名成员固定联系 2 所薄弱学校",
            "problem_id": str(problem.id),
            "owner_id": str(owner.id),
            "due_on": "2099-10-31",
            "expected_output": "联系点安排文件",
            "co_owners": ["基础教育科"],
            "linkages": [{"kind": "performance", "reference": "年度绩效任务 7"}],
        },
    )

    assert answer.status_code == 201, answer.text
    measure = answer.json()
    assert (measure["owner_name"], measure["problem_number"], measure["number"]) == ("张明", 1, 1)
    assert measure["due_on"] == "2099-10-31"
    assert measure["co_owners"] == ["基础教育科"]
    assert (measure["percent"], measure["overdue"]) == (0, False)


async def test_pasted_rows_are_added_all_or_none(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    office = await as_.unit(unit)
    url = f"/api/v1/plans/{plan.id}/measures/batch"
    good = [{"text": "一"}, {"text": "二"}]

    bad = await office.post(url, json={"rows": [*good, {"text": "三", "owner_id": str(uuid4())}]})
    nothing = await world.all(select(Measure))
    done = await office.post(url, json={"rows": good})

    assert bad.status_code == 422
    assert [one["pointer"] for one in bad.json()["errors"]] == ["/body/rows/2/owner_id"]
    assert nothing == []
    assert done.status_code == 201, done.text
    assert [(one["number"], one["text"]) for one in done.json()] == [(1, "一"), (2, "二")]
    assert [one.name for one in await world.all(select(Event))] == ["plan.measures_added"]


async def test_a_measure_answers_problems_of_its_own_plan_only(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    elsewhere = await make_problem(
        world, await make_plan(world, unit, await make_campaign(world, year=2025))
    )
    measure = await make_measure(world, plan)
    office = await as_.unit(unit)

    answer = await office.edit(
        {"version": 1}, f"/api/v1/measures/{measure.id}", problem_id=str(elsewhere.id)
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/body/problem_id"


async def test_a_cell_can_be_emptied_again(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    measure = await make_measure(world, plan)
    office = await as_.unit(unit)

    answer = await office.edit({"version": 1}, f"/api/v1/measures/{measure.id}", due_on=None)

    assert answer.status_code == 200, answer.text
    assert answer.json()["due_on"] is None


async def test_measures_are_struck_out_and_reordered_in_the_draft(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    first, second, third = [await make_measure(world, plan) for _ in range(3)]
    office = await as_.unit(unit)

    gone = await office.delete(f"/api/v1/measures/{first.id}", headers={"If-Match": '"1"'})
    wanted = [str(third.id), str(second.id)]
    done = await office.post(
        f"/api/v1/plans/{plan.id}/measures/order",
        json={"ids": wanted},
        headers={"If-Match": '"1"'},
    )

    assert gone.status_code == 204
    assert done.status_code == 200, done.text
    rows = (await office.get(f"/api/v1/plans/{plan.id}/measures")).json()["items"]
    assert [row["id"] for row in rows] == wanted


async def test_completion_is_asked_for_and_confirmed(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    measure = await make_measure(world, plan)
    office, deputy = await as_.unit(unit), await as_.deputy(unit)
    url = f"/api/v1/measures/{measure.id}"

    started = await office.move({"version": 1}, url, "start")
    silent = await office.move(started.json(), url, "request_completion")
    asked = await office.move(started.json(), url, "request_completion", "已完成")
    own = await office.move(asked.json(), url, "confirm")
    done = await deputy.move(asked.json(), url, "confirm")

    assert started.json()["state"] == "in_progress"
    assert silent.status_code == 422
    assert own.status_code == 403
    assert done.json()["state"] == "completed"
    assert date.fromisoformat(done.json()["completed_on"])


async def test_nothing_starts_before_the_plan_is_in_force(as_, world):
    unit = await make_unit(world)
    measure = await make_measure(world, await make_plan(world, unit))
    office = await as_.unit(unit)
    url = f"/api/v1/measures/{measure.id}"

    started = await office.move({"version": 1}, url, "start")
    progress = await office.post(f"{url}/progress", json={"text": "进展", "percent": 10})

    assert started.status_code == 409
    assert progress.status_code == 409


async def test_progress_is_reported_and_never_rewritten(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    me = await make_member(world, unit)
    measure, foreign = await make_measure(world, plan, owner=me), await make_measure(world, plan)
    owner = await as_.role(Role.UNIT_MEMBER, unit=unit, member=me)
    office = await as_.unit(unit)
    url = f"/api/v1/measures/{measure.id}"

    first = await owner.post(f"{url}/progress", json={"text": "已到 2 校", "percent": 40})
    await office.post(f"{url}/progress", json={"text": "已到 5 校", "percent": 80})
    unseen = await owner.post(
        f"/api/v1/measures/{foreign.id}/progress", json={"text": "x", "percent": 1}
    )

    assert first.status_code == 201, first.text
    assert unseen.status_code == 404
    page = await office.get(f"{url}/progress")
    reports = Page[ProgressPublic].model_validate_json(page.content).items
    assert {one.percent for one in reports} == {40, 80}
    plan.state = PlanState.DRAFT
    await world.add(plan)
    kept = await office.delete(url, headers={"If-Match": '"1"'})
    assert kept.json()["code"] == "measure.has_progress"


async def test_overdue_is_derived_and_listed(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    problem = await make_problem(world, plan)
    late = await make_measure(world, plan, problem, due_on=YESTERDAY)
    await make_measure(world, plan, problem, due_on=YESTERDAY, state=MeasureState.COMPLETED)
    await make_measure(world, plan, problem, due_on=None)
    officer = await as_.officer()

    page = await officer.get("/api/v1/measures?overdue=true&sort=due_on&limit=1&count=exact")
    rest = await officer.get("/api/v1/measures?overdue=false&sort=-due_on")

    rows = Page[MeasurePublic].model_validate_json(page.content)
    assert ([row.id for row in rows.items], rows.total) == ([late.id], 1)
    assert len(rest.json()["items"]) == 2
    shown = (await officer.get(f"/api/v1/problems/{problem.id}")).json()
    counts = [shown[f"{name}_count"] for name in ("measure", "completed", "overdue")]
    assert counts == [3, 1, 1]


async def test_what_is_due_today_is_not_overdue(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    today = (await world.ctx()).today
    measure = await make_measure(world, plan, due_on=today)

    shown = await (await as_.officer()).get(f"/api/v1/measures/{measure.id}")

    assert shown.json()["overdue"] is False


async def test_pages_go_on_past_measures_without_a_day(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    for due_on in (None, date(2026, 3, 1), None):
        await make_measure(world, plan, due_on=due_on)
    office = await as_.unit(unit)

    seen, cursor = [], ""
    while cursor is not None:
        page = (await office.get(f"/api/v1/measures?sort=due_on&limit=1{cursor}")).json()
        seen += [row["due_on"] for row in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"

    assert seen == ["2026-03-01", None, None]


async def test_the_team_keeps_its_meetings(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    old = await make_meeting(world, unit, campaign)
    office, officer = await as_.unit(unit), await as_.officer()
    body = {"campaign_id": str(campaign.id), "held_on": "2026-02-20", "subject": "审议年度计划"}

    made = await office.post("/api/v1/team-meetings", json=body)
    url = f"/api/v1/team-meetings/{made.json()['id']}"
    changed = await office.edit(made.json(), url, summary="原则通过")
    refused = await officer.edit(changed.json(), url, summary="改")
    gone = await office.delete(f"/api/v1/team-meetings/{old.id}", headers={"If-Match": '"1"'})
    unknown = await office.post("/api/v1/team-meetings", json={**body, "campaign_id": str(uuid4())})

    assert made.status_code == 201, made.text
    assert changed.json()["summary"] == "原则通过"
    assert refused.status_code == 403
    assert gone.status_code == 204
    assert unknown.status_code == 422
    seen = (await officer.get(f"/api/v1/team-meetings?unit_id={unit.id}")).json()["items"]
    assert [row["subject"] for row in seen] == ["审议年度计划"]
