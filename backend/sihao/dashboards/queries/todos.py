"""Read to-do lists: one UNION over all sources, then words and times."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    DateTime,
    Text,
    Uuid,
    cast,
    func,
    literal,
    null,
    union_all,
)
from sqlmodel import col, select

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign, CampaignWindow, Stage
from sihao.core.context import COMMITTEE, UNIT_WRITERS, Context
from sihao.core.paging import rows_of
from sihao.dashboards.queries.terms import TERMS
from sihao.dashboards.queries.year import BEIJING
from sihao.dashboards.schemas import Todo, TodoKind, When
from sihao.dashboards.sources import SOURCES, Source
from sihao.plans.models import Plan
from sihao.self_reports.models import SelfReport
from sihao.units.models import Unit

_ALL = (*SOURCES, *TERMS)
_SINGLE = 3
"""The committee sees up to so many of a kind one by one, more as one line with its number."""
_WEEK = timedelta(days=7)
_LONGEST = 60


async def list_todos(ctx: Context) -> list[Todo]:
    """List what this person has to do and what the unit waits for, most urgent first."""
    todos = await _not_begun(ctx)
    if (wanted := _union(ctx)) is not None:
        rows = (await ctx.db.execute(wanted)).all()
        for kind, lines in _grouped(rows).items():
            todos += _worded(ctx, _ALL[kind[0]], kind[1], lines)
    order = list(When)
    far = datetime.max.replace(tzinfo=BEIJING)
    return sorted(todos, key=lambda one: (order.index(one.when), one.due_at or far, one.verb))


def _union(ctx: Context) -> CompoundSelect[Any] | None:
    parts = []
    for place, source in enumerate(_ALL):
        states = [*source.duties(ctx.actor), *source.waits(ctx.actor)]
        if states:
            parts.append(_part(ctx, source, place).where(col(source.table.state).in_(states)))
    return union_all(*parts) if parts else None


def _part(ctx: Context, source: Source, place: int) -> Any:
    table = source.table
    has_unit = hasattr(table, "unit_id")
    named = source.unit_name if source.unit_name is not None else col(Unit.name)
    page = source.page if source.page is not None else table.id
    rows = rows_of(
        literal(place).label("source"),
        literal(source.lifecycle.subject).label("kind"),
        cast(table.state, Text).label("state"),
        col(page).label("id"),
        (table.unit_id if has_unit else cast(null(), Uuid)).label("unit_id"),
        cast(named if has_unit else null(), Text).label("unit_name"),
        cast(source.campaign if source.campaign is not None else null(), Uuid).label("campaign_id"),
        cast(source.title if source.title is not None else null(), Text).label("title"),
        _due(ctx, source).label("due_at"),
        table.updated_at.label("since"),
    )
    if has_unit and source.unit_name is None:
        rows = rows.join(Unit, col(Unit.id) == col(table.unit_id))
    return rows.where(source.scope(ctx))


def _due(ctx: Context, source: Source) -> Any:
    if source.units_due and ctx.actor.has(COMMITTEE):
        return _instant(source, source.read_before, CampaignWindow.opens_at)
    if source.due is None or isinstance(source.due, Stage):
        return _instant(source, source.due, CampaignWindow.closes_at)
    if isinstance(source.due.type, DateTime):
        return source.due
    end = cast(source.due, Date) + literal(time(23, 59, 59))
    return func.timezone("Asia/Shanghai", end)


def _instant(source: Source, stage: Stage | None, at: Any) -> Any:
    """Say when a stage of the thing's year opens or closes."""
    if stage is None or source.campaign is None:
        return cast(null(), DateTime(timezone=True))
    return (
        select(at)
        .where(col(CampaignWindow.campaign_id) == source.campaign)
        .where(col(CampaignWindow.stage) == stage)
        .scalar_subquery()
    )


def _grouped(rows: Iterable[Any]) -> dict[tuple[int, str], list[Any]]:
    groups: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.source, row.state].append(row)
    return groups


