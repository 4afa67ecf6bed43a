"""Read findings, objections and the unit's feedback."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select
from sqlmodel import col, select

from sihao.campaigns.models import Criterion
from sihao.campaigns.queries import get_campaign
from sihao.core.context import COMMITTEE, Context, Role
from sihao.core.errors import Conflict, NotFound
from sihao.core.paging import json_page, row_of
from sihao.evidence.models import Evidence
from sihao.inspections import policy
from sihao.inspections.lifecycle import (
    OBJECTION,
    OBJECTION_OPEN,
    InspectionState,
    ObjectionFacts,
)
from sihao.inspections.models import (
    Finding,
    GroupMember,
    Inspection,
    InspectionGroup,
    ItemDecision,
    Objection,
)
from sihao.inspections.queries.decisions import list_decisions, show_decision
from sihao.inspections.queries.history import list_writers
from sihao.inspections.queries.inspections import show_inspection
from sihao.inspections.queries.items import Item, list_items
from sihao.inspections.queries.recusals import list_aside
from sihao.inspections.queries.sheets import list_sheet_owners
from sihao.inspections.schemas.inspections import FeedbackPublic, ItemScore
from sihao.inspections.schemas.objections import (
    FindingPublic,
    FindingQuery,
    ObjectionPublic,
    ObjectionQuery,
)
from sihao.units.models import Unit

_FINDINGS = (
    row_of(
        FindingPublic,
        Finding,
        col(Unit.name).label("unit_name"),
        col(Criterion.code).label("criterion_code"),
        col(Criterion.title).label("criterion_title"),
    )
    .join(Unit, col(Unit.id) == col(Finding.unit_id))
    .join(Criterion, col(Criterion.id) == col(Finding.criterion_id))
    .join(Inspection, col(Inspection.id) == col(Finding.inspection_id))
)
_OBJECTIONS = (
    row_of(
        ObjectionPublic,
        Objection,
        col(Unit.name).label("unit_name"),
        col(InspectionGroup.name).label("group_name"),
        col(Criterion.code).label("criterion_code"),
        col(Criterion.title).label("criterion_title"),
        col(Evidence.title).label("evidence_title"),
        col(ItemDecision.lost).label("lost"),
    )
    .join(Unit, col(Unit.id) == col(Objection.unit_id))
    .join(Criterion, col(Criterion.id) == col(Objection.criterion_id))
    .join(Inspection, col(Inspection.id) == col(Objection.inspection_id))
    .join(InspectionGroup, col(InspectionGroup.id) == col(Inspection.group_id))
    .join(
        ItemDecision,
        (col(ItemDecision.inspection_id) == col(Objection.inspection_id))
        & (col(ItemDecision.criterion_id) == col(Objection.criterion_id)),
    )
    .outerjoin(Evidence, col(Evidence.id) == col(Objection.evidence_id))
)


async def list_findings(ctx: Context, query: FindingQuery) -> Response:
    """Answer a page of findings."""
    ctx.require_scope("result:read")
    rows = _FINDINGS.where(policy.visible_findings(ctx.actor))
    for column, wanted in (
        (Inspection.campaign_id, query.campaign_id),
        (Finding.inspection_id, query.inspection_id),
        (Finding.unit_id, query.unit_id),
        (Finding.criterion_id, query.criterion_id),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    sorts = {"created_at": col(Finding.created_at)}
    return await json_page(ctx, rows, query, sorts, col(Finding.id))


async def get_finding(ctx: Context, finding_id: UUID) -> FindingPublic:
    """Read one finding; raise `NotFound` for one that is not to be seen yet."""
    ctx.require_scope("result:read")
    rows = _FINDINGS.where(col(Finding.id) == finding_id, policy.visible_findings(ctx.actor))
    row = (await ctx.db.execute(rows)).mappings().one_or_none()
    if row is None:
        raise NotFound("finding.unknown", "没有这条发现问题。", "No such finding.")
    return FindingPublic(**row)


async def list_findings_of(ctx: Context, inspection_id: UUID) -> list[FindingPublic]:
    """List the findings of one inspection in the standard's order."""
    rows = _FINDINGS.where(
        col(Finding.inspection_id) == inspection_id, policy.visible_findings(ctx.actor)
    ).order_by(col(Criterion.sort_order), col(Finding.created_at))
    return [FindingPublic(**row) for row in (await ctx.db.execute(rows)).mappings()]


def _objections(ctx: Context) -> Select[Any]:
    actions = OBJECTION.actions_sql(Objection, ctx.actor).label("actions")
    return _OBJECTIONS.where(policy.visible_objections(ctx.actor)).add_columns(actions)


