"""`/inspection-groups`, `/inspectors` and the assignment of units."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context, Role
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.inspections.actions import groups as actions
from sihao.inspections.models import InspectionGroup
from sihao.inspections.queries import groups as queries
from sihao.inspections.schemas.groups import (
    AssignBody,
    AssignmentPublic,
    GroupCreate,
    GroupPublic,
    GroupQuery,
    GroupUpdate,
    InspectorPublic,
)

router = Router(prefix="", tag="inspections")


@router.get("/inspection-groups", operation_id="group_list", response_model=Page[GroupPublic])
async def list_groups(ctx: Ctx, query: Annotated[GroupQuery, Query()]) -> Response:
    """List inspection groups."""
    return await queries.list_groups(ctx, query)


@router.post(
    "/inspection-groups", operation_id="group_create", response_model=GroupPublic, status_code=201
)
async def create_group(ctx: Ctx, response: Response, body: GroupCreate) -> GroupPublic:
    """Add a group."""
    return await _answer(ctx, response, await actions.create_group(ctx, body))


@router.get("/inspection-groups/{id}", operation_id="group_get", response_model=GroupPublic)
async def get_group(ctx: Ctx, response: Response, id: UUID) -> GroupPublic:
    """Read a group."""
    return await _answer(ctx, response, await queries.get_group(ctx, id))


@router.patch("/inspection-groups/{id}", operation_id="group_update", response_model=GroupPublic)
async def update_group(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: GroupUpdate
) -> GroupPublic:
    """Change a group, its leader or members."""
    return await _answer(ctx, response, await actions.update_group(ctx, id, version, body))


@router.get("/inspectors", operation_id="inspector_list", response_model=list[InspectorPublic])
async def list_inspectors(ctx: Ctx, campaign_id: UUID) -> list[InspectorPublic]:
    """List who can sit in a group of a year."""
    ctx.require(Role.OFFICER, Role.LEADER)
    return await queries.list_inspectors(ctx, campaign_id)


@router.post(
    "/campaigns/{id}/inspections/assign",
    operation_id="inspection_assign",
    response_model=AssignmentPublic,
)
async def assign_units(ctx: Ctx, id: UUID, body: AssignBody) -> AssignmentPublic:
    """Assign every unit to a group, or propose how."""
    return await actions.assign_units(ctx, id, body)


async def _answer(ctx: Context, response: Response, group: InspectionGroup) -> GroupPublic:
    await ctx.db.flush()
    tag(response, group)
    return await queries.show_group(ctx, group.id)
