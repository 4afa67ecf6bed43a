"""Read problems: of a plan, of all plans, and along the years."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import JSON, Select, exists, func, literal
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select

from sihao.campaigns.models import Campaign, Criterion, CriterionMapping
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.plans import policy
from sihao.plans.lifecycle import PROBLEM, MeasureState, ProblemState
from sihao.plans.models import Measure, Plan, Problem, ProblemCriterion
from sihao.plans.problem_schemas import ProblemPublic, ProblemQuery
from sihao.plans.queries.measures import is_overdue
from sihao.plans.queries.plans import problem_facts
from sihao.units.models import Member, Unit

_NAMED = func.json_build_object(
    "id", col(Criterion.id), "code", col(Criterion.code), "title", col(Criterion.title)
)
_CRITERIA = (
    sa_select(
        func.coalesce(
            func.json_agg(aggregate_order_by(_NAMED, col(Criterion.sort_order)), type_=JSON),
            literal([], JSON),
            type_=JSON,
        )
    )
    .join_from(ProblemCriterion, Criterion, col(Criterion.id) == col(ProblemCriterion.criterion_id))
    .where(col(ProblemCriterion.problem_id) == col(Problem.id))
    .correlate(Problem)
    .scalar_subquery()
)
_ROWS = (
    row_of(
        ProblemPublic,
        Problem,
        col(Unit.name).label("unit_name"),
        col(Campaign.year).label("year"),
        col(Member.name).label("member_name"),
        _CRITERIA.label("criteria"),
    )
    .join_from(Problem, Plan, col(Plan.id) == col(Problem.plan_id))
    .join(Unit, col(Unit.id) == col(Problem.unit_id))
    .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
    .outerjoin(Member, col(Member.id) == col(Problem.member_id))
)
_SORTS = {"number": col(Problem.number), "updated_at": col(Problem.updated_at)}
_DRAWN = replace(
    PROBLEM, transitions=tuple(one for one in PROBLEM.transitions if one.name != "carry_over")
)
"""Carrying over is done from the plan of the next year, not at the problem."""
_LIVE = (ProblemState.OPEN, ProblemState.CLOSING_REQUESTED)


def _rows(ctx: Context) -> Select[Any]:
    def count(*conditions: Any) -> Any:
        counted = sa_select(func.count()).select_from(Measure)
        mine = counted.where(col(Measure.problem_id) == col(Problem.id), *conditions)
        return mine.correlate(Problem, Plan).scalar_subquery()

    return _ROWS.add_columns(
        count().label("measure_count"),
        count(col(Measure.state) == MeasureState.COMPLETED).label("completed_count"),
        count(is_overdue(ctx)).label("overdue_count"),
    )


async def get_problem(
    ctx: Context, problem_id: UUID, *, lock: bool = False
) -> tuple[Problem, Plan]:
    """Read one problem with its plan; `lock` locks both. Raise `NotFound`."""
    ctx.require_scope("plan:read")
    rows = (
        select(Problem, Plan)
        .join(Plan, col(Plan.id) == col(Problem.plan_id))
        .where(Problem.id == problem_id, policy.visible_problems(ctx.actor))
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("problem.unknown", "没有这个问题。", "No such problem.")
    return found


async def list_problems(ctx: Context, query: ProblemQuery) -> Response:
    """Answer a page of problems."""
    ctx.require_scope("plan:read")
    actions = _DRAWN.actions_sql(Problem, ctx.actor)
    rows = _rows(ctx).add_columns(actions.label("actions"))
    rows = rows.where(policy.visible_problems(ctx.actor))
    for column, wanted in (
        (col(Plan.campaign_id), query.campaign_id),
        (col(Problem.plan_id), query.plan_id),
        (col(Problem.unit_id), query.unit_id),
        (col(Problem.member_id), query.member_id),
        (col(Problem.state), query.state),
        (col(Problem.category), query.category),
        (col(Problem.source), query.source),
    ):
        if wanted is not None:
            rows = rows.where(column == wanted)
    if query.criterion:
        held = exists().where(
            col(ProblemCriterion.problem_id) == col(Problem.id),
            col(Criterion.id) == col(ProblemCriterion.criterion_id),
            col(Criterion.code) == query.criterion,
        )
        rows = rows.where(held)
    if query.q:
        rows = rows.where(matches(query.q, col(Problem.text)))
    return await json_page(ctx, rows, query, _SORTS, col(Problem.id))


async def show_problem(ctx: Context, problem: Problem, plan: Plan) -> ProblemPublic:
    """Give a problem as this reader sees it, with what he can do."""
    await ctx.db.flush()
    (row,) = (await ctx.db.execute(_rows(ctx).where(col(Problem.id) == problem.id))).mappings()
    actions = _DRAWN.actions(ctx.actor, problem, await problem_facts(ctx, problem, plan))
    return ProblemPublic(**row, actions=actions)


async def list_candidates(ctx: Context, plan: Plan) -> list[ProblemPublic]:
    """List the unit's problems of earlier years that are neither closed nor carried over."""
    this = sa_select(col(Campaign.year)).where(col(Campaign.id) == plan.campaign_id)
    rows = _rows(ctx).where(
        policy.visible_problems(ctx.actor),
        col(Problem.unit_id) == plan.unit_id,
        col(Problem.state).in_(_LIVE),
        col(Campaign.year) < this.correlate(None).scalar_subquery(),
    )
    ordered = rows.order_by(col(Campaign.year), col(Problem.number))
    found = (await ctx.db.execute(ordered)).mappings()
    return [ProblemPublic(**row, actions=[]) for row in found]


