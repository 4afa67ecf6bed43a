"""Read the calendar of visits, and what in it cannot be."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.accounts.models import Person
from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign
from sihao.core.calendars import Appointment, calendar_of
from sihao.core.context import CHINA, COMMITTEE, Context, Role
from sihao.core.errors import NotFound
from sihao.inspections import policy
from sihao.inspections.models import (
    GroupMember,
    HalfDay,
    Inspection,
    InspectionGroup,
    VisitTicket,
)
from sihao.inspections.queries.calendar import get_calendar
from sihao.inspections.queries.recusals import list_aside
from sihao.inspections.schemas.visits import (
    VisitCalendar,
    VisitConflict,
    VisitQuery,
    VisitRow,
)
from sihao.inspections.visits import Meetings, Visit, conflicts
from sihao.plans.models import TeamMeeting
from sihao.units.models import Unit

_BEGIN = {HalfDay.MORNING: time(9), HalfDay.AFTERNOON: time(14, 30), None: time(9)}
_LENGTH = timedelta(hours=2, minutes=30)
_WHOLE_DAY = timedelta(hours=8)


def _rows(ctx: Context, campaign_id: UUID) -> Any:
    return (
        sa_select(
            col(Inspection.id).label("inspection_id"),
            col(Inspection.unit_id),
            col(Unit.name).label("unit_name"),
            col(Inspection.group_id),
            col(InspectionGroup.name).label("group_name"),
            col(Inspection.state),
            col(Inspection.visit_on),
            col(Inspection.visit_half),
            col(Inspection.visit_place),
            col(Inspection.version),
            col(Inspection.updated_at),
        )
        .join(Unit, col(Unit.id) == col(Inspection.unit_id))
        .join(InspectionGroup, col(InspectionGroup.id) == col(Inspection.group_id))
        .where(col(Inspection.campaign_id) == campaign_id, policy.visible(ctx.actor))
        .order_by(
            col(Inspection.visit_on).asc().nulls_last(),
            col(Inspection.visit_half).desc().nulls_first(),
            col(Unit.sort_order),
            col(Inspection.id),
        )
    )


async def show_calendar(ctx: Context, campaign_id: UUID, query: VisitQuery) -> VisitCalendar:
    """Read the visits that the actor may, with what cannot be."""
    found = await ctx.db.execute(_rows(ctx, campaign_id))
    rows = [VisitRow.model_validate(dict(row)) for row in found.mappings()]
    return await show_visits(ctx, rows, query)


async def show_visits(
    ctx: Context, rows: Sequence[VisitRow], query: VisitQuery | None = None
) -> VisitCalendar:
    """Represent visits, stored or proposed; conflicts are found among all of them."""
    wanted = query.model_dump(exclude_none=True) if query else {}
    shown = [row for row in rows if all(getattr(row, name) == one for name, one in wanted.items())]
    if not ctx.actor.has(COMMITTEE | {Role.INSPECTOR}):
        return VisitCalendar(visits=shown, conflicts=[])
    ids = {row.inspection_id for row in shown}
    told = await _list_conflicts(ctx, rows)
    return VisitCalendar(
        visits=shown, conflicts=[one for one in told if not ids.isdisjoint(one.inspection_ids)]
    )


async def _list_conflicts(ctx: Context, rows: Sequence[VisitRow]) -> list[VisitConflict]:
    units = {row.inspection_id: row.unit_name for row in rows}
    found = conflicts(
        await list_visits(ctx, rows),
        (await get_calendar(ctx)).is_workday,
        await list_meetings(ctx, rows),
    )
    people = {one for clash in found for one in clash.people}
    names = dict(
        (
            await ctx.db.exec(
                select(Person.id, Person.display_name).where(col(Person.id).in_(people))
            )
        ).all()
    )
    return [
        VisitConflict(
            kind=one.kind,
            day=one.day,
            inspection_ids=list(one.visits),
            units=[units[ident] for ident in one.visits],
            people=sorted(names[ident] for ident in one.people if ident in names),
        )
        for one in found
    ]


async def list_visits(ctx: Context, rows: Sequence[VisitRow]) -> list[Visit]:
    """Tell of each visit who comes: the group without those who stand aside."""
    members: dict[UUID, set[UUID]] = defaultdict(set)
    of_groups = select(GroupMember).where(
        col(GroupMember.group_id).in_({row.group_id for row in rows})
    )
    for one in (await ctx.db.exec(of_groups)).all():
        members[one.group_id].add(one.person_id)
    aside = await list_aside(ctx, [row.unit_id for row in rows])
    return [
        Visit(
            id=row.inspection_id,
            unit_id=row.unit_id,
            group_id=row.group_id,
            people=frozenset(members[row.group_id]) - aside.get(row.unit_id, frozenset()),
            day=row.visit_on,
            half=row.visit_half,
        )
        for row in rows
    ]


async def list_meetings(ctx: Context, rows: Sequence[VisitRow]) -> Meetings:
    """Tell on which days these units have a meeting of their team on record."""
    found = sa_select(col(TeamMeeting.unit_id), col(TeamMeeting.held_on)).where(
        col(TeamMeeting.unit_id).in_({row.unit_id for row in rows})
    )
    return {(unit_id, day) for unit_id, day in (await ctx.db.execute(found)).all()}


async def hold_visits(
    ctx: Context, campaign_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, Inspection]:
    """Read and hold inspections of a year, always in the same order."""
    rows = (
        select(Inspection)
        .where(
            col(Inspection.id).in_(ids),
            Inspection.campaign_id == campaign_id,
            policy.visible(ctx.actor),
        )
        .order_by(col(Inspection.id))
        .with_for_update()
    )
    return {one.id: one for one in (await ctx.db.exec(rows)).all()}


async def write_calendar(ctx: Context, campaign_id: UUID, query: VisitQuery) -> tuple[str, str]:
    """Write the visits that have a day as a calendar file: its name and content."""
    rows = (await ctx.db.execute(_rows(ctx, campaign_id))).mappings().all()
    wanted = query.model_dump(exclude_none=True)
    chosen = [row for row in rows if all(row[name] == one for name, one in wanted.items())]
    if query.unit_id and chosen:
        title = f"{chosen[0]['unit_name']}检查日程"
    elif query.group_id and chosen:
        title = f"{chosen[0]['group_name']}检查日程"
    else:
        title = "检查日程"
    appointments = [_appointment(row) for row in chosen if row["visit_on"] is not None]
    return f"{title}.ics", calendar_of(title, appointments).decode()


async def list_appointments(ctx: Context) -> list[Appointment]:
    """List the visits of all years that are not closed, as far as the actor may read them."""
    running = select(Campaign.id).where(Campaign.state != CampaignState.CLOSED)
    found: list[Appointment] = []
    for campaign_id in (await ctx.db.exec(running.order_by(col(Campaign.year)))).all():
        rows = (await ctx.db.execute(_rows(ctx, campaign_id))).mappings()
        found += [_appointment(row) for row in rows if row["visit_on"] is not None]
    return found


def _appointment(row: Any) -> Appointment:
    return Appointment(
        id=row["inspection_id"],
        version=row["version"],
        updated_at=row["updated_at"].astimezone(UTC),
        start=datetime.combine(row["visit_on"], _BEGIN[row["visit_half"]], CHINA),
        length=_LENGTH if row["visit_half"] else _WHOLE_DAY,
        title=f"检查考核：{row['unit_name']}（{row['group_name']}）",
        place=row["visit_place"],
    )


async def use_ticket(ctx: Context, token_hash: str) -> VisitTicket | None:
    """Use a ticket up and give what it opens; None when it is used or expired.

    Raises `NotFound` for a ticket that never was.
    """
    good = (
        (col(VisitTicket.token_hash) == token_hash)
        & col(VisitTicket.used_at).is_(None)
        & (col(VisitTicket.expires_at) > ctx.now)
    )
    used = update(VisitTicket).where(good).values(used_at=ctx.now)
    opened = (await ctx.db.execute(used.returning(VisitTicket))).scalar_one_or_none()
    if opened is None and await ctx.db.get(VisitTicket, token_hash) is None:
        raise NotFound("ticket.unknown", "没有这个下载地址。", "No such ticket.")
    return opened


async def forget_tickets(ctx: Context) -> None:
    """Forget the asker's tickets that are good no more, with what was in them."""
    old = (col(VisitTicket.person_id) == ctx.person_id) & (col(VisitTicket.expires_at) < ctx.now)
    await ctx.db.execute(delete(VisitTicket).where(old))
