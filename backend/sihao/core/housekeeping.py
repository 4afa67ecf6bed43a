"""What is thrown away every night because nobody needs it any more."""

from datetime import timedelta

from sqlalchemy import delete, text
from sqlmodel import col

from sihao.core.context import Context
from sihao.core.idempotency import IdempotencyKey
from sihao.core.jobs import job
from sihao.core.rates import RateCount

ANSWERS_ARE_KEPT = timedelta(days=1)
"""How long a POST may be repeated with its key and get the first answer."""
JOB_LOG_IS_KEPT = timedelta(days=90)


@job("core.forget_old", cron="0 19 * * *")
async def forget_old(ctx: Context) -> None:
    """At 03:00 Beijing time: drop answered idempotency keys and the log of finished jobs."""
    answered_before = ctx.now - ANSWERS_ARE_KEPT
    await ctx.db.execute(
        delete(IdempotencyKey).where(col(IdempotencyKey.created_at) < answered_before)
    )
    await ctx.db.execute(delete(RateCount).where(col(RateCount.began_at) < answered_before))
    await ctx.db.execute(
        text("DELETE FROM pgqueuer_log WHERE aggregated AND created < :before"),
        {"before": ctx.now - JOB_LOG_IS_KEPT},
    )
