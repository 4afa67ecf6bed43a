"""`/inspection-groups/{id}/allocation`: items and their specialists."""

from uuid import UUID

from fastapi import Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, tag
from sihao.core.routes import Router
from sihao.inspections.actions import allocations as actions
from sihao.inspections.queries import allocations as queries
from sihao.inspections.queries.groups import get_group
from sihao.inspections.schemas.allocations import AllocationBody, AllocationPublic

router = Router(prefix="", tag="inspections")


@router.get(
    "/inspection-groups/{id}/allocation",
    operation_id="allocation_get",
    response_model=AllocationPublic,
)
async def get_allocation(ctx: Ctx, response: Response, id: UUID) -> AllocationPublic:
    """Read whose each item is."""
    group = await get_group(ctx, id)
    tag(response, group)
    return await queries.show_allocation(ctx, group)


@router.put(
    "/inspection-groups/{id}/allocation",
    operation_id="allocation_put",
    response_model=AllocationPublic,
)
async def put_allocation(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: AllocationBody
) -> AllocationPublic:
    """Allocate items to specialists; items left out are everybody's."""
    group = await actions.allocate_items(ctx, id, version, body)
    tag(response, group)
    return await queries.show_allocation(ctx, group)
