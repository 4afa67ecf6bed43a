"""The files of a piece: promise, hand in at one go, open. `/files` is for one-time downloads."""

import re
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Header, Request, Response
from fastapi.responses import StreamingResponse  # noqa: TID251 - out of the store, no session

from sihao.accounts.auth import AnonymousCtx, Ctx, release, reopen
from sihao.core.errors import Unavailable
from sihao.core.etag import IfMatch
from sihao.core.routes import Router
from sihao.core.stores import spool, store
from sihao.evidence import actions
from sihao.evidence.api.showing import answer
from sihao.evidence.guard.examine import examine
from sihao.evidence.models import EvidenceFile
from sihao.evidence.schemas import EvidencePublic, FileCreate, TicketPublic

router = Router(prefix="", tag="evidence")

_RAW: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_BYTES: dict[str, Any] = {"application/octet-stream": {}}
_DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": _BYTES, "description": "The bytes."},
    206: {"content": _BYTES, "description": "The bytes of the range that was asked for."},
    416: {"description": "The range lies outside the file."},
}
Hash = Annotated[str | None, Header(alias="X-Content-SHA256", pattern="^[0-9a-fA-F]{64}$")]
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@router.post(
    "/evidence/{id}/files",
    operation_id="evidence_file_create",
    response_model=EvidencePublic,
    status_code=201,
)
async def add_file(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: FileCreate
) -> EvidencePublic:
    """Promise one more file of a piece, or a new revision of one."""
    return await answer(ctx, response, await actions.add_file(ctx, id, version, body))


@router.delete(
    "/evidence/{id}/files/{file_id}",
    operation_id="evidence_file_delete",
    response_model=EvidencePublic,
)
async def delete_file(
    ctx: Ctx, response: Response, id: UUID, file_id: UUID, version: IfMatch
) -> EvidencePublic:
    """Take back the promise of a file that has not come."""
    return await answer(ctx, response, await actions.delete_file(ctx, id, file_id, version))


@router.put(
    "/evidence/{id}/content",
    operation_id="evidence_receive",
    response_model=EvidencePublic,
    openapi_extra=_RAW,
)
async def receive_content(
    ctx: Ctx,
    request: Request,
    response: Response,
    id: UUID,
    version: IfMatch,
    file_id: UUID | None = None,
    sha256: Hash = None,
) -> EvidencePublic:
    """Take a file's raw bytes in at one go; `file_id` where several are to come.

    No database connection is held while they come. Large files are better sent to `/uploads`.
    """
    file = await actions.expect_content(ctx, id, version, file_id)
    spool.check_length(request.headers.get("content-length"))
    await release(ctx)
    async with spool.receive(request.stream()) as taken:
        actions.check_arrived(file, taken, sha256)
        found = await examine(taken.path, file.file_name)
        await store().put(taken.path, taken.sha256)
        now = await reopen(ctx)
        evidence = await actions.receive_content(now, file.file_id, version, taken, found)
        return await answer(now, response, evidence)


@router.post("/evidence/{id}/ticket", operation_id="evidence_ticket", response_model=TicketPublic)
async def issue_ticket(
    ctx: Ctx, request: Request, id: UUID, file_id: UUID | None = None
) -> TicketPublic:
    """Get a one-time address of a file's bytes: the first one's, or the one named."""
    ticket, expires_at = await actions.issue_ticket(ctx, id, file_id)
    url = str(request.app.url_path_for("download_file", ticket=ticket))
    return TicketPublic(url=url, expires_at=expires_at)


@router.get("/files/{ticket}", operation_id="file_get", responses=_DOWNLOAD, response_model=None)
async def download_file(ctx: AnonymousCtx, request: Request, ticket: str) -> Response:
    """Stream the bytes behind a ticket; the ticket is the proof, and good once."""
    file = await actions.open_file(ctx, ticket)
    sha256, size = file.sha256 or "", file.size or 0
    if await store().size(sha256) != size:
        code, zh = "file.missing", "文件暂时无法读取，请联系系统管理员。"
        raise Unavailable(code, zh, "The stored file cannot be read.")
    asked = request.headers.get("range")
    start, end = _range(asked, size)
    headers = _headers(file)
    if start >= end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    status = 200
    if (start, end) != (0, size):
        status, headers["Content-Range"] = 206, f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    pieces = store().read(sha256, start, end)
    return StreamingResponse(pieces, status, headers=headers, media_type=file.media_type)


def _headers(file: EvidenceFile) -> dict[str, str]:
    """Say that it is a file to be saved, and never one to be shown or run here."""
    return {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(file.file_name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Accept-Ranges": "bytes",
        "ETag": f'"{file.sha256}"',
    }


def _range(asked: str | None, size: int) -> tuple[int, int]:
    """Read a single range; anything else is answered with the whole, as the standard allows."""
    found = _RANGE.fullmatch(asked or "")
    if found is None or found.groups() == ("", ""):
        return 0, size
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), size
    if last and int(last) < int(first):
        return 0, size
    return int(first), min(int(last) + 1, size) if last else size
