"""Inspections: groups, sheets with judgements, the groups' decisions, what was found."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sihao.core.events import Audience
from sihao.demo.city import Unit
from sihao.demo.judgements import Deduction as Found
from sihao.demo.judgements import deductions_for, findings_for
from sihao.demo.people import InspectionGroup as Pair
from sihao.demo.people import inspection_groups
from sihao.demo.seed.objections import Visit, add_objection, pleas_of
from sihao.demo.seed.town import Town, Year, stamped
from sihao.demo.seed.visit_days import plan_visits, state_of
from sihao.demo.words import dice
from sihao.inspections.actions.groups import create_group
from sihao.inspections.lifecycle import INSPECTION, SHEET, InspectionState, SheetState
from sihao.inspections.models import (
    Deduction,
    Finding,
    HalfDay,
    Inspection,
    ItemDecision,
    Judgement,
    ScoreSheet,
)
from sihao.inspections.queries.calendar import get_calendar
from sihao.inspections.schemas.decisions import DecidedDeduction
from sihao.inspections.schemas.groups import GroupCreate
from sihao.inspections.scoring import lost_points
from sihao.inspections.visits import Visit as Planned
from sihao.inspections.workdays import end_of_workdays

_OBJECTION_DAYS = 7
_DOUBTED = 0.06
_MILDER = 0.1
_HOURS = {HalfDay.MORNING: 9, HalfDay.AFTERNOON: 15}
_HALF_WAY = 31
"""How many items the first inspector has judged where an inspection is under way."""


async def add_inspections(town: Town, year: Year, *, sheets: bool) -> list[Visit]:
    """Add the groups and every unit's inspection; without `sheets` only what was decided."""
    visits: list[Visit] = []
    workdays = await get_calendar(town.ctx)
    known = {unit.number: unit for unit in town.units}
    officer = town.by("officer", town.calendar.at(date(year.number, 11, 2)))
    for pair in inspection_groups():
        body = GroupCreate(
            campaign_id=year.campaign.id,
            name=pair.name,
            leader_id=town.person(pair.inspectors[0]),
            member_ids=[town.person(one) for one in pair.inspectors],
        )
        group = await town.do(create_group, officer, body)
        ones = [known[number] for number in pair.unit_numbers if number in known]
        days = plan_visits(workdays, town.calendar, year.number, ones, group.id)
        visits += [_add_visit(town, year, one, group.id, pair, days[one.number]) for one in ones]
    for visit in visits:
        if sheets and visit.has_reached(InspectionState.IN_PROGRESS):
            _add_sheets(town, year, visit)
        if visit.has_reached(InspectionState.SCORED):
            _add_decisions(town, year, visit)
    return visits


def _add_visit(
    town: Town, year: Year, unit: Unit, group_id: UUID, pair: Pair, planned: Planned
) -> Visit:
    starts = planned.day
    if starts is None:
        raise LookupError(unit.number)
    state, at = state_of(town.calendar, year.number, unit), town.calendar.at
    moments = [
        at(starts, _HOURS[planned.half or HalfDay.MORNING]),
        at(starts + timedelta(days=3), 12),
        at(starts + timedelta(days=6), 15),
    ]
    if year.number == town.calendar.running:
        moments[1:] = [town.calendar.before(days, 10) for days in (5, 2)]
    past = state in {InspectionState.FEEDBACK, InspectionState.FINALIZED}
    fed_back = moments[2] if past else None
    final = state is InspectionState.FINALIZED
    visit = Visit(
        id=town.rows.add(
            Inspection,
            unit_id=town.unit_ids[unit.number],
            campaign_id=year.campaign.id,
            group_id=group_id,
            state=state,
            visit_on=starts,
            visit_half=planned.half,
            feedback_at=fed_back,
            objections_until=end_of_workdays(fed_back, _OBJECTION_DAYS) if fed_back else None,
            confirmed_at=at(starts + timedelta(days=20), 11) if final else None,
            **stamped(
                at(date(year.number, 11, 3)),
                town.actors["officer"].name,
                moments[2] if past else None,
            ),
        ),
        unit=unit,
        leader=pair.inspectors[0],
        inspectors=pair.inspectors,
        state=state,
        started=moments[0],
        scored=moments[1],
        fed_back=moments[2],
    )
    _tell(town, visit, starts)
    return visit


def _tell(town: Town, visit: Visit, starts: date) -> None:
    """Write the events of the steps that the inspection has made."""
    at = town.calendar.at
    steps = (
        (InspectionState.IN_PROGRESS, "start", visit.leader, visit.started, "按计划进点检查。"),
        (InspectionState.SCORED, "consolidate", visit.leader, visit.scored, "合议一致。"),
        (
            InspectionState.FEEDBACK,
            "give_feedback",
            "officer",
            visit.fed_back,
            "现将检查意见反馈你单位，请在期限内陈述申辩。",
        ),
        (
            InspectionState.FINALIZED,
            "confirm",
            f"{visit.unit.account}.lead",
            at(starts + timedelta(days=20), 11),
            "对检查意见无异议。",
        ),
        (
            InspectionState.FINALIZED,
            "finalize",
            "officer",
            at(starts + timedelta(days=22), 15),
            "",
        ),
    )
    for state, name, who, moment, opinion in steps:
        if visit.has_reached(state):
            town.moved(INSPECTION, name, visit.id, visit.unit, who, moment, opinion)


