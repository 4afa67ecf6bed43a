"""Read the group's decisions and what they rest on."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.core.errors import Conflict
from sihao.inspections import policy
from sihao.inspections.lifecycle import InspectionState, SheetState
from sihao.inspections.models import Inspection, ItemDecision, Judgement, ScoreSheet
from sihao.inspections.queries.groups import GroupPeople
from sihao.inspections.queries.inspections import get_people_of, list_waiting
from sihao.inspections.queries.items import Item, list_items
from sihao.inspections.queries.sheets import list_judgements, show_judgements
from sihao.inspections.schemas.decisions import (
    ConsolidationItem,
    ConsolidationPublic,
    DecidedDeduction,
    DecisionPublic,
    OpinionPublic,
)
from sihao.inspections.scoring import item_score


async def list_decisions(ctx: Context, inspection_id: UUID) -> list[ItemDecision]:
    """List the decisions of an inspection that the actor may read."""
    rows = select(ItemDecision).where(
        ItemDecision.inspection_id == inspection_id, policy.visible_decisions(ctx.actor)
    )
    return list((await ctx.db.exec(rows)).all())


async def get_decision(
    ctx: Context, inspection_id: UUID, criterion_id: UUID
) -> ItemDecision | None:
    """Read and hold the decision on one item, if there is one."""
    rows = select(ItemDecision).where(
        ItemDecision.inspection_id == inspection_id,
        ItemDecision.criterion_id == criterion_id,
        policy.visible_decisions(ctx.actor),
    )
    return (await ctx.db.exec(rows.with_for_update())).first()


async def list_opinions(
    ctx: Context, inspection: Inspection, people: GroupPeople, items: Sequence[Item]
) -> dict[UUID, list[OpinionPublic]]:
    """List what each inspector who judges the unit said, by item, from submitted sheets."""
    rows = select(ScoreSheet).where(
        ScoreSheet.inspection_id == inspection.id,
        ScoreSheet.state == SheetState.SUBMITTED,
        col(ScoreSheet.inspector_id).in_(people.inspectors),
        policy.visible_sheets(ctx.actor),
    )
    sheets = {one.id: one for one in (await ctx.db.exec(rows)).all()}
    judgements = await show_judgements(ctx, await list_judgements(ctx, sheets), items)
    names = people.inspectors
    opinions: dict[UUID, list[OpinionPublic]] = {}
    for one in sorted(judgements, key=lambda each: names[sheets[each.sheet_id].inspector_id]):
        said = OpinionPublic(
            sheet_id=one.sheet_id,
            inspector=names[sheets[one.sheet_id].inspector_id],
            lost=one.lost,
            doubt=one.doubt,
            note=one.note,
            deductions=one.deductions,
        )
        opinions.setdefault(one.criterion_id, []).append(said)
    return opinions


async def count_words(ctx: Context, inspection_id: UUID) -> dict[UUID, int]:
    """Add up for each item the versions of all judgements on it: what a decision rests on."""
    rows = (
        sa_select(col(Judgement.criterion_id), func.sum(col(Judgement.version)))
        .join(ScoreSheet, col(ScoreSheet.id) == col(Judgement.sheet_id))
        .where(col(ScoreSheet.inspection_id) == inspection_id)
        .group_by(col(Judgement.criterion_id))
    )
    return {item: int(number) for item, number in (await ctx.db.execute(rows)).all()}


def is_outdated(decision: ItemDecision, words: Mapping[UUID, int]) -> bool:
    """Tell whether an inspector had a word on the item after it was decided."""
    return decision.rests_on is not None and decision.rests_on != words.get(
        decision.criterion_id, 0
    )


def is_agreed(opinions: Sequence[OpinionPublic]) -> bool:
    """Tell whether nobody doubts and all name the same clauses and points."""
    said = {
        tuple(sorted((each.clause, each.times, each.points) for each in one.deductions))
        for one in opinions
    }
    return len(said) == 1 and not any(one.doubt for one in opinions)


def gap_of(opinions: Sequence[OpinionPublic]) -> Decimal:
    """Tell how many points the inspectors are apart."""
    lost = [one.lost for one in opinions]
    return max(lost) - min(lost) if lost else Decimal(0)


def show_decision(decision: ItemDecision, points: Decimal) -> DecisionPublic:
    """Represent a decision with what it leaves of the item's points."""
    return DecisionPublic(
        **decision.model_dump(include={"id", "criterion_id", "lost", "restored", "reason"}),
        decided_by=decision.decided_by,
        version=decision.version,
        score=item_score(points, decision.lost, decision.restored),
        deductions=[DecidedDeduction.model_validate(one) for one in decision.deductions],
    )


async def check_own_sheet(ctx: Context, inspection: Inspection) -> None:
    """Raise `Conflict` while the actor's own sheet is open: others' words are kept back (F32)."""
    own = select(ScoreSheet).where(
        ScoreSheet.inspection_id == inspection.id,
        ScoreSheet.inspector_id == ctx.actor.id,
        ScoreSheet.state == SheetState.OPEN,
    )
    if (await ctx.db.exec(own)).first() is not None:
        code, zh = "consolidation.own_sheet", "请先提交自己的评分表，再看其他人的评分。"
        raise Conflict(code, zh, "Submit your own sheet first.")


async def show_consolidation(ctx: Context, inspection: Inspection) -> ConsolidationPublic:
    """Lay the inspectors' words on each item side by side.

    Raises `Forbidden` for a unit, `Conflict` for an inspector whose own sheet is open (F32).
    """
    policy.check_reads_facts(ctx.actor, inspection.unit_id)
    await check_own_sheet(ctx, inspection)
    people = await get_people_of(ctx, inspection)
    items = await list_items(ctx, await get_campaign(ctx, inspection.campaign_id))
    opinions = await list_opinions(ctx, inspection, people, items)
    decisions = {one.criterion_id: one for one in await list_decisions(ctx, inspection.id)}
    waiting = await list_waiting(ctx, inspection, people)
    words = await count_words(ctx, inspection.id)
    return ConsolidationPublic(
        inspection_id=inspection.id,
        waiting=waiting,
        can_decide=(
            not waiting
            and ctx.actor.id == people.leader_id
            and inspection.state is InspectionState.IN_PROGRESS
        ),
        items=[
            _show_item(
                item, opinions.get(item.criterion.id, []), decisions.get(item.criterion.id), words
            )
            for item in items
        ],
    )


def _show_item(
    item: Item,
    opinions: list[OpinionPublic],
    decision: ItemDecision | None,
    words: Mapping[UUID, int],
) -> ConsolidationItem:
    return ConsolidationItem(
        criterion_id=item.criterion.id,
        code=item.criterion.code,
        title=item.criterion.title,
        dimension=item.dimension,
        points=item.points,
        opinions=opinions,
        gap=gap_of(opinions),
        agreed=is_agreed(opinions),
        decision=show_decision(decision, item.points) if decision else None,
        outdated=decision is not None and is_outdated(decision, words),
    )
