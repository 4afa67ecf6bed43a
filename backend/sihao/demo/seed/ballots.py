"""民主测评: two of the first year, counted and weighed in its results, and an open one now."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sihao.ballots.actions import ballots
from sihao.ballots.actions.voting import cast
from sihao.ballots.models import Ballot
from sihao.ballots.schemas import BallotCreate, BallotPaperCreate, IssuedCodes
from sihao.core.context import SYSTEM, Context
from sihao.demo.seed.town import Town, Year
from sihao.demo.words import dice

COUNTED = (24, 36)
_RUNNING = 20
_TITLE = "领导班子民主测评"
_TURNOUT = {"team": 1.0, "heads": 0.9, "staff": 0.8, "served": 0.6}
_FEW = {36: {"served": 0.15}}
"""At the second unit so few whom it serves came that their papers stay sealed."""
_ANSWERS = {24: (0, 0, 0, 1), 36: (0, 1, 2, 2), _RUNNING: (0, 0, 1, 4)}
"""The places of the grades that voters of a unit draw from: how well its team is thought of."""


async def count_ballots(town: Town, year: Year) -> None:
    """Hold and count the first year's ballots, before its results are computed."""
    at = town.calendar.at
    opens = at(date(year.number, 12, 16), 8)
    for number in COUNTED:
        if number in town.unit_ids:
            ballot, key = await _vote(town, year, number, opens, opens + timedelta(days=3))
            officer = town.by("officer", opens + timedelta(days=3, hours=1))
            ballot = await town.do(
                ballots.move_ballot, officer, ballot.id, ballot.version, "close", ""
            )
            leader = town.by("leader", opens + timedelta(days=3, hours=6))
            ballot = await town.do(
                ballots.count_ballot, leader, ballot.id, ballot.version, key, "当场开箱计票。"
            )
            leader = town.by("leader", opens + timedelta(days=20))
            await town.do(ballots.move_ballot, leader, ballot.id, ballot.version, "lock", "")


async def open_ballot(town: Town, year: Year) -> None:
    """Open the running year's ballot; some have voted."""
    if _RUNNING in town.unit_ids:
        opens = town.calendar.before(2, 8)
        await _vote(town, year, _RUNNING, opens, opens + timedelta(days=12))


async def _vote(
    town: Town, year: Year, number: int, opens: datetime, closes: datetime
) -> tuple[Ballot, str]:
    body = BallotCreate(
        campaign_id=year.campaign.id,
        unit_id=town.unit_ids[number],
        title=f"{year.number}年度{_TITLE}",
        opens_at=opens,
        closes_at=closes,
    )
    officer = town.by("officer", opens - timedelta(days=4))
    ballot = await town.do(ballots.create_ballot, officer, body)
    officer = town.by("officer", opens - timedelta(days=1))
    ballot, key, issued = await town.do(
        ballots.issue_ballot, officer, ballot.id, ballot.version, ""
    )
    officer = town.by("officer", opens)
    ballot = await town.do(ballots.move_ballot, officer, ballot.id, ballot.version, "open", "")
    voter = Context(town.ctx.db, SYSTEM, min(opens + timedelta(hours=5), town.calendar.now))
    await _cast_all(town, voter, number, issued)
    return ballot, key


async def _cast_all(town: Town, voter: Context, number: int, issued: Sequence[IssuedCodes]) -> None:
    rng = dice(number, "ballot")
    for group in issued:
        share = _FEW.get(number, {}).get(group.group, _TURNOUT[group.group])
        for code in group.codes[: round(len(group.codes) * share)]:
            answers: list[int | None] = [rng.choice(_ANSWERS[number]) for _ in range(5)]
            await town.do(cast, voter, BallotPaperCreate(code=code, answers=answers))
