"""Read which days are working days."""

from datetime import date

from sqlmodel import col, select

from sihao.core.context import Context
from sihao.inspections.models import CalendarDay
from sihao.inspections.schemas.calendar import DayPublic
from sihao.inspections.workdays import HOLIDAYS, SHIPPED, WORKED_WEEKENDS, Calendar

_YEAR_END = (12, 31)


async def get_calendar(ctx: Context) -> Calendar:
    """Read the shipped calendar with the committee's changes."""
    days = (await ctx.db.exec(select(CalendarDay))).all()
    return SHIPPED.changed({one.day: one.working for one in days})


async def get_day(ctx: Context, day: date) -> CalendarDay | None:
    """Read and hold the committee's word on a day, if there is one."""
    rows = select(CalendarDay).where(CalendarDay.day == day)
    return (await ctx.db.exec(rows.with_for_update())).first()


async def list_days(ctx: Context, year: int) -> list[DayPublic]:
    """List the days of a year on which offices are closed or open otherwise than by weekday."""
    first, last = date(year, 1, 1), date(year, *_YEAR_END)
    rows = select(CalendarDay).where(col(CalendarDay.day).between(first, last))
    days = {one.day: _show(one) for one in (await ctx.db.exec(rows)).all()}
    for day in HOLIDAYS | WORKED_WEEKENDS:
        if day.year == year and day not in days:
            days[day] = show_shipped(day)
    return sorted(days.values(), key=lambda one: one.day)


def show_shipped(day: date) -> DayPublic:
    """Represent a day that the committee has not changed."""
    working = SHIPPED.is_workday(day)
    return DayPublic(day=day, working=working, name="", shipped=True, version=0)


def _show(one: CalendarDay) -> DayPublic:
    return DayPublic(**one.model_dump(include=set(DayPublic.model_fields)), shipped=False)


async def show_day(ctx: Context, day: date) -> DayPublic:
    """Represent one day."""
    rows = select(CalendarDay).where(CalendarDay.day == day)
    changed = (await ctx.db.exec(rows)).first()
    return _show(changed) if changed else show_shipped(day)
