"""What only documents ask of earlier slices."""

from datetime import date
from uuid import UUID

from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.campaigns.models import Criterion
from sihao.core.context import Context
from sihao.followups import policy as followups
from sihao.followups.models import Rectification
from sihao.inspections.models import Finding
from sihao.units import policy as units
from sihao.units.models import Unit, UnitKind


async def list_rectifications_of(ctx: Context, inspection_id: UUID) -> list[tuple[str, str, date]]:
    """List what is to be put right of an inspection's findings: item, matter, until when."""
    rows = (
        sa_select(col(Criterion.code), col(Rectification.text), col(Rectification.due_on))
        .join(Finding, col(Finding.id) == col(Rectification.finding_id))
        .join(Criterion, col(Criterion.id) == col(Finding.criterion_id))
        .where(
            col(Finding.inspection_id) == inspection_id,
            followups.visible_rectifications(ctx.actor),
        )
        .order_by(col(Criterion.sort_order), col(Rectification.due_on), col(Rectification.id))
    )
    return [(code, text, due_on) for code, text, due_on in await ctx.db.execute(rows)]


async def list_units_assessed(ctx: Context) -> list[tuple[UUID, str]]:
    """List the units that take part, with their names, in their order."""
    rows = (
        sa_select(col(Unit.id), col(Unit.name))
        .where(
            units.visible(ctx.actor), col(Unit.kind) == UnitKind.UNIT, col(Unit.active).is_(True)
        )
        .order_by(col(Unit.sort_order), col(Unit.id))
    )
    return [(ident, name) for ident, name in await ctx.db.execute(rows)]
