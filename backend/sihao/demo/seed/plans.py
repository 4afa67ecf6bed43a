"""Plans of a year: written down as they stand, then presented, signed and answered for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sihao.demo.city import Unit
from sihao.demo.judgements import findings_for
from sihao.demo.plans import Measure as PlannedMeasure
from sihao.demo.plans import Plan as Planned
from sihao.demo.plans import Problem as FoundProblem
from sihao.demo.plans import meetings_for, plan_for
from sihao.demo.profiles import profile_of, running_stage
from sihao.demo.seed.town import Town, Year, stamped
from sihao.demo.words import dice
from sihao.plans import queries
from sihao.plans.actions import plans as actions
from sihao.plans.lifecycle import MeasureState, PlanState, ProblemState
from sihao.plans.models import (
    LinkageKind,
    Measure,
    MeasureProgress,
    Plan,
    Problem,
    ProblemCategory,
    ProblemCriterion,
    ProblemSource,
    TeamMeeting,
)
from sihao.plans.schemas import PlanUpdate

_CATEGORIES = {
    "思想实际": ProblemCategory.THOUGHT,
    "工作实际": ProblemCategory.WORK,
    "突出问题": ProblemCategory.PROMINENT,
    "薄弱环节": ProblemCategory.WEAK,
}
_SOURCES = {
    "自查": ProblemSource.SELF,
    "民主生活会": ProblemSource.DEMOCRATIC_MEETING,
    "巡视巡察反馈": ProblemSource.DISCIPLINE_INSPECTION,
    "上年检查意见": ProblemSource.FINDING,
}
_LINKAGES = {
    "民主生活会": LinkageKind.DEMOCRATIC_MEETING,
    "巡视巡察反馈": LinkageKind.DISCIPLINE_INSPECTION,
    "中心组学习": LinkageKind.STUDY,
    "年度绩效目标任务": LinkageKind.PERFORMANCE,
}
_PERCENT = (30, 60, 100)
_VAGUE = "进一步加强领导班子建设，进一步转变作风，推动各项工作再上新台阶。"
_RETURNED_EVERY = 8
_AMENDED_EVERY = 13
_AMENDED = "因机构职责调整和上半年督查反馈意见，经班子会议研究，对年度目标作相应调整。"


@dataclass(frozen=True)
class _Draft:
    """A plan on its way: its row, the goals it should end with, the days it has."""

    plan_id: UUID
    unit: Unit
    planned: Planned
    stage: str
    days: tuple[date, ...]


async def add_plans(town: Town, year: Year) -> None:
    """Add every unit's plan, its problems and measures, and the meetings of its team."""
    drafts = [_add_plan(town, year, unit) for unit in town.units]
    await town.write()
    for draft in drafts:
        await _live(town, draft)
    town.ctx.db.expunge_all()


async def close_plans(town: Town, year: Year) -> None:
    """Let each lead close the finished year's plan."""
    at = town.calendar.at(date(year.number, 12, 31), 15)
    for unit in town.units:
        lead = town.by(f"{unit.account}.lead", at)
        plan = await queries.find_plan(lead, town.unit_ids[unit.number], year.campaign.id)
        if plan is not None:
            opinion = "年度任务结束，未完成事项转入下一年度。"
            await town.do(actions.move_plan, lead, plan.id, plan.version, "close", opinion)


