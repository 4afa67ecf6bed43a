"""Plan visits: half a day each, nobody in two places, the unit not in a meeting. Pure."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import product
from uuid import UUID

from sihao.inspections.models import HalfDay


class ConflictKind(StrEnum):
    """What is wrong with a visit's time."""

    GROUP = "group"
    """检查组同一时间有两处"""
    INSPECTOR = "inspector"
    """检查人员在两个组，同一时间都要到场"""
    MEETING = "meeting"
    """单位当天有会"""
    HOLIDAY = "holiday"
    """当天不是工作日"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A group's visit to a unit; without `day` it is still to be planned."""

    id: UUID
    unit_id: UUID
    group_id: UUID
    people: frozenset[UUID]
    day: date | None = None
    half: HalfDay | None = None
    """None: the whole day."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Visits that cannot be as they are; `people` are those who would be in two places."""

    kind: ConflictKind
    day: date
    visits: tuple[UUID, ...]
    people: frozenset[UUID] = frozenset()


Meetings = Collection[tuple[UUID, date]]
"""Days on which a unit meets."""


def propose(
    visits: Sequence[Visit], days: Sequence[date], meetings: Meetings = frozenset()
) -> list[Visit]:
    """Give each visit without a day the earliest half day that is free for all it concerns.

    Visits that have a day keep it. What finds no place in `days` stays without one.
    """
    planned = [one for one in visits if one.day is not None]
    busy = {key for one in planned for key in _keys(one)}
    proposed = []
    for one in visits:
        if one.day is not None:
            continue
        placed = _place(one, days, busy, meetings)
        busy.update(_keys(placed))
        proposed.append(placed)
    return proposed


def _place(one: Visit, days: Sequence[date], busy: set[Hashable], meetings: Meetings) -> Visit:
    for day, half in product(days, HalfDay):
        placed = replace(one, day=day, half=half)
        if (one.unit_id, day) not in meetings and busy.isdisjoint(_keys(placed)):
            return placed
    return one


def _keys(one: Visit) -> set[Hashable]:
    """Name every half day of whatever must not be in two places."""
    halves = [one.half] if one.half else list(HalfDay)
    who: tuple[Hashable, ...] = (one.group_id, *one.people)
    return set(product(who, [one.day], halves)) if one.day else set()


def conflicts(
    visits: Iterable[Visit], is_workday: Callable[[date], bool], meetings: Meetings = frozenset()
) -> list[Conflict]:
    """List what is wrong, by day."""
    planned = [(one, one.day) for one in visits if one.day is not None]
    found = []
    for one, day in planned:
        if not is_workday(day):
            found.append(Conflict(ConflictKind.HOLIDAY, day, (one.id,)))
        if (one.unit_id, day) in meetings:
            found.append(Conflict(ConflictKind.MEETING, day, (one.id,)))
    by_day: dict[date, list[Visit]] = defaultdict(list)
    for one, day in planned:
        by_day[day].append(one)
    for day, some in by_day.items():
        for at, one in enumerate(some):
            found += [clash for other in some[at + 1 :] if (clash := _clash(day, one, other))]
    return sorted(found, key=lambda one: (one.day, one.kind))


def _clash(day: date, one: Visit, other: Visit) -> Conflict | None:
    if one.half and other.half and one.half is not other.half:
        return None
    both = (one.id, other.id)
    if one.group_id == other.group_id:
        return Conflict(ConflictKind.GROUP, day, both)
    shared = one.people & other.people
    return Conflict(ConflictKind.INSPECTOR, day, both, shared) if shared else None
