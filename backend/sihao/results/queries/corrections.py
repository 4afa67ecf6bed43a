"""Read corrections of published results."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.results import policy
from sihao.results.lifecycle import CorrectionState
from sihao.results.models import AnnualResult, ResultCorrection


async def get_correction(
    ctx: Context, correction_id: UUID, *, lock: bool = False
) -> ResultCorrection:
    """Read one correction; raise `NotFound` for one that the actor may not see (yet)."""
    rows = select(ResultCorrection).where(
        ResultCorrection.id == correction_id, policy.visible_corrections(ctx.actor)
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("correction.unknown", "没有这份更正。", "No such correction.")
    return found


async def list_corrections(
    ctx: Context, result_id: UUID, *states: CorrectionState
) -> list[ResultCorrection]:
    """List a result's corrections in the given states (all when none is given), oldest first."""
    rows = select(ResultCorrection).where(
        ResultCorrection.result_id == result_id, policy.visible_corrections(ctx.actor)
    )
    if states:
        rows = rows.where(col(ResultCorrection.state).in_(states))
    return list((await ctx.db.exec(rows.order_by(col(ResultCorrection.revision)))).all())


async def next_revision(ctx: Context, result: AnnualResult) -> int:
    """Give the next version's number; a dismissed draft keeps its own."""
    rows = select(func.max(ResultCorrection.revision)).where(
        ResultCorrection.result_id == result.id
    )
    return max((await ctx.db.exec(rows)).one() or 0, result.revision) + 1
