"""`/imports`: files with many rows, looked at and written by the worker."""

from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

import orjson
from fastapi import Depends, Query, Request, Response

from sihao.accounts.auth import Ctx, release
from sihao.core.context import Context
from sihao.core.errors import Gone, Invalid
from sihao.core.etag import tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.rates import costs
from sihao.core.routes import Router
from sihao.core.stores.spool import Received, receive
from sihao.core.stores.threads import in_thread
from sihao.imports import actions, policy, queries
from sihao.imports.kinds import KINDS
from sihao.imports.kinds.ledger_columns import sheet_title
from sihao.imports.lifecycle import IMPORT
from sihao.imports.models import ImportJob
from sihao.imports.receiving import format_of, open_body
from sihao.imports.schemas import (
    Cause,
    ErrorQuery,
    ImportParameters,
    ImportPublic,
    ImportQuery,
    ImportSummary,
    KindName,
    Progress,
    RowError,
    TemplateQuery,
)
from sihao.imports.sheets import marked
from sihao.imports.templates import write_template

router = Router(prefix="/imports", tag="imports")

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_FORM: dict[str, Any] = {
    "schema": {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}},
    }
}
_ROWS: dict[str, Any] = {
    "schema": {
        "type": "object",
        "required": ["rows"],
        "additionalProperties": False,
        "properties": {
            "rows": {
                "type": "array",
                "items": {"type": "object"},
                "minItems": 1,
                "maxItems": 20_000,
            }
        },
    }
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": _FORM,
            "text/csv": _FILE,
            XLSX: _FILE,
            "application/x-ndjson": _FILE,
            "application/json": _ROWS,
        },
    }
}


@router.get("", operation_id="import_list", response_model=Page[ImportSummary])
async def list_imports(ctx: Ctx, query: Annotated[ImportQuery, Query()]) -> Response:
    """List imports."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_imports(ctx, query)


@router.post(
    "",
    operation_id="import_create",
    response_model=ImportPublic,
    status_code=202,
    dependencies=[Depends(require_key), Depends(costs("rate_jobs"))],
    openapi_extra=_BODY,
)
async def create_import(
    ctx: Ctx, request: Request, response: Response, asked: Annotated[ImportParameters, Query()]
) -> ImportPublic:
    """Send a file, raw or as the part `file` of a form, or JSON `{"rows": [...]}`."""
    ctx.require_scope(policy.SCOPE)
    sent = await open_body(request, asked.file_name)
    async with receive(sent.chunks) as file:
        if file.size == 0:
            raise Invalid("import.empty", "文件是空的。", "The file is empty.", pointer="/body")
        head = await in_thread(_head, file)
        format_ = format_of(sent, head)
        name = "".join(filter(str.isprintable, sent.name)).strip()[:200] or f"导入.{format_.value}"
        job = await actions.receive_import(ctx, asked, file, name, format_)
    response.headers["Location"] = str(request.app.url_path_for("get_import", id=job.id))
    return await _answer(ctx, response, job)


@router.get(
    "/templates/{kind}",
    operation_id="import_template",
    response_class=Response,
    responses={200: {"content": {XLSX: _FILE}}},
)
async def get_template(
    ctx: Ctx, kind: KindName, query: Annotated[TemplateQuery, Query()]
) -> Response:
    """Download an empty workbook to fill in; of ledgers one sheet each, or one alone."""
    ctx.require_scope(policy.SCOPE)
    sheets = KINDS[kind].sheets()
    if kind == "ledger-entries" and query.ledger is not None:
        title = sheet_title(query.ledger)
        sheets = [one for one in sheets if one.title == title]
    content = await in_thread(write_template, sheets)
    return _workbook(content, f"{KINDS[kind].title}导入模板.xlsx")


@router.get(
    "/{id}/workbook",
    operation_id="import_workbook",
    response_class=Response,
    responses={200: {"content": {XLSX: _FILE}}},
)
async def get_workbook(ctx: Ctx, id: UUID) -> Response:
    """Download the file with its wrong cells marked, and why in a column of its own."""
    ctx.require_scope(policy.SCOPE)
    job = await queries.get_import(ctx, id)
    if job.sha256 is None:
        raise Gone("import.gone", "导入文件已过保存期，请重新上传。", "The file is gone.")
    name = f"{PurePath(job.file_name).stem}-已标注.xlsx"
    wanted = job.sha256, job.format, orjson.dumps(job.errors)
    await release(ctx)
    return _workbook(await marked(*wanted), name)


@router.get("/{id}", operation_id="import_get", response_model=ImportPublic)
async def get_import(ctx: Ctx, response: Response, id: UUID) -> ImportPublic:
    """Read an import: its state, progress, counts, and what is wrong by cause."""
    ctx.require_scope(policy.SCOPE)
    return await _answer(ctx, response, await queries.get_import(ctx, id))


@router.get("/{id}/errors", operation_id="import_error_list", response_model=Page[RowError])
async def list_errors(ctx: Ctx, id: UUID, query: Annotated[ErrorQuery, Query()]) -> Response:
    """List what is wrong, cell by cell, in the order of the file."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_errors(ctx, id, query)


def _workbook(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}"}
    return Response(content, media_type=XLSX, headers=headers)


def _head(file: Received) -> bytes:
    with file.path.open("rb") as opened:
        return opened.read(64)


async def _answer(ctx: Context, response: Response, job: ImportJob) -> ImportPublic:
    tag(response, job)
    return await _show(ctx, job)


async def _show(ctx: Context, job: ImportJob) -> ImportPublic:
    known = await queries.get_progress(ctx, job.id)
    return ImportPublic(
        **job.model_dump(include=set(ImportSummary.model_fields)),
        causes=[Cause.model_validate(one) for one in job.causes],
        progress=None if known is None else Progress(**known.model_dump(exclude={"job_id"})),
        actions=IMPORT.actions(ctx.actor, job),
    )


router.transitions(
    IMPORT,
    actions.move_import,
    _show,
    context=Ctx,
    response_model=ImportPublic,
    without={"begin", "check", "finish", "refuse", "fail"},
)
