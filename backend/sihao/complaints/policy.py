"""Who reads what was put into the box."""

from sqlalchemy import ColumnElement, true
from sqlmodel import col

from sihao.complaints.models import Complaint
from sihao.core.context import COMMITTEE, Actor, Role


def visible(actor: Actor) -> ColumnElement[bool]:
    """Complaints: all for the committee, the own ones for everybody else."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    return is_mine(actor)


def is_mine(actor: Actor) -> ColumnElement[bool]:
    """What the actor wrote."""
    return col(Complaint.author_id) == actor.id
