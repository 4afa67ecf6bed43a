"""`/rectifications`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import COMMITTEE, UNIT_WRITERS
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.followups.actions import rectifications as actions
from sihao.followups.lifecycle import RECTIFICATION
from sihao.followups.queries import rectifications as queries
from sihao.followups.schemas.interviews import Verification
from sihao.followups.schemas.rectifications import (
    CarryOver,
    Handler,
    LookBack,
    RectificationCreate,
    RectificationPublic,
    RectificationQuery,
    RectificationRow,
    RectificationUpdate,
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
    """Assign a rectification for a finding, an interview, a problem, or a row of T3 or T4."""
    rectification = await actions.create_rectification(ctx, body)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)


@router.get(
    "/rectifications/handlers",
    operation_id="rectification_handlers",
    response_model=list[Handler],
)
async def list_handlers(ctx: Ctx, unit_id: Annotated[UUID, Query()]) -> list[Handler]:
    """List who of a unit can do the work."""
    ctx.require(*COMMITTEE, *UNIT_WRITERS)
    return await queries.list_handlers(ctx, unit_id)


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
    without={"verify", "look_back", "carry_over"},
)


@router.post(
    "/rectifications/{id}/verify",
    operation_id="rectification_verify",
    response_model=RectificationPublic,
)
async def verify_rectification(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Verification
) -> RectificationPublic:
    """Find it put right, and plan a later look."""
    rectification = await actions.verify_rectification(ctx, id, version, body)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)


@router.post(
    "/rectifications/{id}/look_back",
    operation_id="rectification_look_back",
    response_model=RectificationPublic,
)
async def look_back(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: LookBack
) -> RectificationPublic:
    """Note what a later look found."""
    rectification = await actions.look_back(ctx, id, version, body)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)


@router.post(
    "/rectifications/{id}/carry_over",
    operation_id="rectification_carry_over",
    response_model=RectificationPublic,
)
async def carry_over(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: CarryOver
) -> RectificationPublic:
    """Go on with it in a later year; answers the new one."""
    rectification = await actions.carry_over(ctx, id, version, body)
    tag(response, rectification)
    return await queries.show_rectification(ctx, rectification)
