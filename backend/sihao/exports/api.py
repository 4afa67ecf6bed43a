"""`/exports`: lists as files, made by the worker."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import StreamingResponse  # noqa: TID251 - out of the store, no session

from sihao.accounts.auth import AnonymousCtx, Ctx
from sihao.core.context import Context
from sihao.core.errors import Unavailable
from sihao.core.etag import tag
from sihao.core.idempotency import keep_nothing, require_key
from sihao.core.paging import Page
from sihao.core.rates import costs
from sihao.core.routes import Router
from sihao.core.stores import store
from sihao.exports import actions, queries
from sihao.exports.models import ExportFormat, ExportJob
from sihao.exports.schemas import (
    ExportCreate,
    ExportPublic,
    ExportQuery,
    ExportSummary,
    ExportTicketPublic,
)
from sihao.imports.queries import get_progress
from sihao.imports.schemas import Progress

router = Router(prefix="", tag="exports")

_TYPES = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.ZIP: "application/zip",
}
_DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The bytes."}
}


@router.get("/exports", operation_id="export_list", response_model=Page[ExportSummary])
async def list_exports(ctx: Ctx, query: Annotated[ExportQuery, Query()]) -> Response:
    """List the own exports."""
    return await queries.list_exports(ctx, query)


@router.post(
    "/exports",
    operation_id="export_create",
    response_model=ExportPublic,
    status_code=202,
    dependencies=[Depends(require_key), Depends(costs("rate_jobs"))],
)
async def create_export(ctx: Ctx, response: Response, body: ExportCreate) -> ExportPublic:
    """Have a list made into a file."""
    return await _answer(ctx, response, await actions.create_export(ctx, body))


@router.get("/exports/{id}", operation_id="export_get", response_model=ExportPublic)
async def get_export(ctx: Ctx, response: Response, id: UUID) -> ExportPublic:
    """Read an export: its state, progress, checksum, and what it leaves out."""
    return await _answer(ctx, response, await queries.get_export(ctx, id))


@router.post(
    "/exports/{id}/ticket", operation_id="export_ticket", response_model=ExportTicketPublic
)
async def issue_ticket(ctx: Ctx, request: Request, id: UUID) -> ExportTicketPublic:
    """Get a one-time address of the file."""
    keep_nothing(request)
    ticket, expires_at = await actions.issue_ticket(ctx, id)
    url = str(request.app.url_path_for("download_export", ticket=ticket))
    return ExportTicketPublic(url=url, expires_at=expires_at)


@router.get(
    "/export-files/{ticket}",
    operation_id="export_file_get",
    responses=_DOWNLOAD,
    response_model=None,
)
async def download_export(ctx: AnonymousCtx, ticket: str) -> Response:
    """Stream the file behind a ticket; the ticket is the proof, and good once."""
    job = await actions.open_file(ctx, ticket)
    sha256, size = job.sha256 or "", job.size or 0
    if await store().size(sha256) != size:
        code, zh = "file.missing", "文件暂时无法读取，请联系系统管理员。"
        raise Unavailable(code, zh, "The stored file cannot be read.")
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(job.file_name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Length": str(size),
        "ETag": f'"{sha256}"',
    }
    return StreamingResponse(store().read(sha256), headers=headers, media_type=_TYPES[job.format])


async def _answer(ctx: Context, response: Response, job: ExportJob) -> ExportPublic:
    tag(response, job)
    known = await get_progress(ctx, job.id)
    return ExportPublic(
        **job.model_dump(include=set(ExportPublic.model_fields)),
        progress=None if known is None else Progress(**known.model_dump(exclude={"job_id"})),
    )
