"""When things happened: the running year is chosen so that it is under way on any day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sihao.campaigns.models import Stage
from sihao.campaigns.schemas import WindowBody
from sihao.core.context import CHINA
from sihao.demo.entries import is_workday

_HALF_A_YEAR = timedelta(days=181)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Calendar:
    """The city's time. `now` is the database's."""

    now: datetime

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now.astimezone(CHINA).date()

    @property
    def running(self) -> int:
        """The running year: this one from July on, before July still the last one."""
        return (self.today - _HALF_A_YEAR).year

    @property
    def finished(self) -> int:
        """The year before it, finished in every part."""
        return self.running - 1

    @property
    def first(self) -> int:
        """The year before that: known by its results, so that two years can be compared."""
        return self.running - 2

    def known_until(self, year: int) -> date:
        """The last day of a year of which ledgers tell."""
        return min(self.today, date(year, 12, 31))

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of a day by the city's clock, though never one that is yet to come."""
        moment = datetime.combine(day, time(hour, minute), CHINA)
        return min(moment, self.now - _MINUTE)

    def before(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment so many days ago, moved back to a workday."""
        day = self.today - timedelta(days=days)
        while not is_workday(day):
            day -= timedelta(days=1)
        return self.at(day, hour, minute)

    def windows(self, year: int) -> list[WindowBody]:
        """The year's windows; those of the running year reach around today where they must."""
        spans = {
            Stage.PLANNING: (date(year, 1, 10), date(year, 3, 31)),
            Stage.SELF_REPORT: (date(year, 11, 1), date(year, 11, 30)),
            Stage.INSPECTION: (date(year, 12, 1), date(year, 12, 31)),
            Stage.FEEDBACK: (date(year, 12, 15), date(year + 1, 1, 20)),
            Stage.RECTIFICATION: (date(year + 1, 2, 1), date(year + 1, 4, 30)),
        }
        if year == self.running:
            for stage, since, left in (
                (Stage.SELF_REPORT, 23, 6),
                (Stage.INSPECTION, 14, 30),
                (Stage.FEEDBACK, 5, 45),
            ):
                opens, closes = spans[stage]
                spans[stage] = (
                    min(opens, self.today - timedelta(days=since)),
                    max(closes, self.today + timedelta(days=left)),
                )
        return [
            WindowBody(
                stage=stage,
                opens_at=datetime.combine(opens, time(), CHINA),
                closes_at=datetime.combine(closes + timedelta(days=1), time(), CHINA),
            )
            for stage, (opens, closes) in spans.items()
        ]
