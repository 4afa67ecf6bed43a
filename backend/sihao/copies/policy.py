"""Who is told what a text is like."""

from uuid import UUID

from sqlalchemy import ColumnElement, false, true

from sihao.copies.models import Passage, TextPrint
from sihao.core.context import COMMITTEE, UNIT_WRITERS, Actor, Role
from sihao.core.errors import Forbidden


def visible(actor: Actor) -> ColumnElement[bool]:
    """Passages: all for the committee, to its writers the unit's own."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    return actor.owns(Passage.unit_id) if actor.has(UNIT_WRITERS) else false()


def visible_prints(actor: Actor) -> ColumnElement[bool]:
    """Texts: as their passages."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    return actor.owns(TextPrint.unit_id) if actor.has(UNIT_WRITERS) else false()


def is_writer(actor: Actor, unit_id: UUID) -> bool:
    """Tell whether the check goes by the text as it is being written."""
    return actor.unit_id == unit_id and actor.has(UNIT_WRITERS)


def sees_others(actor: Actor, unit_id: UUID) -> bool:
    """Tell who sees other units' texts side by side: the committee, of texts handed in."""
    return actor.has(COMMITTEE) and actor.unit_id != unit_id


def check_asks(actor: Actor, unit_id: UUID) -> None:
    """The unit's writers and the committee ask. Raise `Forbidden`."""
    if not is_writer(actor, unit_id) and not sees_others(actor, unit_id):
        code, zh = "copies.role", "文字比对只供本单位起草人员和市直机关工委查看。"
        raise Forbidden(code, zh, "Only its writers and the committee compare a text.")
