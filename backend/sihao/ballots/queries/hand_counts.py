"""Read what was entered of votes on paper."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from sihao.ballots.models import Ballot, HandCount
from sihao.ballots.schemas import (
    HandCountEntry,
    HandCountFigures,
    HandCountProgress,
    HandCountPublic,
)
from sihao.core.context import Context

_BOTH = 2


async def list_hand_counts(ctx: Context, ballot: Ballot) -> list[HandCountPublic]:
    """Tell of each group how far its votes on paper are; nobody reads the first entry alone."""
    last = await _list_last_rounds(ctx, ballot.id)
    return [_show(ctx, one["code"], last.get(one["code"], [])) for one in ballot.groups]


async def list_agreed(ctx: Context, ballot: Ballot) -> dict[str, HandCountFigures]:
    """Give the figures that two people entered alike, by group."""
    last = await _list_last_rounds(ctx, ballot.id)
    return {
        group: HandCountFigures.model_validate(entries[0].figures)
        for group, entries in last.items()
        if _state(entries) is HandCountProgress.AGREED
    }


def name_unsettled(ballot: Ballot, counts: Sequence[HandCountPublic]) -> tuple[str, ...]:
    """Name the groups whose votes on paper are begun and not agreed."""
    names = {one["code"]: one["name"] for one in ballot.groups}
    open_ones = {HandCountProgress.HALF, HandCountProgress.DIFFERENT}
    return tuple(names[one.group] for one in counts if one.state in open_ones)


async def _list_last_rounds(ctx: Context, ballot_id: UUID) -> dict[str, list[HandCount]]:
    rows = (
        select(HandCount)
        .where(HandCount.ballot_id == ballot_id)
        .order_by(col(HandCount.round), col(HandCount.entered_by), col(HandCount.id))
    )
    last: dict[str, list[HandCount]] = {}
    for one in (await ctx.db.exec(rows)).all():
        before = last.get(one.group_code, [])
        same = before and before[0].round == one.round
        last[one.group_code] = [*before, one] if same else [one]
    return last


def _state(entries: Sequence[HandCount]) -> HandCountProgress:
    if not entries:
        return HandCountProgress.NONE
    if len(entries) < _BOTH:
        return HandCountProgress.HALF
    same = entries[0].figures == entries[1].figures
    return HandCountProgress.AGREED if same else HandCountProgress.DIFFERENT


def _show(ctx: Context, group: str, entries: Sequence[HandCount]) -> HandCountPublic:
    state = _state(entries)
    past = state is HandCountProgress.DIFFERENT
    number = entries[0].round if entries else 1
    both: list[Any] = list(entries) if len(entries) == _BOTH else []
    return HandCountPublic(
        group=group,
        round=number + 1 if past else number,
        state=state,
        mine=not past and any(one.person_id == ctx.actor.id for one in entries),
        entries=[HandCountEntry(entered_by=one.entered_by, **one.figures) for one in both],
    )
