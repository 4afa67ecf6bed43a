"""Read units and their teams."""

from uuid import UUID

from fastapi import Response
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.units import policy
from sihao.units.models import Member, Term, Unit, UnitKind
from sihao.units.schemas import UnitPublic, UnitQuery

_ROWS = row_of(UnitPublic, Unit)
_SORTS = {"sort_order": col(Unit.sort_order), "name": col(Unit.name), "code": col(Unit.code)}


async def get_unit(ctx: Context, unit_id: UUID, *, lock: bool = False) -> Unit:
    """Read one unit; raise `NotFound` for a foreign one too."""
    rows = select(Unit).where(Unit.id == unit_id, policy.visible(ctx.actor))
    unit = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if unit is None:
        raise NotFound("unit.unknown", "没有这个单位。", "No such unit.")
    return unit


async def get_committee(ctx: Context) -> Unit:
    """Read the Work Committee, the root of the tree."""
    return (await ctx.db.exec(select(Unit).where(Unit.kind == UnitKind.COMMITTEE))).one()


async def list_units(ctx: Context, query: UnitQuery) -> Response:
    """Answer a page of units."""
    rows = _ROWS.where(policy.visible(ctx.actor))
    if query.kind:
        rows = rows.where(col(Unit.kind) == query.kind)
    if query.unit_class:
        rows = rows.where(col(Unit.unit_class) == query.unit_class)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name), col(Unit.code)))
    return await json_page(ctx, rows, query, _SORTS, col(Unit.id))


async def list_members(ctx: Context, unit_id: UUID) -> list[Member]:
    """List a unit's members in their order of rank."""
    rows = select(Member).where(Member.unit_id == unit_id, policy.visible_members(ctx.actor))
    return list((await ctx.db.exec(rows.order_by(col(Member.rank_order), col(Member.id)))).all())


async def get_member(ctx: Context, member_id: UUID, *, lock: bool = False) -> Member:
    """Read one member; raise `NotFound` for a foreign one too."""
    rows = select(Member).where(Member.id == member_id, policy.visible_members(ctx.actor))
    member = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if member is None:
        raise NotFound("member.unknown", "没有这名班子成员。", "No such member.")
    return member


async def list_terms(ctx: Context, unit_id: UUID) -> dict[UUID, list[Term]]:
    """List the terms of office of a unit's members, by member."""
    rows = select(Term).where(Term.unit_id == unit_id).order_by(col(Term.started_on))
    terms: dict[UUID, list[Term]] = {}
    for term in (await ctx.db.exec(rows)).all():
        terms.setdefault(term.member_id, []).append(term)
    return terms
