"""Read plans, what they lack, and how far a campaign's plans are."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, case, exists, func, null
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.plans import policy
from sihao.plans.checks import MeasureFacts, PlanFacts, ProblemFacts
from sihao.plans.lifecycle import PLAN, MeasureState, PlanState, ProblemState
from sihao.plans.models import (
    Decision,
    Measure,
    Plan,
    PlanFields,
    PlanVersion,
    Problem,
    ProblemCriterion,
)
from sihao.plans.schemas import PlanPublic, PlanQuery, PlanReturn, PlanRow, StageCounts, UnitName
from sihao.units import policy as units_policy
from sihao.units.models import Unit, UnitKind

_ROWS = (
    row_of(PlanRow, Plan, col(Unit.name).label("unit_name"), col(Campaign.year).label("year"))
    .join_from(Plan, Unit, col(Unit.id) == col(Plan.unit_id))
    .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
)
_SORTS = {"unit": col(Unit.sort_order), "updated_at": col(Plan.updated_at)}


def _count(table: type[Problem | Measure]) -> Any:
    counted = sa_select(func.count()).select_from(table).where(col(table.plan_id) == col(Plan.id))
    return counted.correlate(Plan).scalar_subquery()


_PROBLEMS, _MEASURES = _count(Problem), _count(Measure)


async def get_plan(ctx: Context, plan_id: UUID, *, lock: bool = False) -> Plan:
    """Read one plan; raise `NotFound` for one that is not for this reader too."""
    ctx.require_scope("plan:read")
    rows = select(Plan).where(Plan.id == plan_id, policy.visible(ctx.actor))
    plan = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if plan is None:
        raise NotFound("plan.unknown", "没有这份年度计划。", "No such plan.")
    return plan


async def find_plan(ctx: Context, unit_id: UUID, campaign_id: UUID) -> Plan | None:
    """Look up a unit's plan of a campaign."""
    rows = select(Plan).where(
        Plan.unit_id == unit_id, Plan.campaign_id == campaign_id, policy.visible(ctx.actor)
    )
    return (await ctx.db.exec(rows)).first()


async def list_plans(ctx: Context, query: PlanQuery) -> Response:
    """Answer a page of plans."""
    ctx.require_scope("plan:read")
    actions = PLAN.actions_sql(Plan, ctx.actor)
    rows = _rows(ctx).add_columns(actions.label("actions")).where(policy.visible(ctx.actor))
    for column, wanted in (
        (col(Plan.campaign_id), query.campaign_id),
        (col(Plan.unit_id), query.unit_id),
        (col(Plan.state), query.state),
        (col(Plan.late), query.late),
    ):
        if wanted is not None:
            rows = rows.where(column == wanted)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name)))
    return await json_page(ctx, rows, query, _SORTS, col(Plan.id))


def _rows(ctx: Context) -> Select[Any]:
    reads = policy.reads_text(ctx.actor)
    return _ROWS.add_columns(
        case((reads, _PROBLEMS), else_=null()).label("problem_count"),
        case((reads, _MEASURES), else_=null()).label("measure_count"),
    )


async def show_plan(ctx: Context, plan: Plan) -> PlanPublic:
    """Give a plan as this reader sees it, with what he can do."""
    await ctx.db.flush()
    reads = policy.reads_text(ctx.actor)
    texts = [
        case((reads, getattr(Plan, name)), else_=null()).label(name)
        for name in PlanFields.model_fields
    ]
    rows = _rows(ctx).add_columns(*texts).where(col(Plan.id) == plan.id)
    row = (await ctx.db.execute(rows)).mappings().one()
    actions = PLAN.actions(ctx.actor, plan, await plan_facts(ctx, plan))
    return PlanPublic(**row, actions=actions, last_return=await _last_return(ctx, plan))


