"""Read ballots as the actor may see them."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select
from sqlmodel import col, select

from sihao.ballots import policy
from sihao.ballots.counting import FEWEST
from sihao.ballots.lifecycle import BALLOT, PUBLISHED, BallotState
from sihao.ballots.models import Ballot
from sihao.ballots.queries import hand_counts, urns
from sihao.ballots.schemas import BallotPublic, BallotQuery, BallotRow, Turnout
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, row_of
from sihao.units.models import Unit

_ROWS = row_of(BallotRow, Ballot, col(Unit.name).label("unit_name")).join(
    Unit, col(Unit.id) == col(Ballot.unit_id)
)
_SORTS = {"opens_at": col(Ballot.opens_at)}
_UNDER_WAY = (BallotState.OPEN, BallotState.CLOSED)


def _seen(ctx: Context, rows: Select[Any]) -> Select[Any]:
    return rows.where(policy.visible(ctx.actor))


async def list_ballots(ctx: Context, query: BallotQuery) -> Response:
    """Answer a page of ballots."""
    actions = BALLOT.actions_sql(Ballot, ctx.actor).label("actions")
    rows = _seen(ctx, _ROWS.add_columns(actions))
    for name in ("campaign_id", "unit_id", "state"):
        if (wanted := getattr(query, name)) is not None:
            rows = rows.where(getattr(Ballot, name) == wanted)
    return await json_page(ctx, rows, query, _SORTS, col(Ballot.id))


async def get_ballot(ctx: Context, ballot_id: UUID, *, lock: bool = False) -> Ballot:
    """Read a ballot; raise `NotFound` for one that the actor may not see."""
    rows = select(Ballot).where(Ballot.id == ballot_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("ballot.unknown", "没有这次民主测评。", "No such ballot.")
    return found


async def has_ballot(ctx: Context, campaign_id: UUID, unit_id: UUID) -> bool:
    """Tell whether a unit has its ballot of a year."""
    rows = select(Ballot.id).where(Ballot.campaign_id == campaign_id, Ballot.unit_id == unit_id)
    return (await ctx.db.exec(rows)).first() is not None


async def show_ballot(ctx: Context, ballot: Ballot) -> BallotPublic:
    """Represent a ballot to the actor; of votes, never more than counts of five."""
    await ctx.db.flush()
    names = select(Unit.name).where(Unit.id == ballot.unit_id)
    progress = policy.sees_progress(ctx.actor)
    counts = await hand_counts.list_hand_counts(ctx, ballot) if progress else []
    unsettled = hand_counts.name_unsettled(ballot, counts)
    return BallotPublic.model_validate(
        {
            **ballot.model_dump(),
            "unit_name": (await ctx.db.exec(names)).one(),
            "turnout": await _list_turnout(ctx, ballot) if progress else [],
            "hand_counts": counts,
            "result": ballot.result if ballot.state in PUBLISHED else None,
            "actions": BALLOT.actions(ctx.actor, ballot, unsettled),
        }
    )


async def _list_turnout(ctx: Context, ballot: Ballot) -> list[Turnout]:
    if ballot.state not in _UNDER_WAY:
        return []
    sizes = await urns.count_papers(ctx, ballot.id)
    return [
        Turnout(group=group, returned=size if size >= FEWEST else None)
        for group, size in sizes.items()
    ]
