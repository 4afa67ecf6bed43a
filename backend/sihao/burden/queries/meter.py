"""Count what a year asks of units and what each of them gave."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func
from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.burden import policy
from sihao.burden.lifecycle import CollectionState
from sihao.burden.models import MaterialCollection
from sihao.burden.queries.collections import show_collection
from sihao.burden.schemas import BurdenKind, BurdenPublic, CollectionBurden, UnitBurden
from sihao.campaigns.models import Campaign, Criterion, Dimension
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceLink
from sihao.evidence.queries.files import COUNTING
from sihao.inspections.models import CoAssessment, CoAssessmentResult
from sihao.ledgers.models import LedgerEntry, LedgerKind
from sihao.plans.models import Plan
from sihao.self_reports.models import SelfReport
from sihao.units.models import Unit

_OWN_LEDGERS = len(LedgerKind) - 1
"""T20 is written by those who own the facts."""
_HEAD_AND_TAIL = 2


async def read_burden(ctx: Context, campaign_id: UUID) -> BurdenPublic:
    """Read the meter for the units that the actor reads."""
    campaign = await get_campaign(ctx, campaign_id)
    units = await _list_units(ctx, campaign)
    given = (await ctx.db.execute(_counts(ctx, campaign))).mappings().one()
    items, dimensions = given["items"], given["dimensions"]
    regular: tuple[tuple[BurdenKind, str, int, int], ...] = (
        (BurdenKind.PLAN, "年度计划", 1, given["plans"]),
        (BurdenKind.LEDGERS, "台账", _OWN_LEDGERS, sum(one.rows for one in units)),
        (BurdenKind.EVIDENCE, "逐条佐证", items, sum(one.files for one in units)),
        (BurdenKind.SELF_REPORT, "自查报告", dimensions + _HEAD_AND_TAIL, given["reports"]),
        (BurdenKind.CO_ASSESSMENTS, "并入考核", 0, given["results"]),
    )
    collections = [
        CollectionBurden(kind=kind, id=None, title=title, asked=asked, given=number)
        for kind, title, asked, number in regular
    ]
    return BurdenPublic(collections=collections + await _list_material(ctx, campaign), units=units)


async def _list_units(ctx: Context, campaign: Campaign) -> list[UnitBurden]:
    rows_of = _by_unit(
        sa_select(col(LedgerEntry.unit_id), func.count().label("rows")),
        LedgerEntry,
        campaign,
    )
    arrived = and_(
        col(EvidenceFile.evidence_id) == col(Evidence.id),
        col(EvidenceFile.received_at).is_not(None),
        COUNTING,
    )
    files = _by_unit(
        sa_select(
            col(Evidence.unit_id),
            func.count(col(Evidence.id).distinct()).label("pieces"),
            func.count(col(EvidenceFile.id)).label("files"),
            func.sum(col(EvidenceFile.size)).label("size"),
        ).outerjoin(EvidenceFile, arrived),
        Evidence,
        campaign,
    )
    uses = _by_unit(
        sa_select(
            col(Evidence.unit_id),
            func.count().label("uses"),
            (func.count() - func.count(col(Evidence.id).distinct())).label("saved"),
        ).join(EvidenceLink, col(EvidenceLink.evidence_id) == col(Evidence.id)),
        Evidence,
        campaign,
    )
    counts = [*rows_of.c, *files.c, *uses.c]
    rows = sa_select(
        col(Unit.id).label("unit_id"),
        col(Unit.name).label("unit_name"),
        *(func.coalesce(one, 0).label(one.key) for one in counts if one.key != "unit_id"),
    ).where(policy.visible_units(ctx.actor))
    for table in (rows_of, files, uses):
        rows = rows.outerjoin(table, table.c.unit_id == col(Unit.id))
    ordered = rows.order_by(col(Unit.sort_order), col(Unit.id))
    return [UnitBurden(**row) for row in (await ctx.db.execute(ordered)).mappings()]


def _by_unit(rows: Any, table: Any, campaign: Campaign) -> Any:
    of_year = col(table.campaign_id) == campaign.id
    return rows.where(of_year).group_by(col(table.unit_id)).subquery()


def _counts(ctx: Context, campaign: Campaign) -> Select[Any]:
    """Count what stands once for each unit, and what the standard has."""
    shown = sa_select(col(Unit.id)).where(policy.visible_units(ctx.actor))

    def number(table: Any, *conditions: Any) -> Any:
        rows = sa_select(func.count()).select_from(table).where(*conditions)
        return rows.scalar_subquery()

    def of_units(table: Any) -> tuple[Any, Any]:
        return col(table.unit_id).in_(shown), col(table.campaign_id) == campaign.id

    of_year = sa_select(col(CoAssessment.id)).where(col(CoAssessment.campaign_id) == campaign.id)
    return sa_select(
        number(Criterion, col(Criterion.standard_id) == campaign.standard_id).label("items"),
        number(Dimension, col(Dimension.standard_id) == campaign.standard_id).label("dimensions"),
        number(Plan, *of_units(Plan), col(Plan.signed_at).is_not(None)).label("plans"),
        number(SelfReport, *of_units(SelfReport), col(SelfReport.submitted_at).is_not(None)).label(
            "reports"
        ),
        number(
            CoAssessmentResult,
            col(CoAssessmentResult.unit_id).in_(shown),
            col(CoAssessmentResult.co_assessment_id).in_(of_year),
        ).label("results"),
    )


async def _list_material(ctx: Context, campaign: Campaign) -> list[CollectionBurden]:
    rows = (
        sa_select(MaterialCollection)
        .where(
            col(MaterialCollection.campaign_id) == campaign.id,
            col(MaterialCollection.state) != CollectionState.DRAFTED,
            policy.visible(ctx.actor),
        )
        .order_by(col(MaterialCollection.sent_at), col(MaterialCollection.id))
    )
    shown = [
        await show_collection(ctx, one) for one in (await ctx.db.execute(rows)).scalars().all()
    ]
    return [
        CollectionBurden(
            kind=BurdenKind.MATERIAL,
            id=one.id,
            title=one.title,
            asked=len(one.needs),
            given=sum(holding.count for need in one.needs for holding in need.held),
        )
        for one in shown
    ]
