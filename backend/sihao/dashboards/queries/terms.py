"""To-dos that stand between a term's beginning and its end: feedback, public notices, objections.

A unit that may object is told until when; the committee is told of what is to be answered, and of
what may be decided once the term is over.
"""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, true
from sqlmodel import col, select

from sihao.core.context import Actor, Context, Role
from sihao.dashboards.sources import Source
from sihao.extras.lifecycle import EXTRA, ExtraState
from sihao.extras.models import Extra
from sihao.extras.policy import awaiting
from sihao.inspections.lifecycle import INSPECTION, InspectionState
from sihao.inspections.models import Inspection
from sihao.results.lifecycle import (
    COMPARISON,
    NOTICE_OBJECTION,
    ComparisonState,
    NoticeObjectionState,
)
from sihao.results.models import Comparison, NoticeObjection
from sihao.units.models import Unit

_MAY_OBJECT = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY})


class _Feedback(Source):
    """Feedback that a unit may still object to; whoever may object has it to read."""

    def duties(self, actor: Actor) -> list[StrEnum]:
        """The term is the lead's and the deputy's, though the confirmation is the lead's."""
        return [InspectionState.FEEDBACK] if actor.has(_MAY_OBJECT) else []

    def scope(self, ctx: Context) -> ColumnElement[bool]:
        return and_(
            ctx.actor.owns(Inspection.unit_id),
            col(Inspection.confirmed_at).is_(None),
            col(Inspection.objections_until) > ctx.now,
        )


class _Commended(Source):
    """Comparisons: what the committee has to do next, the announcement once the notice is over."""

    def scope(self, ctx: Context) -> ColumnElement[bool]:
        state, mine = col(Comparison.state), []
        if ctx.actor.has({Role.OFFICER}):
            mine.append(state == ComparisonState.DELIBERATED)
        if ctx.actor.has({Role.LEADER}):
            unanswered = exists().where(
                col(NoticeObjection.comparison_id) == col(Comparison.id),
                col(NoticeObjection.state) == NoticeObjectionState.FILED,
            )
            over = col(Comparison.notice_until) < ctx.now
            mine.append(state == ComparisonState.FROZEN)
            mine.append(and_(state == ComparisonState.NOTICED, over, ~unanswered))
        return or_(false(), *mine)


def _by_another(ctx: Context) -> ColumnElement[bool]:
    """Objections to a notice: whoever entered one does not answer it."""
    if not ctx.actor.has({Role.OFFICER, Role.LEADER}):
        return true()
    return col(NoticeObjection.filed_by_id).is_distinct_from(ctx.actor.id)


def _of_notice(column: str) -> object:
    """Read a column of the comparison that an objection is about."""
    return (
        select(getattr(Comparison, column))
        .where(col(Comparison.id) == col(NoticeObjection.comparison_id))
        .scalar_subquery()
    )


_OBJECTOR = func.coalesce(
    select(Unit.name).where(col(Unit.id) == col(NoticeObjection.unit_id)).scalar_subquery(),
    col(NoticeObjection.sender),
)
TERMS: tuple[Source, ...] = (
    _Feedback(
        INSPECTION,
        Inspection,
        {InspectionState.FEEDBACK: "核对检查反馈意见，有异议的陈述申辩"},
        due=Inspection.objections_until,
        campaign=Inspection.campaign_id,
    ),
    Source(
        EXTRA,
        Extra,
        {ExtraState.RAISED: "公示加减分事项", ExtraState.NOTICED: "办理公示中的加减分事项"},
        title=Extra.clause,
        due=case((col(Extra.notice_until) > func.now(), col(Extra.notice_until))),
        campaign=Extra.campaign_id,
        aside=frozenset({"withdraw", "dismiss"}),
        rows=lambda ctx: awaiting(ctx.actor, ctx.now),
    ),
    _Commended(
        COMPARISON,
        Comparison,
        {
            ComparisonState.FROZEN: "记录集中评比审议意见",
            ComparisonState.DELIBERATED: "公示集中评比名单",
            ComparisonState.NOTICED: "公示期满，通报表扬",
        },
        title=Comparison.name,
        aside=frozenset({"advise"}),
    ),
    Source(
        NOTICE_OBJECTION,
        NoticeObjection,
        {NoticeObjectionState.FILED: "答复公示异议"},
        title=NoticeObjection.text,
        due=_of_notice("notice_until"),
        unit_name=_OBJECTOR,
        page=NoticeObjection.comparison_id,
        awaited={NoticeObjectionState.FILED: "等工委答复公示异议"},
        rows=_by_another,
    ),
)
