"""Plans of a year: written down as they stand, then presented, signed and answered for."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sihao.core.events import Audience
from sihao.demo.city import Unit
from sihao.demo.plans import Measure as PlannedMeasure
from sihao.demo.plans import Problem as FoundProblem
from sihao.demo.plans import meetings_for, plan_for
from sihao.demo.profiles import profile_of, running_stage
from sihao.demo.seed.plan_steps import Draft, is_returned, live
from sihao.demo.seed.town import Town, Year, stamped
from sihao.demo.words import dice
from sihao.plans.lifecycle import PROBLEM, MeasureState, PlanState, ProblemState
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
    "上年问题转入": ProblemSource.CARRIED_OVER,
}
_FOUND, _CARRIED = "上年检查意见", "上年问题转入"
_LINKAGES = {
    "民主生活会": LinkageKind.DEMOCRATIC_MEETING,
    "巡视巡察反馈": LinkageKind.DISCIPLINE_INSPECTION,
    "中心组学习": LinkageKind.STUDY,
    "年度绩效目标任务": LinkageKind.PERFORMANCE,
}
_PERCENT = (30, 60, 100)
_LATELY = timedelta(days=75)
_ASKED_FOR, _LAST_MEASURE = 0.4, 0.7
"""Of problems finished lately: below the first the problem waits, above the second a measure."""
_VAGUE = "进一步加强领导班子建设，进一步转变作风，推动各项工作再上新台阶。"


async def add_plans(town: Town, year: Year) -> None:
    """Add every unit's plan, its problems and measures, and the meetings of its team."""
    drafts = [_add_plan(town, year, unit) for unit in town.units]
    await town.write()
    for draft in drafts:
        await live(town, draft)
    town.ctx.db.expunge_all()


def _add_plan(town: Town, year: Year, unit: Unit) -> Draft:
    rng = dice(unit.number, year.number, "plan days")
    running = year.number == town.calendar.running
    stage = running_stage(unit).plan if running else "in_force"
    late = profile_of(unit, year.number).late or stage != "in_force"
    begins = date(year.number, 4 if late else 2, rng.randint(6, 24))
    days = tuple(begins + timedelta(days=after) for after in (0, 10, 14, 19, 24, 28, 30, 33))
    known = town.calendar.known_until(year.number)
    planned = plan_for(unit, year.number, known)
    vague = is_returned(unit, stage)
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
    town.tell(
        "plan.created",
        plan_id,
        unit,
        f"{unit.account}.office",
        made["created_at"],
        audience=Audience.UNIT,
    )
    desk = _Desk(town, year, unit, plan_id, carried_out=stage == "in_force")
    for problem in planned.problems:
        desk.add_problem(problem)
    before = town.years.get(year.number - 1)
    for origin, problem in before.carried.get(unit.number, []) if before else []:
        desk.add_problem(_once_more(problem, year.number), origin)
    _add_meetings(town, year, unit)
    return Draft(plan_id, unit, planned, stage, days)


def _add_meetings(town: Town, year: Year, unit: Unit) -> None:
    office = f"{unit.account}.office"
    for meeting in meetings_for(unit, year.number, town.calendar.known_until(year.number)):
        at = town.calendar.at(meeting.on, 17)
        meeting_id = town.rows.add(
            TeamMeeting,
            unit_id=town.unit_ids[unit.number],
            campaign_id=year.campaign.id,
            held_on=meeting.on,
            subject=meeting.title,
            summary=meeting.record,
            **stamped(at, town.actors[office].name),
        )
        town.tell("team_meeting.created", meeting_id, unit, office, at, audience=Audience.UNIT)


def _once_more(problem: FoundProblem, year: int) -> FoundProblem:
    """Last year's problem in this year's plan, with what was left to do and new dates."""
    left = [one for one in problem.measures if one.state != "completed"][-2:]
    ways = ((date(year, 6, 30), "completed"), (date(year, 12, 15), "in_progress"))[-len(left) :]
    measures = tuple(
        replace(one, due_on=due_on, state=state, progress=())
        for one, (due_on, state) in zip(left, ways, strict=True)
    )
    return replace(problem, source=_CARRIED, measures=measures, state="open")


