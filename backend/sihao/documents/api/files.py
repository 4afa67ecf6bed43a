"""Files of documents: a one-time address, and the bytes behind it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Request, Response

from sihao.accounts.auth import AnonymousCtx, Ctx
from sihao.core.context import commit_apart
from sihao.core.idempotency import keep_nothing
from sihao.core.rates import costs
from sihao.core.routes import Router
from sihao.documents.actions import files as actions
from sihao.documents.rendering import MEDIA_TYPES, draw, media_type
from sihao.documents.schemas import DocumentTicketPublic, FileBody, MatterFileBody

router = Router(prefix="", tag="documents")

DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {one: {} for one in MEDIA_TYPES.values()}, "description": "The bytes."}
}


@router.post(
    "/documents/{id}/ticket",
    operation_id="document_ticket",
    response_model=DocumentTicketPublic,
    dependencies=[Depends(costs("rate_jobs"))],
)
async def issue_ticket(
    ctx: Ctx, request: Request, id: UUID, body: FileBody
) -> DocumentTicketPublic:
    """Get a one-time address of a document as Word or PDF."""
    keep_nothing(request)
    ticket, expires_at = await actions.ticket_of_document(ctx, id, body.format)
    url = str(request.app.url_path_for("download_document", ticket=ticket))
    return DocumentTicketPublic(url=url, expires_at=expires_at)


@router.post(
    "/document-files",
    operation_id="document_preview_ticket",
    response_model=DocumentTicketPublic,
    dependencies=[Depends(costs("rate_jobs"))],
)
async def issue_preview_ticket(
    ctx: Ctx, request: Request, body: MatterFileBody
) -> DocumentTicketPublic:
    """Get a one-time address of a paper about a matter, drafted or not."""
    keep_nothing(request)
    ticket, expires_at = await actions.ticket_of_matter(
        ctx, body.kind, body.subject_id, body.format
    )
    url = str(request.app.url_path_for("download_document", ticket=ticket))
    return DocumentTicketPublic(url=url, expires_at=expires_at)


@router.get(
    "/document-files/{ticket}",
    operation_id="document_file_get",
    responses=DOWNLOAD,
    response_model=None,
)
async def download_document(ctx: AnonymousCtx, ticket: str) -> Response:
    """Draw the paper behind a ticket; the ticket is the proof, and good once."""
    found, template = await actions.open_file(ctx, ticket)
    await commit_apart(ctx.db)  # drawing takes its time, and needs no connection
    drawn = await draw(found, template)
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(found.file_name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(drawn, headers=headers, media_type=media_type(found.format))
