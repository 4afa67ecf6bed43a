"""One-time tickets: an address that opens one thing once and soon is worth nothing."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sihao.core.context import Context
from sihao.core.errors import Gone

_LIVES = timedelta(minutes=2)


class Ticket(NamedTuple):
    """What goes into the address, what is kept of it, and until when it is good."""

    said: str
    hash: str
    expires_at: datetime


def draw_ticket(ctx: Context) -> Ticket:
    """Draw one; only its hash is kept."""
    said = secrets.token_urlsafe(32)
    return Ticket(said, hash_of(said), ctx.now + _LIVES)


def hash_of(ticket: str) -> str:
    """Tell what is kept of a ticket."""
    return sha256(ticket.encode()).hexdigest()


def used() -> Gone:
    """The problem of a ticket that was used or has expired."""
    code, zh = "ticket.used", "下载地址只能用一次，现已失效，请回到原来的页面重新打开。"
    return Gone(code, zh, "The ticket was used or has expired.")
