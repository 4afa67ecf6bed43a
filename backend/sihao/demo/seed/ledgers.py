"""Ledger rows: the content's rows in the words of the twenty kinds."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sihao.core.events import Audience
from sihao.demo.city import Unit
from sihao.demo.entries import LedgerEntry as Told
from sihao.demo.ledgers import ledger_entries_for
from sihao.demo.seed.town import Town, Year, stamped
from sihao.ledgers.details import MISJUDGEMENT
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember, LedgerKind

_PORTIONS = {1: "上午", 2: "全天"}
_OWN_TITLE = frozenset({"topic", "matter", "is_major", "course", "purpose", "speakers"})
"""What the content says besides and the row's title or members already tell."""


def add_ledgers(town: Town, year: Year, unit: Unit) -> None:
    """Add every row that the unit's year has had so far."""
    for told in ledger_entries_for(unit, year.number, town.calendar.known_until(year.number)):
        _add_entry(town, year, unit, told)


def _add_entry(town: Town, year: Year, unit: Unit, told: Told) -> None:
    kind = LedgerKind(told.kind)
    rule = KINDS[kind]
    details = rule.details.model_validate(details_of(told))
    owner = "coassessor" if told.owner else f"{unit.account}.office"
    at = town.calendar.at(_written_on(told), 16)
    entry_id = town.rows.add(
        LedgerEntry,
        unit_id=town.unit_ids[unit.number],
        campaign_id=year.campaign.id,
        kind=kind,
        title=details.written_title if rule.personal else told.title,
        happened_on=told.happened_on,
        ended_on=told.ended_on,
        details=details.model_dump(mode="json"),
        **stamped(at, town.actors[owner].name),
    )
    for rank in _members_of(told) if rule.members else ():
        town.rows.add(
            LedgerEntryMember,
            unit_id=town.unit_ids[unit.number],
            entry_id=entry_id,
            member_id=town.members[unit.number, rank],
        )
    if kind in {LedgerKind.T6, LedgerKind.T14, LedgerKind.T20}:
        town.tell(
            "ledger_entry.created",
            entry_id,
            unit,
            owner,
            at,
            audience=Audience.UNIT,
            kind=kind,
            title=told.title,
        )


def _members_of(told: Told) -> tuple[int, ...]:
    speakers = told.details.get("speakers")
    return tuple(speakers) if isinstance(speakers, list) else told.members


def _written_on(told: Told) -> date:
    return (told.ended_on or told.happened_on) + timedelta(days=1)


def details_of(told: Told) -> Mapping[str, Any]:
    """The content's details as the kind asks for them."""
    said: dict[str, Any] = dict(told.details)
    match told.kind:
        case "T5":
            del said["speakers"]
        case "T6":
            said = {k: v for k, v in said.items() if k not in _OWN_TITLE}
            said["meeting"] = said["meeting"] or ""
        case "T8":
            said = {k: v for k, v in said.items() if k not in _OWN_TITLE}
            said["portion"] = _PORTIONS[min(2, said.pop("half_days"))]
        case "T15" | "T16":
            said = {k: v for k, v in said.items() if k not in _OWN_TITLE}
        case "T20":
            said["category"] = MISJUDGEMENT
    return said
