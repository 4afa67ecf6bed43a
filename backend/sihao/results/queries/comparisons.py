"""Read comparisons and commendations."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Integer, cast, null
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, row_of
from sihao.inspections.models import Inspection, InspectionGroup
from sihao.results import policy
from sihao.results.lifecycle import COMPARISON
from sihao.results.models import Commendation, Comparison
from sihao.results.schemas import (
    CommendationPublic,
    CommendationQuery,
    ComparisonPublic,
    ComparisonQuery,
)
from sihao.units.models import Unit

_COMPARISONS = row_of(ComparisonPublic, Comparison)


def _year(column: Any) -> Any:
    return select(Campaign.year).where(col(Campaign.id) == column).scalar_subquery()


async def list_comparisons(ctx: Context, query: ComparisonQuery) -> Response:
    """Answer a page of comparisons."""
    rows = _COMPARISONS.add_columns(
        _year(Comparison.first_campaign_id).label("first_year"),
        _year(Comparison.second_campaign_id).label("second_year"),
        COMPARISON.actions_sql(Comparison, ctx.actor).label("actions"),
    ).where(policy.visible_comparisons(ctx.actor))
    if query.state:
        rows = rows.where(col(Comparison.state) == query.state)
    sorts = {"created_at": col(Comparison.created_at)}
    return await json_page(ctx, rows, query, sorts, col(Comparison.id))


async def get_comparison(ctx: Context, comparison_id: UUID, *, lock: bool = False) -> Comparison:
    """Read one comparison."""
    rows = select(Comparison).where(
        Comparison.id == comparison_id, policy.visible_comparisons(ctx.actor)
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("comparison.unknown", "没有这次评比。", "No such comparison.")
    return found


async def get_years(ctx: Context, comparison: Comparison) -> tuple[Campaign, Campaign]:
    """Read the two campaigns of a comparison."""
    wanted = (comparison.first_campaign_id, comparison.second_campaign_id)
    rows = select(Campaign).where(col(Campaign.id).in_(wanted))
    found = {one.id: one for one in (await ctx.db.exec(rows)).all()}
    return found[wanted[0]], found[wanted[1]]


async def list_groups(ctx: Context, comparison: Comparison) -> dict[tuple[UUID, UUID], str]:
    """Tell which group inspected a unit, by campaign and unit."""
    wanted = (comparison.first_campaign_id, comparison.second_campaign_id)
    rows = (
        select(Inspection.campaign_id, Inspection.unit_id, InspectionGroup.name)
        .join(InspectionGroup, col(InspectionGroup.id) == col(Inspection.group_id))
        .where(col(Inspection.campaign_id).in_(wanted))
    )
    return {(year, unit): name for year, unit, name in (await ctx.db.exec(rows)).all()}


async def list_unit_names(ctx: Context) -> list[Unit]:
    """List the active units, for those who compare them."""
    rows = select(Unit).where(col(Unit.active), Unit.kind == "unit").order_by(col(Unit.sort_order))
    return list((await ctx.db.exec(rows)).all())


def _commendations(place: Any) -> Any:
    rows = row_of(
        CommendationPublic,
        Commendation,
        col(Unit.name).label("unit_name"),
        col(Comparison.name).label("comparison_name"),
        place.label("place"),
    )
    return rows.join(Unit, col(Unit.id) == col(Commendation.unit_id)).join(
        Comparison, col(Comparison.id) == col(Commendation.comparison_id)
    )


_WITH_PLACES = _commendations(col(Commendation.place))
_WITHOUT_PLACES = _commendations(cast(null(), Integer))


async def list_commendations(ctx: Context, query: CommendationQuery) -> Response:
    """Answer a page of commended teams."""
    rows = _WITH_PLACES if policy.sees_places(ctx.actor) else _WITHOUT_PLACES
    rows = rows.where(policy.visible_commendations(ctx.actor))
    if query.comparison_id:
        rows = rows.where(col(Commendation.comparison_id) == query.comparison_id)
    sorts = {"place": col(Commendation.place)}
    return await json_page(ctx, rows, query, sorts, col(Commendation.id))


async def get_commendation(ctx: Context, commendation_id: UUID) -> Commendation:
    """Read and hold one commendation."""
    rows = (
        select(Commendation)
        .join(Comparison, col(Comparison.id) == col(Commendation.comparison_id))
        .where(Commendation.id == commendation_id, policy.visible_commendations(ctx.actor))
        .with_for_update(of=Commendation)
    )
    found = (await ctx.db.exec(rows)).first()
    if found is None:
        raise NotFound("commendation.unknown", "没有这条通报表扬。", "No such commendation.")
    return found


async def get_commendation_names(ctx: Context, row: Commendation) -> tuple[str, str]:
    """Read the names of a commendation's unit and comparison."""
    rows = (
        select(Unit.name, Comparison.name)
        .join(Commendation, col(Commendation.unit_id) == col(Unit.id))
        .join(Comparison, col(Comparison.id) == col(Commendation.comparison_id))
        .where(Commendation.id == row.id)
    )
    return (await ctx.db.exec(rows)).one()
