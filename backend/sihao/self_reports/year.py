"""A unit's year as its self-report tells it: plain facts, loaded once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sihao.evidence.schemas import MatrixCell
from sihao.ledgers.schemas import Indicator

HEAD, TAIL = "head", "tail"
"""The sections around the dimensions: 基本情况, 问题和打算."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the standard and the ledgers that bear on it."""

    code: str
    title: str
    dimension: str
    ledgers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanCount:
    """How the plan stands, altogether or for the items of one dimension."""

    problems: int = 0
    closed: int = 0
    measures: int = 0
    done: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything that prefill, figures and checks look at."""

    year: int
    unit: str
    dimensions: Mapping[str, str]
    """Code to title, in the standard's order."""
    items: Sequence[Item]
    plan: PlanCount
    by_dimension: Mapping[str, PlanCount]
    goals: str
    open_problems: Sequence[str]
    meetings: int
    """Meetings of the team about the campaign (R1)."""
    entries: Mapping[str, int]
    """Ledger kind to number of rows."""
    indicators: Sequence[Indicator]
    matrix: Sequence[MatrixCell] = field(default_factory=tuple)

    @property
    def titles(self) -> dict[str, str]:
        """Every section's heading, in the order of the report."""
        return titles_of(self.dimensions)

    def home_of(self, kind: str) -> str | None:
        """Give the dimension with the most items that a ledger bears on."""
        found = [item.dimension for item in self.items if kind in item.ledgers]
        return max(self.dimensions, key=found.count) if found else None


def titles_of(dimensions: Mapping[str, str]) -> dict[str, str]:
    """Put what every report begins and ends with around the dimensions."""
    return {HEAD: "基本情况", **dimensions, TAIL: "存在问题和下一步打算"}
