"""`/plans`: the annual plan, its signatures, versions and what it lacks."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Path, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.errors import NotFound
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.lifecycle import TransitionBody
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.plans import actions, policy, queries
from sihao.plans.checks import Defect, defects
from sihao.plans.content import PlanContent, changes
from sihao.plans.lifecycle import PLAN
from sihao.plans.models import PlanVersion
from sihao.plans.problem_schemas import ProblemPublic
from sihao.plans.schemas import (
    CarryOver,
    PlanCreate,
    PlanDiff,
    PlanPublic,
    PlanQuery,
    PlanRow,
    PlanUpdate,
    StageCounts,
    VersionPublic,
    VersionRow,
)

router = Router(prefix="/plans", tag="plans")
Number = Annotated[int, Path(ge=1, le=10_000)]
_OWN_ROUTES = ("sign", "accept", "return")


@router.get("", operation_id="plan_list", response_model=Page[PlanRow])
async def list_plans(ctx: Ctx, query: Annotated[PlanQuery, Query()]) -> Response:
    """List plans: the own unit's, or all that were signed."""
    return await queries.list_plans(ctx, query)


@router.get("/stages", operation_id="plan_stages", response_model=StageCounts)
async def count_stages(ctx: Ctx, campaign_id: UUID) -> StageCounts:
    """Count a campaign's plans by state and name the units without one."""
    return await queries.count_stages(ctx, campaign_id)


@router.post("", operation_id="plan_create", response_model=PlanPublic, status_code=201)
async def create_plan(ctx: Ctx, response: Response, body: PlanCreate) -> PlanPublic:
    """Begin the own unit's plan of a campaign."""
    plan = await actions.create_plan(ctx, body)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


@router.get("/{id}", operation_id="plan_get", response_model=PlanPublic)
async def get_plan(ctx: Ctx, response: Response, id: UUID) -> PlanPublic:
    """Read a plan."""
    plan = await queries.get_plan(ctx, id)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


@router.patch("/{id}", operation_id="plan_update", response_model=PlanPublic)
async def update_plan(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: PlanUpdate
) -> PlanPublic:
    """Save the text of a draft."""
    plan = await actions.update_plan(ctx, id, version, body)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


router.transitions(
    PLAN,
    actions.move_plan,
    queries.show_plan,
    context=Ctx,
    response_model=PlanPublic,
    without=_OWN_ROUTES,
)


@router.post(
    "/{id}/sign",
    operation_id="plan_sign",
    response_model=PlanPublic,
    dependencies=[Depends(require_key)],
)
async def sign_plan(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: TransitionBody
) -> PlanPublic:
    """Sign the plan: its text is frozen as a version."""
    plan = await actions.sign_plan(ctx, id, version, body.opinion)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


@router.post("/{id}/accept", operation_id="plan_accept", response_model=PlanPublic)
async def accept_plan(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: TransitionBody
) -> PlanPublic:
    """Take the filed version note of."""
    plan = await actions.accept_plan(ctx, id, version, body.opinion)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


@router.post("/{id}/return", operation_id="plan_return", response_model=PlanPublic)
async def return_plan(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: TransitionBody
) -> PlanPublic:
    """Return the filed version with the reason."""
    plan = await actions.return_plan(ctx, id, version, body.opinion)
    tag(response, plan)
    return await queries.show_plan(ctx, plan)


@router.get("/{id}/checks", operation_id="plan_checks", response_model=list[Defect])
async def check_plan(ctx: Ctx, id: UUID) -> list[Defect]:
    """List what keeps the plan from the team, for those who write it."""
    plan = await queries.get_plan(ctx, id)
    policy.check_writes(ctx.actor, plan)
    return defects(plan, await queries.plan_facts(ctx, plan))


@router.get("/{id}/versions", operation_id="plan_version_list", response_model=list[VersionRow])
async def list_versions(ctx: Ctx, id: UUID) -> list[PlanVersion]:
    """List the signed versions, the newest first."""
    await queries.get_plan(ctx, id)
    return await queries.list_versions(ctx, id)


@router.get(
    "/{id}/versions/{number}", operation_id="plan_version_get", response_model=VersionPublic
)
async def get_version(ctx: Ctx, id: UUID, number: Number) -> PlanVersion:
    """Read a signed version."""
    await queries.get_plan(ctx, id)
    return await queries.get_version(ctx, id, number)


@router.get(
    "/{id}/versions/{number}/diff", operation_id="plan_version_diff", response_model=PlanDiff
)
async def compare_versions(
    ctx: Ctx, id: UUID, number: Number, against: Annotated[int, Query(ge=1)] | Literal["draft"]
) -> PlanDiff:
    """Compare a signed version with another or with the draft, the older one first."""
    plan = await queries.get_plan(ctx, id)
    one = PlanContent.model_validate((await queries.get_version(ctx, id, number)).content)
    if against == "draft":
        if not policy.is_written_by(ctx.actor, plan):
            raise NotFound("plan_version.unknown", "没有这一版计划。", "No such version.")
        draft = await queries.read_text(ctx, plan)
        return PlanDiff(before=number, after=None, changes=changes(one, draft))
    other = PlanContent.model_validate((await queries.get_version(ctx, id, against)).content)
    before, after = (one, other) if number <= against else (other, one)
    return PlanDiff(
        before=min(number, against), after=max(number, against), changes=changes(before, after)
    )


@router.get(
    "/{id}/carry_over/candidates",
    operation_id="plan_carry_over_candidates",
    response_model=list[ProblemPublic],
)
async def list_candidates(ctx: Ctx, id: UUID) -> list[ProblemPublic]:
    """List open problems of earlier years which this plan can take over."""
    plan = await queries.get_plan(ctx, id)
    policy.check_writes(ctx.actor, plan)
    return await queries.list_candidates(ctx, plan)


@router.post(
    "/{id}/carry_over",
    operation_id="plan_carry_over",
    response_model=list[ProblemPublic],
    status_code=201,
)
async def carry_over(ctx: Ctx, id: UUID, body: CarryOver) -> list[ProblemPublic]:
    """Take open problems of earlier years over."""
    problems, plan = await actions.carry_over(ctx, id, body)
    return [await queries.show_problem(ctx, one, plan) for one in problems]
