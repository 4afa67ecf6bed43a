"""Plan the visits of a year."""

from datetime import datetime
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, Stale
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch
from sihao.core.tickets import draw_ticket, hash_of, used
from sihao.inspections.actions.phase import PREPARING, hold_phase
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import VisitTicket
from sihao.inspections.queries import visits as queries
from sihao.inspections.queries.calendar import get_calendar
from sihao.inspections.schemas.visits import (
    VisitCalendar,
    VisitProposal,
    VisitQuery,
    VisitRow,
    VisitsBody,
)
from sihao.inspections.visits import propose

VISITED_LATER = frozenset({InspectionState.PLANNED, InspectionState.IN_PROGRESS})


async def propose_visits(ctx: Context, campaign_id: UUID, body: VisitProposal) -> VisitCalendar:
    """Spread the visits without a day over working days; nothing is written."""
    ctx.require(Role.OFFICER)
    campaign = await hold_phase(ctx, campaign_id, PREPARING)
    rows = (await queries.show_calendar(ctx, campaign.id, VisitQuery())).visits
    days = (await get_calendar(ctx)).between(body.first, body.last)
    found = propose(
        await queries.list_visits(ctx, rows), days, await queries.list_meetings(ctx, rows)
    )
    placed = {one.id: one for one in found}
    proposed: list[VisitRow] = []
    for row in rows:
        one = placed.get(row.inspection_id)
        told = {"visit_on": one.day, "visit_half": one.half} if one else {}
        proposed.append(row.model_copy(update=told))
    return await queries.show_visits(ctx, proposed)


async def set_visits(ctx: Context, campaign_id: UUID, body: VisitsBody) -> VisitCalendar:
    """Set when and where visits are: all of them, or none. Conflicts are told, not refused."""
    ctx.require(Role.OFFICER)
    campaign = await hold_phase(ctx, campaign_id, PREPARING)
    held = await queries.hold_visits(ctx, campaign.id, [one.inspection_id for one in body.visits])
    for at, one in enumerate(body.visits):
        pointer = f"/body/visits/{at}"
        inspection = held.get(one.inspection_id)
        if inspection is None:
            code, zh = "inspection.unknown", "没有这项检查考核。"
            raise Invalid(code, zh, "No such inspection.", pointer=f"{pointer}/inspection_id")
        if inspection.state not in VISITED_LATER:
            code, zh = "inspection.visited", "检查已经完成合议，日程不再变动。"
            raise Conflict(code, zh, "The inspection is over.", pointer=pointer)
        try:
            check_version(inspection, one.version)
        except Stale as stale:
            stale.pointer = f"{pointer}/version"
            raise
        inspection.sqlmodel_update(one.model_dump(exclude={"inspection_id", "version"}))
        touch(ctx, inspection)
        emit(
            ctx,
            "visits.set",
            inspection.id,
            inspection.unit_id,
            audience=Audience.UNIT,
            visit_on=one.visit_on.isoformat() if one.visit_on else None,
            visit_half=one.visit_half,
        )
    await ctx.db.flush()
    return await queries.show_calendar(ctx, campaign.id, VisitQuery())


async def issue_ticket(ctx: Context, campaign_id: UUID, query: VisitQuery) -> tuple[str, datetime]:
    """Give a one-time address of the visits that the actor reads, as a calendar file."""
    file_name, content = await queries.write_calendar(ctx, campaign_id, query)
    await queries.forget_tickets(ctx)
    ticket = draw_ticket(ctx)
    ctx.db.add(
        VisitTicket(
            token_hash=ticket.hash,
            person_id=ctx.person_id,
            file_name=file_name,
            content=content,
            expires_at=ticket.expires_at,
        )
    )
    await ctx.db.flush()
    return ticket.said, ticket.expires_at


async def open_file(ctx: Context, ticket: str) -> VisitTicket:
    """Use a ticket up and give what it opens; raise `Gone` when it is used or expired."""
    opened = await queries.use_ticket(ctx, hash_of(ticket))
    if opened is None:
        raise used()
    return opened
