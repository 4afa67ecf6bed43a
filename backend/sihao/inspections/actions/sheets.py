"""Judge items and submit the sheet."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid, NotFound, Stale
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections import policy
from sihao.inspections.actions.phase import INSPECTING, hold_phase
from sihao.inspections.lifecycle import SHEET, InspectionState, SheetState
from sihao.inspections.models import Deduction, Judgement, ScoreSheet
from sihao.inspections.queries import sheets
from sihao.inspections.queries.items import Item
from sihao.inspections.schemas.sheets import DeductionBody, JudgementBody, JudgementPublic


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
    if judgement is None:
        judgement = _first_judgement(ctx, sheet, criterion_id, version)
    else:
        check_version(judgement, version)
        for old in (await sheets.list_deductions(ctx, [judgement])).get(judgement.id, []):
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
        criterion=item.criterion.code,
    )
    await ctx.db.flush()
    return (await sheets.show_judgements(ctx, [judgement], [item]))[0]


async def _open_item(ctx: Context, sheet: ScoreSheet, criterion_id: UUID) -> Item:
    inspection = await sheets.get_inspection_of(ctx, sheet)
    await hold_phase(ctx, inspection.campaign_id, INSPECTING)
    if sheet.state is not SheetState.OPEN or inspection.state is not InspectionState.IN_PROGRESS:
        code, zh = "sheet.closed", "评分表已经提交，不能再改。"
        raise Conflict(code, zh, "The sheet is submitted.", state=sheet.state)
    items = await sheets.list_items_of(ctx, sheet)
    found = next((one for one in items if one.criterion.id == criterion_id), None)
    if found is None:
        raise NotFound("criterion.unknown", "没有这个条目。", "No such item.")
    return found


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
    """Raise `Invalid` where a deduction contradicts the clause it names."""
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


async def move_sheet(
    ctx: Context, sheet_id: UUID, version: int, name: str, opinion: str
) -> ScoreSheet:
    """Submit a sheet; from then on nobody changes it."""
    sheet = await sheets.get_sheet(ctx, sheet_id, lock=True)
    inspection = await sheets.get_inspection_of(ctx, sheet)
    await hold_phase(ctx, inspection.campaign_id, INSPECTING)
    check_version(sheet, version)
    facts = await sheets.get_sheet_facts(ctx, sheet, await sheets.list_items_of(ctx, sheet))
    SHEET.apply(ctx, sheet, name, opinion, facts=facts)
    sheet.submitted_at = ctx.now
    await ctx.db.flush()
    return sheet
