"""Read annual results."""

from uuid import UUID

from fastapi import Response
from sqlmodel import col, select

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.results import policy
from sihao.results.lifecycle import RESULT, ResultState
from sihao.results.models import AnnualResult
from sihao.results.schemas import (
    ResultQuery,
    ResultRow,
)
from sihao.units.models import Unit

_RESULTS = (
    row_of(
        ResultRow,
        AnnualResult,
        col(Unit.name).label("unit_name"),
        col(Unit.unit_class).label("unit_class"),
        col(Campaign.year).label("year"),
    )
    .join(Unit, col(Unit.id) == col(AnnualResult.unit_id))
    .join(Campaign, col(Campaign.id) == col(AnnualResult.campaign_id))
)
_RESULT_SORTS = {
    "unit": col(Unit.sort_order),
    "total": col(AnnualResult.total),
    "year": col(Campaign.year),
}


async def list_results(ctx: Context, query: ResultQuery) -> Response:
    """Answer a page of results."""
    actions = RESULT.actions_sql(AnnualResult, ctx.actor).label("actions")
    rows = _RESULTS.add_columns(actions).where(policy.visible(ctx.actor))
    for column, wanted in (
        (AnnualResult.campaign_id, query.campaign_id),
        (AnnualResult.unit_id, query.unit_id),
        (AnnualResult.state, query.state),
        (AnnualResult.grade, query.grade),
        (Unit.unit_class, query.unit_class),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name)))
    return await json_page(ctx, rows, query, _RESULT_SORTS, col(AnnualResult.id))


async def get_result(ctx: Context, result_id: UUID, *, lock: bool = False) -> AnnualResult:
    """Read one result; raise `NotFound` for one that the actor may not see (yet)."""
    rows = select(AnnualResult).where(AnnualResult.id == result_id, policy.visible(ctx.actor))
    result = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if result is None:
        raise NotFound("result.unknown", "没有这份结果。", "No such result.")
    return result


async def get_named(ctx: Context, result: AnnualResult) -> tuple[Unit, Campaign]:
    """Read the unit and the year of a result."""
    rows = (
        select(Unit, Campaign)
        .join(AnnualResult, col(AnnualResult.unit_id) == col(Unit.id))
        .join(Campaign, col(Campaign.id) == col(AnnualResult.campaign_id))
        .where(AnnualResult.id == result.id)
    )
    return (await ctx.db.exec(rows)).one()


async def get_result_before(ctx: Context, result: AnnualResult) -> AnnualResult | None:
    """Read the same unit's latest earlier result that the actor may see."""
    year = select(Campaign.year).where(Campaign.id == result.campaign_id).scalar_subquery()
    rows = (
        select(AnnualResult)
        .join(Campaign, col(Campaign.id) == col(AnnualResult.campaign_id))
        .where(AnnualResult.unit_id == result.unit_id, col(Campaign.year) < year)
        .where(policy.visible(ctx.actor))
        .order_by(col(Campaign.year).desc())
        .limit(1)
    )
    return (await ctx.db.exec(rows)).first()


async def list_results_of(
    ctx: Context, campaign_id: UUID, *states: ResultState, lock: bool = False
) -> list[AnnualResult]:
    """List a year's results in the given states (all when none is given), by unit."""
    rows = select(AnnualResult).where(
        AnnualResult.campaign_id == campaign_id, policy.visible(ctx.actor)
    )
    if states:
        rows = rows.where(col(AnnualResult.state).in_(states))
    rows = rows.order_by(col(AnnualResult.unit_id))
    return list((await ctx.db.exec(rows.with_for_update() if lock else rows)).all())


async def list_mapped(ctx: Context, first: Campaign, second: Campaign) -> dict[str, str]:
    """Read which item of the second year's standard continues which of the first's (B8)."""
    rows = await campaigns.list_mappings(ctx, second.standard_id) if second.standard_id else []
    return {
        row["new_code"]: row["old_code"]
        for row in rows
        if row["old_standard_id"] == first.standard_id
    }


async def get_mapping(ctx: Context, before: AnnualResult, now: AnnualResult) -> dict[str, str]:
    """Read which item of one result continues which of an earlier one."""
    first = await campaigns.get_campaign(ctx, before.campaign_id)
    return await list_mapped(ctx, first, await campaigns.get_campaign(ctx, now.campaign_id))
