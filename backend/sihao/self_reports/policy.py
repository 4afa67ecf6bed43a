"""Which self-reports an actor sees."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from sihao.core.context import UNIT_ROLES, Actor, Role
from sihao.self_reports.models import SelfReport


def visible(actor: Actor) -> ColumnElement[bool]:
    """Self-reports: the own ones; of other units what was handed in (R16), never a draft."""
    handed_in = and_(actor.sees(SelfReport.unit_id), col(SelfReport.submitted_at).is_not(None))
    if actor.has({*UNIT_ROLES, Role.SYSTEM}):
        return or_(actor.owns(SelfReport.unit_id), handed_in)
    return handed_in
