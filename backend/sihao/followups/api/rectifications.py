"""`/rectifications`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.followups.actions import rectifications as actions
from sihao.followups.lifecycle import RECTIFICATION
from sihao.followups.queries import rectifications as queries
from sihao.followups.schemas.rectifications import (
    Recheck,
    RectificationCreate,
    RectificationPublic,
    RectificationQuery,
    RectificationRow,
    RectificationUpdate,
    Thread,
)

router = Router(prefix="", tag="rectifications")


@router.get(
    "/rectifications", operation_id="rectification_list", response_model=Page[RectificationRow]
)
async def list_rectifications(ctx: Ctx, query: Annotated[RectificationQuery, Query()]) -> Response:
    """List rectifications."""
    return await queries.list_rectifications(ctx, query)


@router.post(
    "/rectifications",
    operation_id="rectification_create",
    response_model=RectificationPublic,
    status_code=201,
)
async def create_rectification(
    ctx: Ctx, response: Response, body: RectificationCreate
) -> RectificationPublic:
    """Assign a rectification for a finding or an interview."""
    rectification = await actions.create_rectification(ctx, body)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)


@router.get(
    "/rectifications/{id}", operation_id="rectification_get", response_model=RectificationPublic
)
async def get_rectification(ctx: Ctx, response: Response, id: UUID) -> RectificationPublic:
    """Read a rectification."""
    rectification = await queries.get_rectification(ctx, id)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)


@router.patch(
    "/rectifications/{id}",
    operation_id="rectification_update",
    response_model=RectificationPublic,
)
async def update_rectification(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: RectificationUpdate
) -> RectificationPublic:
    """Write cause, action, owner; the committee also text and due date."""
    rectification = await actions.update_rectification(ctx, id, version, body)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)


router.transitions(
    RECTIFICATION,
    actions.move_rectification,
    queries.show_rectification,
    context=Ctx,
    response_model=RectificationPublic,
    path="/rectifications/{id}",
)


@router.post(
    "/rectifications/{id}/recheck",
    operation_id="rectification_recheck",
    response_model=RectificationPublic,
)
async def recheck_rectification(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Recheck
) -> RectificationPublic:
    """Note what a later check found."""
    rectification = await actions.recheck_rectification(ctx, id, version, body)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)


@router.get(
    "/rectifications/{id}/thread", operation_id="rectification_thread", response_model=Thread
)
async def get_thread(ctx: Ctx, id: UUID) -> Thread:
    """Follow it back to its finding and on into next year's plan."""
    return await queries.get_thread(ctx, await queries.get_rectification(ctx, id))
