"""Whose accounts an actor sees."""

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlmodel import col

from sihao.accounts.models import LoginSession, Person, RoleGrant
from sihao.accounts.schemas import View
from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role

_CONTACTS = (Role.OFFICER, Role.LEADER)


def visible(actor: Actor) -> ColumnElement[bool]:
    """People: the own unit's and the committee's contacts (W19); administrators of security all."""
    if actor.has({Role.ADMIN_SECURITY, Role.SYSTEM, *COMMITTEE}):
        return true()
    theirs = and_(
        col(RoleGrant.person_id) == col(Person.id),
        or_(
            col(RoleGrant.unit_id) == actor.unit_id,
            col(RoleGrant.role).in_([one.value for one in _CONTACTS]),
        ),
    )
    return or_(col(Person.id) == actor.id, exists().where(theirs))


def visible_sessions(actor: Actor) -> ColumnElement[bool]:
    """Sessions: the own ones."""
    return col(LoginSession.person_id) == actor.id


def views(actor: Actor) -> list[View]:
    """Say which parts of the SPA the roles open."""
    roles = {
        View.UNIT: UNIT_ROLES,
        View.COMMITTEE: {Role.OFFICER, Role.INSPECTOR, Role.LEADER, Role.COASSESSOR},
        View.LEADERSHIP: {Role.LEADERSHIP},
        View.ADMIN: {Role.ADMIN_SYSTEM, Role.ADMIN_SECURITY, Role.ADMIN_AUDIT},
        View.RECEIVER: {Role.RECEIVER},
    }
    return [view for view, opening in roles.items() if actor.has(opening)]
