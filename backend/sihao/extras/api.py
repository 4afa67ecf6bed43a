"""`/extras`: bonuses, penalties and vetoes."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.extras import actions, queries
from sihao.extras.lifecycle import EXTRA
from sihao.extras.schemas import (
    ExtraCreate,
    ExtraPublic,
    ExtraQuery,
    ExtraRules,
    ExtraRulesQuery,
)

router = Router(prefix="/extras", tag="extras")


@router.get("", operation_id="extra_list", response_model=Page[ExtraPublic])
async def list_extras(ctx: Ctx, query: Annotated[ExtraQuery, Query()]) -> Response:
    """List bonuses, penalties and vetoes; a unit sees its own from the public notice on."""
    return await queries.list_extras(ctx, query)


@router.get("/rules", operation_id="extra_rule_list", response_model=ExtraRules)
async def list_rules(ctx: Ctx, query: Annotated[ExtraRulesQuery, Query()]) -> ExtraRules:
    """Read a year's list of bonuses, penalties and vetoes, and which the caller may raise."""
    return await queries.list_rules(ctx, query.campaign_id)


@router.post(
    "",
    operation_id="extra_create",
    response_model=ExtraPublic,
    status_code=201,
    dependencies=[Depends(require_key)],
)
async def raise_extra(ctx: Ctx, response: Response, body: ExtraCreate) -> ExtraPublic:
    """Propose a bonus, penalty or veto; a unit applies for a bonus with evidence."""
    extra = await actions.raise_extra(ctx, body)
    tag(response, extra)
    return await queries.show_extra(ctx, extra)


@router.get("/{id}", operation_id="extra_get", response_model=ExtraPublic)
async def get_extra(ctx: Ctx, response: Response, id: UUID) -> ExtraPublic:
    """Read one."""
    extra = await queries.get_extra(ctx, id)
    tag(response, extra)
    return await queries.show_extra(ctx, extra)


router.transitions(
    EXTRA,
    actions.move_extra,
    queries.show_extra,
    context=Ctx,
    response_model=ExtraPublic,
)
