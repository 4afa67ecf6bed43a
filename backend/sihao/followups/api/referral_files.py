"""`/referrals/{id}/files`, and `/referral-files` for one-time downloads."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse  # noqa: TID251 - out of the store, no session

from sihao.accounts.auth import AnonymousCtx, Ctx, release, reopen
from sihao.core.errors import Unavailable
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import keep_nothing
from sihao.core.routes import Router
from sihao.core.stores import spool, store
from sihao.core.text import Line
from sihao.evidence.guard.examine import examine
from sihao.followups.actions import referral_files as actions
from sihao.followups.queries import referrals as queries
from sihao.followups.schemas.referrals import ReferralPublic, ReferralTicketPublic

router = Router(prefix="", tag="referrals")

_RAW: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The bytes."}
}


@router.put(
    "/referrals/{id}/files",
    operation_id="referral_file_add",
    response_model=ReferralPublic,
    openapi_extra=_RAW,
)
async def add_file(
    ctx: Ctx,
    request: Request,
    response: Response,
    id: UUID,
    version: IfMatch,
    file_name: Annotated[Line, Query(min_length=1, max_length=200)],
) -> ReferralPublic:
    """Attach a file's raw bytes to a draft; no database connection is held while they come."""
    await actions.open_draft(ctx, id, version)
    spool.check_length(request.headers.get("content-length"))
    await release(ctx)
    async with spool.receive(request.stream()) as taken:
        found = await examine(taken.path, file_name)
        now = await reopen(ctx)
        referral = await actions.add_file(now, id, version, file_name, taken, found)
        tag(response, referral)
        return await queries.show_referral(now, referral)


@router.delete(
    "/referrals/{id}/files/{file_id}",
    operation_id="referral_file_remove",
    response_model=ReferralPublic,
)
async def remove_file(
    ctx: Ctx, response: Response, id: UUID, file_id: UUID, version: IfMatch
) -> ReferralPublic:
    """Take a file out of a draft."""
    referral = await actions.remove_file(ctx, id, file_id, version)
    tag(response, referral)
    return await queries.show_referral(ctx, referral)


@router.post(
    "/referrals/{id}/files/{file_id}/ticket",
    operation_id="referral_file_ticket",
    response_model=ReferralTicketPublic,
)
async def issue_ticket(ctx: Ctx, request: Request, id: UUID, file_id: UUID) -> ReferralTicketPublic:
    """Get a one-time address of a file."""
    keep_nothing(request)
    ticket, expires_at = await actions.issue_ticket(ctx, id, file_id)
    url = str(request.app.url_path_for("download_referral_file", ticket=ticket))
    return ReferralTicketPublic(url=url, expires_at=expires_at)


@router.get(
    "/referral-files/{ticket}",
    operation_id="referral_file_get",
    responses=_DOWNLOAD,
    response_model=None,
)
async def download_referral_file(ctx: AnonymousCtx, ticket: str) -> Response:
    """Stream the file behind a ticket; the ticket is the proof, and good once."""
    file = await actions.open_file(ctx, ticket)
    if await store().size(file.sha256) != file.size:
        code, zh = "file.missing", "文件暂时无法读取，请联系系统管理员。"
        raise Unavailable(code, zh, "The stored file cannot be read.")
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(file.file_name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Length": str(file.size),
        "ETag": f'"{file.sha256}"',
    }
    pieces = store().read(file.sha256)
    return StreamingResponse(pieces, headers=headers, media_type=file.media_type)
