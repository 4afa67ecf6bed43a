"""Measures of a plan and of all plans, their completion and progress."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.plans import actions, queries
from sihao.plans.lifecycle import MEASURE
from sihao.plans.models import Measure, MeasureProgress
from sihao.plans.problem_schemas import (
    MeasureBatch,
    MeasureCreate,
    MeasurePublic,
    MeasureQuery,
    MeasureUpdate,
    ProgressCreate,
    ProgressPublic,
    ProgressQuery,
)
from sihao.plans.schemas import Order, PlanPublic

router = Router(prefix="", tag="measures")


@router.get("/measures", operation_id="measure_list", response_model=Page[MeasurePublic])
async def list_measures(ctx: Ctx, query: Annotated[MeasureQuery, Query()]) -> Response:
    """List measures of all plans."""
    return await queries.list_measures(ctx, query)


@router.get(
    "/plans/{id}/measures", operation_id="plan_measure_list", response_model=Page[MeasurePublic]
)
async def list_of_plan(ctx: Ctx, id: UUID, query: Annotated[MeasureQuery, Query()]) -> Response:
    """List a plan's measures."""
    await queries.get_plan(ctx, id)
    return await queries.list_measures(ctx, query.model_copy(update={"plan_id": id}))


@router.post(
    "/plans/{id}/measures",
    operation_id="measure_create",
    response_model=MeasurePublic,
    status_code=201,
)
async def create_measure(
    ctx: Ctx, response: Response, id: UUID, body: MeasureCreate
) -> MeasurePublic:
    """Add a measure to a draft."""
    (measure,), plan = await actions.create_measures(ctx, id, [body], ["/body"])
    tag(response, measure)
    return await queries.show_measure(ctx, measure, plan)


@router.post(
    "/plans/{id}/measures/batch",
    operation_id="measure_create_batch",
    response_model=list[MeasurePublic],
    status_code=201,
)
async def create_measures(ctx: Ctx, id: UUID, body: MeasureBatch) -> list[MeasurePublic]:
    """Add pasted rows to a draft, all or none."""
    pointers = [f"/body/rows/{at}" for at in range(len(body.rows))]
    measures, plan = await actions.create_measures(ctx, id, body.rows, pointers)
    return await queries.show_measures(ctx, measures, plan)


@router.post("/plans/{id}/measures/order", operation_id="measure_order", response_model=PlanPublic)
async def order_measures(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Order
) -> PlanPublic:
    """Number a draft's measures anew; the ETag is the plan's."""
    plan = await actions.order_measures(ctx, id, version, body.ids)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


@router.get("/measures/{id}", operation_id="measure_get", response_model=MeasurePublic)
async def get_measure(ctx: Ctx, response: Response, id: UUID) -> MeasurePublic:
    """Read a measure."""
    measure, plan = await queries.get_measure(ctx, id)
    tag(response, measure)
    return await queries.show_measure(ctx, measure, plan)


@router.patch("/measures/{id}", operation_id="measure_update", response_model=MeasurePublic)
async def update_measure(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: MeasureUpdate
) -> MeasurePublic:
    """Change a measure of a draft."""
    measure, plan = await actions.update_measure(ctx, id, version, body)
    tag(response, measure)
    return await queries.show_measure(ctx, measure, plan)


@router.delete("/measures/{id}", operation_id="measure_delete", status_code=204)
async def delete_measure(ctx: Ctx, id: UUID, version: IfMatch) -> None:
    """Strike a measure from a draft."""
    await actions.delete_measure(ctx, id, version)


async def _show(ctx: Context, measure: Measure) -> MeasurePublic:
    _, plan = await queries.get_measure(ctx, measure.id)
    return await queries.show_measure(ctx, measure, plan)


router.transitions(
    MEASURE,
    actions.move_measure,
    _show,
    context=Ctx,
    response_model=MeasurePublic,
    path="/measures/{id}",
)


@router.get(
    "/measures/{id}/progress", operation_id="progress_list", response_model=Page[ProgressPublic]
)
async def list_progress(ctx: Ctx, id: UUID, query: Annotated[ProgressQuery, Query()]) -> Response:
    """List the reports about a measure."""
    await queries.get_measure(ctx, id)
    return await queries.list_progress(ctx, id, query)


@router.post(
    "/measures/{id}/progress",
    operation_id="progress_create",
    response_model=ProgressPublic,
    status_code=201,
)
async def report_progress(ctx: Ctx, id: UUID, body: ProgressCreate) -> MeasureProgress:
    """Report progress; what was reported before stays."""
    return await actions.report_progress(ctx, id, body)
