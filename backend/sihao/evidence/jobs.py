"""What the store throws away: leftovers of cut uploads, bytes nobody's row names, old tickets."""

from datetime import timedelta

from sihao.core import files
from sihao.core.context import Context
from sihao.core.jobs import job
from sihao.evidence import queries

LEFTOVERS_WAIT = timedelta(days=1)
"""A slow upload or a row not yet committed is younger than this."""


@job("evidence.sweep", cron="30 19 * * *")
async def sweep(ctx: Context) -> None:
    """At 03:30 Beijing time. Bytes become durable before their row: without one they are waste."""
    before = ctx.now - LEFTOVERS_WAIT
    await files.in_thread(files.forget_incoming, before)
    old = await files.in_thread(files.stored_before, before)
    for sha256 in await queries.list_unrecorded(ctx, old):
        await queries.hold_bytes(ctx, sha256)
        if await queries.list_unrecorded(ctx, [sha256]):
            await files.in_thread(files.remove_stored, sha256, before)
    await queries.forget_tickets(ctx, before)
