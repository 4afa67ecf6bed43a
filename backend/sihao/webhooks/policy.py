"""Who keeps addresses, and which events leave."""

from fnmatch import fnmatchcase

from sqlalchemy import ColumnElement, false, true

from sihao.core.context import Actor, Context, Role
from sihao.core.events import Audience, Event
from sihao.webhooks.models import Webhook

KEEPERS = frozenset({Role.ADMIN_SYSTEM, Role.SYSTEM})


def visible(actor: Actor) -> ColumnElement[bool]:
    """Addresses and deliveries: for the system administrator."""
    return true() if actor.has(KEEPERS) else false()


def check_keeper(ctx: Context) -> None:
    """Raise `Forbidden` for everybody else."""
    ctx.require(Role.ADMIN_SYSTEM)


def hears(webhook: Webhook, event: Event) -> bool:
    """Tell whether an event goes to an address.

    One of a unit hears what the unit may read, about itself or about nobody; one of the committee
    hears what is the committee's too. What is restricted or the administrators' never leaves.
    """
    if webhook.unit_id is None:
        known = event.audience in (Audience.UNIT, Audience.COMMITTEE)
    else:
        mine = event.unit_id in (None, webhook.unit_id)
        known = event.audience is Audience.UNIT and mine
    return known and any(fnmatchcase(event.name, one) for one in webhook.events)
