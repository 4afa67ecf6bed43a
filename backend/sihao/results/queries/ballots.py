"""Freeze what groups of raters gave a unit."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sihao.ballots import queries as ballots
from sihao.ballots.schemas import BallotResult, LeftOut
from sihao.core.context import Context
from sihao.results.frozen import FrozenBallot

_LEFT_OUT = {
    LeftOut.NONE: "没有收回测评票，不计入",
    LeftOut.FEW: "收回的测评票不足五张，不予统计，不计入",
}


async def list_ballots(
    ctx: Context, campaign_id: UUID, groups: Iterable[str]
) -> Mapping[UUID, list[FrozenBallot]]:
    """Give each unit with a counted ballot the score of every group that the scheme weighs."""
    named = sorted(groups)
    if not named:
        return {}
    counted = await ballots.list_results(ctx, campaign_id)
    return {unit: [_group(name, result) for name in named] for unit, result in counted.items()}


def _group(name: str, result: BallotResult) -> FrozenBallot:
    found = next((one for one in result.groups if one.name == name), None)
    if found is None:
        return FrozenBallot(group=name, score=None, note="本单位的测评没有这一组，不计入")
    if found.score is None:
        note = _LEFT_OUT.get(found.left_out or LeftOut.NONE, "")
        return FrozenBallot(group=name, score=None, note=note)
    valid = f"有效票 {found.valid} 张" if found.valid is not None else ""
    return FrozenBallot(group=name, score=found.score, note=valid)
