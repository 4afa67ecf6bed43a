"""Who reads what is asked, and what was given."""

from sqlalchemy import ColumnElement, and_, exists, false, true
from sqlmodel import col

from sihao.burden.lifecycle import CollectionState
from sihao.burden.models import MaterialCollection, MaterialRequest
from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role
from sihao.core.errors import Conflict
from sihao.units.models import Unit, UnitKind

_READERS = UNIT_ROLES | COMMITTEE | {Role.LEADERSHIP, Role.SYSTEM}


def visible(actor: Actor) -> ColumnElement[bool]:
    """Collections: all for the committee; for others what was sent to a unit that they read."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    if not actor.has(_READERS):
        return false()
    asked = exists().where(
        col(MaterialRequest.collection_id) == col(MaterialCollection.id), visible_requests(actor)
    )
    return and_(col(MaterialCollection.state) != CollectionState.DRAFTED, asked)


def visible_requests(actor: Actor) -> ColumnElement[bool]:
    """Who is asked: the units that the actor reads."""
    return actor.sees(MaterialRequest.unit_id)


def visible_units(actor: Actor) -> ColumnElement[bool]:
    """Units whose burden is shown: the own one, to committee and leadership all."""
    reads = actor.sees(Unit.id) if actor.has(_READERS) else false()
    return and_(col(Unit.kind) == UnitKind.UNIT, reads)


def check_editable(collection: MaterialCollection) -> None:
    """What was sent stays as it is. Raise `Conflict`."""
    if collection.state is not CollectionState.DRAFTED:
        code, zh = "material_collection.sent", "材料收集已经下发，不能再修改。"
        raise Conflict(code, zh, "It has been sent.")
