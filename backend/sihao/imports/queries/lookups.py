"""Read in bulk what rows of a file may refer to: only what the actor may see (W8)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.accounts import policy as accounts_policy
from sihao.accounts.models import Person, RoleGrant
from sihao.campaigns import policy as campaigns_policy
from sihao.campaigns.models import Standard
from sihao.core.context import Context, Role
from sihao.inspections import policy as inspections_policy
from sihao.inspections.models import CoAssessment, CoAssessmentResult
from sihao.units import policy as units_policy
from sihao.units.models import Member, Term, Unit


async def find_units(ctx: Context) -> dict[str, UUID]:
    """Tell which unit a code, a name or an id means; codes go before names."""
    rows = sa_select(col(Unit.id), col(Unit.code), col(Unit.name), col(Unit.short_name)).where(
        units_policy.visible(ctx.actor), col(Unit.active).is_(True)
    )
    found: dict[str, UUID] = {}
    codes: dict[str, UUID] = {}
    for ident, code, name, short_name in (await ctx.db.execute(rows)).all():
        found.setdefault(short_name, ident)
        found[name] = ident
        codes |= {code: ident, str(ident): ident}
    return found | codes


async def find_members(ctx: Context) -> dict[UUID, dict[str, list[UUID]]]:
    """Tell whom a name or an id means within each unit; a name may mean several."""
    rows = sa_select(col(Member.unit_id), col(Member.id), col(Member.name)).where(
        units_policy.visible_members(ctx.actor)
    )
    found: dict[UUID, dict[str, list[UUID]]] = {}
    for unit_id, ident, name in (await ctx.db.execute(rows)).all():
        team = found.setdefault(unit_id, {})
        team.setdefault(name, []).append(ident)
        team[str(ident)] = [ident]
    return found


async def hold_units(ctx: Context) -> list[Unit]:
    """Read and hold every unit; for the committee's officers."""
    rows = select(Unit).where(units_policy.visible(ctx.actor)).with_for_update()
    return list((await ctx.db.exec(rows)).all())


async def hold_members(ctx: Context, unit_ids: Collection[UUID]) -> list[Member]:
    """Read and hold the teams of some units."""
    rows = select(Member).where(
        col(Member.unit_id).in_(unit_ids), units_policy.visible_members(ctx.actor)
    )
    return list((await ctx.db.exec(rows.with_for_update())).all())


async def list_terms_of(ctx: Context, unit_ids: Collection[UUID]) -> dict[UUID, list[Term]]:
    """List the terms of office of some units' members, by member, in their order."""
    rows = select(Term).where(col(Term.unit_id).in_(unit_ids)).order_by(col(Term.started_on))
    found: dict[UUID, list[Term]] = {}
    for term in (await ctx.db.exec(rows)).all():
        found.setdefault(term.member_id, []).append(term)
    return found


async def drop_terms(ctx: Context, member_ids: Collection[UUID]) -> None:
    """Drop terms of office that are written anew."""
    if member_ids:
        await ctx.db.execute(delete(Term).where(col(Term.member_id).in_(member_ids)))


async def find_co_assessments(ctx: Context, campaign_id: UUID) -> dict[str, CoAssessment]:
    """Read a year's merged assessments that the actor sees, by code."""
    rows = select(CoAssessment).where(
        CoAssessment.campaign_id == campaign_id,
        inspections_policy.visible_co_assessments(ctx.actor),
    )
    return {one.code: one for one in (await ctx.db.exec(rows)).all()}


async def find_standard(ctx: Context, name: str, year: int) -> Standard | None:
    """Find the standard of this name and year, draft or published."""
    rows = select(Standard).where(
        Standard.name == name,
        Standard.year == year,
        campaigns_policy.visible_standards(ctx.actor),
    )
    found: Standard | None = (await ctx.db.exec(rows)).first()
    return found


async def hold_co_results(ctx: Context, parents: Collection[UUID]) -> list[CoAssessmentResult]:
    """Read and hold all results of some merged assessments."""
    rows = select(CoAssessmentResult).where(
        col(CoAssessmentResult.co_assessment_id).in_(parents),
        inspections_policy.visible_results(ctx.actor),
    )
    return list((await ctx.db.exec(rows.with_for_update())).all())


async def hold_people(
    ctx: Context, names: Collection[Any]
) -> tuple[dict[UUID, set[tuple[Role, UUID | None]]], list[Person]]:
    """Read and hold accounts by log-in name, with the roles that they have."""
    rows = select(Person).where(col(Person.name).in_(names), accounts_policy.visible(ctx.actor))
    people = list((await ctx.db.exec(rows.with_for_update())).all())
    held: dict[UUID, set[tuple[Role, UUID | None]]] = {}
    grants = select(RoleGrant).where(
        col(RoleGrant.person_id).in_([one.id for one in people]),
        accounts_policy.visible_grants(ctx.actor),
    )
    for one in (await ctx.db.exec(grants)).all():
        held.setdefault(one.person_id, set()).add((one.role, one.unit_id))
    return held, people
