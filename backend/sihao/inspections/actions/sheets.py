"""Judge items and submit the sheet."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sihao.core.context import Context
from sihao.core.errors import Conflict, Forbidden, Invalid, Stale
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections import policy
from sihao.inspections.actions.fields import check_fields
from sihao.inspections.actions.phase import INSPECTING, hold_phase
from sihao.inspections.lifecycle import SHEET, InspectionState, SheetState
from sihao.inspections.models import Deduction, Judgement, JudgementChange, ScoreSheet
from sihao.inspections.queries import sheets
from sihao.inspections.queries.items import Item, get_item
from sihao.inspections.schemas.sheets import DeductionBody, JudgementBody, JudgementPublic
from sihao.inspections.scoring import lost_points


async def judge_item(
    ctx: Context, sheet_id: UUID, criterion_id: UUID, version: int, body: JudgementBody
) -> JudgementPublic:
    """Write the whole judgement of one item; version 0 makes the first.

    Raises `Conflict` once the sheet is submitted, `Invalid` for a deduction that contradicts the
    scheme's catalogue or names foreign evidence.
    """
    sheet = await sheets.get_sheet(ctx, sheet_id, lock=True)
    policy.check_scores(ctx.actor, sheet)
    item = await _open_item(ctx, sheet, criterion_id)
    check_catalogue(item, body.deductions, "/body/deductions")
    await sheets.check_evidence(
        ctx,
        sheet.unit_id,
        {
            f"/body/deductions/{at}/evidence_id": one.evidence_id
            for at, one in enumerate(body.deductions)
        },
    )
    judgement = await sheets.get_judgement(ctx, sheet.id, criterion_id)
    before = None
    if judgement is None:
        judgement = _first_judgement(ctx, sheet, criterion_id, version)
    else:
        stored = (await sheets.list_deductions(ctx, [judgement])).get(judgement.id, [])
        theirs = JudgementBody.model_construct(
            **judgement.model_dump(include={"doubt", "note"}),
            deductions=[_body_of(one) for one in stored],
        )
        check_fields(judgement, version, body, theirs)
        before = lost_points(item.most, (one.points for one in stored))
        for old in stored:
            await ctx.db.delete(old)
        touch(ctx, judgement)
    judgement.sqlmodel_update(body.model_dump(include={"doubt", "note"}))
    await ctx.db.flush()
    for one in body.deductions:
        ctx.db.add(
            Deduction.model_validate(
                one.model_dump(),
                update={
                    "unit_id": sheet.unit_id,
                    "judgement_id": judgement.id,
                    "inspector": ctx.actor.name,
                },
            )
        )
    emit(
        ctx,
        "judgement.saved",
        judgement.id,
        sheet.unit_id,
        audience=Audience.COMMITTEE,
        inspection_id=str(sheet.inspection_id),
        criterion=item.criterion.code,
    )
    ctx.db.add(
        JudgementChange(
            unit_id=sheet.unit_id,
            judgement_id=judgement.id,
            before=before,
            lost=lost_points(item.most, (one.points for one in body.deductions)),
            note=body.note,
            changed_by_id=ctx.actor.id,
            changed_by=ctx.actor.name,
            changed_at=ctx.now,
        )
    )
    await ctx.db.flush()
    return (await sheets.show_judgements(ctx, [judgement], [item]))[0]


async def _open_item(ctx: Context, sheet: ScoreSheet, criterion_id: UUID) -> Item:
    inspection = await sheets.get_inspection_of(ctx, sheet)
    await hold_phase(ctx, inspection.campaign_id, INSPECTING)
    if sheet.state is not SheetState.OPEN or inspection.state is not InspectionState.IN_PROGRESS:
        code, zh = "sheet.closed", "评分表已经提交，不能再改。"
        raise Conflict(code, zh, "The sheet is submitted.", state=sheet.state)
    found = await get_item(ctx, inspection.campaign_id, criterion_id)
    if found not in await sheets.list_items_of(ctx, sheet):
        code, zh = "judgement.allocated", "这个条目分给了本组其他成员，不由您评分。"
        raise Forbidden(code, zh, "This item is somebody else's to judge.")
    return found


def _body_of(one: Deduction) -> DeductionBody:
    return DeductionBody.model_construct(**one.model_dump(include=set(DeductionBody.model_fields)))


def _first_judgement(
    ctx: Context, sheet: ScoreSheet, criterion_id: UUID, version: int
) -> Judgement:
    if version != 0:
        raise Stale("version.stale", "这一项还没有评分，请重新打开。", "Nothing is judged yet.")
    judgement = Judgement(
        unit_id=sheet.unit_id, sheet_id=sheet.id, criterion_id=criterion_id, **stamps(ctx)
    )
    ctx.db.add(judgement)
    return judgement


def check_catalogue(item: Item, deductions: Sequence[DeductionBody], pointer: str) -> None:
    """Raise `Invalid` where a deduction contradicts the clause it names.

    An item judged by levels has one level at most below the best, and nothing else.
    """
    if item.levels and (len(deductions) > 1 or any(_is_no_level(one) for one in deductions)):
        code, zh = "deduction.level", f"{item.criterion.code} 按档次评分，只能选一档。"
        raise Invalid(code, zh, "Choose one level.", pointer=pointer)
    clauses = {clause.number: clause for clause in item.clauses}
    for at, one in enumerate(deductions):
        if one.clause_number is None:
            continue
        clause = clauses.get(one.clause_number)
        if clause is None:
            code, zh = "deduction.clause", f"{item.criterion.code} 的扣分目录没有这一条款。"
            where = f"{pointer}/{at}/clause_number"
            raise Invalid(code, zh, "No such clause.", pointer=where)
        if one.points != clause.points * Decimal(one.times):
            code, zh = "deduction.points", f"按条款应扣 {clause.points * one.times} 分。"
            where = f"{pointer}/{at}/points"
            raise Invalid(code, zh, "The clause costs otherwise.", pointer=where)


def _is_no_level(one: DeductionBody) -> bool:
    return one.clause_number is None or one.times != 1


async def move_sheet(
    ctx: Context, sheet_id: UUID, version: int, name: str, opinion: str
) -> ScoreSheet:
    """Submit a sheet, or give it back to its inspector.

    Once it is submitted nobody changes it. What is missing is told item by item.
    """
    sheet = await sheets.get_sheet(ctx, sheet_id, lock=True)
    inspection = await sheets.get_inspection_of(ctx, sheet)
    await hold_phase(ctx, inspection.campaign_id, INSPECTING)
    check_version(sheet, version)
    facts = await sheets.get_sheet_facts(ctx, sheet, await sheets.list_items_of(ctx, sheet))
    try:
        SHEET.apply(ctx, sheet, name, opinion, facts=facts)
    except Conflict as refused:
        if name == "submit" and sheet.state is SheetState.OPEN:
            refused.extra["errors"] = [
                {"pointer": f"/items/{code}", "code": "judgement.missing", "detail": "还没有评。"}
                for code in facts.unjudged
            ]
        raise
    sheet.submitted_at = ctx.now if sheet.state is SheetState.SUBMITTED else None
    await ctx.db.flush()
    return sheet
