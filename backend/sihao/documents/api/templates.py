"""`/document-templates`: the committee's own Word templates."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from sihao.accounts.auth import Ctx, release, reopen
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import keep_nothing
from sihao.core.routes import Router
from sihao.core.stores import spool
from sihao.core.text import Line
from sihao.documents.actions import templates as actions
from sihao.documents.models import DocumentKind, DocumentTemplate
from sihao.documents.queries import templates as queries
from sihao.documents.schemas import DocumentTicketPublic
from sihao.documents.template_fields import FIELDS
from sihao.documents.template_schemas import (
    KindQuery,
    TemplateField,
    TemplatePublic,
    TemplateUploaded,
)
from sihao.evidence.guard.examine import examine

router = Router(prefix="", tag="documents")
_TEMPLATES = "/document-templates"
_RAW: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(_TEMPLATES, operation_id="document_template_list", response_model=list[TemplatePublic])
async def list_templates(ctx: Ctx) -> list[TemplatePublic]:
    """List all versions of all templates."""
    return await queries.list_templates(ctx)


@router.get(
    f"{_TEMPLATES}/fields",
    operation_id="document_template_fields",
    response_model=list[TemplateField],
)
async def list_fields(_ctx: Ctx) -> list[TemplateField]:
    """List the fields that a template may use."""
    return list(FIELDS)


@router.post(
    _TEMPLATES,
    operation_id="document_template_add",
    response_model=TemplateUploaded,
    status_code=201,
    openapi_extra=_RAW,
)
async def add_template(
    ctx: Ctx,
    request: Request,
    response: Response,
    kind: Annotated[DocumentKind, Query()],
    file_name: Annotated[Line, Query(min_length=1, max_length=200)],
) -> TemplateUploaded:
    """Take a template's raw bytes, check it and use it from now on."""
    length = request.headers.get("content-length")
    actions.check_upload(ctx, file_name, length)
    await release(ctx)
    async with spool.receive(request.stream()) as taken:
        actions.check_size(taken.size)
        findings = await actions.find_faults(taken.path, await examine(taken.path, file_name))
        now = await reopen(ctx)
        template = await actions.add_template(now, kind, file_name, taken, findings)
        tag(response, template)
        return TemplateUploaded(template=_show(template), findings=findings)


@router.post(
    f"{_TEMPLATES}/{{id}}/use",
    operation_id="document_template_use",
    response_model=TemplatePublic,
)
async def use_template(ctx: Ctx, response: Response, id: UUID, version: IfMatch) -> TemplatePublic:
    """Go back to a version that is kept."""
    template = await actions.use_template(ctx, id, version)
    tag(response, template)
    return _show(template)


@router.post(
    f"{_TEMPLATES}/{{id}}/retire",
    operation_id="document_template_retire",
    response_model=TemplatePublic,
)
async def retire_template(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch
) -> TemplatePublic:
    """Write the kind with the built-in layout again."""
    template = await actions.retire_template(ctx, id, version)
    tag(response, template)
    return _show(template)


@router.post(
    f"{_TEMPLATES}/{{id}}/try",
    operation_id="document_template_try",
    response_model=DocumentTicketPublic,
)
async def try_template(ctx: Ctx, request: Request, id: UUID) -> DocumentTicketPublic:
    """Get a one-time address of the template filled in with made-up words."""
    keep_nothing(request)
    return _address(request, *await actions.ticket_of_trial(ctx, id))


@router.post(
    f"{_TEMPLATES}/{{id}}/ticket",
    operation_id="document_template_ticket",
    response_model=DocumentTicketPublic,
)
async def issue_template_ticket(ctx: Ctx, request: Request, id: UUID) -> DocumentTicketPublic:
    """Get a one-time address of the template as it was uploaded."""
    keep_nothing(request)
    template = await queries.get_template(ctx, id)
    return _address(request, *await actions.ticket_of_template(ctx, template.kind, template.id))


@router.post(
    f"{_TEMPLATES}/starting",
    operation_id="document_template_starting",
    response_model=DocumentTicketPublic,
)
async def issue_starting_ticket(
    ctx: Ctx, request: Request, body: KindQuery
) -> DocumentTicketPublic:
    """Get a one-time address of a template to start from, with all fields."""
    keep_nothing(request)
    return _address(request, *await actions.ticket_of_template(ctx, body.kind, None))


def _address(request: Request, ticket: str, expires_at: Any) -> DocumentTicketPublic:
    url = str(request.app.url_path_for("download_document", ticket=ticket))
    return DocumentTicketPublic(url=url, expires_at=expires_at)


def _show(template: DocumentTemplate) -> TemplatePublic:
    return TemplatePublic(**template.model_dump(include=set(TemplatePublic.model_fields)))
