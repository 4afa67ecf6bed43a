"""What annual results read of ballots."""

from uuid import UUID

from sqlmodel import col, select

from sihao.ballots import policy
from sihao.ballots.lifecycle import PUBLISHED
from sihao.ballots.models import Ballot
from sihao.ballots.schemas import BallotResult
from sihao.core.context import Context


async def list_results(ctx: Context, campaign_id: UUID) -> dict[UUID, BallotResult]:
    """Give the published counts of a year's ballots by unit; one without a count is absent."""
    rows = select(Ballot.unit_id, Ballot.result).where(
        Ballot.campaign_id == campaign_id,
        col(Ballot.state).in_(PUBLISHED),
        policy.visible(ctx.actor),
    )
    return {
        unit_id: BallotResult.model_validate(result)
        for unit_id, result in (await ctx.db.exec(rows)).all()
    }
