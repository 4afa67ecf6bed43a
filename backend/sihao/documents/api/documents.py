"""`/documents`: drafts, issue, register, receipts, preview."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.documents.actions import documents as actions
from sihao.documents.actions.showing import show_document, show_preview
from sihao.documents.lifecycle import DOCUMENT
from sihao.documents.queries import documents as queries
from sihao.documents.schemas import (
    DocumentCreate,
    DocumentPublic,
    DocumentQuery,
    DocumentRow,
    DocumentUpdate,
    MatterQuery,
    PreviewPublic,
    ReceiptBody,
    RegisterQuery,
    SeriesPublic,
)

router = Router(prefix="", tag="documents")


@router.get("/documents", operation_id="document_list", response_model=Page[DocumentRow])
async def list_documents(ctx: Ctx, query: Annotated[DocumentQuery, Query()]) -> Response:
    """List documents: all for the committee, to others what was issued to them."""
    return await queries.list_documents(ctx, query)


@router.get(
    "/documents/register", operation_id="document_register", response_model=Page[DocumentRow]
)
async def list_register(ctx: Ctx, query: Annotated[RegisterQuery, Query()]) -> Response:
    """List what has a number, by number; what was withdrawn keeps its own."""
    return await queries.list_register(ctx, query)


@router.get("/documents/preview", operation_id="document_preview", response_model=PreviewPublic)
async def preview_document(ctx: Ctx, query: Annotated[MatterQuery, Query()]) -> PreviewPublic:
    """Read a paper about a matter as it is now, and what offends the standard."""
    return await show_preview(ctx, query.kind, query.subject_id)


@router.get(
    "/document-series", operation_id="document_series_list", response_model=list[SeriesPublic]
)
async def list_series(ctx: Ctx) -> list[SeriesPublic]:
    """List series of numbers with the last one given."""
    return await queries.list_series(ctx)


@router.post(
    "/documents",
    operation_id="document_create",
    response_model=DocumentPublic,
    status_code=201,
)
async def create_document(ctx: Ctx, response: Response, body: DocumentCreate) -> DocumentPublic:
    """Draft a document about a matter."""
    document = await actions.create_document(ctx, body)
    tag(response, document)
    return await show_document(ctx, document)


@router.get("/documents/{id}", operation_id="document_get", response_model=DocumentPublic)
async def get_document(ctx: Ctx, response: Response, id: UUID) -> DocumentPublic:
    """Read a document: a draft as it would be issued now, an issued one as it was."""
    document = await queries.get_document(ctx, id)
    tag(response, document)
    return await show_document(ctx, document)


@router.patch("/documents/{id}", operation_id="document_update", response_model=DocumentPublic)
async def update_document(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: DocumentUpdate
) -> DocumentPublic:
    """Change a draft's words."""
    document = await actions.update_document(ctx, id, version, body)
    tag(response, document)
    return await show_document(ctx, document)


@router.post(
    "/documents/{id}/receipts",
    operation_id="document_receipt",
    response_model=DocumentPublic,
    dependencies=[Depends(require_key)],
)
async def confirm_receipt(
    ctx: Ctx, response: Response, id: UUID, _body: ReceiptBody
) -> DocumentPublic:
    """Confirm for the own unit that the document has come."""
    document = await actions.confirm_receipt(ctx, id)
    tag(response, document)
    return await show_document(ctx, document)


router.transitions(
    DOCUMENT,
    actions.move_document,
    show_document,
    context=Ctx,
    response_model=DocumentPublic,
    path="/documents/{id}",
)
