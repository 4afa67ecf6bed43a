"""Read what stands behind one item of one unit: its own words, figures, evidence, last year."""

from uuid import UUID

from sqlalchemy import and_, func, true
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns import policy as campaigns_policy
from sihao.campaigns.models import Campaign, Criterion, CriterionMapping
from sihao.campaigns.queries import get_campaign, get_rules
from sihao.core.context import Context
from sihao.core.paging import row_of
from sihao.evidence import policy as evidence_policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceLink
from sihao.evidence.queries import FIRST_FILE
from sihao.inspections import policy
from sihao.inspections.models import Inspection, ItemDecision, Objection
from sihao.inspections.passages import passages
from sihao.inspections.queries.decisions import show_decision
from sihao.inspections.queries.items import Item, get_item
from sihao.inspections.schemas.inspections import (
    ItemEvidence,
    ItemFacts,
    LastObjection,
    LastYear,
    OwnMeasure,
    OwnWords,
)
from sihao.ledgers.models import LedgerEntry
from sihao.ledgers.queries import compute_indicators
from sihao.ledgers.schemas import Indicator, IndicatorCode
from sihao.plans import policy as plans_policy
from sihao.plans.models import Measure, Plan, Problem, ProblemCriterion
from sihao.self_reports.queries import find_report

_EVIDENCE = (
    row_of(
        ItemEvidence,
        EvidenceLink,
        col(EvidenceLink.id).label("link_id"),
        col(EvidenceLink.version).label("link_version"),
        col(Evidence.state).label("state"),
        col(Evidence.title).label("title"),
        *FIRST_FILE.c["file_name", "media_type", "size"],
    )
    .join(Evidence, col(Evidence.id) == col(EvidenceLink.evidence_id))
    .join(FIRST_FILE, true())
)


async def show_item(ctx: Context, inspection: Inspection, criterion_id: UUID) -> ItemFacts:
    """Gather all that an inspector needs to judge an item. Raises `Forbidden` for a unit."""
    policy.check_reads_facts(ctx.actor, inspection.unit_id)
    item = await get_item(ctx, inspection.campaign_id, criterion_id)
    criterion = item.criterion
    return ItemFacts(
        criterion_id=criterion.id,
        **criterion.model_dump(
            include={"code", "title", "text", "kind", "source_ref", "source_rule"}
        ),
        dimension=item.dimension,
        dimension_title=item.dimension_title,
        points=item.points,
        clauses=list(item.clauses),
        levels=list(item.levels),
        own_words=await _get_own_words(ctx, inspection, item),
        measures=await _list_measures(ctx, inspection, criterion),
        indicator=await _get_indicator(ctx, inspection, criterion.code),
        ledger_rows=await _count_ledgers(ctx, inspection, criterion),
        evidence=await _list_evidence(ctx, inspection, criterion),
        last_year=await _get_last_year(ctx, inspection, item),
    )


async def _get_own_words(ctx: Context, inspection: Inspection, item: Item) -> OwnWords | None:
    """Find the section as it was signed: what is being revised is nobody else's business."""
    report = await find_report(ctx, inspection.campaign_id, inspection.unit_id)
    signed = report.frozen["sections"] if report and report.frozen else []
    text = next((one["text"] for one in signed if one["dimension"] == item.dimension), None)
    if report is None or text is None:
        return None
    rules = await get_rules(ctx, inspection.campaign_id)
    about = passages(text, item.criterion.code, rules.items.keys())
    return OwnWords(state=report.state, text=text, passages=about)


async def _list_measures(
    ctx: Context, inspection: Inspection, criterion: Criterion
) -> list[OwnMeasure]:
    rows = (
        row_of(OwnMeasure, Measure, col(Problem.text).label("problem"))
        .join(Problem, col(Problem.id) == col(Measure.problem_id))
        .join(ProblemCriterion, col(ProblemCriterion.problem_id) == col(Problem.id))
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(
            col(Plan.campaign_id) == inspection.campaign_id,
            col(Measure.unit_id) == inspection.unit_id,
            col(ProblemCriterion.criterion_id) == criterion.id,
            plans_policy.visible_measures(ctx.actor),
        )
        .order_by(col(Problem.number), col(Measure.number))
    )
    return [OwnMeasure(**row) for row in (await ctx.db.execute(rows)).mappings()]


