"""The worker's part of imports: look at a file, carry it out, throw old files away."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from sihao.accounts.auth import act_for
from sihao.core.context import Context, as_system
from sihao.core.errors import Problem
from sihao.core.jobs import enqueue, job, passes, reason_of
from sihao.core.progress import reporter
from sihao.core.stores import store
from sihao.core.stores.spool import receive
from sihao.imports import queries
from sihao.imports.kinds import KINDS
from sihao.imports.lifecycle import IMPORT, ImportState
from sihao.imports.models import ImportJob, ImportMode
from sihao.imports.running import Outcome, carry_out
from sihao.imports.schemas import RowError

FILES_ARE_KEPT = timedelta(days=30)
_log = structlog.get_logger()


@job("imports.begin")
async def begin(ctx: Context, import_id: str) -> None:
    """Say that the work begins; it is another job, so that this shows while it runs."""
    found = await queries.hold_import(ctx, UUID(import_id))
    if found is not None and found.state is ImportState.RECEIVED:
        IMPORT.apply(ctx, found, "begin")
        await ctx.db.flush()
        await enqueue(ctx, "imports.work", once=import_id, import_id=import_id)


@job("imports.work")
async def work(ctx: Context, import_id: str) -> None:
    """Do it, once: what is written and the import's new state are one transaction."""
    found = await queries.hold_import(ctx, UUID(import_id))
    if found is None or found.state not in {ImportState.CHECKING, ImportState.WRITING}:
        return
    write, failed = found.state is ImportState.WRITING or not found.dry_run, False
    try:
        async with ctx.db.begin_nested():
            outcome = await _do(ctx, found, write=write)
    except Exception as error:
        if passes(error):
            raise
        _log.exception("import", import_id=import_id)
        outcome, failed = Outcome(), True
        code, hint = reason_of(error)
        outcome.errors.add([RowError(row=None, code=code, hint=hint)])
    system = await as_system(ctx.db)
    await ctx.db.refresh(found)
    _conclude(system, found, outcome, write=write, failed=failed)
    await ctx.db.flush()


async def _do(ctx: Context, found: ImportJob, *, write: bool) -> Outcome:
    try:
        acting = await act_for(ctx, found.person_id)
    except Problem as problem:
        outcome = Outcome()
        outcome.errors.add([RowError(row=None, code=problem.code, hint=problem.zh)])
        return outcome
    kind = KINDS[found.kind]
    if kind.is_whole:
        acting = replace(acting, now=_asked_at(found))
    await queries.take_turn(acting, found.kind, found.unit_id)
    async with receive(store().read(found.sha256 or "")) as copy:
        return await carry_out(
            acting, found, kind, copy.path, write=write, report=reporter(found.id)
        )


def _asked_at(found: ImportJob) -> datetime:
    """Tell when somebody last asked for it: nobody is late because the worker was busy."""
    return found.updated_at if found.state is ImportState.WRITING else found.created_at


def _conclude(
    ctx: Context, found: ImportJob, outcome: Outcome, *, write: bool, failed: bool
) -> None:
    found.finished_at = ctx.now
    found.total = outcome.total
    found.refused = outcome.errors.rows
    for name in ("created", "updated", "unchanged"):
        setattr(found, name, outcome.counts.get(name, 0))
    if outcome.made is not None:
        found.made_id, found.made_name = outcome.made
    found.causes = [one.model_dump(mode="json") for one in outcome.errors.causes]
    found.errors = [one.model_dump(mode="json") for one in outcome.errors.kept]
    if failed:
        IMPORT.apply(ctx, found, "fail", asked_by=found.asked_by)
        return
    taken = bool(outcome.counts) and (not outcome.errors or found.mode is ImportMode.PARTIAL)
    name = "refuse" if not taken else "finish" if write else "check"
    counts = found.model_dump(include={"total", "created", "updated", "unchanged", "refused"})
    IMPORT.apply(ctx, found, name, asked_by=found.asked_by, kind=found.kind, **counts)


@job("imports.sweep", cron="45 19 * * *")
async def sweep(ctx: Context) -> None:
    """At 03:45 Beijing time: throw away files that have been kept long enough."""
    for old in await queries.list_outdated(ctx, ctx.now - FILES_ARE_KEPT):
        gone, old.sha256 = old.sha256, None
        await ctx.db.flush()
        await queries.forget_blob(ctx, gone)
    await queries.forget_progress(ctx, ctx.now - FILES_ARE_KEPT)
    await ctx.db.flush()
