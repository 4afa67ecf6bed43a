"""Record findings; file and decide objections."""

from decimal import Decimal
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Forbidden, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections import policy
from sihao.inspections.actions.phase import INSPECTING, UNTIL_CLOSED, hold_phase
from sihao.inspections.lifecycle import OBJECTION, InspectionState
from sihao.inspections.models import Finding, ItemDecision, Objection
from sihao.inspections.queries import decisions, inspections, objections, sheets
from sihao.inspections.queries.items import get_item_named
from sihao.inspections.schemas.objections import FindingCreate, ObjectionCreate


async def create_finding(ctx: Context, body: FindingCreate) -> Finding:
    """Record a problem found with an item while the inspection runs."""
    inspection = await inspections.get_inspection_named(ctx, body.inspection_id, lock=True)
    policy.check_inspects(ctx.actor, inspection.unit_id)
    await hold_phase(ctx, inspection.campaign_id, INSPECTING)
    if inspection.state is not InspectionState.IN_PROGRESS:
        code, zh = "finding.state", "只有检查进行中才能记录发现的问题。"
        raise Conflict(code, zh, "The inspection is not in progress.", state=inspection.state)
    item = await get_item_named(ctx, inspection.campaign_id, body.criterion_id)
    finding = Finding.model_validate(
        body,
        update={
            "unit_id": inspection.unit_id,
            "found_by": ctx.actor.name,
            "found_by_id": ctx.actor.id,
            **stamps(ctx),
        },
    )
    ctx.db.add(finding)
    await ctx.db.flush()
    emit(
        ctx,
        "finding.created",
        finding.id,
        finding.unit_id,
        audience=Audience.COMMITTEE,
        inspection_id=str(inspection.id),
        criterion=item.criterion.code,
    )
    return finding


async def file_objection(ctx: Context, body: ObjectionCreate) -> Objection:
    """Object to an item's deductions: once for an item, in feedback, before the last day."""
    ctx.require(Role.UNIT_LEAD, Role.UNIT_DEPUTY)
    inspection = await inspections.get_inspection_named(ctx, body.inspection_id, lock=True)
    if inspection.unit_id != ctx.actor.unit_id:
        code, zh = "objection.unit", "只能对本单位的反馈意见陈述申辩。"
        raise Forbidden(code, zh, "Only the own unit's feedback.")
    await hold_phase(ctx, inspection.campaign_id, UNTIL_CLOSED)
    why = objections.why_not_object(ctx, inspection)
    if why is not None:
        raise Conflict("objection.closed", why, "Objections are not open.")
    item = await get_item_named(ctx, inspection.campaign_id, body.criterion_id)
    decision = await decisions.get_decision(ctx, inspection.id, item.criterion.id)
    if decision is None or decision.lost == 0:
        code, zh = "objection.nothing_lost", "这一项没有扣分，不需要陈述申辩。"
        raise Invalid(code, zh, "Nothing was deducted.", pointer="/body/criterion_id")
    if await objections.get_objection_on(ctx, inspection.id, item.criterion.id) is not None:
        code, zh = "objection.twice", "这一项已经提出过陈述申辩。"
        raise Conflict(code, zh, "There is an objection to this item.")
    await sheets.check_evidence(ctx, inspection.unit_id, {"/body/evidence_id": body.evidence_id})
    objection = Objection.model_validate(
        body,
        update={"unit_id": inspection.unit_id, "filed_by": ctx.actor.name, **stamps(ctx)},
    )
    ctx.db.add(objection)
    await ctx.db.flush()
    emit(
        ctx,
        "objection.filed",
        objection.id,
        objection.unit_id,
        audience=Audience.UNIT,
        criterion=item.criterion.code,
    )
    return objection


async def move_objection(
    ctx: Context, objection_id: UUID, version: int, name: str, opinion: str
) -> Objection:
    """Take an objection up, uphold it (all lost points come back) or dismiss it."""
    return await _decide(ctx, objection_id, version, name, opinion, None)


async def uphold_partly(
    ctx: Context, objection_id: UUID, version: int, opinion: str, restored: Decimal
) -> Objection:
    """Give part of the lost points back; all of them would be to uphold."""
    return await _decide(ctx, objection_id, version, "uphold_partly", opinion, restored)


async def _decide(
    ctx: Context,
    objection_id: UUID,
    version: int,
    name: str,
    opinion: str,
    restored: Decimal | None,
) -> Objection:
    objection = await objections.get_objection(ctx, objection_id, lock=True)
    inspection = await inspections.get_inspection(ctx, objection.inspection_id, lock=True)
    await hold_phase(ctx, inspection.campaign_id, UNTIL_CLOSED)
    check_version(objection, version)
    if inspection.state is not InspectionState.FEEDBACK:
        code, zh = "objection.state", "检查已经定稿，陈述申辩不再办理。"
        raise Conflict(code, zh, "The inspection is finalized.", state=inspection.state)
    facts = await objections.get_objection_facts(ctx, objection)
    if name == "take_up":
        OBJECTION.apply(ctx, objection, name, opinion, facts=facts)
        await ctx.db.flush()
        return objection
    decision = await decisions.get_decision(ctx, inspection.id, objection.criterion_id)
    if decision is None:
        raise Conflict("objection.item", "这一项没有合议结果。", "The item is not decided.")
    back = _points_back(decision, name, restored)
    OBJECTION.apply(ctx, objection, name, opinion, facts=facts, restored=str(back))
    objection.decision = opinion
    objection.restored = back
    objection.decided_by = ctx.actor.name
    objection.decided_at = ctx.now
    if back:
        decision.restored += back
        touch(ctx, decision)
    await ctx.db.flush()
    return objection


def _points_back(decision: ItemDecision, name: str, restored: Decimal | None) -> Decimal:
    left = decision.lost - decision.restored
    if name == "uphold":
        return left
    if restored is None:
        return Decimal(0)
    if restored >= left:
        code, zh = "objection.restored", f"部分采纳恢复的分值须小于所扣的 {left} 分。"
        raise Invalid(code, zh, "Less than what was lost.", pointer="/body/restored")
    return restored
