"""Consolidate: the group's leader decides each item; the inspectors' originals stay (F40)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections.actions.fields import check_fields
from sihao.inspections.actions.phase import INSPECTING, hold_phase
from sihao.inspections.actions.sheets import check_catalogue
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Inspection, ItemDecision
from sihao.inspections.queries import decisions, inspections, sheets
from sihao.inspections.queries.items import Item, list_items
from sihao.inspections.schemas.decisions import (
    DecidedDeduction,
    DecidedWord,
    DecisionBody,
    DecisionPublic,
    OpinionPublic,
)
from sihao.inspections.schemas.sheets import DeductionPublic
from sihao.inspections.scoring import lost_points


@dataclass(frozen=True, slots=True)
class _Table:
    """What lies on the group's table."""

    inspection: Inspection
    items: list[Item]
    opinions: Mapping[UUID, list[OpinionPublic]]
    words: Mapping[UUID, int]


async def _open_table(ctx: Context, inspection_id: UUID) -> _Table:
    inspection = await inspections.get_inspection(ctx, inspection_id, lock=True)
    await hold_phase(ctx, inspection.campaign_id, INSPECTING)
    people = await inspections.get_people_of(ctx, inspection)
    if ctx.actor.id != people.leader_id or ctx.actor.id not in people.inspectors:
        code, zh = "decision.leader", "合议由检查组组长办理。"
        raise Forbidden(code, zh, "Only the group's leader decides.")
    if inspection.state is not InspectionState.IN_PROGRESS:
        code, zh = "decision.state", "只有检查进行中才能合议。"
        raise Conflict(code, zh, "The inspection is not in progress.", state=inspection.state)
    waiting = await inspections.list_waiting(ctx, inspection, people)
    if waiting:
        code, zh = "decision.waiting", f"还有人没有提交评分表：{'、'.join(waiting)}。"
        raise Conflict(code, zh, "Not every sheet is submitted.")
    items = await list_items(ctx, await get_campaign(ctx, inspection.campaign_id))
    opinions = await decisions.list_opinions(ctx, inspection, people, items)
    return _Table(inspection, items, opinions, await decisions.count_words(ctx, inspection.id))


async def decide_item(
    ctx: Context, inspection_id: UUID, criterion_id: UUID, version: int, body: DecisionBody
) -> DecisionPublic:
    """Write the group's word on one item; version 0 makes the first."""
    table = await _open_table(ctx, inspection_id)
    item = next((one for one in table.items if one.criterion.id == criterion_id), None)
    if item is None:
        raise NotFound("criterion.unknown", "没有这个条目。", "No such item.")
    opinions = table.opinions.get(criterion_id, [])
    if not body.reason and (body.own or not decisions.is_agreed(opinions)):
        code, zh = "decision.reason", "评分不一致、有存疑或者另行扣分的，须写明合议理由。"
        raise Invalid(code, zh, "Say why.", pointer="/body/reason")
    said = {one.id: one for opinion in opinions for one in opinion.deductions}
    deductions = [*_chosen(said, body.deduction_ids), *await _own(ctx, table, item, body)]
    decision = await decisions.get_decision(ctx, inspection_id, criterion_id)
    if decision is None:
        if version != 0:
            raise Stale(
                "version.stale", "这一项还没有合议，请重新打开。", "Nothing is decided yet."
            )
        decision = _new_decision(ctx, table.inspection, item)
    else:
        check_fields(decision, version, _word(deductions, body.reason), _word_of(decision))
        touch(ctx, decision)
    decision.rests_on = table.words.get(criterion_id, 0)
    _write(ctx, decision, item, deductions, body.reason)
    await ctx.db.flush()
    return decisions.show_decision(decision, item.points)


async def decide_agreed(ctx: Context, inspection_id: UUID) -> Inspection:
    """Take over every item on which all agree, if it is not decided since their last word."""
    table = await _open_table(ctx, inspection_id)
    known = {one.criterion_id: one for one in await decisions.list_decisions(ctx, inspection_id)}
    for item in table.items:
        opinions = table.opinions.get(item.criterion.id, [])
        decision = known.get(item.criterion.id)
        decided = decision is not None and not decisions.is_outdated(decision, table.words)
        if decided or not decisions.is_agreed(opinions):
            continue
        if decision is None:
            decision = _new_decision(ctx, table.inspection, item)
        else:
            touch(ctx, decision)
        decision.rests_on = table.words.get(item.criterion.id, 0)
        _write(ctx, decision, item, [_copy(one) for one in opinions[0].deductions], "")
    await ctx.db.flush()
    return table.inspection


def _word(deductions: list[DecidedDeduction], reason: str) -> DecidedWord:
    return DecidedWord(deductions=deductions, reason=reason)


def _word_of(decision: ItemDecision) -> DecidedWord:
    return DecidedWord.model_validate({**decision.model_dump(include={"deductions", "reason"})})


def _chosen(said: Mapping[UUID, DeductionPublic], wanted: Sequence[UUID]) -> list[DecidedDeduction]:
    for at, one in enumerate(wanted):
        if one not in said:
            code, zh = "deduction.unknown", "这一项没有这条扣分。"
            pointer = f"/body/deduction_ids/{at}"
            raise Invalid(code, zh, "No such deduction of this item.", pointer=pointer)
    return [_copy(said[one]) for one in dict.fromkeys(wanted)]


def _copy(one: DeductionPublic) -> DecidedDeduction:
    return DecidedDeduction(**one.model_dump(exclude={"id"}))


async def _own(
    ctx: Context, table: _Table, item: Item, body: DecisionBody
) -> list[DecidedDeduction]:
    check_catalogue(item, body.own, "/body/own")
    titles = await sheets.check_evidence(
        ctx,
        table.inspection.unit_id,
        {f"/body/own/{at}/evidence_id": one.evidence_id for at, one in enumerate(body.own)},
    )
    return [
        DecidedDeduction(
            **one.model_dump(),
            evidence_title=titles[one.evidence_id] if one.evidence_id else "",
            inspector=ctx.actor.name,
        )
        for one in body.own
    ]


def _new_decision(ctx: Context, inspection: Inspection, item: Item) -> ItemDecision:
    decision = ItemDecision(
        unit_id=inspection.unit_id,
        inspection_id=inspection.id,
        criterion_id=item.criterion.id,
        lost=item.points,
        decided_by=ctx.actor.name,
        **stamps(ctx),
    )
    ctx.db.add(decision)
    return decision


def _write(
    ctx: Context,
    decision: ItemDecision,
    item: Item,
    deductions: list[DecidedDeduction],
    reason: str,
) -> None:
    before = None if decision.version == 1 else str(decision.lost)
    decision.lost = lost_points(item.most, (one.points for one in deductions))
    decision.deductions = [one.model_dump(mode="json") for one in deductions]
    decision.reason = reason
    decision.decided_by = ctx.actor.name
    emit(
        ctx,
        "decision.made",
        decision.id,
        decision.unit_id,
        audience=Audience.COMMITTEE,
        criterion=item.criterion.code,
        lost=str(decision.lost),
        before=before,
        reason=reason,
    )
