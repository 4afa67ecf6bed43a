"""What figures are computed from: ledger rows, members' terms of office, the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sihao.campaigns.scheme import DAYS_NOT_COUNTED
from sihao.ledgers.models import LedgerKind
from sihao.ledgers.schemas import Indicator, IndicatorRow


@dataclass(frozen=True, slots=True)
class Fact:
    """A ledger row as figures need it."""

    id: UUID
    kind: LedgerKind
    title: str
    happened_on: date
    ended_on: date | None
    details: Mapping[str, Any]
    members: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A member with the terms of office: first and last day, None while it lasts."""

    id: UUID
    name: str
    terms: tuple[tuple[date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The calendar year that is counted, seen from `today`."""

    number: int
    today: date
    not_counted: frozenset[str] = frozenset(DAYS_NOT_COUNTED)
    """Purposes that C6 leaves out, as the scheme says [C]."""

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return date(self.number, 12, 31)

    @property
    def as_of(self) -> date:
        """Return the last day whose facts count."""
        return min(self.today, self.last)

    @property
    def length(self) -> int:
        """365 or 366."""
        return (self.last - self.first).days + 1

    def office(self, person: Person) -> list[tuple[date, date]]:
        """Cut a member's terms to the year."""
        cut = ((max(a, self.first), min(b or self.last, self.last)) for a, b in person.terms)
        return [(first, last) for first, last in cut if first <= last]


Computed = tuple[Indicator, list[IndicatorRow]]


def row_of(
    fact: Fact, counted: Decimal, reason: str = "", member: UUID | None = None, name: str = ""
) -> IndicatorRow:
    """Show a fact behind a figure."""
    return IndicatorRow(
        entry_id=fact.id,
        kind=fact.kind,
        title=fact.title,
        happened_on=fact.happened_on,
        ended_on=fact.ended_on,
        member_id=member,
        member_name=name,
        counted=counted,
        reason=reason,
    )