def _add_plan(town: Town, year: Year, unit: Unit) -> _Draft:
    rng = dice(unit.number, year.number, "plan days")
    running = year.number == town.calendar.running
    stage = running_stage(unit).plan if running else "in_force"
    late = profile_of(unit, year.number).late or stage != "in_force"
    begins = date(year.number, 4 if late else 2, rng.randint(6, 24))
    days = tuple(begins + timedelta(days=after) for after in (0, 10, 14, 19, 24, 28, 30, 33))
    known = town.calendar.known_until(year.number)
    planned = plan_for(unit, year.number, known)
    vague = unit.number % _RETURNED_EVERY == 0 or stage == "returned"
    unit_id = town.unit_ids[unit.number]
    made = stamped(town.calendar.at(days[0]), town.actors[f"{unit.account}.office"].name)
    plan_id = town.rows.add(
        Plan,
        unit_id=unit_id,
        campaign_id=year.campaign.id,
        state=PlanState.DRAFT,
        basis="\n".join(planned.basis),
        goals=_VAGUE if vague else "\n".join(planned.goals),
        content="\n".join((*planned.content, planned.organisation)),
        **made,
    )
    town.tell("plan.created", plan_id, unit, f"{unit.account}.office", made["created_at"])
    for number, problem in enumerate(planned.problems, start=1):
        _add_problem(town, year, unit, plan_id, number, problem, carried_out=stage == "in_force")
    for meeting in meetings_for(unit, year.number, known):
        meeting_id = town.rows.add(
            TeamMeeting,
            unit_id=unit_id,
            campaign_id=year.campaign.id,
            held_on=meeting.on,
            subject=meeting.title,
            summary=meeting.record,
            **stamped(town.calendar.at(meeting.on, 17), made["updated_by"]),
        )
        at = town.calendar.at(meeting.on, 17)
        town.tell("team_meeting.created", meeting_id, unit, f"{unit.account}.office", at)
    return _Draft(plan_id, unit, planned, stage, days)


def _add_problem(
    town: Town,
    year: Year,
    unit: Unit,
    plan_id: UUID,
    number: int,
    problem: FoundProblem,
    *,
    carried_out: bool,
) -> None:
    unit_id = town.unit_ids[unit.number]
    office = town.actors[f"{unit.account}.office"].name
    made = stamped(town.calendar.at(date(year.number, 2, 5)), office)
    source = _SOURCES[problem.source]
    before = town.years.get(year.number - 1)
    finding = None
    if source is ProblemSource.FINDING and before:
        code = findings_for(unit, year.number - 1)[number - 1].criterion
        finding = before.findings[unit.number, code]
    problem_id = town.rows.add(
        Problem,
        unit_id=unit_id,
        plan_id=plan_id,
        number=number,
        text=problem.text,
        category=_CATEGORIES[problem.kind],
        member_id=town.members[unit.number, problem.member] if problem.member else None,
        source=source,
        source_note=f"{year.number - 1}年度检查考核" if finding else "",
        source_id=finding,
        linkages=[
            {"kind": _LINKAGES[kind], "reference": reference}
            for kind, reference in problem.linkages
        ],
        state=_problem_state(town, year, problem, carried_out=carried_out),
        **made,
    )
    for code in problem.criteria:
        town.rows.add(
            ProblemCriterion,
            unit_id=unit_id,
            problem_id=problem_id,
            criterion_id=year.criteria[code],
        )
    for place, measure in enumerate(problem.measures):
        _add_measure(
            town,
            unit,
            {
                "plan_id": plan_id,
                "problem_id": problem_id,
                "number": number * 10 + place,
                **made,
            },
            measure,
            carried_out=carried_out,
        )


def _problem_state(
    town: Town, year: Year, problem: FoundProblem, *, carried_out: bool
) -> ProblemState:
    if not carried_out:
        return ProblemState.OPEN
    running = year.number == town.calendar.running
    waits = running and problem.state == "closed" and len(problem.text) % 3 == 0
    return ProblemState.CLOSING_REQUESTED if waits else ProblemState(problem.state)


