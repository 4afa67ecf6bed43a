"""`/campaigns/{id}/visits`: the calendar of visits."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Query, Request, Response

from sihao.accounts.auth import AnonymousCtx, Ctx
from sihao.campaigns.queries import get_campaign
from sihao.core.idempotency import keep_nothing
from sihao.core.routes import Router
from sihao.inspections.actions import visits as actions
from sihao.inspections.queries import visits as queries
from sihao.inspections.schemas.visits import (
    VisitCalendar,
    VisitProposal,
    VisitQuery,
    VisitsBody,
    VisitTicketBody,
    VisitTicketPublic,
)

router = Router(prefix="", tag="inspections")
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}
}


@router.get("/campaigns/{id}/visits", operation_id="visit_list", response_model=VisitCalendar)
async def list_visits(ctx: Ctx, id: UUID, query: Annotated[VisitQuery, Query()]) -> VisitCalendar:
    """Read a year's visits, with what in them cannot be."""
    return await queries.show_calendar(ctx, (await get_campaign(ctx, id)).id, query)


@router.post(
    "/campaigns/{id}/visits/propose", operation_id="visit_propose", response_model=VisitCalendar
)
async def propose_visits(ctx: Ctx, id: UUID, body: VisitProposal) -> VisitCalendar:
    """Propose days for the visits that have none; nothing is written."""
    return await actions.propose_visits(ctx, id, body)


@router.post("/campaigns/{id}/visits", operation_id="visit_set", response_model=VisitCalendar)
async def set_visits(ctx: Ctx, id: UUID, body: VisitsBody) -> VisitCalendar:
    """Set when and where visits are; each with the version that was read."""
    return await actions.set_visits(ctx, id, body)


@router.post(
    "/campaigns/{id}/visits/ticket", operation_id="visit_ticket", response_model=VisitTicketPublic
)
async def issue_ticket(
    ctx: Ctx, request: Request, id: UUID, body: VisitTicketBody
) -> VisitTicketPublic:
    """Get a one-time address of a group's or a unit's visits as a calendar file."""
    keep_nothing(request)
    campaign = await get_campaign(ctx, id)
    query = VisitQuery(**body.model_dump())
    ticket, expires_at = await actions.issue_ticket(ctx, campaign.id, query)
    url = str(request.app.url_path_for("download_visits", ticket=ticket))
    return VisitTicketPublic(url=url, expires_at=expires_at)


@router.get(
    "/visit-files/{ticket}",
    operation_id="visit_file_get",
    responses=_FILE,
    response_model=None,
)
async def download_visits(ctx: AnonymousCtx, ticket: str) -> Response:
    """Read the calendar file behind a ticket; the ticket is the proof, and good once."""
    file = await actions.open_file(ctx, ticket)
    name = f"attachment; filename*=utf-8''{quote(file.file_name, safe='')}"
    headers = {"Content-Disposition": name}
    return Response(file.content, headers=headers, media_type="text/calendar; charset=utf-8")
