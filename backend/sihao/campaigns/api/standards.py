"""`/standards`: versions of the 创建标准, their items, mappings and files."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from sihao.accounts.auth import Ctx
from sihao.campaigns import queries, standard_sheets
from sihao.campaigns.actions import standards as actions
from sihao.campaigns.api.files import FILES, Form, download, receive
from sihao.campaigns.lifecycle import STANDARD
from sihao.campaigns.models import Standard
from sihao.campaigns.schemas import (
    CriterionCreate,
    CriterionPublic,
    CriterionUpdate,
    DimensionPublic,
    DimensionsBody,
    MappingPublic,
    MappingsBody,
    StandardCreate,
    StandardPublic,
    StandardQuery,
    StandardSummary,
    StandardUpdate,
)
from sihao.core.context import Context
from sihao.core.errors import Conflict
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router

router = Router(prefix="", tag="standards")


@router.get("/standards", operation_id="standard_list", response_model=Page[StandardSummary])
async def list_standards(ctx: Ctx, query: Annotated[StandardQuery, Query()]) -> Response:
    """List standards."""
    return await queries.list_standards(ctx, query)


@router.post(
    "/standards", operation_id="standard_create", response_model=StandardPublic, status_code=201
)
async def create_standard(ctx: Ctx, response: Response, body: StandardCreate) -> StandardPublic:
    """Begin a standard, empty or as a copy."""
    return await _answer(ctx, response, await actions.create_standard(ctx, body))


@router.post(
    "/standards/import",
    operation_id="standard_import",
    response_model=StandardPublic,
    status_code=201,
    dependencies=[Depends(require_key)],
    openapi_extra={"requestBody": {"required": True, "content": FILES}},
)
async def import_standard(ctx: Ctx, request: Request, response: Response) -> StandardPublic:
    """Make a draft of a workbook or YAML file; all mistakes come back by row and column."""
    content, media_type = await receive(request)
    document = await asyncio.to_thread(standard_sheets.read_standard, content, media_type)
    return await _answer(ctx, response, await actions.import_standard(ctx, document))


@router.get("/standards/{id}", operation_id="standard_get", response_model=StandardPublic)
async def get_standard(ctx: Ctx, response: Response, id: UUID) -> StandardPublic:
    """Read a standard with its dimensions."""
    return await _answer(ctx, response, await queries.get_standard(ctx, id))


@router.patch("/standards/{id}", operation_id="standard_update", response_model=StandardPublic)
async def update_standard(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: StandardUpdate
) -> StandardPublic:
    """Change a draft's name, year or source."""
    return await _answer(ctx, response, await actions.update_standard(ctx, id, version, body))


@router.delete("/standards/{id}", operation_id="standard_delete", status_code=204)
async def delete_standard(ctx: Ctx, id: UUID, version: IfMatch) -> None:
    """Throw a draft away."""
    await actions.delete_standard(ctx, id, version)


@router.get(
    "/standards/{id}/export",
    operation_id="standard_export",
    response_class=Response,
    responses={200: {"content": FILES}},
)
async def export_standard(ctx: Ctx, id: UUID, format: Form = "xlsx") -> Response:
    """Download a standard as a file that can be imported as it is."""
    standard = await queries.get_standard(ctx, id)
    document = await queries.get_document(ctx, standard)
    if document is None:
        raise Conflict("standard.empty", "标准还没有条目，没有可导出的内容。", "It has no items.")
    write = {"xlsx": standard_sheets.write_xlsx, "yaml": standard_sheets.write_yaml}[format]
    content = await asyncio.to_thread(write, document)
    return download(content, f"{standard.name}（{standard.year}）", format)


@router.put(
    "/standards/{id}/dimensions", operation_id="dimension_set", response_model=StandardPublic
)
async def set_dimensions(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: DimensionsBody
) -> StandardPublic:
    """Name and order a draft's dimensions."""
    return await _answer(ctx, response, await actions.set_dimensions(ctx, id, version, body))


@router.get(
    "/standards/{id}/criteria", operation_id="criterion_list", response_model=list[CriterionPublic]
)
async def list_criteria(ctx: Ctx, id: UUID) -> list[Any]:
    """List all items of a standard in its order."""
    standard = await queries.get_standard(ctx, id)
    return await queries.list_criteria(ctx, standard.id)


@router.post(
    "/standards/{id}/criteria",
    operation_id="criterion_create",
    response_model=CriterionPublic,
    status_code=201,
)
async def create_criterion(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: CriterionCreate
) -> Any:
    """Add an item to a draft; If-Match and ETag are the standard's."""
    standard, criterion = await actions.create_criterion(ctx, id, version, body)
    tag(response, standard)
    return criterion


@router.patch(
    "/standards/{id}/criteria/{code}",
    operation_id="criterion_update",
    response_model=CriterionPublic,
)
async def update_criterion(
    ctx: Ctx, response: Response, id: UUID, code: str, version: IfMatch, body: CriterionUpdate
) -> Any:
    """Change an item of a draft; If-Match and ETag are the standard's."""
    standard, criterion = await actions.update_criterion(ctx, id, code, version, body)
    tag(response, standard)
    return criterion


@router.delete("/standards/{id}/criteria/{code}", operation_id="criterion_delete", status_code=204)
async def delete_criterion(ctx: Ctx, id: UUID, code: str, version: IfMatch) -> None:
    """Take an item out of a draft."""
    await actions.delete_criterion(ctx, id, code, version)


@router.get(
    "/standards/{id}/mappings", operation_id="mapping_list", response_model=list[MappingPublic]
)
async def list_mappings(ctx: Ctx, id: UUID) -> list[dict[str, Any]]:
    """List which old items go on as which items of this standard."""
    standard = await queries.get_standard(ctx, id)
    return await queries.list_mappings(ctx, standard.id)


@router.put(
    "/standards/{id}/mappings", operation_id="mapping_set", response_model=list[MappingPublic]
)
async def set_mappings(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: MappingsBody
) -> list[dict[str, Any]]:
    """Replace the pairs from one old standard."""
    standard = await actions.set_mappings(ctx, id, version, body)
    tag(response, standard)
    return await queries.list_mappings(ctx, standard.id)


async def _show(ctx: Context, standard: Standard) -> StandardPublic:
    facts = await queries.get_standard_facts(ctx, standard.id)
    return StandardPublic(
        **standard.model_dump(),
        criteria_count=facts.criteria,
        dimensions=[
            DimensionPublic(**one.model_dump())
            for one in await queries.list_dimensions(ctx, standard.id)
        ],
        actions=STANDARD.actions(ctx.actor, standard, facts),
    )


async def _answer(ctx: Context, response: Response, standard: Standard) -> StandardPublic:
    tag(response, standard)
    return await _show(ctx, standard)


router.transitions(
    STANDARD,
    actions.move_standard,
    _show,
    context=Ctx,
    response_model=StandardPublic,
    path="/standards/{id}",
)