async def _last_return(ctx: Context, plan: Plan) -> PlanReturn | None:
    rows = (
        select(PlanVersion)
        .where(PlanVersion.plan_id == plan.id, policy.visible_versions(ctx.actor))
        .order_by(col(PlanVersion.number).desc())
        .limit(1)
    )
    last = (await ctx.db.exec(rows)).first()
    if last is None or last.decision != Decision.RETURNED or last.decided_at is None:
        return None
    return PlanReturn(
        number=last.number,
        opinion=last.decision_opinion,
        by=last.decided_by,
        at=last.decided_at,
    )


async def plan_facts(ctx: Context, plan: Plan) -> PlanFacts:
    """Load what the plan's guards and checks ask."""
    problems = await _problem_rows(ctx, plan, col(Problem.plan_id) == plan.id)
    rows = select(Measure).where(Measure.plan_id == plan.id).order_by(col(Measure.number))
    measures = (await ctx.db.exec(rows)).all()
    requested = [one for one in measures if one.state == MeasureState.COMPLETION_REQUESTED]
    closing = [state for _, state in problems if state == ProblemState.CLOSING_REQUESTED]
    return PlanFacts(
        problems=tuple(facts for facts, _ in problems),
        measures=tuple(measure_facts(one, plan) for one in measures),
        waiting=len(requested) + len(closing),
    )


async def problem_facts(ctx: Context, problem: Problem, plan: Plan) -> ProblemFacts:
    """Load what a problem's guards ask."""
    ((facts, _),) = await _problem_rows(ctx, plan, col(Problem.id) == problem.id)
    return facts


def measure_facts(measure: Measure, plan: Plan) -> MeasureFacts:
    """Say what a measure's guards ask."""
    return MeasureFacts(
        id=measure.id,
        number=measure.number,
        has_text=bool(measure.text),
        has_owner=measure.owner_id is not None,
        has_due_date=measure.due_on is not None,
        has_output=bool(measure.expected_output),
        in_force=is_in_force(plan),
    )


def is_in_force(plan: Plan) -> bool:
    """Tell whether a version of the plan is being carried out."""
    return plan.in_force_number is not None and plan.state != PlanState.CLOSED


async def _problem_rows(
    ctx: Context, plan: Plan, condition: Any
) -> list[tuple[ProblemFacts, ProblemState]]:
    criteria = sa_select(func.count()).where(col(ProblemCriterion.problem_id) == col(Problem.id))
    unfinished = sa_select(func.count()).where(
        col(Measure.problem_id) == col(Problem.id),
        col(Measure.state) != MeasureState.COMPLETED,
    )
    rows = (
        sa_select(
            col(Problem.id),
            col(Problem.number),
            criteria.scalar_subquery().label("criteria"),
            unfinished.scalar_subquery().label("unfinished"),
            col(Problem.state),
        )
        .where(condition)
        .order_by(col(Problem.number))
    )
    return [
        (
            ProblemFacts(
                id=row.id,
                number=row.number,
                criteria=row.criteria,
                unfinished=row.unfinished,
                in_force=is_in_force(plan),
            ),
            row.state,
        )
        for row in (await ctx.db.execute(rows)).all()
    ]


async def count_stages(ctx: Context, campaign_id: UUID) -> StageCounts:
    """Count a campaign's plans by state, and name the units of which there is none."""
    ctx.require_scope("plan:read")
    seen = (col(Plan.campaign_id) == campaign_id, policy.visible(ctx.actor))
    late = func.count().filter(col(Plan.late).is_(True))
    counted = sa_select(col(Plan.state), func.count(), late).where(*seen).group_by(col(Plan.state))
    by_state = (await ctx.db.execute(counted)).all()
    missing = (
        sa_select(col(Unit.id), col(Unit.name))
        .where(
            units_policy.visible(ctx.actor),
            ctx.actor.sees(Unit.id),
            col(Unit.kind) == UnitKind.UNIT,
            col(Unit.active).is_(True),
            ~exists().where(col(Plan.unit_id) == col(Unit.id), *seen),
        )
        .order_by(col(Unit.sort_order), col(Unit.id))
    )
    return StageCounts(
        by_state={state: count for state, count, _ in by_state},
        late=sum(late for *_, late in by_state),
        missing=[UnitName(id=row.id, name=row.name) for row in await ctx.db.execute(missing)],
    )
