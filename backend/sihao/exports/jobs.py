"""The worker's part of exports: make the file, and throw it away when its time is over."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import structlog

from sihao.accounts.auth import act_for
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context, as_system
from sihao.core.jobs import enqueue, job, passes, reason_of
from sihao.core.progress import Report, reporter
from sihao.core.stores import spool, store
from sihao.core.stores.threads import in_thread
from sihao.evidence.queries import hold_bytes, record_blob
from sihao.exports import queries
from sihao.exports.actions import PACK, check_filters
from sihao.exports.lifecycle import EXPORT, ExportState
from sihao.exports.lists import LISTS, Export, said_of
from sihao.exports.models import ExportFormat, ExportJob
from sihao.exports.pack import write_pack
from sihao.exports.schemas import PackQuery
from sihao.exports.tables import CsvFile, Table, Workbook
from sihao.imports.queries import forget_blob
from sihao.units.queries import get_unit

Maker = Callable[[Context, ExportJob, Path, Report], Awaitable[None]]
"""Writes what somebody asked for to a path, with his eyes, and says in the row what it wrote."""
FILES_ARE_KEPT = timedelta(days=7)
_log = structlog.get_logger()


@job("exports.begin")
async def begin(ctx: Context, export_id: str) -> None:
    """Say that the work begins; it is another job, so that this shows while it runs."""
    found = await queries.hold_export(ctx, UUID(export_id))
    if found is not None and found.state is ExportState.WAITING:
        EXPORT.apply(ctx, found, "begin")
        await ctx.db.flush()
        await enqueue(ctx, "exports.work", once=export_id, export_id=export_id)


@job("exports.work")
async def work(ctx: Context, export_id: str) -> None:
    """Make the file; run again after a crash, it is made again."""
    found = await queries.hold_export(ctx, UUID(export_id))
    if found is None or found.state is not ExportState.RUNNING:
        return
    path = spool.incoming() / secrets.token_hex(16)
    try:
        async with ctx.db.begin_nested():
            await _make(ctx, found, path)
    except Exception as error:
        if passes(error):
            raise
        _log.exception("export", export_id=export_id)
        system = await as_system(ctx.db)
        await ctx.db.refresh(found)
        found.left_out = [reason_of(error)[1]]
        EXPORT.apply(system, found, "fail", kind=found.kind)
    else:
        system = await as_system(ctx.db)
        found.finished_at, found.expires_at = system.now, system.now + FILES_ARE_KEPT
        EXPORT.apply(system, found, "finish", kind=found.kind, rows=found.rows, sha256=found.sha256)
    finally:
        await in_thread(spool.drop, path)
    await ctx.db.flush()


async def _make(ctx: Context, found: ExportJob, path: Path) -> None:
    """Write it as the asker sees it now, and keep it under its hash."""
    acting = await act_for(ctx, found.person_id)
    await in_thread(_make_room, path.parent)
    report = reporter(found.id)
    await MAKERS.get(found.kind, _write_list)(acting, found, path, report)
    sha256 = await in_thread(spool.hash_file, path)
    size = (await in_thread(path.stat)).st_size
    await hold_bytes(acting, sha256)
    await store().put(path, sha256)
    await record_blob(acting, sha256, size)
    found.sha256, found.size = sha256, size


def _make_room(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _begin(told: Export, form: ExportFormat, path: Path) -> Table:
    return CsvFile(path, told.headings()) if form is ExportFormat.CSV else Workbook(path)


async def _write_list(ctx: Context, found: ExportJob, path: Path, report: Report) -> None:
    told = LISTS[found.kind]
    filters = await check_filters(ctx, found.kind, found.filters)
    table = await in_thread(_begin, told, found.format, path)
    rows = 0
    try:
        async for sheet, some in told.pages(ctx, told.query.model_validate(filters)):
            await in_thread(table.add, sheet, some)
            rows += len(some)
            await report(rows, "writing")
        if not rows:
            await in_thread(table.add, told.sheets[0], [])
    finally:
        await in_thread(table.close)
    found.rows, found.left_out = rows, list(said_of(ctx, found.kind, told))
    found.file_name = f"{told.title}-{ctx.today:%Y%m%d}.{found.format.value}"


async def _write_pack(ctx: Context, found: ExportJob, path: Path, report: Report) -> None:
    filters = await check_filters(ctx, found.kind, found.filters)
    asked = PackQuery.model_validate(filters)
    assert asked.unit_id is not None  # noqa: S101 - the filters name it
    unit = await get_unit(ctx, asked.unit_id)
    campaign = await get_campaign(ctx, asked.campaign_id)
    files = await queries.list_pack(ctx, campaign.id, unit.id)
    missing = await queries.count_missing(ctx, campaign.id, unit.id)
    head = {"unit": unit.name, "year": campaign.year, "made_at": ctx.now.isoformat()}
    await write_pack(path, head, files, report)
    found.rows = len(files)
    found.left_out = ["已被新版本替换的文件和已撤回的材料不在包中。"]
    if missing:
        found.left_out.insert(0, f"有 {missing} 个文件已登记但尚未上传，不在包中。")
    found.file_name = f"{unit.short_name}-{campaign.year}-佐证材料.zip"


MAKERS: dict[str, Maker] = {PACK: _write_pack}
"""Kind → what writes its file, where it is no list. Later slices add theirs."""


@job("exports.sweep", cron="50 19 * * *")
async def sweep(ctx: Context) -> None:
    """At 03:50 Beijing time: throw away files whose time is over."""
    for old in await queries.list_expired(ctx):
        EXPORT.apply(ctx, old, "expire")
        gone, old.sha256 = old.sha256, None
        await ctx.db.flush()
        await forget_blob(ctx, gone)
    await queries.forget_tickets(ctx, ctx.now - timedelta(days=1))
