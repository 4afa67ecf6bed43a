"""How far a long job is, visible while its own transaction is still open."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel

from sihao.core.context import transaction

Report = Callable[[int, str], Awaitable[None]]
_EVERY = 0.5
"""Seconds between two reports."""


class JobProgress(SQLModel, table=True):
    """How far a running job is; committed while the job's own transaction is still open."""

    __tablename__ = "job_progress"

    job_id: UUID = Field(primary_key=True)
    done: int = 0
    phase: str = Field(default="", max_length=20)
    at: datetime = Field(sa_type=DateTime(timezone=True))


def reporter(job_id: UUID) -> Report:
    """Tell how far a job is, in short transactions of their own, so that it shows at once."""
    last = 0.0

    async def report(done: int, phase: str) -> None:
        nonlocal last
        if time.monotonic() - last < _EVERY:
            return
        last = time.monotonic()
        async with transaction() as db:
            told = {"done": done, "phase": phase, "at": text("clock_timestamp()")}
            written = insert(JobProgress).values(job_id=job_id, **told)
            await db.execute(written.on_conflict_do_update(index_elements=["job_id"], set_=told))

    return report
