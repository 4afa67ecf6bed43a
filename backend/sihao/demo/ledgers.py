"""All ledger rows of a unit's year, T3–T20."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from sihao.demo import ledger_meetings, ledger_members, ledger_work
from sihao.demo.city import Unit
from sihao.demo.entries import Detail, LedgerEntry

_WRITERS = (
    ledger_meetings.democratic_life,
    ledger_work.inspection_feedback,
    ledger_meetings.group_study,
    ledger_meetings.decisions,
    ledger_members.papers,
    ledger_members.days_below,
    ledger_members.contacts_and_talks,
    ledger_work.deeds,
    ledger_work.support,
    ledger_meetings.ideology,
    ledger_work.clean_government,
    ledger_meetings.rules,
    ledger_meetings.training,
    ledger_meetings.organisation_life,
    ledger_work.assignments,
    ledger_work.petitions,
    ledger_work.conduct,
    ledger_work.negative_facts,
)


def _seen_on(entry: LedgerEntry, day: date) -> LedgerEntry:
    """The row as it stood on a day: what was done later is not yet done."""
    if str(entry.details.get("done_on") or "") <= day.isoformat():
        return entry
    unknown: dict[str, Detail] = {
        name: None for name in ("done_on", "satisfied_percent") if name in entry.details
    }
    return replace(entry, details={**entry.details, **unknown})


@lru_cache(maxsize=4)
def _whole_year(unit: Unit, year: int) -> tuple[LedgerEntry, ...]:
    return tuple(entry for write in _WRITERS for entry in write(unit, year))


def ledger_entries_for(unit: Unit, year: int, as_of: date) -> list[LedgerEntry]:
    """The year's rows in the order of the kinds, as they stood on a day."""
    return [
        _seen_on(entry, as_of)
        for entry in _whole_year(unit, year)
        if (entry.ended_on or entry.happened_on) <= as_of
    ]
