"""Which results an actor sees. No unit ever sees a ranking."""

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role
from sihao.results.lifecycle import ComparisonState, CorrectionState, ResultState
from sihao.results.models import AnnualResult, Commendation, Comparison, ResultCorrection

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
    """Commendations: the committee and the leadership; a unit its own once announced (R21)."""
    if actor.has({*COMMITTEE, Role.SYSTEM, Role.LEADERSHIP}):
        return true()
    if actor.has(UNIT_ROLES):
        announced = col(Comparison.state) == ComparisonState.ANNOUNCED
        return and_(announced, actor.sees(Commendation.unit_id))
    return false()
