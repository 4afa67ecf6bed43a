"""`/calendar` in the product, `/calendars/….ics` for calendar programs."""

from hashlib import sha256
from typing import Annotated, Any

from fastapi import Query, Request, Response

from sihao.accounts.auth import Ctx, LogInCtx
from sihao.calendars import actions, queries
from sihao.calendars.schemas import AddressPublic, AddressWithSecret, CalendarEntry, CalendarQuery
from sihao.core.idempotency import keep_nothing
from sihao.core.routes import BASE, Router

router = Router(prefix="", tag="calendars")

_ICS = "text/calendar; charset=utf-8"
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}
}


@router.get("/calendar", operation_id="calendar_list", response_model=list[CalendarEntry])
async def list_calendar(ctx: Ctx, query: Annotated[CalendarQuery, Query()]) -> list[CalendarEntry]:
    """List what stands in the own calendar: windows, visits, meetings, last days, to-dos."""
    return await queries.list_entries(ctx, query)


@router.get(
    "/calendar.ics", operation_id="calendar_download", response_class=Response, responses=_FILE
)
async def download_calendar(ctx: Ctx, request: Request) -> Response:
    """Download the own calendar as a file."""
    return _answer(request, await actions.write_own(ctx))


@router.get(
    "/calendars/{secret}.ics",
    operation_id="calendar_read",
    response_class=Response,
    responses=_FILE,
)
async def read_calendar(ctx: LogInCtx, request: Request, secret: str) -> Response:
    """Read a calendar by its private address, as calendar programs do again and again."""
    return _answer(request, await actions.write_by_address(ctx, secret))


@router.get("/calendar/address", operation_id="calendar_address_get", response_model=AddressPublic)
async def get_address(ctx: Ctx) -> AddressPublic:
    """Tell whether the own calendar has an address, and when a program came last."""
    found = await queries.find_address(ctx)
    if found is None:
        return AddressPublic(created_at=None, read_at=None)
    return AddressPublic(**found.model_dump())


@router.post(
    "/calendar/address",
    operation_id="calendar_address_draw",
    response_model=AddressWithSecret,
    status_code=201,
)
async def draw_address(ctx: Ctx, request: Request) -> AddressWithSecret:
    """Make the address, or a new one instead of it; it is shown in this answer only."""
    address, secret = await actions.draw_address(ctx)
    keep_nothing(request)
    return AddressWithSecret(**address.model_dump(), path=f"{BASE}/calendars/{secret}.ics")


@router.delete("/calendar/address", operation_id="calendar_address_revoke", status_code=204)
async def revoke_address(ctx: Ctx) -> None:
    """End the address."""
    await actions.revoke_address(ctx)


def _answer(request: Request, content: bytes) -> Response:
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in (request.headers.get("if-none-match") or ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=_ICS, headers=headers)