def _add_measure(
    town: Town, unit: Unit, row: dict[str, object], measure: PlannedMeasure, *, carried_out: bool
) -> None:
    office = f"{unit.account}.office"
    state = MeasureState(measure.state) if carried_out else MeasureState.PLANNED
    done = state is MeasureState.COMPLETED
    measure_id = town.rows.add(
        Measure,
        unit_id=town.unit_ids[unit.number],
        text=measure.text,
        owner_id=town.members[unit.number, measure.owner],
        co_owners=list(measure.co_owners),
        due_on=measure.due_on,
        expected_output=measure.output,
        state=state,
        completed_on=measure.due_on if done else None,
        **row,
    )
    for percent, note in zip(_PERCENT, measure.progress if carried_out else (), strict=False):
        at = town.calendar.at(note.on, 16)
        town.rows.add(
            MeasureProgress,
            unit_id=town.unit_ids[unit.number],
            measure_id=measure_id,
            text=note.text,
            percent=percent,
            reported_at=at,
            reported_by=town.actors[office].name,
        )
        town.tell("measure.progress_reported", measure_id, unit, office, at, percent=percent)
    if done:
        at = town.calendar.at(measure.due_on, 17)
        town.tell(
            "measure.confirm",
            measure_id,
            unit,
            f"{unit.account}.deputy",
            at,
            before=MeasureState.COMPLETION_REQUESTED,
            after=MeasureState.COMPLETED,
            opinion="产出材料齐全，同意认定完成。",
        )


async def _live(town: Town, draft: _Draft) -> None:
    """Take the plan as far as its stage says, with the detour that some plans make."""
    unit, stage = draft.unit, draft.stage
    times = [town.calendar.at(day, 10) for day in draft.days]
    if stage == "draft":
        return
    await _present(town, draft, times[1])
    if stage == "team_review":
        return
    await _sign(town, draft, times[2])
    if stage == "filed":
        return
    if stage == "returned" or unit.number % _RETURNED_EVERY == 0:
        await _return(town, draft, times[3])
        if stage == "returned":
            return
        await _rewrite(town, draft, times[4], "revise", "按退回意见修改。")
        await _present(town, draft, times[5])
        await _sign(town, draft, times[6])
    await _accept(town, draft, times[7])
    if unit.number % _AMENDED_EVERY == 0:
        await _amend(town, draft)


async def _amend(town: Town, draft: _Draft) -> None:
    day = date(draft.days[0].year, 7, 6)
    times = [town.calendar.at(day + timedelta(days=after), 10) for after in (0, 4, 6, 8)]
    await _rewrite(town, draft, times[0], "amend", _AMENDED)
    await _present(town, draft, times[1])
    await _sign(town, draft, times[2])
    await _accept(town, draft, times[3])


async def _move(town: Town, draft: _Draft, name: str, who: str, at: datetime, opinion: str) -> Plan:
    ctx = town.by(f"{draft.unit.account}.{who}", at)
    plan = await queries.get_plan(ctx, draft.plan_id)
    return await town.do(actions.move_plan, ctx, plan.id, plan.version, name, opinion)


async def _present(town: Town, draft: _Draft, at: datetime) -> None:
    await _move(town, draft, "present", "office", at, "提请班子会议审议。")


async def _rewrite(town: Town, draft: _Draft, at: datetime, name: str, opinion: str) -> None:
    plan = await _move(town, draft, name, "deputy", at, opinion)
    goals = [*draft.planned.goals, "各项措施按季度安排，每季度末月25日前报进展"]
    if name == "amend":
        goals.append("下半年新增督查事项全部纳入销号管理")
    body = PlanUpdate(goals="\n".join(goals))
    office = town.by(f"{draft.unit.account}.office", at + timedelta(hours=2))
    await town.do(actions.update_plan, office, plan.id, plan.version, body)


async def _sign(town: Town, draft: _Draft, at: datetime) -> None:
    lead = town.by(f"{draft.unit.account}.lead", at)
    plan = await queries.get_plan(lead, draft.plan_id)
    opinion = "经班子会议审议通过，同意签发。"
    await town.do(actions.sign_plan, lead, plan.id, plan.version, opinion)


async def _return(town: Town, draft: _Draft, at: datetime) -> None:
    officer = town.by("officer", at)
    plan = await queries.get_plan(officer, draft.plan_id)
    reason = draft.planned.return_reason
    await town.do(actions.return_plan, officer, plan.id, plan.version, reason)


async def _accept(town: Town, draft: _Draft, at: datetime) -> None:
    officer = town.by("officer", at)
    plan = await queries.get_plan(officer, draft.plan_id)
    await town.do(actions.accept_plan, officer, plan.id, plan.version, "同意备案。")
