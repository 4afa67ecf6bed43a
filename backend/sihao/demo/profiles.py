"""How well each team does, so that results differ the way a real city's do.

A profile fixes a year's whole loss and the few facts that ledgers and deductions must tell alike.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from sihao.demo.city import Unit
from sihao.demo.words import dice

Tier = Literal["strong", "middling", "weak", "poor"]
RUNNING_YEAR = 2026
FINISHED_YEAR = 2025

_POOR = {33: Decimal("23.75"), 34: Decimal("26.50"), 36: Decimal("22.50"), 89: Decimal("22.25")}
"""Transport, water, commerce and parks: poor and with many problems, in points lost in 2025."""
_WEAK = frozenset({12, 25, 37, 54, 58, 66, 71, 80, 83, 94})
_STRONG = frozenset(
    {1, 3, 4, 17, 20, 24, 26, 30, 38, 40, 41, 44, 51, 52, 61, 63, 74, 77, 85, 87, 91, 95}
)
_AUDITED = 34
_TO_SIGN = 1
"""Whoever looks at the demo begins with this unit's accounts: its lead has a report to sign."""
_LOSS: dict[Tier, tuple[int, int]] = {  # in half points
    "strong": (8, 15),
    "middling": (14, 27),
    "weak": (33, 40),
    "poor": (40, 48),
}
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Profile:
    """A team's year. Points are of 100; the five counts are facts that stand in the ledgers."""

    tier: Tier
    target_loss: Decimal
    members_short_of_days: int
    members_without_paper: int
    matters_undecided: int
    elements_missing: int
    people_untrained: int
    audited: bool
    late: bool
    weak_dimension: str


_COUNTS: dict[Tier, tuple[tuple[int, int], ...]] = {  # days, papers, matters, elements, untrained
    "strong": ((0, 1), (0, 0), (0, 0), (0, 1), (0, 0)),
    "middling": ((0, 2), (0, 1), (0, 1), (0, 2), (0, 0)),
    "weak": ((2, 4), (1, 1), (1, 2), (1, 2), (4, 15)),
    "poor": ((4, 5), (2, 2), (2, 3), (1, 3), (12, 30)),
}


def tier_of(unit: Unit) -> Tier:
    """The class a team falls into; it is the same in every year."""
    if unit.number in _POOR:
        return "poor"
    if unit.number in _WEAK:
        return "weak"
    return "strong" if unit.number in _STRONG else "middling"


@cache
def profile_of(unit: Unit, year: int) -> Profile:
    """The team's profile in the year."""
    rng = dice(unit.number, year, "profile")
    tier = tier_of(unit)
    counts = [rng.randint(*bounds) for bounds in _COUNTS[tier]]
    drawn = rng.randint(*_LOSS[tier]) * _HALF
    loss = _POOR.get(unit.number, drawn) if year == FINISHED_YEAR else drawn
    return Profile(
        tier=tier,
        target_loss=loss,
        members_short_of_days=counts[0],
        members_without_paper=counts[1],
        matters_undecided=counts[2],
        elements_missing=counts[3],
        people_untrained=counts[4],
        audited=unit.number == _AUDITED and year == FINISHED_YEAR,
        late=tier == "poor" or (tier == "weak" and rng.random() < 0.5),  # every second
        weak_dimension="C" if tier == "poor" else rng.choice("ABCCD"),
    )


@dataclass(frozen=True)
class Stage:
    """How far a unit has come in the running year; the words are the lifecycles' states."""

    plan: str
    self_report: str | None
    inspection: str


@cache
def running_stage(unit: Unit) -> Stage:
    """A unit's stage on 24 November 2026, in the middle of the self-inspection."""
    profile = profile_of(unit, RUNNING_YEAR)
    if unit.number == _TO_SIGN:
        return Stage("in_force", "team_review", "planned")
    if unit.number in _POOR or profile.late:
        plan = {33: "filed", 34: "returned", 36: "team_review", 89: "draft"}
        state = plan.get(unit.number, "in_force")
        return Stage(state, "draft" if state == "in_force" else None, "planned")
    if profile.tier == "strong":
        inspected = ("feedback", "scored", "in_progress", "planned")
        return Stage("in_force", "accepted", inspected[unit.number % 4])
    reports = ("draft", "draft", "team_review", "submitted", "submitted", "returned", "accepted")
    return Stage("in_force", reports[unit.number % len(reports)], "planned")