def _worded(ctx: Context, source: Source, state: str, rows: list[Any]) -> list[Todo]:
    waiting = state not in source.duties(ctx.actor)
    words = source.awaited if waiting else source.verbs
    verb = next(text for one, text in words.items() if one.value == state)
    if ctx.actor.has(COMMITTEE) and len(rows) > _SINGLE:
        dues = [row.due_at for row in rows if row.due_at]
        years = {row.campaign_id for row in rows}
        names = "、".join(row.unit_name for row in rows[:_SINGLE] if row.unit_name)
        return [
            _todo(
                ctx,
                rows[0],
                waiting=waiting,
                verb=verb,
                object=f"{len(rows)} 件",
                reason=f"{names}等" if names else "",
                subject_id=None,
                unit_id=None,
                campaign_id=years.pop() if len(years) == 1 else None,
                count=len(rows),
                due_at=min(dues, default=None),
            )
        ]
    return [
        _todo(
            ctx,
            row,
            waiting=waiting,
            verb=verb,
            object=_object(ctx, row),
            reason=source.note(ctx, row) or _reason(ctx, row),
            subject_id=row.id,
            unit_id=row.unit_id,
            campaign_id=row.campaign_id,
            count=1,
            due_at=row.due_at,
        )
        for row in rows
    ]


def _reason(ctx: Context, row: Any) -> str:
    return _short(row.title) if row.unit_name and not _own(ctx, row) else ""


def _own(ctx: Context, row: Any) -> bool:
    return row.unit_id is not None and row.unit_id == ctx.actor.unit_id


def _object(ctx: Context, row: Any) -> str:
    if _own(ctx, row) or not row.unit_name:
        return _short(row.title)
    return str(row.unit_name)


def _short(text: str | None) -> str:
    one_line = (text or "").replace("\n", " ")
    return one_line if len(one_line) <= _LONGEST else f"{one_line[:_LONGEST]}……"


def _todo(ctx: Context, row: Any, *, waiting: bool, due_at: datetime | None, **line: Any) -> Todo:
    return Todo(
        kind=TodoKind(row.kind),
        state=row.state,
        due_at=due_at,
        since=row.since,
        when=When.WAITING if waiting else _when(ctx.now, due_at),
        late=not waiting and due_at is not None and due_at < ctx.now,
        **line,
    )


def _when(now: datetime, due_at: datetime | None) -> When:
    if due_at is None:
        return When.LATER
    days = due_at.astimezone(BEIJING).date() - now.astimezone(BEIJING).date()
    if days <= timedelta(0):
        return When.TODAY
    return When.WEEK if days <= _WEEK else When.LATER


async def _not_begun(ctx: Context) -> list[Todo]:
    """Plans and self-reports that the unit has not even begun, though the window is open."""
    if not ctx.actor.has(UNIT_WRITERS):
        return []
    found: list[Todo] = []
    for kind, verb, stage, table in (
        (TodoKind.PLAN, "起草年度计划", Stage.PLANNING, Plan),
        (TodoKind.SELF_REPORT, "起草自查报告", Stage.SELF_REPORT, SelfReport),
    ):
        begun = select(table.id).where(
            col(table.campaign_id) == col(Campaign.id), ctx.actor.owns(table.unit_id)
        )
        rows = (
            select(Campaign.id, Campaign.name, CampaignWindow.closes_at)
            .join(CampaignWindow, col(CampaignWindow.campaign_id) == col(Campaign.id))
            .where(CampaignWindow.stage == stage, CampaignWindow.opens_at <= ctx.now)
            .where(col(Campaign.state).in_((CampaignState.OPEN, CampaignState.INSPECTING)))
            .where(~begun.exists())
        )
        found += [
            Todo(
                kind=kind,
                state=None,
                verb=verb,
                object=name,
                reason="尚未开始",
                subject_id=None,
                unit_id=ctx.actor.unit_id,
                campaign_id=campaign_id,
                count=1,
                due_at=closes_at,
                since=None,
                when=_when(ctx.now, closes_at),
                late=closes_at < ctx.now,
            )
            for campaign_id, name, closes_at in (await ctx.db.exec(rows)).all()
        ]
    return found
