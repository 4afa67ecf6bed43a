"""Evidence: real files in the store, each linked to what it shows."""

from datetime import date, datetime
from hashlib import sha256

from sihao.core.events import Audience
from sihao.core.settings import settings
from sihao.core.stores.local import LocalStore
from sihao.demo.city import Unit
from sihao.demo.evidence import Evidence as Handed
from sihao.demo.evidence import evidence_for
from sihao.demo.judgements import deductions_for
from sihao.demo.seed.town import Town, Year, stamped
from sihao.demo.words import dice
from sihao.evidence.guard.kinds import media_type_of
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import (
    Blob,
    Evidence,
    EvidenceFile,
    EvidenceKind,
    EvidenceLink,
    Verdict,
)

_PER_UNIT = 32


def add_evidence(town: Town, year: Year, unit: Unit) -> None:
    """Add some thirty of the unit's files."""
    for place, handed in enumerate(_chosen(unit, year.number)):
        at = town.calendar.at(date(year.number, 3 + place % 9, 1 + place % 28), 15)
        _add(town, year, unit, handed, min(at, town.calendar.before(1)))


def _chosen(unit: Unit, year: int) -> list[Handed]:
    """What deductions name comes first, then one file each for items that have none."""
    named = {one.evidence for one in deductions_for(unit, year)}
    *handed, picture, note = evidence_for(unit, year)
    chosen = [picture, note, *(one for one in handed if one.title in named)]
    shown = {code for one in chosen for code in one.criteria}
    for one in dice(unit.number, year, "files").sample(handed, len(handed)):
        if (
            len(chosen) < _PER_UNIT
            and one.file_name.endswith("pdf")
            and one.criteria[0] not in shown
        ):
            chosen.append(one)
            shown.update(one.criteria)
    return list({one.title: one for one in chosen}.values())


def _add(town: Town, year: Year, unit: Unit, handed: Handed, at: datetime) -> None:
    content = handed.content()
    digest = sha256(content).hexdigest()
    path = LocalStore(settings().blob_dir).address(digest)
    if digest not in town.stored:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        town.rows.add(Blob, sha256=digest, size=len(content), stored_at=at)
        town.stored.add(digest)
    office = f"{unit.account}.office"
    made = stamped(at, town.actors[office].name)
    evidence_id = town.rows.add(
        Evidence,
        unit_id=town.unit_ids[unit.number],
        campaign_id=year.campaign.id,
        title=handed.title,
        kind=EvidenceKind.PICTURE if handed.file_name.endswith("png") else EvidenceKind.MEETING,
        covers_from=handed.covers_from,
        covers_until=min(handed.covers_to, town.calendar.today),
        state=EvidenceState.AVAILABLE,
        not_secret=True,
        received_at=at,
        uploaded_by=made["updated_by"],
        uploaded_by_id=town.person(office),
        **made,
    )
    town.rows.add(
        EvidenceFile,
        unit_id=town.unit_ids[unit.number],
        evidence_id=evidence_id,
        position=1,
        file_name=handed.file_name,
        sha256=digest,
        size=len(content),
        media_type=media_type_of(path, handed.file_name),
        promised_at=at,
        received_at=at,
        uploaded_by=made["updated_by"],
    )
    year.evidence[unit.number, handed.title] = evidence_id
    town.tell(
        "evidence.created",
        evidence_id,
        unit,
        office,
        at,
        audience=Audience.UNIT,
        title=handed.title,
        file_name=handed.file_name,
        links=len(handed.criteria),
    )
    judged = year.number == town.calendar.finished
    for code in dict.fromkeys(handed.criteria):
        town.rows.add(
            EvidenceLink,
            unit_id=town.unit_ids[unit.number],
            evidence_id=evidence_id,
            criterion_id=year.criteria[code],
            verdict=Verdict(handed.verdict) if judged else Verdict.UNREVIEWED,
            reason=handed.reason if judged else "",
            **made,
        )
