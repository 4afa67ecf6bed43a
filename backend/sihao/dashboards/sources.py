"""Where to-dos come from: one `Source` for each thing that waits for somebody.

Whoever can move a thing has it to do, so states and roles come from the lifecycles; a source adds
only whose rows they are, how a line is worded and when it is due.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, true
from sqlmodel import col

from sihao.campaigns.models import Stage
from sihao.complaints.lifecycle import COMPLAINT, ComplaintState
from sihao.complaints.models import Complaint
from sihao.core.context import CHINA, COMMITTEE, UNIT_WRITERS, Actor, Context, Role
from sihao.core.lifecycle import Lifecycle
from sihao.followups.lifecycle import (
    INTERVIEW,
    RECTIFICATION,
    REFERRAL,
    InterviewState,
    RectificationState,
    ReferralState,
)
from sihao.followups.models import Interview, Rectification, Referral
from sihao.followups.policy import handles
from sihao.inspections.lifecycle import (
    INSPECTION,
    OBJECTION,
    SHEET,
    InspectionState,
    ObjectionState,
    SheetState,
)
from sihao.inspections.models import Inspection, InspectionGroup, Objection, ScoreSheet
from sihao.plans.lifecycle import (
    MEASURE,
    PLAN,
    PROBLEM,
    MeasureState,
    PlanState,
    ProblemState,
)
from sihao.plans.models import Measure, Plan, Problem
from sihao.results.lifecycle import RESULT, ResultState
from sihao.results.models import AnnualResult
from sihao.self_reports.lifecycle import SELF_REPORT, SelfReportState
from sihao.self_reports.models import SelfReport

SOON = timedelta(days=14)
DEPUTY_FROM = timedelta(days=10)
"""So long before a rectification's end its deputy is reminded too [C]."""
_AT_WORK = (RectificationState.ASSIGNED, RectificationState.RETURNED)
Rows = Callable[[Context], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing.

    `verbs` words the duty in each state that has one; a state that is open to the actor by the
    lifecycle but not worded here is no duty (amending a plan, say). `awaited` words what a unit
    waits for. `aside` are arrows that nobody waits for: taking back, carrying over. `title` is the
    object's text column; `due` a stage's window, a date or an instant, `units_due` that it is the
    unit's date: the committee reads what was handed in before `read_before` opens, if any.
    """

    lifecycle: Lifecycle[Any]
    table: Any
    verbs: Mapping[StrEnum, str]
    title: Any = None
    due: Stage | Any | None = None
    units_due: bool = False
    read_before: Stage | None = None
    campaign: Any = None
    unit_name: Any = None
    page: Any = None
    """The id of the thing on whose page it is dealt with, where that is another."""
    awaited: Mapping[StrEnum, str] = field(default_factory=dict)
    aside: frozenset[str] = frozenset({"withdraw", "carry_over"})
    rows: Rows = lambda _: true()

    def note(self, ctx: Context, row: Any) -> str:
        """Say why this line is this person's, where the list does not say it by itself."""
        del ctx, row
        return ""

    def scope(self, ctx: Context) -> ColumnElement[bool]:
        """Tell whose rows these are: all for the committee, else the own unit's."""
        if ctx.actor.has(COMMITTEE) or not hasattr(self.table, "unit_id"):
            return self.rows(ctx)
        return and_(ctx.actor.owns(self.table.unit_id), self.rows(ctx))

    def duties(self, actor: Actor) -> list[StrEnum]:
        """List the states in which this actor has something to do."""
        return [state for state in self._awaiting(actor) if state in self.verbs]

    def waits(self, actor: Actor) -> list[StrEnum]:
        """List the states in which this unit waits for somebody else."""
        if not actor.has(UNIT_WRITERS):
            return []
        mine = self._awaiting(actor)
        return [state for state in self.awaited if state not in mine]

    def _awaiting(self, actor: Actor) -> list[StrEnum]:
        opened = self.lifecycle.states_open_to(actor)
        return [
            state
            for state, arrows in opened.items()
            if any(one.name not in self.aside for one in arrows)
        ]


def _running(plan_id: Any) -> ColumnElement[bool]:
    """Problems and measures: a version of their plan is in force; past years are history."""
    return exists().where(
        col(Plan.id) == col(plan_id),
        col(Plan.in_force_number).is_not(None),
        col(Plan.state) != PlanState.CLOSED,
    )


def _due_soon(ctx: Context) -> ColumnElement[bool]:
    """Measures: those to be confirmed, and those that end within a fortnight or are over."""
    near = col(Measure.due_on) <= (ctx.now + SOON).date()
    waits = or_(near, col(Measure.state) == MeasureState.COMPLETION_REQUESTED)
    return and_(_running(Measure.plan_id), waits)


def _led_by_me(ctx: Context) -> ColumnElement[bool]:
    """Inspections: the group's leader consolidates what all have scored; officers do the rest."""
    mine = exists().where(
        col(InspectionGroup.id) == col(Inspection.group_id),
        col(InspectionGroup.leader_id) == ctx.actor.id,
    )
    scoring = exists().where(
        col(ScoreSheet.inspection_id) == col(Inspection.id),
        col(ScoreSheet.state) == SheetState.OPEN,
    )
    in_progress = and_(col(Inspection.state) == InspectionState.IN_PROGRESS, ~scoring)
    closed = col(Inspection.objections_until) <= ctx.now
    officers = and_(
        true() if ctx.actor.has(COMMITTEE) else false(),
        or_(
            col(Inspection.state) == InspectionState.SCORED,
            and_(col(Inspection.state) == InspectionState.FEEDBACK, closed),
        ),
    )
    return or_(officers, and_(in_progress, mine))


def _received(ctx: Context) -> ColumnElement[bool]:
    """Interviews: a receipt is given once, each side confirms once."""
    receipt = or_(
        col(Interview.state) != InterviewState.NOTIFIED,
        col(Interview.received_at).is_(None) if ctx.actor.has({Role.UNIT_LEAD}) else true(),
    )
    side = Interview.unit_confirmed_at
    if ctx.actor.has({Role.LEADER}):
        side = Interview.committee_confirmed_at
    confirmed = or_(col(Interview.state) != InterviewState.HELD, col(side).is_(None))
    looks_back = and_(col(Interview.recheck_on) <= ctx.today, col(Interview.rechecked_at).is_(None))
    ends = true() if ctx.actor.has({Role.LEADER}) else looks_back
    closed = or_(col(Interview.state) != InterviewState.VERIFIED, ends)
    return and_(receipt, confirmed, closed)


class _Reminded(Source):
    """Rectifications remind the handler; ten days before the end the deputy, after it the lead.

    Whoever has to name a handler or to sign a report that is written is told at once. Of those
    verified, the committee is told when a later look is due.
    """

    def duties(self, actor: Actor) -> list[StrEnum]:
        """The work of a unit is its writers', though the report is the lead's to sign."""
        own = [state for state in _AT_WORK if actor.has(UNIT_WRITERS)]
        return list(dict.fromkeys([*super().duties(actor), *own]))

    def scope(self, ctx: Context) -> ColumnElement[bool]:
        if ctx.actor.has(COMMITTEE):
            looks_back = and_(
                col(Rectification.recheck_on) <= ctx.today,
                col(Rectification.rechecked_at).is_(None),
            )
            return or_(col(Rectification.state) != RectificationState.VERIFIED, looks_back)
        mine = [col(Rectification.state).not_in(_AT_WORK), handles(ctx.actor)]
        nobody = col(Rectification.handler_id).is_(None)
        near = col(Rectification.due_on) <= ctx.today + DEPUTY_FROM
        late = col(Rectification.due_on) < ctx.today
        written = and_(
            col(Rectification.report) != "",
            col(Rectification.action) != "",
            col(Rectification.owner_id).is_not(None),
        )
        if ctx.actor.has({Role.UNIT_OFFICE}):
            mine.append(nobody)
        if ctx.actor.has({Role.UNIT_DEPUTY}):
            mine += [nobody, near]
        if ctx.actor.has({Role.UNIT_LEAD}):
            mine += [late, written]
        return and_(ctx.actor.owns(Rectification.unit_id), or_(*mine))

    def note(self, ctx: Context, row: Any) -> str:
        """Say which reminder it is."""
        if row.state not in _AT_WORK or row.due_at is None:
            return ""
        left = (row.due_at.astimezone(CHINA).date() - ctx.today).days
        if left < 0:
            return f"超期 {-left} 天，已提醒主要负责同志"
        if left <= DEPUTY_FROM.days:
            return f"还有 {left} 天，已提醒分管负责同志"
        return f"还有 {left} 天"


class _OwnSheets(Source):
    """An inspector's sheets: of assigned units, not of the own one."""

    def scope(self, ctx: Context) -> ColumnElement[bool]:
        return col(ScoreSheet.inspector_id) == ctx.actor.id


class _OwnReferrals(Source):
    """A receiver's cases; the committee's all."""

    def scope(self, ctx: Context) -> ColumnElement[bool]:
        if ctx.actor.has(COMMITTEE):
            return true()
        return col(Referral.receiver_id) == ctx.actor.id


class _LedInspections(Source):
    """Inspections of any unit, for whoever leads the group or works for the committee."""

    def scope(self, ctx: Context) -> ColumnElement[bool]:
        return self.rows(ctx)


SOURCES: tuple[Source, ...] = (
    Source(
        PLAN,
        Plan,
        {
            PlanState.DRAFT: "写好年度计划并送班子审议",
            PlanState.TEAM_REVIEW: "审议、签发年度计划",
            PlanState.RETURNED: "修改被退回的年度计划",
            PlanState.FILED: "审核年度计划",
        },
        due=Stage.PLANNING,
        units_due=True,
        read_before=Stage.SELF_REPORT,
        campaign=Plan.campaign_id,
        awaited={
            PlanState.FILED: "等工委审核年度计划",
            PlanState.TEAM_REVIEW: "等主要负责同志签发年度计划",
        },
    ),
    Source(
        MEASURE,
        Measure,
        {
            MeasureState.PLANNED: "落实措施",
            MeasureState.IN_PROGRESS: "登记措施完成情况",
            MeasureState.COMPLETION_REQUESTED: "认定措施完成",
        },
        title=Measure.text,
        due=Measure.due_on,
        awaited={MeasureState.COMPLETION_REQUESTED: "等负责同志认定措施完成"},
        rows=_due_soon,
    ),
    Source(
        PROBLEM,
        Problem,
        {ProblemState.CLOSING_REQUESTED: "确认问题销号"},
        title=Problem.text,
        awaited={ProblemState.CLOSING_REQUESTED: "等负责同志确认问题销号"},
        rows=lambda _: _running(Problem.plan_id),
    ),
    Source(
        SELF_REPORT,
        SelfReport,
        {
            SelfReportState.DRAFT: "写好自查报告并送班子审议",
            SelfReportState.TEAM_REVIEW: "审议、签发自查报告",
            SelfReportState.RETURNED: "修改被退回的自查报告",
            SelfReportState.SUBMITTED: "接收自查报告",
        },
        due=Stage.SELF_REPORT,
        units_due=True,
        read_before=Stage.INSPECTION,
        campaign=SelfReport.campaign_id,
        awaited={
            SelfReportState.SUBMITTED: "等工委接收自查报告",
            SelfReportState.TEAM_REVIEW: "等主要负责同志签发自查报告",
        },
    ),
    _OwnSheets(SHEET, ScoreSheet, {SheetState.OPEN: "评分"}, due=Stage.INSPECTION),
    _LedInspections(
        INSPECTION,
        Inspection,
        {
            InspectionState.IN_PROGRESS: "合议",
            InspectionState.SCORED: "向单位反馈检查结果",
            InspectionState.FEEDBACK: "检查结果定稿",
        },
        due=Stage.INSPECTION,
        campaign=Inspection.campaign_id,
        rows=_led_by_me,
    ),
    Source(
        OBJECTION,
        Objection,
        {
            ObjectionState.FILED: "受理陈述申辩",
            ObjectionState.UNDER_REVIEW: "办理陈述申辩",
        },
        title=Objection.grounds,
        awaited={
            ObjectionState.FILED: "等工委受理陈述申辩",
            ObjectionState.UNDER_REVIEW: "等工委答复陈述申辩",
        },
    ),
    Source(
        RESULT,
        AnnualResult,
        {ResultState.COMPUTED: "审定年度结果", ResultState.APPROVED: "公布年度结果"},
        campaign=AnnualResult.campaign_id,
    ),
    Source(
        INTERVIEW,
        Interview,
        {
            InterviewState.PROPOSED: "审批集体约谈",
            InterviewState.APPROVED: "发出约谈通知",
            InterviewState.NOTIFIED: "办理约谈通知",
            InterviewState.HELD: "确认约谈记录",
            InterviewState.RECORDED: "转入整改",
            InterviewState.RECTIFYING: "核验约谈整改",
            InterviewState.VERIFIED: "“回头看”后办结约谈",
        },
        due=Interview.recheck_on,
        campaign=Interview.campaign_id,
        aside=frozenset({"escalate", "reopen_record"}),
        rows=_received,
    ),
    _Reminded(
        RECTIFICATION,
        Rectification,
        {
            RectificationState.ASSIGNED: "整改并报告",
            RectificationState.RETURNED: "重新整改并报告",
            RectificationState.REPORTED: "核验整改",
            RectificationState.VERIFIED: "登记“回头看”",
        },
        title=Rectification.text,
        due=case(
            (
                col(Rectification.state) == RectificationState.VERIFIED,
                col(Rectification.recheck_on),
            ),
            (col(Rectification.state).in_(_AT_WORK), col(Rectification.due_on)),
        ),
        campaign=Rectification.campaign_id,
        awaited={RectificationState.REPORTED: "等工委核验整改"},
    ),
    _OwnReferrals(
        REFERRAL,
        Referral,
        {
            ReferralState.DRAFTED: "审批提请",
            ReferralState.APPROVED: "送有关部门",
            ReferralState.SENT: "签收工委来件",
            ReferralState.ACKNOWLEDGED: "答复办理结果",
        },
        campaign=Referral.campaign_id,
        unit_name=Referral.unit_name,
    ),
    Source(
        COMPLAINT,
        Complaint,
        {ComplaintState.RECEIVED: "答复投诉建议"},
        title=func.left(Complaint.text, literal(60)),
    ),
)
