"""`/workdays`: holidays and worked weekends."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, etag, tag
from sihao.core.routes import Router
from sihao.inspections.actions import calendar as actions
from sihao.inspections.queries import calendar as queries
from sihao.inspections.schemas.calendar import DayBody, DayPublic, DayQuery

router = Router(prefix="", tag="inspections")


@router.get("/workdays", operation_id="workday_list", response_model=list[DayPublic])
async def list_days(ctx: Ctx, query: Annotated[DayQuery, Query()]) -> list[DayPublic]:
    """List the days of a year that are not as their weekday says."""
    return await queries.list_days(ctx, query.year or ctx.today.year)


@router.get("/workdays/{day}", operation_id="workday_get", response_model=DayPublic)
async def get_day(ctx: Ctx, response: Response, day: date) -> DayPublic:
    """Read one day."""
    shown = await queries.show_day(ctx, day)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.put("/workdays/{day}", operation_id="workday_put", response_model=DayPublic)
async def put_day(
    ctx: Ctx, response: Response, day: date, version: IfMatch, body: DayBody
) -> DayPublic:
    """Say whether offices are open on a day; `If-Match: "0"` makes the first word on it."""
    tag(response, await actions.set_day(ctx, day, version, body))
    return await queries.show_day(ctx, day)


@router.delete("/workdays/{day}", operation_id="workday_delete", status_code=204)
async def reset_day(ctx: Ctx, day: date) -> None:
    """Take back what was said about a day."""
    await actions.reset_day(ctx, day)
