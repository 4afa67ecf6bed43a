"""Working days of the municipal departments: the time for objections is counted in them [C]."""

from collections.abc import Iterable
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


def is_workday(day: date) -> bool:
    """Tell whether offices are open; years without an announcement have weekends only."""
    return day in WORKED_WEEKENDS or (day.weekday() < _SATURDAY and day not in HOLIDAYS)


def end_of_workdays(start: datetime, days: int) -> datetime:
    """Give the last second, in China, of the `days`-th working day after `start`'s day."""
    day = start.astimezone(CHINA).date()
    left = days
    while left > 0:
        day += timedelta(days=1)
        left -= is_workday(day)
    return datetime.combine(day, time(23, 59, 59), CHINA)
