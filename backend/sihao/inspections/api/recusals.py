"""`/recusals`: who stands aside for which unit."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Role
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.inspections.actions import recusals as actions
from sihao.inspections.queries import recusals as queries
from sihao.inspections.schemas.recusals import (
    RecusalCreate,
    RecusalPublic,
    RecusalQuery,
    StandingAside,
    UnitName,
    WithdrawalBody,
)

router = Router(prefix="", tag="inspections")


@router.get("/recusals", operation_id="recusal_list", response_model=Page[RecusalPublic])
async def list_recusals(ctx: Ctx, query: Annotated[RecusalQuery, Query()]) -> Response:
    """List who declared, or was declared, to stand aside for which unit."""
    return await queries.list_recusals(ctx, query)


@router.post(
    "/recusals", operation_id="recusal_create", response_model=RecusalPublic, status_code=201
)
async def create_recusal(ctx: Ctx, body: RecusalCreate) -> RecusalPublic:
    """Declare that a person stands aside for a unit: an inspector for himself, or an officer."""
    recusal = await actions.create_recusal(ctx, body)
    return await queries.show_recusal(ctx, recusal.id)


@router.get("/recusals/units", operation_id="recusal_units", response_model=list[UnitName])
async def list_units(ctx: Ctx) -> list[UnitName]:
    """List the units that a declaration may name."""
    ctx.require(Role.INSPECTOR, Role.OFFICER)
    return await queries.list_units_to_name(ctx)


@router.get(
    "/recusals/standing", operation_id="recusal_standing", response_model=list[StandingAside]
)
async def list_standing(ctx: Ctx) -> list[StandingAside]:
    """List every inspector with each unit he must not judge today, and why."""
    ctx.require(Role.OFFICER, Role.LEADER)
    return await queries.list_standing(ctx)


@router.post(
    "/recusals/{id}/withdraw", operation_id="recusal_withdraw", response_model=RecusalPublic
)
async def withdraw_recusal(ctx: Ctx, id: UUID, body: WithdrawalBody) -> RecusalPublic:
    """Withdraw a declaration that somebody else made, with the reason."""
    recusal = await actions.withdraw_recusal(ctx, id, body)
    return await queries.show_recusal(ctx, recusal.id)
