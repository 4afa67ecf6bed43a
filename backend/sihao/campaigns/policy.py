"""Which standards and campaigns an actor sees: the rules of a year are for all who take part."""

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col

from sihao.campaigns.lifecycle import CampaignState, StandardState
from sihao.campaigns.models import Campaign, Standard
from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role

_WRITERS = COMMITTEE | {Role.SYSTEM}
_READERS = UNIT_ROLES | {Role.INSPECTOR, Role.COASSESSOR, Role.LEADERSHIP}


def visible(actor: Actor) -> ColumnElement[bool]:
    """Campaigns: all for the committee, else those that have been opened; none for admins."""
    if actor.has(_WRITERS):
        return true()
    if actor.is_service or actor.has(_READERS):
        return col(Campaign.state) != CampaignState.DRAFTED
    return false()


def visible_standards(actor: Actor) -> ColumnElement[bool]:
    """Standards: all for the committee, else published ones; none for administrators."""
    if actor.has(_WRITERS):
        return true()
    if actor.is_service or actor.has(_READERS):
        return col(Standard.state) == StandardState.PUBLISHED
    return false()
