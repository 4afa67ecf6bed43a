"""When the city's visits are: the product proposes it, so that nobody is in two places."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from sihao.demo.city import Unit
from sihao.demo.profiles import running_stage
from sihao.demo.seed.calendar import Calendar
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.visits import Visit, propose
from sihao.inspections.workdays import Calendar as Workdays

_MADE_UNTIL = timedelta(days=6)
"""Visits of the running year that have been made were so long ago, or longer."""
_MADE_ON = 3
"""On how many working days they were made."""


def state_of(clock: Calendar, year: int, unit: Unit) -> InspectionState:
    """Tell how far a unit's inspection is; those of past years are final."""
    if year == clock.running:
        return InspectionState(running_stage(unit).inspection)
    return InspectionState.FINALIZED


def plan_visits(
    workdays: Workdays, clock: Calendar, year: int, units: Sequence[Unit], group_id: UUID
) -> dict[int, Visit]:
    """Give each unit of one group a half day of its own, by the unit's number."""
    placed: dict[int, Visit] = {}
    for made in (True, False):
        ones = [
            one
            for one in units
            if (state_of(clock, year, one) is not InspectionState.PLANNED) is made
        ]
        wanted = [Visit(uuid4(), UUID(int=one.number), group_id, frozenset()) for one in ones]
        found = propose(wanted, _days(workdays, clock, year, made=made))
        placed |= {one.number: visit for one, visit in zip(ones, found, strict=True)}
    return placed


def _days(workdays: Workdays, clock: Calendar, year: int, *, made: bool) -> list[date]:
    if not made:
        soon, late = timedelta(days=7), timedelta(days=40)
        return workdays.between(clock.today + soon, clock.today + late)
    if year == clock.running:
        until = clock.today - _MADE_UNTIL
        return workdays.between(until - timedelta(days=30), until)[-_MADE_ON:]
    return workdays.between(date(year, 12, 1), date(year, 12, 31))
