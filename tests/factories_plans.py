"""Plans, problems and measures for tests, in any state."""

from datetime import UTC, date, datetime

from sqlmodel import select

from sihao.campaigns.models import Campaign, Standard
from sihao.plans.content import PlanContent
from sihao.plans.lifecycle import SIGNED, MeasureState, PlanState, ProblemState
from sihao.plans.models import (
    Measure,
    Plan,
    PlanVersion,
    Problem,
    ProblemCategory,
    ProblemCriterion,
    TeamMeeting,
)
from sihao.plans.queries import read_text
from tests.factories import STAMPS, make_unit
from tests.factories_campaigns import criteria_of, make_campaign

TEXT = {
    "basis": "市委关于开展“四好班子”创建活动的意见。",
    "goals": "班子成员全年下基层调研均不少于 60 天。",
    "content": "围绕政治坚定好、学习创新好、勤政为民好、清正廉洁好开展创建。",
}


async def make_plan(world, unit=None, campaign=None, *, state=PlanState.DRAFT, **fields) -> Plan:
    """Make a plan with its text; a signed state brings version 1, which `in_force` carries out.

    Problems and measures made later are not in that version: call `freeze` for that.
    """
    unit = unit or await make_unit(world)
    campaign = campaign or await make_campaign(world)
    signed = state in SIGNED
    fields = {
        "in_force_number": 1 if state in {PlanState.IN_FORCE, PlanState.CLOSED} else None,
        "signed_at": datetime(2026, 2, 1, tzinfo=UTC) if signed else None,
        **TEXT,
        **fields,
    }
    plan = Plan(unit_id=unit.id, campaign_id=campaign.id, state=state, **fields, **STAMPS)
    await world.add(plan)
    if signed:
        await freeze(world, plan)
    return plan


async def freeze(world, plan: Plan) -> PlanVersion:
    """Keep the plan's living text as its version `draft_number`."""
    ctx = await world.ctx()
    text: PlanContent = await read_text(ctx, plan)
    rows = select(PlanVersion).where(
        PlanVersion.plan_id == plan.id, PlanVersion.number == plan.draft_number
    )
    version = (await ctx.db.exec(rows)).first() or PlanVersion(
        unit_id=plan.unit_id,
        plan_id=plan.id,
        number=plan.draft_number,
        content={},
        content_hash="",
        signed_by="主要负责同志",
        signed_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    version.content, version.content_hash = text.model_dump(mode="json"), text.digest()
    ctx.db.add(version)
    await ctx.db.commit()
    await ctx.db.close()
    return version


async def make_problem(world, plan: Plan, *, criteria=("A1",), **fields) -> Problem:
    """Make a problem of the team, held against the items with the codes `criteria`."""
    fields = {
        "text": "班子成员下基层集中在下半年。",
        "category": ProblemCategory.WEAK,
        "number": 1 + len(await world.all(select(Problem).where(Problem.plan_id == plan.id))),
        "state": ProblemState.OPEN,
        **fields,
    }
    problem = Problem(unit_id=plan.unit_id, plan_id=plan.id, **fields, **STAMPS)
    await world.add(problem)
    known = await _criteria(world, plan) if criteria else {}
    for code in criteria:
        link = ProblemCriterion(
            unit_id=plan.unit_id, problem_id=problem.id, criterion_id=known[code].id
        )
        await world.add(link)
    return problem


async def _criteria(world, plan: Plan) -> dict:
    rows = select(Standard).join(Campaign, Campaign.standard_id == Standard.id)
    (standard,) = await world.all(rows.where(Campaign.id == plan.campaign_id))
    return await criteria_of(world, standard)


async def make_measure(world, plan: Plan, problem=None, owner=None, **fields) -> Measure:
    """Make a measure with a due date and an expected output; `owner` is a member."""
    fields = {
        "text": "按季度制定班子成员下基层计划。",
        "due_on": date(2026, 6, 30),
        "expected_output": "季度下基层计划、逐人天数表",
        "number": 1 + len(await world.all(select(Measure).where(Measure.plan_id == plan.id))),
        "state": MeasureState.PLANNED,
        **fields,
    }
    measure = Measure(
        unit_id=plan.unit_id,
        plan_id=plan.id,
        problem_id=problem.id if problem else None,
        owner_id=owner.id if owner else None,
        **fields,
        **STAMPS,
    )
    await world.add(measure)
    return measure


async def make_meeting(world, unit, campaign, **fields) -> TeamMeeting:
    """Make a meeting of a unit's team."""
    fields = {"held_on": date(2026, 1, 20), "subject": "研究年度创建活动计划", **fields}
    meeting = TeamMeeting(unit_id=unit.id, campaign_id=campaign.id, **fields, **STAMPS)
    await world.add(meeting)
    return meeting
