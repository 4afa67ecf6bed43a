"""Gather what a year's results are computed from: a few statements for all units together."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign, Criterion, Dimension, Standard
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import (
    CoAssessment,
    CoAssessmentResult,
    Finding,
    Inspection,
    ItemDecision,
)
from sihao.results.frozen import (
    FrozenAssessment,
    FrozenBallot,
    FrozenDeduction,
    FrozenDimension,
    FrozenItem,
    Inputs,
)
from sihao.results.queries.ballots import list_ballots
from sihao.results.queries.extras import list_standing
from sihao.results.schemas import SchemeTrial
from sihao.units.models import Unit, UnitKind


async def list_inputs(ctx: Context, campaign: Campaign) -> tuple[dict[UUID, Inputs], list[str]]:
    """Freeze the inputs of every unit whose inspection is final, and name the units without one."""
    rows = select(Unit, Inspection.id, Inspection.state).outerjoin(
        Inspection,
        (col(Inspection.unit_id) == col(Unit.id)) & (col(Inspection.campaign_id) == campaign.id),
    )
    rows = rows.where(col(Unit.active), Unit.kind == UnitKind.UNIT).order_by(col(Unit.sort_order))
    units = (await ctx.db.exec(rows)).all()
    final = {ident: unit for unit, ident, state in units if state == InspectionState.FINALIZED}
    missing = [unit.name for unit, _, state in units if state != InspectionState.FINALIZED]
    standard, dimensions, criteria = await _standard(ctx, campaign)
    items = await _items(ctx, final, criteria, {one.id: one.code for one in dimensions})
    findings = await _findings(ctx, final, criteria)
    assessments = await _assessments(ctx, campaign.id, [unit.id for unit in final.values()])
    standing = await list_standing(ctx, campaign.id)
    rules = await campaigns.get_rules(ctx, campaign.id)
    ballots = await list_ballots(ctx, campaign.id, rules.rater_groups)
    frozen = {
        unit.id: Inputs(
            year=campaign.year,
            unit_id=str(unit.id),
            unit_name=unit.name,
            unit_class=unit.unit_class,
            standard=f"{standard.name}（{standard.year}）",
            dimensions=[FrozenDimension(code=one.code, title=one.title) for one in dimensions],
            items=items[ident],
            assessments=assessments[unit.id],
            ballots=ballots.get(unit.id, []),
            extras=standing[unit.id].extras,
            vetoes=standing[unit.id].vetoes,
            finding_items=findings[ident],
            rules=rules,
        )
        for ident, unit in final.items()
    }
    return frozen, missing


async def make_up_inputs(ctx: Context, campaign: Campaign, trial: SchemeTrial) -> Inputs:
    """Make the inputs of a unit that there is not, to see what a scheme does."""
    if campaign.standard_id is None:
        raise NotFound("scheme.unknown", "请先选定创建标准。", "Choose a standard first.")
    standard, dimensions, criteria = await _standard(ctx, campaign)
    codes = {one.id: one.code for one in dimensions}
    rules = trial.rules
    return Inputs(
        year=campaign.year,
        unit_id="",
        unit_name="试算单位",
        unit_class=trial.unit_class,
        standard=f"{standard.name}（{standard.year}）",
        dimensions=[FrozenDimension(code=one.code, title=one.title) for one in dimensions],
        items=[
            FrozenItem(
                code=one.code,
                title=one.title,
                dimension=codes[one.dimension_id],
                lost=trial.lost.get(one.code, Decimal(0)),
                restored=Decimal(0),
            )
            for one in criteria.values()
            if one.code in rules.items
        ],
        assessments=[
            FrozenAssessment(code=code, title=code, score=trial.assessments.get(code))
            for code in rules.co_weights
        ],
        ballots=[
            FrozenBallot(group=name, score=trial.ballots.get(name)) for name in rules.rater_groups
        ],
        finding_items=[],
        rules=rules,
    )


async def _standard(
    ctx: Context, campaign: Campaign
) -> tuple[Standard, list[Dimension], dict[UUID, Criterion]]:
    standard = (
        await ctx.db.exec(select(Standard).where(Standard.id == campaign.standard_id))
    ).one()
    dimensions = select(Dimension).where(Dimension.standard_id == standard.id)
    criteria = select(Criterion).where(Criterion.standard_id == standard.id)
    criteria = criteria.order_by(col(Criterion.sort_order), col(Criterion.code))
    return (
        standard,
        list((await ctx.db.exec(dimensions.order_by(col(Dimension.sort_order)))).all()),
        {one.id: one for one in (await ctx.db.exec(criteria)).all()},
    )


async def _items(
    ctx: Context,
    final: Iterable[UUID],
    criteria: dict[UUID, Criterion],
    dimensions: dict[UUID, str],
) -> dict[UUID, list[FrozenItem]]:
    rows = select(ItemDecision).where(col(ItemDecision.inspection_id).in_(list(final)))
    found: dict[UUID, list[FrozenItem]] = defaultdict(list)
    for decision in (await ctx.db.exec(rows)).all():
        criterion = criteria[decision.criterion_id]
        found[decision.inspection_id].append(
            FrozenItem(
                code=criterion.code,
                title=criterion.title,
                dimension=dimensions[criterion.dimension_id],
                lost=decision.lost,
                restored=decision.restored,
                reason=decision.reason,
                deductions=[_deduction(one) for one in decision.deductions],
            )
        )
    for items in found.values():
        items.sort(key=lambda item: item.code)
    return found


def _deduction(stored: dict[str, Any]) -> FrozenDeduction:
    kept = {name: stored[name] for name in FrozenDeduction.model_fields if name in stored}
    return FrozenDeduction.model_validate(kept)


async def _findings(
    ctx: Context, final: Iterable[UUID], criteria: dict[UUID, Criterion]
) -> dict[UUID, list[str]]:
    rows = select(Finding.inspection_id, Finding.criterion_id).where(
        col(Finding.inspection_id).in_(list(final))
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for inspection_id, criterion_id in (await ctx.db.exec(rows)).all():
        found[inspection_id].append(criteria[criterion_id].code)
    place = {one.code: at for at, one in enumerate(criteria.values())}
    for codes in found.values():
        codes.sort(key=place.__getitem__)
    return found


async def _assessments(
    ctx: Context, campaign_id: UUID, units: Iterable[UUID]
) -> dict[UUID, list[FrozenAssessment]]:
    """Give each unit the year's merged assessments, with or without a result."""
    heads = select(CoAssessment).where(CoAssessment.campaign_id == campaign_id)
    known = list((await ctx.db.exec(heads.order_by(col(CoAssessment.code)))).all())
    rows = select(CoAssessmentResult).where(
        col(CoAssessmentResult.co_assessment_id).in_([one.id for one in known])
    )
    results = {(one.co_assessment_id, one.unit_id): one for one in (await ctx.db.exec(rows)).all()}
    return {
        unit: [_assessment(head, results.get((head.id, unit))) for head in known] for unit in units
    }


def _assessment(head: CoAssessment, result: CoAssessmentResult | None) -> FrozenAssessment:
    return FrozenAssessment(
        code=head.code,
        title=head.title,
        score=result.score if result else None,
        source=result.source if result else "",
    )
