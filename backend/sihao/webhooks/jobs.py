"""Events go out by themselves."""

from datetime import timedelta

from sqlalchemy import delete, text
from sqlmodel import col

from sihao.core.context import Context, system_context
from sihao.core.jobs import enqueue, job
from sihao.webhooks.actions import SEND
from sihao.webhooks.models import Delivery, DeliveryOutcome

_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('webhooks.send'))")
SOON = timedelta(minutes=1)
"""What is due later is met by the next minute's run."""
SLOT = 5
"""Seconds within which runs that are wanted become one."""
DELIVERIES_ARE_KEPT = timedelta(days=90)


@job(SEND, cron="* * * * *")
async def send(ctx: Context) -> None:
    """Every minute, and when a try is due sooner. One worker at a time sends.

    This transaction writes nothing while others are sent in: it only holds the lock.
    """
    from sihao.webhooks.sending import run  # noqa: PLC0415 - an API process sends nothing

    if not (await ctx.db.execute(_ALONE)).scalar_one():
        return
    due = await run(system_context)
    if due is not None and due < ctx.now + SOON:
        wait = max(due - ctx.now, timedelta(seconds=1))
        await enqueue(ctx, SEND, after=wait, once=str(int(due.timestamp()) // SLOT))


@job("webhooks.forget_old", cron="30 19 * * *")
async def forget_old(ctx: Context) -> None:
    """At night: drop what was sent, or has failed, long ago."""
    await ctx.db.execute(
        delete(Delivery).where(
            col(Delivery.outcome) != DeliveryOutcome.WAITING,
            col(Delivery.ended_at) < ctx.now - DELIVERIES_ARE_KEPT,
        )
    )
