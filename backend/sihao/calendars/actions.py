"""Make, renew and revoke the private address of a calendar; let programs read by it."""

import secrets
from datetime import timedelta

from sihao.accounts.auth import act_for
from sihao.calendars import policy, queries
from sihao.calendars.models import CalendarAddress
from sihao.core.calendars import calendar_of
from sihao.core.context import Context
from sihao.core.errors import NotFound, Unauthenticated
from sihao.core.events import Audience, emit
from sihao.core.tickets import hash_of

_NOTED = timedelta(hours=1)
NAME = "四好班子"


async def draw_address(ctx: Context) -> tuple[CalendarAddress, str]:
    """Draw a secret of 256 bits, kept only as a hash; an address from before ends."""
    policy.check_person(ctx.actor)
    secret = secrets.token_urlsafe(32)
    address = await queries.find_address(ctx, lock=True)
    verb = "drawn" if address is None else "renewed"
    if address is None:
        address = CalendarAddress(
            person_id=ctx.person_id, secret_hash=hash_of(secret), created_at=ctx.now
        )
        ctx.db.add(address)
    address.secret_hash, address.created_at = hash_of(secret), ctx.now
    address.read_at = None
    emit(ctx, f"calendar_address.{verb}", ctx.person_id, audience=Audience.ADMIN)
    return address, secret


async def revoke_address(ctx: Context) -> None:
    """End the address: programs that read by it find nothing any more."""
    policy.check_person(ctx.actor)
    await ctx.db.delete(await queries.get_address(ctx, lock=True))
    emit(ctx, "calendar_address.revoked", ctx.person_id, audience=Audience.ADMIN)


async def write_own(ctx: Context) -> bytes:
    """Write the calendar of whoever the context is."""
    policy.check_person(ctx.actor)
    return calendar_of(NAME, [one.appointment for one in await queries.read_calendar(ctx)])


async def write_by_address(ctx: Context, secret: str) -> bytes:
    """Write the calendar that belongs to an address, in its person's own context of this moment.

    Raises `NotFound` for an address that is not good, of whatever reason.
    """
    person_id = await queries.find_reader(ctx, hash_of(secret))
    if person_id is None:
        raise _unknown()
    try:
        reader = await act_for(ctx, person_id)
    except Unauthenticated as error:
        raise _unknown() from error
    address = await queries.get_address(reader)
    if address.read_at is None or address.read_at < reader.now - _NOTED:
        address.read_at = reader.now
    return await write_own(reader)


def _unknown() -> NotFound:
    code, zh = "calendar.unknown", "这个日历地址已失效，请在系统中重新生成。"
    return NotFound(code, zh, "This address is not good any more.")