async def list_objections(ctx: Context, query: ObjectionQuery) -> Response:
    """Answer a page of objections."""
    ctx.require_scope("result:read")
    rows = _objections(ctx)
    for column, wanted in (
        (Inspection.campaign_id, query.campaign_id),
        (Objection.inspection_id, query.inspection_id),
        (Objection.unit_id, query.unit_id),
        (Objection.state, query.state),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    if query.open is not None:
        rows = rows.where(col(Objection.state).in_(OBJECTION_OPEN) == query.open)
    sorts = {"created_at": col(Objection.created_at)}
    return await json_page(ctx, rows, query, sorts, col(Objection.id))


async def get_objection(ctx: Context, objection_id: UUID, *, lock: bool = False) -> Objection:
    """Read one objection; raise `NotFound` for a foreign one too."""
    ctx.require_scope("result:read")
    rows = select(Objection).where(
        Objection.id == objection_id, policy.visible_objections(ctx.actor)
    )
    objection = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if objection is None:
        raise NotFound("objection.unknown", "没有这件陈述申辩。", "No such objection.")
    return objection


async def get_objection_on(
    ctx: Context, inspection_id: UUID, criterion_id: UUID
) -> Objection | None:
    """Read the objection to one item, if there is one."""
    rows = select(Objection).where(
        Objection.inspection_id == inspection_id,
        Objection.criterion_id == criterion_id,
        policy.visible_objections(ctx.actor),
    )
    return (await ctx.db.exec(rows)).first()


async def get_objection_facts(ctx: Context, objection: Objection) -> ObjectionFacts:
    """Tell who must not decide: whoever took part in judging the unit, or stands aside for it.

    The record tells also of those who have left the group since.
    """
    rows = (
        select(GroupMember.person_id)
        .join(Inspection, col(Inspection.group_id) == col(GroupMember.group_id))
        .where(Inspection.id == objection.inspection_id)
    )
    members = set((await ctx.db.exec(rows)).all())
    owners = await list_sheet_owners(ctx, objection.inspection_id)
    wrote = await list_writers(ctx, objection.inspection_id, objection.criterion_id)
    aside = (await list_aside(ctx, [objection.unit_id])).get(objection.unit_id, frozenset())
    return ObjectionFacts(scorers=frozenset(members | owners | wrote), aside=aside)


async def show_objection(ctx: Context, objection: Objection) -> ObjectionPublic:
    """Represent an objection with the caller's actions."""
    rows = _objections(ctx).where(col(Objection.id) == objection.id)
    row = (await ctx.db.execute(rows)).mappings().one()
    facts = await get_objection_facts(ctx, objection)
    actions = OBJECTION.actions(ctx.actor, objection, facts)
    return ObjectionPublic.model_validate({**row, "actions": actions})


async def show_feedback(ctx: Context, inspection: Inspection) -> FeedbackPublic:
    """Lay out what a unit lost and why.

    Raises `Conflict` while there is nothing to read: before `feedback` for the unit and
    leadership, before `scored` for everybody.
    """
    ready = {InspectionState.FEEDBACK, InspectionState.FINALIZED}
    if ctx.actor.has(COMMITTEE) or inspection.unit_id in ctx.actor.assigned:
        ready.add(InspectionState.SCORED)
    if inspection.state not in ready:
        code, zh = "inspection.not_given", "检查组尚未反馈意见。"
        raise Conflict(code, zh, "There is no feedback yet.", state=inspection.state)
    items = await list_items(ctx, await get_campaign(ctx, inspection.campaign_id))
    decisions = {one.criterion_id: one for one in await list_decisions(ctx, inspection.id)}
    objections = {one.criterion_id: one for one in await _list_objections_of(ctx, inspection)}
    shown = [
        _show_score(item, decisions.get(item.criterion.id), objections.get(item.criterion.id))
        for item in items
    ]
    return FeedbackPublic(
        inspection=await show_inspection(ctx, inspection),
        points=sum((one.points for one in shown), Decimal(0)),
        score=sum((one.score for one in shown), Decimal(0)),
        items=shown,
        findings=await list_findings_of(ctx, inspection.id),
        may_object=why_not_object(ctx, inspection) is None,
    )


def why_not_object(ctx: Context, inspection: Inspection) -> str | None:
    """Say why the caller cannot object now, or None."""
    owns = ctx.actor.unit_id == inspection.unit_id
    if not owns or not ctx.actor.has({Role.UNIT_LEAD, Role.UNIT_DEPUTY}):
        return "陈述申辩由本单位主要负责同志或者分管负责同志提出。"
    if inspection.state is not InspectionState.FEEDBACK or inspection.confirmed_at is not None:
        return "只有在反馈期间、确认反馈意见之前可以陈述申辩。"
    if inspection.objections_until is None or ctx.now > inspection.objections_until:
        return "陈述申辩期限已过。"
    return None


async def _list_objections_of(ctx: Context, inspection: Inspection) -> list[ObjectionPublic]:
    rows = _objections(ctx).where(col(Objection.inspection_id) == inspection.id)
    return [
        ObjectionPublic.model_validate(dict(row)) for row in (await ctx.db.execute(rows)).mappings()
    ]


def _show_score(
    item: Item, decision: ItemDecision | None, objection: ObjectionPublic | None
) -> ItemScore:
    said = show_decision(decision, item.points) if decision else None
    return ItemScore(
        criterion_id=item.criterion.id,
        code=item.criterion.code,
        title=item.criterion.title,
        dimension=item.dimension,
        points=item.points,
        lost=said.lost if said else Decimal(0),
        restored=said.restored if said else Decimal(0),
        score=said.score if said else item.points,
        deductions=said.deductions if said else [],
        reason=said.reason if said else "",
        objection=objection,
    )