class _Desk:
    """Where one plan's problems and measures are written down, numbered as they come."""

    def __init__(
        self, town: Town, year: Year, unit: Unit, plan_id: UUID, *, carried_out: bool
    ) -> None:
        self._town, self._year, self._unit, self._plan_id = town, year, unit, plan_id
        self._unit_id = town.unit_ids[unit.number]
        self._carried_out = carried_out
        self._problems = self._measures = 0
        office = town.actors[f"{unit.account}.office"].name
        self._made = stamped(town.calendar.at(date(year.number, 2, 5)), office)

    def add_problem(self, problem: FoundProblem, origin: UUID | None = None) -> None:
        """Add a problem with its measures; `origin` is the one that it goes on from."""
        self._problems += 1
        unit, year = self._unit, self._year
        problem_id = self._town.rows.new_id()
        finding = self._finding(problem)
        state, until = self._state(problem, problem_id)
        self._town.rows.add(
            Problem,
            id=problem_id,
            unit_id=self._unit_id,
            plan_id=self._plan_id,
            number=self._problems,
            text=problem.text,
            category=_CATEGORIES[problem.kind],
            member_id=self._town.members[unit.number, problem.member] if problem.member else None,
            source=_SOURCES[problem.source],
            source_note=f"{year.number - 1} 年度" if finding or origin else "",
            source_id=finding,
            carried_from_id=origin,
            linkages=[
                {"kind": _LINKAGES[kind], "reference": reference}
                for kind, reference in problem.linkages
            ],
            state=state,
            **self._made | {"updated_at": until},
        )
        for code in problem.criteria:
            self._town.rows.add(
                ProblemCriterion,
                unit_id=self._unit_id,
                problem_id=problem_id,
                criterion_id=year.criteria[code],
            )
        last = problem.measures[-1:] if self._has_request(problem) else ()
        for measure in problem.measures:
            self._add_measure(problem_id, measure, requested=measure in last)

    def _finding(self, problem: FoundProblem) -> UUID | None:
        before = self._town.years.get(self._year.number - 1)
        if problem.source != _FOUND or before is None:
            return None
        code = problem.criteria[0]
        return before.findings[self._unit.number, code]

    def _turn(self, problem: FoundProblem) -> float | None:
        """Dice for a problem that was finished lately; None for the others."""
        finished = max(one.due_on for one in problem.measures)
        lately = finished >= self._town.calendar.today - _LATELY
        if not lately or not self._carried_out or problem.state != "closed":
            return None
        return dice(self._unit.number, self._year.number, "turn", problem.text).random()

    def _has_request(self, problem: FoundProblem) -> bool:
        """Whether the last measure of an otherwise finished problem waits to be confirmed."""
        turn = self._turn(problem)
        return turn is not None and turn > _LAST_MEASURE

    def _state(self, problem: FoundProblem, problem_id: UUID) -> tuple[ProblemState, datetime]:
        """The problem's state and since when.

        Last year's unfinished problems go on, unless this year's plan is only being drafted.
        """
        calendar, begun = self._town.calendar, self._made["created_at"]
        if not self._carried_out or self._has_request(problem):
            return ProblemState.OPEN, begun
        state = ProblemState(problem.state)
        if state is ProblemState.CARRIED_OVER:
            if running_stage(self._unit).plan == "draft":
                return ProblemState.OPEN, begun
            self._year.carried.setdefault(self._unit.number, []).append((problem_id, problem))
            return state, calendar.at(date(self._year.number + 1, 2, 5))
        if state is ProblemState.OPEN:
            return state, begun
        asked = calendar.at(max(one.due_on for one in problem.measures) + timedelta(days=3), 11)
        self._tell("request_closing", problem_id, "office", asked, "各项措施均已完成，提请销号。")
        turn = self._turn(problem)
        if turn is not None and turn < _ASKED_FOR:
            return ProblemState.CLOSING_REQUESTED, asked
        closed = calendar.at(asked.date() + timedelta(days=2), 16)
        self._tell("confirm", problem_id, "lead", closed, "同意销号。")
        return state, closed

    def _tell(self, name: str, problem_id: UUID, who: str, at: datetime, opinion: str) -> None:
        account = f"{self._unit.account}.{who}"
        self._town.moved(PROBLEM, name, problem_id, self._unit, account, at, opinion)

    def _add_measure(self, problem_id: UUID, measure: PlannedMeasure, *, requested: bool) -> None:
        self._measures += 1
        state = MeasureState(measure.state) if self._carried_out else MeasureState.PLANNED
        if requested:
            state = MeasureState.COMPLETION_REQUESTED
        done = state is MeasureState.COMPLETED
        measure_id = self._town.rows.add(
            Measure,
            unit_id=self._unit_id,
            plan_id=self._plan_id,
            problem_id=problem_id,
            number=self._measures,
            text=measure.text,
            owner_id=self._town.members[self._unit.number, measure.owner],
            co_owners=list(measure.co_owners),
            due_on=measure.due_on,
            expected_output=measure.output,
            state=state,
            completed_on=measure.due_on if done else None,
            **self._made,
        )
        if self._carried_out:
            self._add_progress(measure_id, measure, done=done)

    def _add_progress(self, measure_id: UUID, measure: PlannedMeasure, *, done: bool) -> None:
        town, office = self._town, f"{self._unit.account}.office"
        for percent, note in zip(_PERCENT, measure.progress, strict=False):
            at = town.calendar.at(note.on, 16)
            town.rows.add(
                MeasureProgress,
                unit_id=self._unit_id,
                measure_id=measure_id,
                text=note.text,
                percent=percent,
                reported_at=at,
                reported_by=town.actors[office].name,
            )
            town.tell(
                "measure.progress_reported",
                measure_id,
                self._unit,
                office,
                at,
                audience=Audience.UNIT,
                percent=percent,
            )
        if done:
            town.tell(
                "measure.confirm",
                measure_id,
                self._unit,
                f"{self._unit.account}.deputy",
                town.calendar.at(measure.due_on, 17),
                audience=Audience.UNIT,
                before=MeasureState.COMPLETION_REQUESTED,
                after=MeasureState.COMPLETED,
                opinion="产出材料齐全，同意认定完成。",
            )
