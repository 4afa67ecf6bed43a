"""Which events an actor hears of, and whose to-dos another system shows in how many words."""

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlmodel import col

from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import COMMITTEE, UNIT_WRITERS, Actor, Context, Role
from sihao.core.errors import Forbidden
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


def check_shows_todos(ctx: Context) -> None:
    """Only another system with `todo:sync` shows others' to-dos. Raise `Forbidden`."""
    if not ctx.actor.is_service:
        raise Forbidden("todo.others", "待办只能由本人查看。", "To-dos are their person's own.")
    ctx.require_scope("todo:sync")


def shown(actor: Actor) -> ColumnElement[bool]:
    """People whose to-dos another system shows: those with a role in its unit, or everybody."""
    if actor.unit_id is None:
        return true()
    return exists().where(
        col(RoleGrant.person_id) == col(Person.id), col(RoleGrant.unit_id) == actor.unit_id
    )
