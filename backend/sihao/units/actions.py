"""Keep units and their teams."""

from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.units import policy, queries
from sihao.units.models import Member, Term, Unit
from sihao.units.schemas import MemberCreate, MemberUpdate, TermBody, UnitCreate, UnitUpdate


async def create_unit(ctx: Context, body: UnitCreate) -> Unit:
    """Add a unit under the committee."""
    ctx.require(Role.OFFICER, Role.SYSTEM)
    root = await queries.get_committee(ctx)
    unit = Unit.model_validate(body, update={"parent_id": root.id, **stamps(ctx)})
    ctx.db.add(unit)
    await ctx.db.flush()
    emit(ctx, "unit.created", unit.id, unit.id, audience=Audience.UNIT, name=unit.name)
    return unit


async def update_unit(ctx: Context, unit_id: UUID, version: int, body: UnitUpdate) -> Unit:
    """Rename, regroup, reorder or retire a unit."""
    ctx.require(Role.OFFICER)
    unit = await queries.get_unit(ctx, unit_id, lock=True)
    check_version(unit, version)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    unit.sqlmodel_update(changes)
    touch(ctx, unit)
    emit(ctx, "unit.updated", unit.id, unit.id, audience=Audience.UNIT, fields=sorted(changes))
    return unit


async def create_member(ctx: Context, unit_id: UUID, body: MemberCreate) -> Member:
    """Add a member with the terms of office."""
    unit = await queries.get_unit(ctx, unit_id)
    member = Member.model_validate(
        body.model_dump(exclude={"terms"}), update={"unit_id": unit.id, **stamps(ctx)}
    )
    policy.check_writes_team(ctx.actor, member)
    ctx.db.add(member)
    await ctx.db.flush()
    _add_terms(ctx, member, body.terms)
    emit(ctx, "member.created", member.id, unit.id, audience=Audience.UNIT, name=member.name)
    return member


async def update_member(ctx: Context, member_id: UUID, version: int, body: MemberUpdate) -> Member:
    """Change a member's name, duty, rank or terms."""
    member = await queries.get_member(ctx, member_id, lock=True)
    policy.check_writes_team(ctx.actor, member)
    check_version(member, version)
    changes = body.model_dump(exclude_unset=True, exclude_none=True, exclude={"terms"})
    member.sqlmodel_update(changes)
    if body.terms is not None:
        for old in (await queries.list_terms(ctx, member.unit_id)).get(member.id, []):
            await ctx.db.delete(old)
        _add_terms(ctx, member, body.terms)
    touch(ctx, member)
    emit(
        ctx,
        "member.updated",
        member.id,
        member.unit_id,
        audience=Audience.UNIT,
        fields=sorted(body.model_fields_set),
    )
    return member


def check_terms(terms: list[TermBody]) -> list[TermBody]:
    """Give terms of office in their order; raise `Invalid` when they overlap."""
    ordered = sorted(terms, key=lambda one: one.started_on)
    for at, term in enumerate(ordered):
        last = term.ended_on
        overlaps = at + 1 < len(ordered) and (last is None or ordered[at + 1].started_on <= last)
        if (last is not None and last < term.started_on) or overlaps:
            code, zh = "member.terms", "任职时间前后不符或互相重叠，请核对。"
            raise Invalid(code, zh, "The terms of office overlap.", pointer="/body/terms")
    return ordered


def _add_terms(ctx: Context, member: Member, terms: list[TermBody]) -> None:
    for term in check_terms(terms):
        ctx.db.add(
            Term(
                unit_id=member.unit_id,
                member_id=member.id,
                started_on=term.started_on,
                ended_on=term.ended_on,
            )
        )
