"""What annual results read of ballots."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import col, select

from sihao.ballots import policy
from sihao.ballots.lifecycle import PUBLISHED
from sihao.ballots.models import Ballot
from sihao.ballots.schemas import ALL, BallotResult
from sihao.core.context import Context


async def list_results(ctx: Context, campaign_id: UUID) -> dict[UUID, dict[str, Decimal | None]]:
    """Give the scores out of 100 of a year's counted ballots: unit → group's code → score.

    `"all"` is the ballot's weighted score. None stands for a group that takes no part or whose
    voters gave no points; a unit without a counted ballot is absent.
    """
    rows = select(Ballot.unit_id, Ballot.result).where(
        Ballot.campaign_id == campaign_id,
        col(Ballot.state).in_(PUBLISHED),
        policy.visible(ctx.actor),
    )
    counted = {
        unit_id: BallotResult.model_validate(result)
        for unit_id, result in (await ctx.db.exec(rows)).all()
    }
    return {
        unit_id: {**{one.code: one.score for one in result.groups}, ALL: result.score}
        for unit_id, result in counted.items()
    }
