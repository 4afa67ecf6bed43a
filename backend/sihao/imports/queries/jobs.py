"""Read imports."""

from datetime import datetime
from uuid import UUID

from fastapi import Response
from sqlalchemy import Integer, column, delete, func, join, text, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, row_of, rows_of
from sihao.core.progress import JobProgress
from sihao.evidence.models import Blob
from sihao.evidence.queries import hold_bytes
from sihao.imports import policy
from sihao.imports.models import ImportJob
from sihao.imports.schemas import ErrorQuery, ImportQuery, ImportSummary

_ROWS = row_of(ImportSummary, ImportJob)
_SORTS = {"created_at": col(ImportJob.created_at)}


async def get_import(ctx: Context, import_id: UUID, *, lock: bool = False) -> ImportJob:
    """Read one import; raise `NotFound` for a foreign one too."""
    rows = select(ImportJob).where(ImportJob.id == import_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("import.unknown", "没有这次导入。", "No such import.")
    return found


async def hold_import(ctx: Context, import_id: UUID) -> ImportJob | None:
    """Read an import and keep other workers from it; for the system."""
    rows = select(ImportJob).where(ImportJob.id == import_id).with_for_update()
    return (await ctx.db.exec(rows)).first()


async def take_turn(ctx: Context, kind: str, unit_id: UUID) -> None:
    """Let a unit's imports of one kind write one after the other."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 13))")
    await ctx.db.execute(lock, {"name": f"{kind}:{unit_id}"})


async def list_imports(ctx: Context, query: ImportQuery) -> Response:
    """Answer a page of imports."""
    rows = _ROWS.where(policy.visible(ctx.actor))
    for name in ("kind", "campaign_id", "state"):
        value = getattr(query, name)
        if value is not None:
            rows = rows.where(col(getattr(ImportJob, name)) == value)
    return await json_page(ctx, rows, query, _SORTS, col(ImportJob.id))


async def list_errors(ctx: Context, import_id: UUID, query: ErrorQuery) -> Response:
    """Answer a page of an import's errors, in the order of the file."""
    await get_import(ctx, import_id)
    told = column("item", JSONB)
    elements = func.jsonb_array_elements(col(ImportJob.errors))
    each = elements.table_valued(told, with_ordinality="n").render_derived(name="each")
    item, number = each.c.item, each.c.n.cast(Integer)
    texts = ("sheet", "column", "code", "value", "hint")
    rows = (
        rows_of(
            item["row"].astext.cast(Integer).label("row"),
            *(item[name].astext.label(name) for name in texts),
        )
        .select_from(join(ImportJob, each, true()))
        .where(col(ImportJob.id) == import_id, policy.visible(ctx.actor))
    )
    if query.code:
        rows = rows.where(item["code"].astext == query.code)
    return await json_page(ctx, rows, query, {"n": number}, col(ImportJob.id))


async def get_progress(ctx: Context, job_id: UUID) -> JobProgress | None:
    """Read how far a job is."""
    return await ctx.db.get(JobProgress, job_id, populate_existing=True)


async def list_outdated(ctx: Context, before: datetime) -> list[ImportJob]:
    """List imports whose files have been kept long enough; for the system."""
    rows = select(ImportJob).where(
        ImportJob.created_at < before, col(ImportJob.sha256).is_not(None)
    )
    return list((await ctx.db.exec(rows)).all())


async def forget_blob(ctx: Context, sha256: str | None) -> None:
    """Let the collector have bytes that no row names any more; for the system."""
    if sha256 is None:
        return
    await hold_bytes(ctx, sha256)
    try:
        async with ctx.db.begin_nested():
            await ctx.db.execute(delete(Blob).where(col(Blob.sha256) == sha256))
    except IntegrityError:  # another import, an export or evidence has the same bytes
        return


async def forget_progress(ctx: Context, before: datetime) -> None:
    """Drop what nobody looks at any more."""
    await ctx.db.execute(delete(JobProgress).where(col(JobProgress.at) < before))
