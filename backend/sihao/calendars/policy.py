"""Whose calendar is read, and what belongs into it."""

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import col

from sihao.calendars.models import CalendarAddress
from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role
from sihao.core.errors import Forbidden
from sihao.followups import policy as followups
from sihao.followups.models import Rectification
from sihao.inspections import policy as inspections
from sihao.inspections.models import Inspection
from sihao.plans import policy as plans
from sihao.plans.models import Measure

_TRAVELS = COMMITTEE | UNIT_ROLES | {Role.INSPECTOR}


def check_person(actor: Actor) -> None:
    """Raise `Forbidden` for another system: a calendar is a person's."""
    if actor.is_service or actor.id is None:
        code, zh = "person.required", "日历只属于个人账号。"
        raise Forbidden(code, zh, "Only a person has a calendar.")


def visible(actor: Actor) -> ColumnElement[bool]:
    """Addresses: the own one."""
    return col(CalendarAddress.person_id) == actor.id if actor.id else false()


def goes_to_visits(actor: Actor) -> bool:
    """Tell whether visits are this person's business: the unit's, the inspectors', the office's."""
    return actor.has(_TRAVELS)


def own_measures(actor: Actor) -> ColumnElement[bool]:
    """Measures of the own unit that the actor may read; the query joins `Plan`."""
    return and_(actor.owns(Measure.unit_id), plans.visible_measures(actor))


def own_rectifications(actor: Actor) -> ColumnElement[bool]:
    """Rectifications of the own unit that the actor may read."""
    own = actor.owns(Rectification.unit_id)
    return and_(own, followups.visible_rectifications(actor))


def own_inspections(actor: Actor) -> ColumnElement[bool]:
    """Inspections of the own unit that the actor may read."""
    return and_(actor.owns(Inspection.unit_id), inspections.visible(actor))
