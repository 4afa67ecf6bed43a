"""Problems: of a plan, of all plans, each by itself and through the years."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.plans import actions, queries
from sihao.plans.lifecycle import PROBLEM
from sihao.plans.models import Problem
from sihao.plans.problem_schemas import (
    ProblemCreate,
    ProblemPublic,
    ProblemQuery,
    ProblemUpdate,
)
from sihao.plans.schemas import Order, PlanPublic

router = Router(prefix="", tag="problems")


@router.get("/problems", operation_id="problem_list", response_model=Page[ProblemPublic])
async def list_problems(ctx: Ctx, query: Annotated[ProblemQuery, Query()]) -> Response:
    """List problems of all plans."""
    return await queries.list_problems(ctx, query)


@router.get(
    "/plans/{id}/problems", operation_id="plan_problem_list", response_model=Page[ProblemPublic]
)
async def list_of_plan(ctx: Ctx, id: UUID, query: Annotated[ProblemQuery, Query()]) -> Response:
    """List a plan's problems."""
    await queries.get_plan(ctx, id)
    return await queries.list_problems(ctx, query.model_copy(update={"plan_id": id}))


@router.post(
    "/plans/{id}/problems",
    operation_id="problem_create",
    response_model=ProblemPublic,
    status_code=201,
)
async def create_problem(
    ctx: Ctx, response: Response, id: UUID, body: ProblemCreate
) -> ProblemPublic:
    """Add a problem to a draft."""
    problem, plan = await actions.create_problem(ctx, id, body)
    tag(response, problem)
    return await queries.show_problem(ctx, problem, plan)


@router.post("/plans/{id}/problems/order", operation_id="problem_order", response_model=PlanPublic)
async def order_problems(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Order
) -> PlanPublic:
    """Number a draft's problems anew; the ETag is the plan's."""
    plan = await actions.order_problems(ctx, id, version, body.ids)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


@router.get("/problems/{id}", operation_id="problem_get", response_model=ProblemPublic)
async def get_problem(ctx: Ctx, response: Response, id: UUID) -> ProblemPublic:
    """Read a problem."""
    problem, plan = await queries.get_problem(ctx, id)
    tag(response, problem)
    return await queries.show_problem(ctx, problem, plan)


@router.patch("/problems/{id}", operation_id="problem_update", response_model=ProblemPublic)
async def update_problem(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: ProblemUpdate
) -> ProblemPublic:
    """Change a problem of a draft."""
    problem, plan = await actions.update_problem(ctx, id, version, body)
    tag(response, problem)
    return await queries.show_problem(ctx, problem, plan)


@router.delete("/problems/{id}", operation_id="problem_delete", status_code=204)
async def delete_problem(ctx: Ctx, id: UUID, version: IfMatch) -> None:
    """Strike a problem from a draft."""
    await actions.delete_problem(ctx, id, version)


@router.get(
    "/problems/{id}/history", operation_id="problem_history", response_model=list[ProblemPublic]
)
async def list_history(ctx: Ctx, id: UUID) -> list[ProblemPublic]:
    """Read a problem through the years it was carried over."""
    problem, _ = await queries.get_problem(ctx, id)
    return await queries.list_history(ctx, problem)


async def _show(ctx: Context, problem: Problem) -> ProblemPublic:
    _, plan = await queries.get_problem(ctx, problem.id)
    return await queries.show_problem(ctx, problem, plan)


router.transitions(
    PROBLEM,
    actions.move_problem,
    _show,
    context=Ctx,
    response_model=ProblemPublic,
    path="/problems/{id}",
    without=("carry_over",),
)
