"""Which units and members an actor sees."""

from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from sihao.core.context import Actor, Role
from sihao.core.errors import Forbidden
from sihao.units.models import Member, Unit, UnitKind


def visible(actor: Actor) -> ColumnElement[bool]:
    """Units: the own one, the committee, and all for those who work with every unit's name."""
    if actor.has({Role.COASSESSOR, Role.ADMIN_SECURITY, Role.ADMIN_SYSTEM}):
        return col(Unit.active).is_(True)
    mine: ColumnElement[bool] = actor.sees(Unit.id)
    return or_(mine, col(Unit.kind) == UnitKind.COMMITTEE)


def visible_members(actor: Actor) -> ColumnElement[bool]:
    """Members: of the units the actor reads."""
    return actor.sees(Member.unit_id)


def check_writes_team(actor: Actor, row: Any) -> None:
    """A unit's office keeps its own team; the committee may correct any. Raise `Forbidden`."""
    own = actor.unit_id == row.unit_id and actor.has(
        {Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE}
    )
    if not own and not actor.has({Role.OFFICER}):
        code, zh = "member.role", "班子成员由本单位机关党委或市直机关工委维护。"
        raise Forbidden(code, zh, "Only the unit's office or the committee keeps its team.")