async def list_history(ctx: Context, problem: Problem) -> list[ProblemPublic]:
    """List a problem through the years it was carried over, the first year first."""
    back = (
        sa_select(col(Problem.id), col(Problem.carried_from_id))
        .where(col(Problem.id) == problem.id)
        .cte("back", recursive=True)
    )
    back = back.union(
        sa_select(col(Problem.id), col(Problem.carried_from_id)).where(
            col(Problem.id) == back.c.carried_from_id
        )
    )
    chain = sa_select(back.c.id).cte("chain", recursive=True)
    chain = chain.union(
        sa_select(col(Problem.id)).where(col(Problem.carried_from_id) == chain.c.id)
    )
    rows = _rows(ctx).where(
        col(Problem.id).in_(sa_select(chain.c.id)), policy.visible_problems(ctx.actor)
    )
    found = (await ctx.db.execute(rows.order_by(col(Campaign.year)))).mappings()
    return [ProblemPublic(**row, actions=[]) for row in found]


async def list_problem_rows(ctx: Context, plan: Plan) -> list[Problem]:
    """List and lock a plan's problems in their order, to renumber them."""
    rows = select(Problem).where(Problem.plan_id == plan.id).order_by(col(Problem.number))
    return list((await ctx.db.exec(rows.with_for_update())).all())


async def list_links(ctx: Context, problem_id: UUID) -> list[ProblemCriterion]:
    """List the items a problem is held against."""
    rows = select(ProblemCriterion).where(ProblemCriterion.problem_id == problem_id)
    return list((await ctx.db.exec(rows)).all())


async def map_criteria(ctx: Context, problem_id: UUID, standard_id: UUID) -> list[UUID]:
    """Find the items of `standard_id` that continue those of a problem of an earlier year.

    They are the same items, those the standard's mapping names, or those of the same code.
    """
    old = (
        select(Criterion.id, Criterion.code)
        .join(ProblemCriterion, col(ProblemCriterion.criterion_id) == col(Criterion.id))
        .where(ProblemCriterion.problem_id == problem_id)
        .subquery()
    )
    mapped = exists().where(
        col(CriterionMapping.old_criterion_id) == old.c.id,
        col(CriterionMapping.new_criterion_id) == col(Criterion.id),
    )
    moved = exists().where(
        col(CriterionMapping.old_criterion_id) == old.c.id,
        col(CriterionMapping.new_criterion_id).in_(
            sa_select(col(Criterion.id)).where(col(Criterion.standard_id) == standard_id)
        ),
    )
    same = (old.c.id == col(Criterion.id)) | ((old.c.code == col(Criterion.code)) & ~moved)
    rows = (
        select(Criterion.id)
        .join(old, mapped | same)
        .where(Criterion.standard_id == standard_id)
        .order_by(col(Criterion.sort_order))
    )
    return list(dict.fromkeys((await ctx.db.exec(rows)).all()))
