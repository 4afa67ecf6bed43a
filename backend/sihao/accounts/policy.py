"""Whose accounts an actor sees, and which roles go together."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlmodel import col

from sihao.accounts.models import LoginSession, Person, RoleGrant
from sihao.accounts.schemas import View
from sihao.core.context import ADMINS, COMMITTEE, UNIT_ROLES, Actor, Role
from sihao.core.errors import Invalid

_CONTACTS = (Role.OFFICER, Role.LEADER)
_KEEPERS = frozenset({Role.ADMIN_SECURITY, Role.SYSTEM}) | COMMITTEE


def visible(actor: Actor) -> ColumnElement[bool]:
    """People: the own unit's and the committee's contacts (W19); administrators of security all."""
    if actor.has(_KEEPERS):
        return true()
    theirs = and_(col(RoleGrant.person_id) == col(Person.id), visible_grants(actor))
    return or_(col(Person.id) == actor.id, exists().where(theirs))


def visible_grants(actor: Actor) -> ColumnElement[bool]:
    """Roles: of the people one sees, as far as they make them one's colleague or contact."""
    if actor.has(_KEEPERS):
        return true()
    return or_(
        col(RoleGrant.person_id) == actor.id,
        actor.owns(RoleGrant.unit_id),
        col(RoleGrant.role).in_(_CONTACTS),
    )


def visible_service_accounts(actor: Actor) -> ColumnElement[bool]:
    """Accounts of other systems: for the security administrator only."""
    return true() if actor.has({Role.ADMIN_SECURITY}) else false()


def visible_audit(actor: Actor) -> ColumnElement[bool]:
    """The audit log: for the auditor only, and then all of it."""
    return true() if actor.has({Role.ADMIN_AUDIT}) else false()


def check_grants(grants: Sequence[tuple[Role, UUID | None]], pointer: str) -> None:
    """Raise `Invalid` unless all of somebody's roles go together.

    Unit roles name the unit, one for all of them; others name none. The three administrators
    (等保: 三员分立) are apart from each other and from all business.
    """
    if any(role is Role.SYSTEM for role, _ in grants):
        raise _bad("system", "这个角色不能授予个人。", pointer)
    if any((role in UNIT_ROLES) is (unit is None) for role, unit in grants):
        raise _bad("unit", "单位角色须指明单位，其他角色不能带单位。", pointer)
    if len({unit for _, unit in grants if unit}) > 1:
        raise _bad("one_unit", "一个账号只能属于一个单位。", pointer)
    if len(set(grants)) < len(grants):
        raise _bad("repeated", "同一角色不能重复授予。", pointer)
    roles = {role for role, _ in grants}
    if roles & ADMINS and len(roles) > 1:
        zh = "系统、安全、审计管理员须分设，不能兼任，也不能兼有业务角色。"
        raise _bad("separation", zh, pointer)


def _bad(reason: str, zh: str, pointer: str) -> Invalid:
    return Invalid(f"grant.{reason}", zh, "These roles do not go together.", pointer=pointer)


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
