"""Ask for exports, and open their files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.events import Audience, emit
from sihao.core.jobs import enqueue
from sihao.core.lifecycle import stamps
from sihao.core.tickets import draw_ticket, hash_of, used
from sihao.evidence import policy as evidence_policy
from sihao.evidence.queries import get_manifest
from sihao.exports import queries
from sihao.exports.lifecycle import ExportState
from sihao.exports.lists import LISTS
from sihao.exports.models import ExportFormat, ExportJob, ExportTicket
from sihao.exports.schemas import ExportCreate, ManifestLinesQuery, PackQuery
from sihao.units.queries import get_committee, get_unit

PACK = "evidence-pack"
_PAGES = ("limit", "cursor", "count")


async def create_export(ctx: Context, body: ExportCreate) -> ExportJob:
    """Have a list made into a file, as its asker may see it when the worker comes to it."""
    filters = await check_filters(ctx, body.kind, body.filters)
    if (body.kind == PACK) is not (body.format is ExportFormat.ZIP):
        code, zh = "export.format", "材料包只有 ZIP 格式，其他列表为 XLSX 或 CSV。"
        raise Invalid(code, zh, "This kind has another format.", pointer="/body/format")
    unit_id = ctx.actor.unit_id or (await get_committee(ctx)).id
    job = ExportJob(
        unit_id=unit_id,
        person_id=ctx.person_id,
        asked_by=ctx.actor.name,
        kind=body.kind,
        format=body.format,
        filters=filters,
        **stamps(ctx),
    )
    ctx.db.add(job)
    await ctx.db.flush()
    told = {"kind": body.kind, "format": body.format.value, "filters": filters}
    emit(ctx, "export.asked", job.id, unit_id, audience=Audience.UNIT, **told)
    await enqueue(ctx, "exports.begin", once=str(job.id), export_id=str(job.id))
    return job


async def check_filters(ctx: Context, kind: str, filters: dict[str, Any]) -> dict[str, Any]:
    """Give the filters as they are kept; raise what the list itself would say of them."""
    query = PackQuery if kind == PACK else LISTS[kind].query
    scope = evidence_policy.SCOPE if kind == PACK else LISTS[kind].scope
    if ctx.actor.is_service:
        ctx.require_scope(scope or "person")
    try:
        told = query.model_validate({k: v for k, v in filters.items() if k not in _PAGES})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise RequestValidationError(
            [{**one, "loc": ("body", "filters", *one["loc"])} for one in found]
        ) from error
    try:
        if isinstance(told, PackQuery):
            await get_campaign(ctx, told.campaign_id)
            told.unit_id = (await get_unit(ctx, told.unit_id or ctx.unit_id)).id
        elif isinstance(told, ManifestLinesQuery):
            await get_manifest(ctx, told.manifest_id)
    except NotFound as error:
        subject = error.code.removeprefix("evidence_").partition(".")[0]
        pointer = f"/body/filters/{subject}_id"
        raise Invalid(error.code, error.zh, error.en, pointer=pointer) from error
    return told.model_dump(mode="json", exclude_none=True, exclude=set(_PAGES))


async def issue_ticket(ctx: Context, export_id: UUID) -> tuple[str, datetime]:
    """Give a one-time ticket for the file; who opens it is on record."""
    job = await queries.get_export(ctx, export_id)
    if job.state is not ExportState.DONE or job.sha256 is None:
        code, zh = "export.not_ready", "文件还没有生成，或已过期；过期的请重新导出。"
        raise Conflict(code, zh, "There is no file to open.", state=job.state)
    ticket = draw_ticket(ctx)
    ctx.db.add(
        ExportTicket(
            token_hash=ticket.hash,
            unit_id=job.unit_id,
            export_id=job.id,
            person_id=ctx.person_id,
            expires_at=ticket.expires_at,
        )
    )
    emit(ctx, "export.opened", job.id, job.unit_id, audience=Audience.UNIT, kind=job.kind)
    await ctx.db.flush()
    return ticket.said, ticket.expires_at


async def open_file(ctx: Context, ticket: str) -> ExportJob:
    """Use a ticket up and give what it opens; raise `Gone` when it is used or expired."""
    job = await queries.use_ticket(ctx, hash_of(ticket))
    if job is None or job.sha256 is None:
        raise used()
    return job
