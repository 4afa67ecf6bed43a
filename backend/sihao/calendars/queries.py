"""Read what has a day: exactly what this person may read elsewhere, at this moment."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.calendars import policy
from sihao.calendars.models import CalendarAddress
from sihao.calendars.schemas import CalendarEntry, CalendarQuery, EntryKind
from sihao.campaigns import policy as campaigns
from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign, CampaignWindow
from sihao.core.calendars import Appointment
from sihao.core.context import CHINA, Context
from sihao.core.errors import NotFound
from sihao.dashboards.policy import QUIET
from sihao.dashboards.queries.todos import list_todos
from sihao.dashboards.schemas import Todo, TodoKind, When
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import Rectification
from sihao.followups.queries.interviews import list_appointments as list_interviews
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Inspection
from sihao.inspections.queries.visits import list_appointments as list_visits
from sihao.plans.lifecycle import MeasureState, PlanState
from sihao.plans.models import Measure, Plan

_SHOWN_OTHERWISE = {TodoKind.INSPECTION, TodoKind.MEASURE, TodoKind.RECTIFICATION}
_MIDNIGHT = time(23, 59)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment with what it is about."""

    kind: EntryKind
    appointment: Appointment
    subject_id: UUID | None = None
    unit_id: UUID | None = None

    @property
    def day(self) -> date:
        """The day in China."""
        return self.appointment.start.astimezone(CHINA).date()


async def list_entries(ctx: Context, query: CalendarQuery) -> list[CalendarEntry]:
    """List what stands in the own calendar, by day."""
    policy.check_person(ctx.actor)
    return [
        _shown(one)
        for one in await read_calendar(ctx)
        if (query.since is None or query.since <= one.day)
        and (query.until is None or one.day <= query.until)
    ]


async def read_calendar(ctx: Context) -> list[Entry]:
    """Read the whole calendar of whoever the context is, by time."""
    found = [one async for one in _entries(ctx)]
    return sorted(found, key=lambda one: (one.day, one.appointment.start, one.appointment.title))


async def _entries(ctx: Context) -> AsyncIterator[Entry]:
    async for one in _windows(ctx):
        yield one
    if policy.goes_to_visits(ctx.actor):
        for visit in await list_visits(ctx):
            yield Entry(EntryKind.VISIT, visit, visit.id)
    for meeting in await list_interviews(ctx):
        quiet = replace(meeting, title="工作会议（内容请登录系统查看）", note="")
        yield Entry(EntryKind.MEETING, quiet, meeting.id)
    if ctx.actor.unit_id is not None:
        async for one in _of_the_unit(ctx):
            yield one
    for todo in await list_todos(ctx):
        mine = todo.kind in _SHOWN_OTHERWISE and todo.unit_id == ctx.actor.unit_id
        if todo.due_at is not None and todo.when is not When.WAITING and not mine:
            yield _todo(todo, todo.due_at)


async def _windows(ctx: Context) -> AsyncIterator[Entry]:
    rows = (
        sa_select(CampaignWindow, Campaign)
        .join(Campaign, col(Campaign.id) == col(CampaignWindow.campaign_id))
        .where(campaigns.visible(ctx.actor))
        .where(col(Campaign.state).not_in([CampaignState.DRAFTED, CampaignState.CLOSED]))
    )
    for window, campaign in (await ctx.db.execute(rows)).all():
        label = f"{campaign.year} 年度{window.stage.label}"
        for word, at in (("开始", window.opens_at), ("截止", window.closes_at)):
            day = at.astimezone(CHINA)
            clock = "" if day.time() >= _MIDNIGHT or day.time() == time() else f"（{day:%H:%M}）"
            one = _deadline(campaign, at, f"{label}{word}{clock}", uuid5(window.id, word))
            yield Entry(EntryKind.WINDOW, one, campaign.id)