def _by_code(unit: Unit, year: int) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    for one in deductions_for(unit, year):
        found.setdefault(one.criterion, []).append(one)
    return found


def _parts(town: Town, year: Year, unit: Unit, found: Found, who: str) -> dict[str, Any]:
    """A deduction in its four parts; evidence that was not handed in is absent."""
    evidence_id = year.evidence.get((unit.number, found.evidence or ""))
    absence = found.absence or ""
    if found.evidence and evidence_id is None and year.evidence:
        absence = f"未见“{found.evidence}”"
    return {
        "clause": found.clause,
        "clause_number": found.clause_number,
        "times": found.count,
        "fact": found.fact,
        "evidence_id": evidence_id,
        "absence": absence,
        "points": found.amount,
        "inspector": town.actors[who].name,
    }


def _add_sheets(town: Town, year: Year, visit: Visit) -> None:
    unit_id = town.unit_ids[visit.unit.number]
    submitted = visit.has_reached(InspectionState.SCORED)
    for place, who in enumerate(visit.inspectors):
        at = visit.started + timedelta(hours=5 + place)
        handed_in = visit.scored - timedelta(hours=20 - place) if submitted else None
        name = town.actors[who].name
        sheet_id = town.rows.add(
            ScoreSheet,
            unit_id=unit_id,
            inspection_id=visit.id,
            inspector_id=town.person(who),
            state=SheetState.SUBMITTED if submitted else SheetState.OPEN,
            submitted_at=handed_in,
            **stamped(visit.started, name, handed_in),
        )
        if handed_in:
            town.moved(SHEET, "submit", sheet_id, visit.unit, who, handed_in)
        for code, found, doubt in _said(year, visit, place):
            judgement_id = town.rows.add(
                Judgement,
                unit_id=unit_id,
                sheet_id=sheet_id,
                criterion_id=year.criteria[code],
                doubt=doubt,
                note="现场未见原件，留给合议。" if doubt else "",
                **stamped(at, name),
            )
            for one in found:
                parts = _parts(town, year, visit.unit, one, who)
                town.rows.add(Deduction, unit_id=unit_id, judgement_id=judgement_id, **parts)


def _said(year: Year, visit: Visit, place: int) -> Iterator[tuple[str, list[Found], bool]]:
    """What one inspector says of the items: the second now and then only doubts."""
    found = _by_code(visit.unit, year.number)
    codes = list(year.criteria)
    if not visit.has_reached(InspectionState.SCORED):
        codes = codes[: _HALF_WAY - 20 * place]
    doubted = doubts(visit.unit, year.number) if place else frozenset()
    for code in codes:
        if code in doubted:
            yield code, [], True
        elif place and code in milder(visit.unit, year.number):
            yield code, found[code][1:], False
        else:
            yield code, found.get(code, []), False


def doubts(unit: Unit, year: int) -> frozenset[str]:
    """Items with deductions about which the second inspector is in doubt."""
    rng = dice(unit.number, year, "doubts")
    return frozenset(code for code in _by_code(unit, year) if rng.random() < _DOUBTED)


def milder(unit: Unit, year: int) -> frozenset[str]:
    """Items at which the second inspector leaves out a deduction of the first's."""
    rng = dice(unit.number, year, "milder")
    drawn = frozenset(code for code in _by_code(unit, year) if rng.random() < _MILDER)
    return drawn - doubts(unit, year)


def _decided(town: Town, year: Year, visit: Visit, found: Found) -> DecidedDeduction:
    parts = _parts(town, year, visit.unit, found, visit.leader)
    title = "" if parts["absence"] else found.evidence or ""
    return DecidedDeduction(**parts, evidence_title=title)


def _add_decisions(town: Town, year: Year, visit: Visit) -> None:
    unit_id = town.unit_ids[visit.unit.number]
    found = _by_code(visit.unit, year.number)
    apart = doubts(visit.unit, year.number) | milder(visit.unit, year.number)
    leader = town.actors[visit.leader].name
    pleas = {one.code: one for one in pleas_of(town, year, visit)}
    for plea in pleas.values():
        add_objection(town, year, visit, plea)
    for code, criterion_id in year.criteria.items():
        ones = found.get(code, [])
        decided = [_decided(town, year, visit, one) for one in ones]
        town.rows.add(
            ItemDecision,
            unit_id=unit_id,
            inspection_id=visit.id,
            criterion_id=criterion_id,
            lost=lost_points(year.points[code], (one.points for one in decided)),
            deductions=[one.model_dump(mode="json") for one in decided],
            reason="两人意见不一致，经查阅原件后合议认定。" if code in apart else "",
            decided_by=leader,
            restored=pleas[code].restored if code in pleas else Decimal(0),
            **stamped(visit.scored - timedelta(hours=1), leader),
        )
    for one in findings_for(visit.unit, year.number):
        finding_id = town.rows.add(
            Finding,
            unit_id=unit_id,
            inspection_id=visit.id,
            criterion_id=year.criteria[one.criterion],
            text=one.text,
            root_cause="",
            found_by=leader,
            **stamped(visit.scored - timedelta(hours=3), leader),
        )
        year.findings[visit.unit.number, one.criterion] = finding_id
        town.tell(
            "finding.created",
            finding_id,
            visit.unit,
            visit.leader,
            visit.scored - timedelta(hours=3),
            audience=Audience.COMMITTEE,
            criterion=one.criterion,
        )
