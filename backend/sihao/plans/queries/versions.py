"""Read signed versions, and the living text in the same form."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.plans import policy
from sihao.plans.content import MeasureContent, PlanContent, ProblemContent
from sihao.plans.models import Linkage, Measure, Plan, PlanVersion, Problem, ProblemCriterion
from sihao.units.models import Member, Unit


async def list_versions(ctx: Context, plan_id: UUID) -> list[PlanVersion]:
    """List a plan's signed versions, the newest first."""
    rows = select(PlanVersion).where(
        PlanVersion.plan_id == plan_id, policy.visible_versions(ctx.actor)
    )
    return list((await ctx.db.exec(rows.order_by(col(PlanVersion.number).desc()))).all())


async def get_version(
    ctx: Context, plan_id: UUID, number: int, *, lock: bool = False
) -> PlanVersion:
    """Read one signed version; raise `NotFound`."""
    rows = select(PlanVersion).where(
        PlanVersion.plan_id == plan_id,
        PlanVersion.number == number,
        policy.visible_versions(ctx.actor),
    )
    version = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if version is None:
        raise NotFound("plan_version.unknown", "没有这一版计划。", "No such version.")
    return version


async def read_text(ctx: Context, plan: Plan) -> PlanContent:
    """Gather the living text: what a signature would freeze now."""
    rows = (
        sa_select(col(Unit.name), col(Campaign.year))
        .join_from(Plan, Unit, col(Unit.id) == col(Plan.unit_id))
        .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
        .where(col(Plan.id) == plan.id)
    )
    unit, year = (await ctx.db.execute(rows)).one()
    members = select(Member.id, Member.name).where(Member.unit_id == plan.unit_id)
    names: dict[UUID | None, str] = dict((await ctx.db.exec(members)).all())
    problems = await _problems(ctx, plan, names)
    numbers: dict[UUID | None, int] = {one.id: one.number for one in problems}
    measures = select(Measure).where(Measure.plan_id == plan.id).order_by(col(Measure.number))
    return PlanContent(
        unit=unit,
        year=year,
        basis=plan.basis,
        goals=plan.goals,
        content=plan.content,
        problems=problems,
        measures=[
            MeasureContent(
                id=one.id,
                number=one.number,
                problem_id=one.problem_id,
                problem=numbers.get(one.problem_id),
                text=one.text,
                owner=names.get(one.owner_id, ""),
                co_owners=one.co_owners,
                due_on=one.due_on,
                expected_output=one.expected_output,
                linkages=[Linkage.model_validate(tie) for tie in one.linkages],
            )
            for one in (await ctx.db.exec(measures)).all()
        ],
    )


async def _problems(
    ctx: Context, plan: Plan, names: dict[UUID | None, str]
) -> list[ProblemContent]:
    held = (
        select(ProblemCriterion.problem_id, Criterion.code)
        .join(Criterion, col(Criterion.id) == col(ProblemCriterion.criterion_id))
        .join(Problem, col(Problem.id) == col(ProblemCriterion.problem_id))
        .where(Problem.plan_id == plan.id)
        .order_by(col(Criterion.sort_order))
    )
    codes: dict[UUID, list[str]] = defaultdict(list)
    for problem_id, code in (await ctx.db.exec(held)).all():
        codes[problem_id].append(code)
    rows = select(Problem).where(Problem.plan_id == plan.id).order_by(col(Problem.number))
    return [
        ProblemContent(
            id=one.id,
            number=one.number,
            text=one.text,
            category=one.category,
            member=names.get(one.member_id, ""),
            source=one.source,
            source_note=one.source_note,
            criteria=codes[one.id],
            linkages=[Linkage.model_validate(tie) for tie in one.linkages],
        )
        for one in (await ctx.db.exec(rows)).all()
    ]
