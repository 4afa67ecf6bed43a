"""Which events an actor hears of, and which to-dos are told outside in few words."""

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_WRITERS, Actor, Role
from sihao.core.events import Audience, Event
from sihao.dashboards.schemas import TodoKind

QUIET = frozenset({TodoKind.INTERVIEW, TodoKind.REFERRAL, TodoKind.COMPLAINT})
"""Of these a portal or a calendar, which lies open on a desk, says the verb and nothing else."""


def visible(actor: Actor) -> ColumnElement[bool]:
    """Events: each role by audience, units their own; everybody the own acts; auditors all."""
    if actor.has({Role.ADMIN_AUDIT, Role.SYSTEM}):
        return true()
    heard = [col(Event.actor_id) == actor.id]
    if actor.has(COMMITTEE):
        wide = (Audience.UNIT, Audience.COMMITTEE, Audience.RESTRICTED)
        heard.append(col(Event.audience).in_(wide))
    of_units = col(Event.audience) == Audience.UNIT
    if actor.has({Role.LEADERSHIP}):
        heard.append(of_units)
    if actor.has(UNIT_WRITERS) or "event:read" in actor.scopes:
        heard.append(and_(of_units, or_(actor.sees(Event.unit_id), col(Event.unit_id).is_(None))))
    if actor.has({Role.ADMIN_SECURITY}):
        heard.append(col(Event.audience) == Audience.ADMIN)
    return or_(*heard)
