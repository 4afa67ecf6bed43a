"""Read what became of one item's score, from the record (F42)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, union
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.core.context import COMMITTEE, Context
from sihao.core.errors import Conflict
from sihao.core.events import Event
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import (
    Inspection,
    ItemDecision,
    Judgement,
    JudgementChange,
    Objection,
    ScoreSheet,
)
from sihao.inspections.queries.decisions import check_own_sheet, list_decisions, show_decision
from sihao.inspections.queries.items import get_item_by_code
from sihao.inspections.schemas.history import ItemHistory, ScoreEvent

_WORDS = ("judgement.saved", "decision.made")


def _judgements(inspection_id: UUID, criterion_id: UUID) -> Select[Any]:
    return (
        sa_select(col(Judgement.id))
        .join(ScoreSheet, col(ScoreSheet.id) == col(Judgement.sheet_id))
        .where(
            col(ScoreSheet.inspection_id) == inspection_id,
            col(Judgement.criterion_id) == criterion_id,
        )
    )


def _of_item(table: Any, inspection_id: UUID, criterion_id: UUID) -> Select[Any]:
    return sa_select(col(table.id)).where(
        col(table.inspection_id) == inspection_id, col(table.criterion_id) == criterion_id
    )


async def list_writers(ctx: Context, inspection_id: UUID, criterion_id: UUID) -> set[UUID]:
    """Tell who ever judged or decided an item, from the record."""
    subjects = union(
        _judgements(inspection_id, criterion_id),
        _of_item(ItemDecision, inspection_id, criterion_id),
    )
    rows = select(Event.actor_id).where(
        col(Event.subject_id).in_(subjects.subquery().select()), col(Event.name).in_(_WORDS)
    )
    return {one for one in (await ctx.db.exec(rows)).all() if one is not None}


async def show_history(ctx: Context, inspection: Inspection, code: str) -> ItemHistory:
    """Tell what became of an item's score: judged, changed, decided, objected to, restored.

    The unit reads from feedback on what was decided and what followed; each inspector's own word
    is for the group and the committee. Raises `Conflict` before, and for whoever still scores.
    """
    inside = ctx.actor.has(COMMITTEE) or inspection.unit_id in ctx.actor.assigned
    given = inspection.state in {InspectionState.FEEDBACK, InspectionState.FINALIZED}
    if not inside and not given:
        reason, zh = "inspection.not_given", "检查组尚未反馈意见。"
        raise Conflict(reason, zh, "There is no feedback yet.", state=inspection.state)
    await check_own_sheet(ctx, inspection)
    item = await get_item_by_code(ctx, inspection.campaign_id, code)
    ids = (inspection.id, item.criterion.id)
    events = await _list_events(ctx, *ids)
    words = await _list_words(ctx, *ids) if inside else []
    decisions = {one.criterion_id: one for one in await list_decisions(ctx, inspection.id)}
    decision = decisions.get(item.criterion.id)
    shown = show_decision(decision, item.points) if decision else None
    return ItemHistory(
        criterion_id=item.criterion.id,
        code=item.criterion.code,
        title=item.criterion.title,
        points=item.points,
        score=shown.score if shown else None,
        events=sorted([*words, *events], key=_when) if inside else _as_given(events),
    )


async def _list_events(ctx: Context, inspection_id: UUID, criterion_id: UUID) -> list[ScoreEvent]:
    subjects = union(
        _of_item(ItemDecision, inspection_id, criterion_id),
        _of_item(Objection, inspection_id, criterion_id),
    )
    rows = (
        select(Event)
        .where(col(Event.subject_id).in_(subjects.subquery().select()))
        .order_by(col(Event.txid), col(Event.seq))
    )
    return [_show(one) for one in (await ctx.db.exec(rows)).all()]


async def _list_words(ctx: Context, inspection_id: UUID, criterion_id: UUID) -> list[ScoreEvent]:
    rows = (
        select(JudgementChange)
        .where(col(JudgementChange.judgement_id).in_(_judgements(inspection_id, criterion_id)))
        .order_by(col(JudgementChange.changed_at))
    )
    return [
        ScoreEvent(
            name="judgement.saved",
            at=one.changed_at,
            by=one.changed_by,
            lost=one.lost,
            before=one.before,
            restored=None,
            reason=one.note,
        )
        for one in (await ctx.db.exec(rows)).all()
    ]


def _when(one: ScoreEvent) -> datetime:
    return one.at


def _as_given(events: list[ScoreEvent]) -> list[ScoreEvent]:
    """Leave out what the group weighed up before it gave its word."""
    last = max((at for at, one in enumerate(events) if one.name == "decision.made"), default=0)
    return events[last:]


def _show(event: Event) -> ScoreEvent:
    data = event.data
    return ScoreEvent(
        name=event.name,
        at=event.at,
        by=event.actor,
        lost=data.get("lost"),
        before=data.get("before") if event.name == "decision.made" else None,
        restored=data.get("restored"),
        reason=data.get("reason") or data.get("opinion") or "",
    )
