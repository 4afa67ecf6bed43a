"""`/comparisons` and `/commendations`."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.results.actions import comparisons as actions
from sihao.results.actions import notices
from sihao.results.compared import ComparisonOutcome
from sihao.results.lifecycle import COMPARISON
from sihao.results.models import Commendation, Comparison
from sihao.results.queries import comparisons as queries
from sihao.results.schemas import (
    CommendationPublic,
    CommendationQuery,
    CommendationUpdate,
    ComparisonCreate,
    ComparisonPublic,
    ComparisonQuery,
    Deliberation,
    Withdrawal,
)

router = Router(prefix="", tag="comparisons")


async def _show(ctx: Context, comparison: Comparison) -> ComparisonPublic:
    first, second = await queries.get_years(ctx, comparison)
    reason = await actions.why_not(ctx, comparison)
    return ComparisonPublic(
        **comparison.model_dump(),
        first_year=first.year,
        second_year=second.year,
        actions=COMPARISON.actions(ctx.actor, comparison, reason),
    )


@router.get("/comparisons", operation_id="comparison_list", response_model=Page[ComparisonPublic])
async def list_comparisons(ctx: Ctx, query: Annotated[ComparisonQuery, Query()]) -> Response:
    """List the two-year comparisons."""
    return await queries.list_comparisons(ctx, query)


@router.post(
    "/comparisons",
    operation_id="comparison_create",
    response_model=ComparisonPublic,
    status_code=201,
)
async def create_comparison(
    ctx: Ctx, response: Response, body: ComparisonCreate
) -> ComparisonPublic:
    """Begin a comparison."""
    comparison = await actions.create_comparison(ctx, body)
    tag(response, comparison)
    return await _show(ctx, comparison)


@router.get("/comparisons/{id}", operation_id="comparison_get", response_model=ComparisonPublic)
async def get_comparison(ctx: Ctx, response: Response, id: UUID) -> ComparisonPublic:
    """Read a comparison."""
    comparison = await queries.get_comparison(ctx, id)
    tag(response, comparison)
    return await _show(ctx, comparison)


@router.get(
    "/comparisons/{id}/outcome",
    operation_id="comparison_outcome",
    response_model=ComparisonOutcome,
)
async def get_outcome(ctx: Ctx, id: UUID) -> ComparisonOutcome:
    """Read the places with ties, and how they would move with other weights."""
    return actions.outcome_of(await queries.get_comparison(ctx, id))


router.transitions(
    COMPARISON,
    actions.move_comparison,
    _show,
    context=Ctx,
    response_model=ComparisonPublic,
    path="/comparisons/{id}",
    without={"deliberate"},
)


@router.post(
    "/comparisons/{id}/deliberate",
    operation_id="comparison_deliberate",
    response_model=ComparisonPublic,
    dependencies=[Depends(require_key)],
)
async def deliberate(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Deliberation
) -> ComparisonPublic:
    """Record the deliberation and make the list."""
    comparison = await actions.deliberate(ctx, id, version, body)
    tag(response, comparison)
    return await _show(ctx, comparison)


@router.get(
    "/commendations", operation_id="commendation_list", response_model=Page[CommendationPublic]
)
async def list_commendations(ctx: Ctx, query: Annotated[CommendationQuery, Query()]) -> Response:
    """List commended teams."""
    return await queries.list_commendations(ctx, query)


@router.patch(
    "/commendations/{id}",
    operation_id="commendation_update",
    response_model=CommendationPublic,
)
async def update_commendation(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: CommendationUpdate
) -> CommendationPublic:
    """Write a commended team's merits."""
    row = await actions.update_commendation(ctx, id, version, body)
    tag(response, row)
    return await _show_commendation(ctx, row)


@router.post(
    "/commendations/{id}/withdraw",
    operation_id="commendation_withdraw",
    response_model=CommendationPublic,
    dependencies=[Depends(require_key)],
)
async def withdraw_commendation(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Withdrawal
) -> CommendationPublic:
    """Take a team off the list after an objection was upheld; the row stays on record."""
    row = await notices.withdraw_commendation(ctx, id, version, body)
    tag(response, row)
    return await _show_commendation(ctx, row)


async def _show_commendation(ctx: Context, row: Commendation) -> CommendationPublic:
    unit_name, comparison_name = await queries.get_commendation_names(ctx, row)
    return CommendationPublic(
        **row.model_dump(), unit_name=unit_name, comparison_name=comparison_name
    )