async def _of_the_unit(ctx: Context) -> AsyncIterator[Entry]:
    measures = (
        select(Measure)
        .join(Plan, (col(Plan.unit_id) == Measure.unit_id) & (col(Plan.id) == Measure.plan_id))
        .where(policy.own_measures(ctx.actor), col(Plan.in_force_number).is_not(None))
        .where(Plan.state != PlanState.CLOSED, Measure.state != MeasureState.COMPLETED)
    )
    for measure in (await ctx.db.exec(measures)).all():
        if measure.due_on is None:
            continue
        title = f"措施到期：{_short(measure.text)}"
        one = _deadline(measure, _end_of(measure.due_on), title, measure.id)
        yield Entry(EntryKind.MEASURE, one, measure.id, measure.unit_id)
    done = (RectificationState.VERIFIED, RectificationState.CARRIED_OVER)
    put_right = select(Rectification).where(
        policy.own_rectifications(ctx.actor), col(Rectification.state).not_in(done)
    )
    for row in (await ctx.db.exec(put_right)).all():
        title = f"整改到期：{_short(row.text)}"
        one = _deadline(row, _end_of(row.due_on), title, row.id)
        yield Entry(EntryKind.RECTIFICATION, one, row.id, row.unit_id)
    told = select(Inspection).where(
        policy.own_inspections(ctx.actor),
        Inspection.state == InspectionState.FEEDBACK,
        col(Inspection.objections_until).is_not(None),
    )
    for visit in (await ctx.db.exec(told)).all():
        if visit.objections_until is not None:
            known = uuid5(visit.id, "objections")
            one = _deadline(visit, visit.objections_until, "检查反馈意见：提出异议截止", known)
            yield Entry(EntryKind.OBJECTION, one, visit.id, visit.unit_id)


def _todo(todo: Todo, due_at: datetime) -> Entry:
    about = "" if todo.kind in QUIET or not todo.object else f"：{todo.object}"
    subject = todo.subject_id or todo.campaign_id or UUID(int=0)
    since = (todo.since or due_at).astimezone(UTC)
    one = Appointment(
        id=uuid5(subject, f"{todo.kind}.{todo.state}"),
        version=int(since.timestamp()),
        updated_at=since,
        start=due_at,
        length=timedelta(0),
        title=f"{todo.verb}{about}",
        whole_day=True,
    )
    return Entry(EntryKind.TODO, one, todo.subject_id, todo.unit_id)


def _deadline(row: Any, at: datetime, title: str, known: UUID) -> Appointment:
    return Appointment(
        id=known,
        version=row.version,
        updated_at=row.updated_at.astimezone(UTC),
        start=at,
        length=timedelta(0),
        title=title,
        whole_day=True,
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, _MIDNIGHT, CHINA)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……"


def _shown(one: Entry) -> CalendarEntry:
    at = one.appointment
    return CalendarEntry(
        id=at.id,
        kind=one.kind,
        day=one.day,
        starts_at=None if at.whole_day else at.start,
        ends_at=None if at.whole_day else at.start + at.length,
        title=at.title,
        place=at.place,
        subject_id=one.subject_id,
        unit_id=one.unit_id,
    )


async def find_address(ctx: Context, *, lock: bool = False) -> CalendarAddress | None:
    """Read the own address, if there is one."""
    rows = select(CalendarAddress).where(policy.visible(ctx.actor))
    return (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()


async def get_address(ctx: Context, *, lock: bool = False) -> CalendarAddress:
    """Read the own address; raise `NotFound` when there is none."""
    found = await find_address(ctx, lock=lock)
    if found is None:
        raise NotFound("calendar.no_address", "还没有日历地址。", "There is no address yet.")
    return found


async def find_reader(ctx: Context, secret_hash: str) -> UUID | None:
    """Tell whose address this is; for the system, which then acts for that person."""
    rows = select(CalendarAddress.person_id).where(CalendarAddress.secret_hash == secret_hash)
    return (await ctx.db.exec(rows)).first()
