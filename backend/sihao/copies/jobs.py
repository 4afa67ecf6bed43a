"""Fingerprints follow signatures."""

from sihao.copies import actions
from sihao.core.context import Context
from sihao.core.jobs import enqueue, job


@job("copies.print", cron="*/5 * * * *")
async def print_signed(ctx: Context) -> None:
    """Every five minutes; while there is more, at once again."""
    if await actions.print_signed(ctx):
        await enqueue(ctx, "copies.print")
