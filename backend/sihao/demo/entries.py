"""One ledger row as content, and the calendar it falls into."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from sihao.demo.city import Unit
from sihao.demo.words import dice, fill, sheet

Detail = str | int | bool | list[int] | dict[str, bool] | None
_SATURDAY = 5


@dataclass(frozen=True)
class LedgerEntry:
    """A row of ledger `kind` (T3–T20). `members` are ranks; `details` hold what the kind asks."""

    kind: str
    title: str
    happened_on: date
    criteria: tuple[str, ...]
    details: Mapping[str, Detail]
    members: tuple[int, ...] = ()
    ended_on: date | None = None
    owner: str | None = None
    """The department that owns the fact, where that is not the unit itself (T20)."""


def is_workday(day: date) -> bool:
    """Monday to Friday, outside the fixed holidays of New Year, May Day and National Day."""
    holiday = (day.month, day.day) in {(1, 1), (5, 1)} or (day.month == 10 and day.day <= 7)
    return day.weekday() < _SATURDAY and not holiday


@lru_cache(maxsize=1024)
def workdays(first: date, last: date) -> tuple[date, ...]:
    """All workdays from the first to the last day, both included."""
    days = (first + timedelta(days=after) for after in range((last - first).days + 1))
    return tuple(day for day in days if is_workday(day))


def workday(rng: Random, year: int, month: int) -> date:
    """Some workday of the month."""
    first = date(year, month, 1)
    return rng.choice(workdays(first, first + timedelta(days=27)))


@dataclass(frozen=True)
class Desk:
    """What everyone who writes a unit's ledger of one kind needs: wording, dice, the year."""

    unit: Unit
    year: int
    kind: str

    @property
    def rng(self) -> Random:
        """Fresh dice of this kind; take them once."""
        return dice(self.unit.number, self.year, "ledger", self.kind)

    @property
    def wording(self) -> Any:
        """The kind's part of `data/ledgers.yaml`."""
        return sheet("ledgers")[self.kind]

    def say(self, text: str, place: int = 0) -> str:
        """The text in the unit's words; the place varies them from row to row."""
        return fill(text, self.unit, self.year, f"{self.kind}/{place}")
