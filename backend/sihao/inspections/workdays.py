"""Working days of the municipal departments: the time for objections is counted in them [C].

What is announced later than the product is entered by the committee (`CalendarDay`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sihao.core.context import CHINA

_SATURDAY = 5


def _days(*spans: tuple[date, date]) -> Iterable[date]:
    for first, last in spans:
        for after in range((last - first).days + 1):
            yield first + timedelta(days=after)


HOLIDAYS = frozenset(
    _days(
        (date(2026, 1, 1), date(2026, 1, 3)),
        (date(2026, 2, 15), date(2026, 2, 23)),
        (date(2026, 4, 4), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 5)),
        (date(2026, 6, 19), date(2026, 6, 21)),
        (date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 10, 1), date(2026, 10, 7)),
    )
)
"""Public holidays as the State Council announced them; add each new year's here."""

WORKED_WEEKENDS = frozenset(
    {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    }
)
"""Weekend days worked in exchange."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days offices are open: weekdays, but for `closed`, and the weekend days `worked`."""

    closed: frozenset[date] = HOLIDAYS
    worked: frozenset[date] = WORKED_WEEKENDS

    def changed(self, days: Mapping[date, bool]) -> "Calendar":
        """Give the calendar with these days open (True) or closed, whatever they were."""
        opened = {day for day, working in days.items() if working}
        shut = days.keys() - opened
        return Calendar((self.closed | shut) - opened, (self.worked | opened) - shut)

    def is_workday(self, day: date) -> bool:
        """Tell whether offices are open; years without an announcement have weekends only."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.closed)

    def end_of(self, start: datetime, days: int) -> datetime:
        """Give the last second, in China, of the `days`-th working day after `start`'s day."""
        day = start.astimezone(CHINA).date()
        left = days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_workday(day)
        return datetime.combine(day, time(23, 59, 59), CHINA)

    def between(self, first: date, last: date) -> list[date]:
        """List the working days from the first to the last day, both included."""
        span = (last - first).days + 1
        days = (first + timedelta(days=after) for after in range(span))
        return [day for day in days if self.is_workday(day)]


SHIPPED = Calendar()
"""The calendar before the committee changes a day of it."""


def end_of_workdays(start: datetime, days: int) -> datetime:
    """Give the end of the `days`-th working day of the shipped calendar after `start`'s day."""
    return SHIPPED.end_of(start, days)
