"""Read the settled year for the leadership: heat table, sentences, whom to watch, trend."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func
from sqlalchemy.orm import defer
from sqlmodel import col, select

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign, Criterion, Dimension
from sihao.campaigns.scheme import Rules
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.dashboards.queries import year
from sihao.dashboards.schemas import (
    DashboardQuery,
    HeatColumn,
    HeatItem,
    HeatRow,
    HeatTable,
    HeatUnit,
)
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceLink
from sihao.inspections.models import Inspection
from sihao.results import policy as results
from sihao.results.models import AnnualResult
from sihao.units.models import Unit

_UNREAD = (
    defer(col(AnnualResult.inputs), raiseload=True),  # type: ignore[arg-type]  # a mapped column
    defer(col(AnnualResult.outcome), raiseload=True),  # type: ignore[arg-type]  # a mapped column
)


async def get_settled_year(ctx: Context, campaign_id: UUID | None) -> Campaign | None:
    """Read the wanted year, or the newest one whose inspected units all have a visible result.

    While the first results of a year come out, the year before is still the one to speak of.
    """
    if campaign_id is not None:
        return await year.get_year(ctx, campaign_id)
    shown = select(AnnualResult.unit_id).where(
        col(AnnualResult.campaign_id) == col(Campaign.id), results.visible(ctx.actor)
    )
    scored = and_(
        col(AnnualResult.unit_id) == col(Inspection.unit_id),
        col(AnnualResult.campaign_id) == col(Inspection.campaign_id),
        results.visible(ctx.actor),
    )
    waiting = (
        select(Inspection.id)
        .outerjoin(AnnualResult, scored)
        .where(col(Inspection.campaign_id) == col(Campaign.id), col(AnnualResult.id).is_(None))
    )
    rows = (
        select(Campaign)
        .where(shown.exists())
        .order_by(waiting.exists(), col(Campaign.year).desc())
        .limit(1)
    )
    return (await ctx.db.exec(rows)).first()


async def list_scored(ctx: Context, campaign: Campaign) -> list[tuple[Unit, AnnualResult]]:
    """List units with their results of a year, in the units' own order: never a ranking.

    What a result was computed from stays in the database: it is thirty times what is shown.
    """
    rows = (
        select(Unit, AnnualResult)
        .options(*_UNREAD)
        .join(AnnualResult, col(AnnualResult.unit_id) == col(Unit.id))
        .where(AnnualResult.campaign_id == campaign.id, results.visible(ctx.actor))
        .order_by(col(Unit.sort_order))
    )
    return list((await ctx.db.exec(rows)).all())


async def get_heat(ctx: Context, query: DashboardQuery) -> HeatTable:
    """Draw unit × dimension. Raises `NotFound` while no year has results."""
    campaign = await get_settled_year(ctx, query.campaign_id)
    if campaign is None:
        raise NotFound("heat.empty", "还没有审定的年度结果。", "No results yet.")
    rules = await campaigns.get_rules(ctx, campaign.id)
    dimensions = select(Dimension).where(Dimension.standard_id == campaign.standard_id)
    columns = (await ctx.db.exec(dimensions.order_by(col(Dimension.sort_order)))).all()
    before_year = await year.get_year_before(ctx, campaign)
    before = await list_scored(ctx, before_year) if before_year else []
    totals = {unit.id: result.total for unit, result in before}
    return HeatTable(
        campaign=year.ref(campaign),
        columns=[
            HeatColumn(code=one.code, title=one.title, of=rules.dimensions[one.code])
            for one in columns
        ],
        rows=[
            _row(rules, unit, result, totals.get(unit.id))
            for unit, result in await list_scored(ctx, campaign)
        ],
    )


def _row(rules: Rules, unit: Unit, result: AnnualResult, before: Decimal | None) -> HeatRow:
    better = [one.at_least for one in rules.grades if one.at_least > result.total]
    return HeatRow(
        unit_id=unit.id,
        unit_name=unit.name,
        unit_class=unit.unit_class,
        result_id=result.id,
        total=rules.rounded(result.total),
        grade=result.grade,
        findings=result.findings,
        change=rules.rounded(result.total - before) if before is not None else None,
        gap=rules.rounded(min(better) - result.total) if better else None,
        scores={code: Decimal(got) for code, got in result.scores["dimensions"].items()},
    )


async def get_heat_of_unit(ctx: Context, unit_id: UUID, query: DashboardQuery) -> HeatUnit:
    """Draw one unit × its items. Raises `NotFound` for a unit without a visible result."""
    campaign = await get_settled_year(ctx, query.campaign_id)
    rows = select(Unit, AnnualResult).join(AnnualResult, col(AnnualResult.unit_id) == col(Unit.id))
    rows = rows.where(Unit.id == unit_id, results.visible(ctx.actor))
    rows = rows.where(AnnualResult.campaign_id == (campaign.id if campaign else None))
    found = (await ctx.db.exec(rows)).first()
    if campaign is None or found is None:
        raise NotFound("heat.unknown", "这个单位还没有审定的年度结果。", "No result of this unit.")
    unit, result = found
    rules = await campaigns.get_rules(ctx, campaign.id)
    return HeatUnit(
        campaign=year.ref(campaign),
        unit_id=unit.id,
        unit_name=unit.name,
        result_id=result.id,
        total=rules.rounded(result.total),
        grade=result.grade,
        items=[
            HeatItem(
                code=criterion.code,
                title=criterion.title,
                of=rules.items[criterion.code].points,
                criterion_id=criterion.id,
                dimension=dimension,
                got=Decimal(result.scores["items"][criterion.code]),
                evidence=evidence,
            )
            for criterion, dimension, evidence in await _items(ctx, unit_id, campaign)
            if criterion.code in result.scores["items"]
        ],
    )


async def _items(ctx: Context, unit_id: UUID, campaign: Campaign) -> Any:
    shown = (
        select(EvidenceLink.criterion_id, func.count().label("links"))
        .join(Evidence, col(Evidence.id) == col(EvidenceLink.evidence_id))
        .where(EvidenceLink.unit_id == unit_id, Evidence.campaign_id == campaign.id)
        .where(Evidence.state == EvidenceState.AVAILABLE)
        .group_by(col(EvidenceLink.criterion_id))
        .subquery()
    )
    rows = (
        select(Criterion, Dimension.code, func.coalesce(shown.c.links, 0))
        .join(Dimension, col(Dimension.id) == col(Criterion.dimension_id))
        .outerjoin(shown, shown.c.criterion_id == col(Criterion.id))
        .where(Criterion.standard_id == campaign.standard_id)
        .order_by(col(Criterion.sort_order))
    )
    return (await ctx.db.exec(rows)).all()


def percent(got: Decimal, of: Decimal) -> Decimal:
    """Give a share in per cent with one digit; 0 of 0 is 0."""
    if of == 0:
        return Decimal(0)
    return (got / of * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
