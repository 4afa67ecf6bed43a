"""Objections of units to what their inspection deducted, and the committee's answers (R17)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sihao.core.events import Audience
from sihao.demo.city import Unit, units
from sihao.demo.judgements import Objection as Pleaded
from sihao.demo.judgements import deductions_for, objections_for
from sihao.demo.profiles import running_stage
from sihao.demo.seed.town import Town, Year, stamped
from sihao.demo.words import fill, sheet
from sihao.inspections.lifecycle import (
    OBJECTION,
    OBJECTION_OPEN,
    InspectionState,
    ObjectionState,
)
from sihao.inspections.models import Objection
from sihao.inspections.scoring import lost_points

_ORDER = tuple(InspectionState)
_STEPS = {
    ObjectionState.UPHELD: "uphold",
    ObjectionState.PARTLY_UPHELD: "uphold_partly",
    ObjectionState.DISMISSED: "dismiss",
}
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Visit:
    """One unit's inspection with the moments of its steps."""

    id: UUID
    unit: Unit
    leader: str
    inspectors: tuple[str, ...]
    state: InspectionState
    started: datetime
    scored: datetime
    fed_back: datetime

    def has_reached(self, state: InspectionState) -> bool:
        """Whether the inspection came as far as this."""
        return _ORDER.index(self.state) >= _ORDER.index(state)


@dataclass(frozen=True)
class Plea:
    """An objection to one item, how far it came and what it gave back."""

    code: str
    grounds: str
    state: ObjectionState
    restored: Decimal
    reply: str


def pleas_of(town: Town, year: Year, visit: Visit) -> list[Plea]:
    """The unit's objections, one for each item."""
    if not visit.has_reached(InspectionState.FEEDBACK):
        return []
    if year.number == town.calendar.running:
        return _running(year, visit.unit)
    pleas = {
        one.deduction.criterion: _plea(year, visit.unit, one, ObjectionState(one.decision))
        for one in objections_for(visit.unit, year.number)
    }
    return list(pleas.values())


def _running(year: Year, unit: Unit) -> list[Plea]:
    """In the running year each state occurs, and one unit objects to nothing."""
    numbers = [one.number for one in units() if running_stage(one).inspection == "feedback"]
    place = numbers.index(unit.number)
    states = tuple(ObjectionState)
    if place >= len(states):
        return []
    deduction = deductions_for(unit, year.number)[0]
    grounds = fill(
        sheet("yearly")["objections"][place % 3],
        unit,
        year.number,
        deduction.criterion,
        fact=deduction.fact,
        clause=deduction.clause,
    )
    reply = sheet("yearly")["replies"].get(states[place], "")
    told = Pleaded(deduction, grounds, states[place], reply)
    return [_plea(year, unit, told, states[place])]


def _plea(year: Year, unit: Unit, told: Pleaded, state: ObjectionState) -> Plea:
    code = told.deduction.criterion
    amounts = [one.amount for one in deductions_for(unit, year.number) if one.criterion == code]
    lost = lost_points(year.points[code], amounts)
    back = {ObjectionState.UPHELD: lost, ObjectionState.PARTLY_UPHELD: lost / 2}
    restored = back.get(state, Decimal(0)).quantize(_HUNDREDTH)
    return Plea(code, told.ground, state, restored, told.reply)


def add_objection(town: Town, year: Year, visit: Visit, plea: Plea) -> None:
    """Add an objection with the events of its way."""
    unit, lead = visit.unit, f"{visit.unit.account}.lead"
    filed = town.calendar.at((visit.fed_back + timedelta(days=1)).date(), 9)
    taken_up, decided = filed + timedelta(hours=3), filed + timedelta(hours=8)
    known = plea.state not in OBJECTION_OPEN
    until = decided if known else filed
    objection_id = town.rows.add(
        Objection,
        unit_id=town.unit_ids[unit.number],
        inspection_id=visit.id,
        criterion_id=year.criteria[plea.code],
        grounds=plea.grounds,
        state=plea.state,
        filed_by=town.actors[lead].name,
        decision=plea.reply if known else "",
        restored=plea.restored,
        decided_by=town.actors["officer"].name if known else "",
        decided_at=decided if known else None,
        **stamped(filed, town.actors["officer" if known else lead].name, until),
    )
    town.tell(
        "objection.filed",
        objection_id,
        unit,
        lead,
        filed,
        audience=Audience.UNIT,
        criterion=plea.code,
    )
    if plea.state is not ObjectionState.FILED:
        town.moved(OBJECTION, "take_up", objection_id, unit, "officer", taken_up)
    if known:
        town.moved(
            OBJECTION,
            _STEPS[plea.state],
            objection_id,
            unit,
            "officer",
            decided,
            plea.reply,
            restored=str(plea.restored),
        )
