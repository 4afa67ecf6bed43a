"""Which results an actor sees. No unit ever sees a ranking."""

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Context, Role
from sihao.results.lifecycle import ComparisonState, CorrectionState, ResultState
from sihao.results.models import (
    AnnualResult,
    Commendation,
    Comparison,
    NoticeObjection,
    ResultCorrection,
)

_SETTLED = (ResultState.APPROVED, ResultState.PUBLISHED)


def visible(actor: Actor) -> ColumnElement[bool]:
    """Results: all for the committee, settled ones for the leadership, the own once published."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    allowed: list[ColumnElement[bool]] = [false()]
    if actor.has({Role.LEADERSHIP}):
        allowed.append(col(AnnualResult.state).in_(_SETTLED))
    published = col(AnnualResult.state) == ResultState.PUBLISHED
    if actor.has(UNIT_ROLES) or (actor.is_service and "result:read" in actor.scopes):
        allowed.append(and_(published, actor.sees(AnnualResult.unit_id)))
    return or_(*allowed)


def visible_corrections(actor: Actor) -> ColumnElement[bool]:
    """Corrections: all for the committee; the leadership and the unit once published (F47)."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    published = col(ResultCorrection.state) == CorrectionState.PUBLISHED
    if actor.has({Role.LEADERSHIP}):
        return published
    if actor.has(UNIT_ROLES):
        return and_(published, actor.sees(ResultCorrection.unit_id))
    return false()


def visible_comparisons(actor: Actor) -> ColumnElement[bool]:
    """Comparisons: the committee; the leadership once the data are frozen."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    if actor.has({Role.LEADERSHIP}):
        return col(Comparison.state) != ComparisonState.DRAFTED
    return false()


def sees_places(actor: Actor) -> bool:
    """Places are for the committee and the leadership, not a public board."""
    return actor.has({*COMMITTEE, Role.SYSTEM, Role.LEADERSHIP})


def visible_commendations(actor: Actor) -> ColumnElement[bool]:
    """Commendations: the committee and the leadership; a unit its own once announced (R21).

    What was taken off the list stays with the committee and the leadership.
    """
    if actor.has({*COMMITTEE, Role.SYSTEM, Role.LEADERSHIP}):
        return true()
    if actor.has(UNIT_ROLES):
        announced = col(Comparison.state) == ComparisonState.ANNOUNCED
        kept = col(Commendation.withdrawn_at).is_(None)
        return and_(announced, kept, actor.sees(Commendation.unit_id))
    return false()


def visible_notices(actor: Actor) -> ColumnElement[bool]:
    """Public notices, and the circular that follows: all who take part in the year."""
    public = col(Comparison.state).in_((ComparisonState.NOTICED, ComparisonState.ANNOUNCED))
    return public if actor.has({*COMMITTEE, *UNIT_ROLES, Role.LEADERSHIP}) else false()


def visible_notice_objections(actor: Actor) -> ColumnElement[bool]:
    """Objections to a notice: the committee and the leadership; a unit its own alone."""
    if actor.has({*COMMITTEE, Role.SYSTEM, Role.LEADERSHIP}):
        return true()
    if actor.has(UNIT_ROLES):
        return actor.owns(NoticeObjection.unit_id)
    return false()


def is_running(ctx: Context, notice: Comparison) -> bool:
    """Tell whether the time for objections still runs."""
    noticed = notice.state == ComparisonState.NOTICED
    return noticed and notice.notice_until is not None and ctx.now <= notice.notice_until


def may_object(ctx: Context, notice: Comparison) -> bool:
    """Tell whether the caller may object: a unit's lead and deputy in time, officers for letters.

    A letter may be entered until the list is announced.
    """
    if Role.OFFICER in ctx.actor.roles:
        return notice.state == ComparisonState.NOTICED
    return ctx.actor.has({Role.UNIT_LEAD, Role.UNIT_DEPUTY}) and is_running(ctx, notice)
