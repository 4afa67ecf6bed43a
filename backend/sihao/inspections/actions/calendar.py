"""Enter which days are holidays and which weekends are worked, as it is announced."""

from datetime import date

from sihao.core.context import Context, Role
from sihao.core.errors import NotFound, Stale
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections.models import CalendarDay
from sihao.inspections.queries import calendar
from sihao.inspections.schemas.calendar import DayBody


async def set_day(ctx: Context, day: date, version: int, body: DayBody) -> CalendarDay:
    """Say whether offices are open on a day; version 0 makes the first word on it.

    Days until which units may object have been fixed with their feedback and stay.
    """
    ctx.require(Role.OFFICER)
    found = await calendar.get_day(ctx, day)
    if found is None:
        if version:
            raise Stale("version.stale", "这一天还没有设定，请重新打开。", "Not set yet.")
        found = CalendarDay.model_validate(body, update={"day": day, **stamps(ctx)})
        ctx.db.add(found)
    else:
        check_version(found, version)
        found.sqlmodel_update(body.model_dump())
        touch(ctx, found)
    _tell(ctx, "set", day, body)
    await ctx.db.flush()
    return found


async def reset_day(ctx: Context, day: date) -> None:
    """Take back what was said about a day: it is again as the product knows it."""
    ctx.require(Role.OFFICER)
    found = await calendar.get_day(ctx, day)
    if found is None:
        raise NotFound("calendar.day", "这一天没有另外设定。", "This day is not set.")
    await ctx.db.delete(found)
    _tell(ctx, "reset", day, None)


def _tell(ctx: Context, verb: str, day: date, body: DayBody | None) -> None:
    emit(
        ctx,
        f"calendar.{verb}",
        ctx.person_id,
        audience=Audience.COMMITTEE,
        day=day.isoformat(),
        **(body.model_dump() if body else {}),
    )
