"""Whose exports an actor sees: the own ones, for what is in them was seen with his eyes."""

from sqlalchemy import ColumnElement
from sqlmodel import col

from sihao.core.context import Actor
from sihao.exports.models import ExportJob


def visible(actor: Actor) -> ColumnElement[bool]:
    """Exports that the actor asked for."""
    return col(ExportJob.person_id) == actor.id
