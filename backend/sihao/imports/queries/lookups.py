"""Read in bulk what rows of a file may refer to: only what the actor may see (W8)."""

from uuid import UUID

from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.core.context import Context
from sihao.units import policy as units_policy
from sihao.units.models import Member, Unit


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