async def _get_indicator(ctx: Context, inspection: Inspection, code: str) -> Indicator | None:
    if code not in list(IndicatorCode):
        return None
    campaign = await get_campaign(ctx, inspection.campaign_id)
    computed = await compute_indicators(ctx, inspection.unit_id, campaign)
    return next((one for one in computed if one.criterion == code), None)


async def _count_ledgers(
    ctx: Context, inspection: Inspection, criterion: Criterion
) -> dict[str, int]:
    rows = (
        sa_select(col(LedgerEntry.kind), func.count())
        .where(
            col(LedgerEntry.campaign_id) == inspection.campaign_id,
            col(LedgerEntry.unit_id) == inspection.unit_id,
        )
        .group_by(col(LedgerEntry.kind))
    )
    counted = {kind.value: count for kind, count in (await ctx.db.execute(rows)).all()}
    return {kind: counted.get(kind, 0) for kind in criterion.ledgers if kind.startswith("T")}


async def _list_evidence(
    ctx: Context, inspection: Inspection, criterion: Criterion
) -> list[ItemEvidence]:
    rows = _EVIDENCE.where(
        col(EvidenceLink.criterion_id) == criterion.id,
        col(EvidenceLink.unit_id) == inspection.unit_id,
        col(Evidence.campaign_id) == inspection.campaign_id,
        col(Evidence.state) != EvidenceState.WITHDRAWN,
        evidence_policy.visible(ctx.actor),
    ).order_by(col(Evidence.title), col(EvidenceLink.id))
    return [ItemEvidence(**row) for row in (await ctx.db.execute(rows)).mappings()]


async def _get_last_year(ctx: Context, inspection: Inspection, item: Item) -> LastYear | None:
    """Find last year's decision on the item this one continues, or on the one with its code."""
    now = select(Campaign.year).where(Campaign.id == inspection.campaign_id).scalar_subquery()
    mapped = select(CriterionMapping.old_criterion_id).where(
        CriterionMapping.new_criterion_id == item.criterion.id
    )
    rows = (
        sa_select(ItemDecision, Criterion, Campaign, Objection)
        .join(Inspection, col(Inspection.id) == col(ItemDecision.inspection_id))
        .join(Campaign, col(Campaign.id) == col(Inspection.campaign_id))
        .join(Criterion, col(Criterion.id) == col(ItemDecision.criterion_id))
        .outerjoin(
            Objection,
            and_(
                col(Objection.inspection_id) == col(ItemDecision.inspection_id),
                col(Objection.criterion_id) == col(ItemDecision.criterion_id),
                policy.visible_objections(ctx.actor),
            ),
        )
        .where(
            col(Campaign.year) == now - 1,
            campaigns_policy.visible(ctx.actor),
            policy.visible_decisions(ctx.actor),
            col(ItemDecision.unit_id) == inspection.unit_id,
            col(Criterion.id).in_(mapped) | (col(Criterion.code) == item.criterion.code),
        )
        .order_by(col(Criterion.id).in_(mapped).desc(), col(Criterion.sort_order))
    )
    found = (await ctx.db.execute(rows)).first()
    if found is None:
        return None
    decision, criterion, campaign, objection = found
    rules = await get_rules(ctx, campaign.id)
    points = rules.items[criterion.code].points
    shown = show_decision(decision, points)
    return LastYear(
        year=campaign.year,
        code=criterion.code,
        title=criterion.title,
        points=points,
        score=shown.score,
        deductions=shown.deductions,
        reason=shown.reason,
        objection=LastObjection.model_validate(objection.model_dump()) if objection else None,
    )
