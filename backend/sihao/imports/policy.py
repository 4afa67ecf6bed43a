"""Whose imports an actor sees."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from sihao.core.context import UNIT_WRITERS, Actor
from sihao.imports.models import ImportJob

SCOPE = "import"


def visible(actor: Actor) -> ColumnElement[bool]:
    """Imports: the own ones; the unit's writers see all of their unit."""
    own = col(ImportJob.person_id) == actor.id
    if not actor.has(UNIT_WRITERS):
        return own
    return or_(own, actor.owns(ImportJob.unit_id))
