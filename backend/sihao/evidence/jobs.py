"""What the store throws away: leftovers of cut uploads, bytes nobody's row names, old tickets."""

from collections.abc import AsyncIterator
from datetime import timedelta

from sihao.core.context import Context
from sihao.core.jobs import job
from sihao.core.stores import resumable, spool, store
from sihao.core.stores.threads import in_thread
from sihao.evidence import queries

LEFTOVERS_WAIT = timedelta(days=1)
"""A slow upload or a row not yet committed is younger than this."""
_AT_ONCE = 1000


@job("evidence.sweep", cron="30 19 * * *")
async def sweep(ctx: Context) -> None:
    """At 03:30 Beijing time. Bytes become durable before their row: without one they are waste.

    Who hands the same bytes in meanwhile waits for the lock, then looks whether they still stand.
    """
    before = ctx.now - LEFTOVERS_WAIT
    await in_thread(spool.forget_incoming, before)
    async for hashes in _batches(store().list_before(before)):
        for sha256 in await queries.list_unrecorded(ctx, hashes):
            await queries.hold_bytes(ctx, sha256)
            if await queries.list_unrecorded(ctx, [sha256]):
                await store().remove(sha256, before)
    await queries.forget_tickets(ctx, before)


@job("evidence.sweep_uploads", cron="10 * * * *")
async def sweep_uploads(ctx: Context) -> None:
    """Each hour: uploads nobody goes on with, and bytes of uploads that are done or unknown."""
    for upload_id in await queries.forget_expired(ctx):
        await in_thread(resumable.discard, resumable.place(upload_id))
    old = await in_thread(resumable.list_old, ctx.now - LEFTOVERS_WAIT)
    for upload_id in set(old) - await queries.list_going_on(ctx, old):
        await in_thread(resumable.discard, resumable.place(upload_id))


async def _batches(stored: AsyncIterator[tuple[str, int]]) -> AsyncIterator[list[str]]:
    batch: list[str] = []
    async for sha256, _ in stored:
        batch.append(sha256)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
