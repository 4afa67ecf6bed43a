"""`/inspections`, what stands behind an item, and the feedback."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.inspections.actions import inspections as actions
from sihao.inspections.lifecycle import INSPECTION
from sihao.inspections.queries import inspections as queries
from sihao.inspections.queries.facts import show_item
from sihao.inspections.queries.history import show_history
from sihao.inspections.queries.materials import show_materials
from sihao.inspections.queries.objections import show_feedback
from sihao.inspections.schemas.history import ItemHistory
from sihao.inspections.schemas.inspections import (
    FeedbackPublic,
    InspectionPublic,
    InspectionQuery,
    InspectionRow,
    InspectionUpdate,
    ItemFacts,
)
from sihao.inspections.schemas.materials import MaterialList

router = Router(prefix="", tag="inspections")


@router.get("/inspections", operation_id="inspection_list", response_model=Page[InspectionRow])
async def list_inspections(ctx: Ctx, query: Annotated[InspectionQuery, Query()]) -> Response:
    """List inspections."""
    return await queries.list_inspections(ctx, query)


@router.get("/inspections/{id}", operation_id="inspection_get", response_model=InspectionPublic)
async def get_inspection(ctx: Ctx, response: Response, id: UUID) -> InspectionPublic:
    """Read an inspection."""
    inspection = await queries.get_inspection(ctx, id)
    tag(response, inspection)
    return await queries.show_inspection(ctx, inspection)


@router.patch(
    "/inspections/{id}", operation_id="inspection_update", response_model=InspectionPublic
)
async def update_inspection(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: InspectionUpdate
) -> InspectionPublic:
    """Set the day of the visit, or give the unit to another group."""
    inspection = await actions.update_inspection(ctx, id, version, body)
    await ctx.db.flush()
    tag(response, inspection)
    return await queries.show_inspection(ctx, inspection)


router.transitions(
    INSPECTION,
    actions.move_inspection,
    queries.show_inspection,
    context=Ctx,
    response_model=InspectionPublic,
    path="/inspections/{id}",
)


@router.get(
    "/inspections/{id}/feedback",
    operation_id="inspection_feedback",
    response_model=FeedbackPublic,
)
async def get_feedback(ctx: Ctx, response: Response, id: UUID) -> FeedbackPublic:
    """Read what a unit lost, item by item, with all four parts of each deduction."""
    inspection = await queries.get_inspection(ctx, id)
    tag(response, inspection)
    return await show_feedback(ctx, inspection)


@router.get(
    "/inspections/{id}/items/{criterion_id}",
    operation_id="inspection_item",
    response_model=ItemFacts,
)
async def get_item(ctx: Ctx, id: UUID, criterion_id: UUID) -> ItemFacts:
    """Read all that stands behind one item of one unit."""
    return await show_item(ctx, await queries.get_inspection(ctx, id), criterion_id)


@router.get(
    "/inspections/{id}/items/{code}/history",
    operation_id="inspection_item_history",
    response_model=ItemHistory,
)
async def get_history(ctx: Ctx, id: UUID, code: str) -> ItemHistory:
    """Read what became of an item's score, step by step."""
    return await show_history(ctx, await queries.get_inspection(ctx, id), code)


@router.get(
    "/inspections/{id}/materials",
    operation_id="inspection_materials",
    response_model=MaterialList,
)
async def get_materials(ctx: Ctx, id: UUID) -> MaterialList:
    """Read what the unit shall have at hand: each paper and ledger once, and what is there."""
    return await show_materials(ctx, await queries.get_inspection(ctx, id))
