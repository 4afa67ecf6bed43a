"""Carry an import out: read, check, compare, write, in the transaction of its job."""

import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from sihao.core.context import Context, transaction
from sihao.core.errors import Invalid, Problem
from sihao.imports.checking import Errors, Place
from sihao.imports.kinds.base import Check, Kind
from sihao.imports.models import ImportFormat, ImportJob, ImportMode, JobProgress
from sihao.imports.schemas import RowError
from sihao.imports.sheets import read_parts

Report = Callable[[int, str], Awaitable[None]]
_EVERY = 0.5
"""Seconds between two reports of progress."""


_AGAIN = ("08", "40", "53", "57", "23505")
"""SQLSTATEs after which the queue tries the same once more."""


def passes(error: DBAPIError) -> bool:
    """Tell what goes away by itself from what is wrong for good."""
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or state.startswith(_AGAIN)


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)

    @property
    def written(self) -> int:
        """Rows that are, or would be, new or changed."""
        return self.counts.get("created", 0) + self.counts.get("updated", 0)


def reporter(job_id: UUID) -> Report:
    """Tell how far a job is, in short transactions of their own, so that it shows at once."""
    last = 0.0

    async def report(done: int, phase: str) -> None:
        nonlocal last
        if time.monotonic() - last < _EVERY:
            return
        last = time.monotonic()
        async with transaction() as db:
            row = {"job_id": job_id, "done": done, "phase": phase, "at": text("clock_timestamp()")}
            written = insert(JobProgress).values(row)
            told = {"done": done, "phase": phase, "at": text("clock_timestamp()")}
            await db.execute(written.on_conflict_do_update(index_elements=["job_id"], set_=told))

    return report


async def carry_out(
    ctx: Context, job: ImportJob, kind: Kind, path: Path, *, write: bool, report: Report
) -> Outcome:
    """Do it as far as it goes; what is wrong is in the outcome, never raised."""
    outcome = Outcome()
    try:
        async with ctx.db.begin_nested() as savepoint:
            check = await kind.begin(ctx, job.campaign_id)
            await _stage(ctx, check, path, job.format, outcome, report)
            await report(outcome.total, "comparing")
            outcome.counts, wrong = await check.settle(ctx)
            outcome.errors.add(wrong)
            clean = not outcome.errors or job.mode is ImportMode.PARTIAL
            if write and clean and outcome.written:
                await report(outcome.total, "writing")
                await check.write(ctx, job.id)
            else:
                await savepoint.rollback()
    except Problem as problem:
        outcome.counts = {}
        outcome.errors.add([RowError(row=None, code=problem.code, hint=problem.zh)])
    return outcome


async def _stage(
    ctx: Context, check: Check, path: Path, format_: ImportFormat, outcome: Outcome, report: Report
) -> None:
    """Read the file batch by batch; memory stays flat whatever its length."""
    sheet, layout = "", None
    async with aclosing(read_parts(path, format_)) as parts:
        async for part in parts:
            if "sheet" in part:
                sheet = part["sheet"]
                layout = check.lay_out(sheet, part["headings"])
                continue
            assert layout is not None  # noqa: S101 - headings come before rows
            places = [Place(sheet, number, layout, cells) for number, cells in part["rows"]]
            outcome.total += len(places)
            outcome.errors.add(await check.stage(ctx, places))
            await report(outcome.total, "reading")
    if not outcome.total:
        raise Invalid("import.empty", "文件中没有可导入的行。", "There are no rows.")
