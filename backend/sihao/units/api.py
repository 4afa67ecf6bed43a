"""`/units` and their members."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.units import actions, queries
from sihao.units.models import Member, Term, Unit
from sihao.units.schemas import (
    MemberCreate,
    MemberPublic,
    MemberUpdate,
    TermBody,
    UnitCreate,
    UnitPublic,
    UnitQuery,
    UnitUpdate,
)

router = Router(prefix="", tag="units")


@router.get("/units", operation_id="unit_list", response_model=Page[UnitPublic])
async def list_units(ctx: Ctx, query: Annotated[UnitQuery, Query()]) -> Response:
    """List units."""
    return await queries.list_units(ctx, query)


@router.post("/units", operation_id="unit_create", response_model=UnitPublic, status_code=201)
async def create_unit(ctx: Ctx, response: Response, body: UnitCreate) -> Unit:
    """Add a unit."""
    unit = await actions.create_unit(ctx, body)
    tag(response, unit)
    return unit


@router.get("/units/{id}", operation_id="unit_get", response_model=UnitPublic)
async def get_unit(ctx: Ctx, response: Response, id: UUID) -> Unit:
    """Read a unit."""
    unit = await queries.get_unit(ctx, id)
    tag(response, unit)
    return unit


@router.patch("/units/{id}", operation_id="unit_update", response_model=UnitPublic)
async def update_unit(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: UnitUpdate
) -> Unit:
    """Change a unit."""
    unit = await actions.update_unit(ctx, id, version, body)
    tag(response, unit)
    return unit


@router.get("/units/{id}/members", operation_id="member_list", response_model=list[MemberPublic])
async def list_members(ctx: Ctx, id: UUID) -> list[MemberPublic]:
    """List a unit's leadership team in order of rank."""
    await queries.get_unit(ctx, id)
    terms = await queries.list_terms(ctx, id)
    return [_show(one, terms) for one in await queries.list_members(ctx, id)]


@router.post(
    "/units/{id}/members",
    operation_id="member_create",
    response_model=MemberPublic,
    status_code=201,
)
async def create_member(ctx: Ctx, response: Response, id: UUID, body: MemberCreate) -> MemberPublic:
    """Add a member to a unit's team."""
    member = await actions.create_member(ctx, id, body)
    return await _answer(ctx, response, member)


@router.get("/members/{id}", operation_id="member_get", response_model=MemberPublic)
async def get_member(ctx: Ctx, response: Response, id: UUID) -> MemberPublic:
    """Read a member."""
    return await _answer(ctx, response, await queries.get_member(ctx, id))


@router.patch("/members/{id}", operation_id="member_update", response_model=MemberPublic)
async def update_member(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: MemberUpdate
) -> MemberPublic:
    """Change a member."""
    member = await actions.update_member(ctx, id, version, body)
    return await _answer(ctx, response, member)


async def _answer(ctx: Context, response: Response, member: Member) -> MemberPublic:
    await ctx.db.flush()
    tag(response, member)
    return _show(member, await queries.list_terms(ctx, member.unit_id))


def _show(member: Member, terms: dict[UUID, list[Term]]) -> MemberPublic:
    held = [
        TermBody(**term.model_dump(include={"started_on", "ended_on"}))
        for term in terms.get(member.id, [])
    ]
    return MemberPublic(**member.model_dump(), terms=held)
