"""Read measures and their progress."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, Select, and_, exists, func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.plans import policy
from sihao.plans.lifecycle import MEASURE, MeasureState
from sihao.plans.models import Measure, MeasureProgress, Plan, Problem
from sihao.plans.problem_schemas import MeasurePublic, MeasureQuery, ProgressPublic, ProgressQuery
from sihao.plans.queries.plans import measure_facts
from sihao.units.models import Member, Unit


def _latest(column: Any) -> Any:
    rows = sa_select(column).where(col(MeasureProgress.measure_id) == col(Measure.id))
    newest = rows.order_by(col(MeasureProgress.reported_at).desc()).limit(1)
    return newest.correlate(Measure).scalar_subquery()


_ROWS = (
    row_of(
        MeasurePublic,
        Measure,
        col(Unit.name).label("unit_name"),
        col(Campaign.year).label("year"),
        col(Problem.number).label("problem_number"),
        col(Member.name).label("owner_name"),
        func.coalesce(_latest(col(MeasureProgress.percent)), 0).label("percent"),
        _latest(col(MeasureProgress.reported_at)).label("reported_at"),
    )
    .join_from(Measure, Plan, col(Plan.id) == col(Measure.plan_id))
    .join(Unit, col(Unit.id) == col(Measure.unit_id))
    .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
    .outerjoin(Problem, col(Problem.id) == col(Measure.problem_id))
    .outerjoin(Member, col(Member.id) == col(Measure.owner_id))
)
_NEVER = date(9999, 1, 1)
"""Sorts last. `date.max` itself would be PostgreSQL's infinity, which is no ISO date."""
_SORTS = {
    "number": col(Measure.number),
    "due_on": func.coalesce(col(Measure.due_on), _NEVER),
    "updated_at": col(Measure.updated_at),
}
_PROGRESS = row_of(ProgressPublic, MeasureProgress)
_PROGRESS_SORTS = {"reported_at": col(MeasureProgress.reported_at)}


def is_overdue(ctx: Context) -> ColumnElement[bool]:
    """Tell of a measure whether its day has passed without completion; the query joins `Plan`.

    A null day never passes, and nothing is overdue before a version of the plan is in force.
    """
    late = and_(
        col(Measure.due_on) < ctx.today,
        col(Measure.state) != MeasureState.COMPLETED,
        col(Plan.in_force_number).is_not(None),
    )
    return func.coalesce(late, False)


async def get_measure(
    ctx: Context, measure_id: UUID, *, lock: bool = False
) -> tuple[Measure, Plan]:
    """Read one measure with its plan; `lock` locks both. Raise `NotFound`."""
    ctx.require_scope("plan:read")
    rows = (
        select(Measure, Plan)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(Measure.id == measure_id, policy.visible_measures(ctx.actor))
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("measure.unknown", "没有这条措施。", "No such measure.")
    return found


async def list_measures(ctx: Context, query: MeasureQuery) -> Response:
    """Answer a page of measures."""
    ctx.require_scope("plan:read")
    actions = MEASURE.actions_sql(Measure, ctx.actor)
    rows = _rows(ctx).add_columns(actions.label("actions"))
    rows = rows.where(policy.visible_measures(ctx.actor))
    for column, wanted in (
        (col(Plan.campaign_id), query.campaign_id),
        (col(Measure.plan_id), query.plan_id),
        (col(Measure.problem_id), query.problem_id),
        (col(Measure.unit_id), query.unit_id),
        (col(Measure.owner_id), query.owner_id),
        (col(Measure.state), query.state),
        (is_overdue(ctx), query.overdue),
    ):
        if wanted is not None:
            rows = rows.where(column == wanted)
    if query.q:
        rows = rows.where(matches(query.q, col(Measure.text)))
    return await json_page(ctx, rows, query, _SORTS, col(Measure.id))


def _rows(ctx: Context) -> Select[Any]:
    return _ROWS.add_columns(is_overdue(ctx).label("overdue"))


async def show_measure(ctx: Context, measure: Measure, plan: Plan) -> MeasurePublic:
    """Give a measure as this reader sees it, with what he can do."""
    (shown,) = await show_measures(ctx, [measure], plan)
    return shown


async def show_measures(ctx: Context, measures: list[Measure], plan: Plan) -> list[MeasurePublic]:
    """Give measures of one plan, in their order."""
    await ctx.db.flush()
    by_id = {one.id: one for one in measures}
    rows = _rows(ctx).where(col(Measure.id).in_(by_id)).order_by(col(Measure.number))
    shown = []
    for row in (await ctx.db.execute(rows)).mappings():
        one = by_id[row["id"]]
        actions = MEASURE.actions(ctx.actor, one, measure_facts(one, plan))
        shown.append(MeasurePublic(**row, actions=actions))
    return shown


async def list_measure_rows(ctx: Context, plan_id: UUID) -> list[Measure]:
    """List and lock a plan's measures in their order, to renumber them."""
    rows = select(Measure).where(Measure.plan_id == plan_id).order_by(col(Measure.number))
    return list((await ctx.db.exec(rows.with_for_update())).all())


async def list_unfinished(ctx: Context, problem_id: UUID) -> list[Measure]:
    """List a problem's measures that are not completed."""
    rows = select(Measure).where(
        Measure.problem_id == problem_id, Measure.state != MeasureState.COMPLETED
    )
    return list((await ctx.db.exec(rows.order_by(col(Measure.number)))).all())


async def list_progress(ctx: Context, measure_id: UUID, query: ProgressQuery) -> Response:
    """Answer a page of the reports about one measure."""
    rows = _PROGRESS.where(col(MeasureProgress.measure_id) == measure_id)
    return await json_page(ctx, rows, query, _PROGRESS_SORTS, col(MeasureProgress.id))


async def has_progress(ctx: Context, measure_id: UUID) -> bool:
    """Tell whether anything was reported about a measure."""
    rows = sa_select(exists().where(col(MeasureProgress.measure_id) == measure_id))
    return bool((await ctx.db.execute(rows)).scalar_one())
