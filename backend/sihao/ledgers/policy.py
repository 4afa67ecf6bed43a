"""Which ledger rows an actor sees, and which ones he writes."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import col

from sihao.core.context import EVERY_UNIT, UNIT_WRITERS, Actor, Role
from sihao.core.errors import Forbidden, Invalid
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember, LedgerKind

FACT_OWNERS = frozenset({Role.COASSESSOR, Role.OFFICER})
"""Who writes T20: never the unit about itself."""
_UNIT_READERS = UNIT_WRITERS | EVERY_UNIT | {Role.INSPECTOR}


def visible(actor: Actor) -> ColumnElement[bool]:
    """Rows of the units the actor reads; a plain member his own; a co-assessor the T20 ones."""
    rows: ColumnElement[bool] = actor.sees(LedgerEntry.unit_id)
    if is_plain_member(actor):
        mine = exists().where(
            col(LedgerEntryMember.entry_id) == col(LedgerEntry.id),
            col(LedgerEntryMember.member_id) == actor.member_id,
        )
        rows = and_(rows, mine)
    if actor.has({Role.COASSESSOR}):
        rows = or_(rows, col(LedgerEntry.kind) == LedgerKind.T20)
    return rows


def visible_figures(actor: Actor) -> ColumnElement[bool]:
    """Rows that figures are computed from: all of the unit, for a plain member too."""
    return actor.sees(LedgerEntry.unit_id)


def is_plain_member(actor: Actor) -> bool:
    """Tell who reads only his own figures and the unit's summary."""
    return actor.has({Role.UNIT_MEMBER}) and not actor.has(_UNIT_READERS)


def reads_figures(actor: Actor, unit_id: UUID) -> bool:
    """Tell whether a unit's figures are open to the actor; without its rows they would be zeros."""
    return actor.sees_all or unit_id in actor.units


def writes(actor: Actor, kind: LedgerKind) -> bool:
    """Tell whether the actor writes rows of `kind` at all."""
    if kind is LedgerKind.T20:
        return actor.has(FACT_OWNERS)
    if actor.unit_id is None:
        return False
    own = KINDS[kind].own and actor.has({Role.UNIT_MEMBER})
    return actor.has(UNIT_WRITERS) or own or "ledger:write" in actor.scopes


def check_writes(actor: Actor, kind: LedgerKind, unit_id: UUID) -> None:
    """Raise `Forbidden` for whoever does not write this kind about this unit."""
    if not writes(actor, kind) or (kind is not LedgerKind.T20 and unit_id != actor.unit_id):
        who = "由掌握事实的部门填写" if kind is LedgerKind.T20 else "由本单位填写"
        zh = f"“{KINDS[kind].name}”台账{who}，您不能增改。"
        raise Forbidden("ledger_entry.role", zh, "You may not write this ledger.")


def check_own(actor: Actor, members: list[UUID], pointer: str) -> None:
    """A plain member writes rows he takes part in; raise `Invalid` for the row at `pointer`."""
    if is_plain_member(actor) and actor.member_id not in members:
        zh = "班子成员只能登记本人参加的事项，请勾选本人。"
        raise Invalid("ledger_entry.own", zh, "Write your own.", pointer=f"{pointer}/member_ids")
