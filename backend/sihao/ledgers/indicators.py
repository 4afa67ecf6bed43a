"""Figures of items, computed from ledger rows: B12, C6 (Q1, Q2) and A13–A16, B8."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from uuid import UUID

from sihao.ledgers import personal, team
from sihao.ledgers.facts import Computed, Fact, Person, Year
from sihao.ledgers.schemas import IndicatorCode

_FIGURES: Mapping[str, Callable[..., Computed]] = {
    IndicatorCode.A13: team.rules_of_meetings,
    IndicatorCode.A14: team.elements,
    IndicatorCode.A15: team.collective,
    IndicatorCode.A16: team.misjudgements,
    IndicatorCode.B8: team.trained,
    IndicatorCode.B12: personal.papers,
    IndicatorCode.C6: personal.days,
}


def compute(
    year: Year, people: Sequence[Person], facts: Sequence[Fact], titles: Mapping[str, str]
) -> Iterator[Computed]:
    """Compute the figures of the items that `titles` names, in the order of the standard."""
    ordered = sorted(facts, key=lambda one: (one.happened_on, one.id))
    for code in titles:
        if code in _FIGURES:
            yield _FIGURES[IndicatorCode(code)](year, people, ordered, titles[code])


def only_for(found: Computed, member_id: UUID | None) -> Computed:
    """Keep a member's own figures and rows, and the unit's summary."""
    indicator, rows = found
    own = [one for one in indicator.members if one.member_id == member_id]
    mine = [row for row in rows if row.member_id is not None and row.member_id == member_id]
    return indicator.model_copy(update={"members": own}), mine
