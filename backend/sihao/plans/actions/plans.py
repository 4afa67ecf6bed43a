"""Write, sign, file and amend the annual plan."""

from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign, Stage
from sihao.core.context import UNIT_WRITERS, Context
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.plans import policy, queries
from sihao.plans.lifecycle import PLAN, PlanState
from sihao.plans.models import Decision, Plan, PlanVersion
from sihao.plans.schemas import PlanCreate, PlanUpdate

_WRITING = frozenset({CampaignState.OPEN, CampaignState.INSPECTING})
_NEW_NUMBER = frozenset({"revise", "amend"})


async def hold_year(ctx: Context, campaign_id: UUID) -> Campaign:
    """Keep the campaign's phase while a plan is written; raise `Conflict` when it is over."""
    campaign = await campaigns.hold_campaign(ctx, campaign_id)
    if campaign.state not in _WRITING:
        code, zh = "campaign.phase", "本创建年度现阶段不再办理年度计划。"
        raise Conflict(code, zh, "Plans are not written in this phase.", state=campaign.state)
    return campaign


async def create_plan(ctx: Context, body: PlanCreate) -> Plan:
    """Begin the own unit's plan of a campaign (R9)."""
    ctx.require(*UNIT_WRITERS)
    try:
        campaign = await hold_year(ctx, body.campaign_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/campaign_id") from error
    if await queries.find_plan(ctx, ctx.unit_id, campaign.id) is not None:
        code, zh = "plan.exists", f"本单位 {campaign.year} 年度计划已经建立。"
        raise Conflict(code, zh, "The unit has its plan of this year.")
    plan = Plan.model_validate(body, update={"unit_id": ctx.unit_id, **stamps(ctx)})
    ctx.db.add(plan)
    await ctx.db.flush()
    emit(ctx, "plan.created", plan.id, plan.unit_id, audience=Audience.UNIT)
    return plan


async def hold_draft(ctx: Context, plan_id: UUID) -> Plan:
    """Lock a plan whose text the actor may change now; raise what stands against it."""
    plan = await queries.get_plan(ctx, plan_id, lock=True)
    await check_draft(ctx, plan)
    return plan


async def check_draft(ctx: Context, plan: Plan) -> None:
    """Raise unless the actor may change the plan's text now."""
    policy.check_writes(ctx.actor, plan)
    policy.check_editable(plan)
    await hold_year(ctx, plan.campaign_id)


async def update_plan(ctx: Context, plan_id: UUID, version: int, body: PlanUpdate) -> Plan:
    """Save the text while it is drafted."""
    plan = await hold_draft(ctx, plan_id)
    check_version(plan, version)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    plan.sqlmodel_update(changes)
    touch(ctx, plan)
    emit(ctx, "plan.updated", plan.id, plan.unit_id, audience=Audience.UNIT, fields=sorted(changes))
    return plan


async def move_plan(ctx: Context, plan_id: UUID, version: int, name: str, opinion: str) -> Plan:
    """Make one transition that takes an opinion only: present, withdraw, revise, amend, close."""
    plan = await queries.get_plan(ctx, plan_id, lock=True)
    check_version(plan, version)
    if name != "close":
        await hold_year(ctx, plan.campaign_id)
    facts = await queries.plan_facts(ctx, plan)
    PLAN.apply(ctx, plan, name, opinion, facts=facts)
    if name in _NEW_NUMBER:
        plan.draft_number += 1
    return plan


async def sign_plan(ctx: Context, plan_id: UUID, version: int, opinion: str) -> Plan:
    """Sign (R3): freeze the text as a version, filed or in force as the campaign has it [C]."""
    plan = await queries.get_plan(ctx, plan_id, lock=True)
    check_version(plan, version)
    campaign = await hold_year(ctx, plan.campaign_id)
    text = await queries.read_text(ctx, plan)
    PLAN.apply(
        ctx,
        plan,
        "sign",
        opinion,
        target=PlanState.FILED if campaign.plan_filing else None,
        number=plan.draft_number,
        content_hash=text.digest(),
    )
    ctx.db.add(
        PlanVersion(
            unit_id=plan.unit_id,
            plan_id=plan.id,
            number=plan.draft_number,
            content=text.model_dump(mode="json"),
            content_hash=text.digest(),
            signed_by=ctx.actor.name,
            signed_at=ctx.now,
            opinion=opinion,
        )
    )
    if plan.signed_at is None:
        window = await campaigns.window(ctx, campaign.id, Stage.PLANNING)
        plan.late = window is not None and ctx.now > window.closes_at
    plan.signed_at = ctx.now
    if not campaign.plan_filing:
        plan.in_force_number = plan.draft_number
    return plan


async def accept_plan(ctx: Context, plan_id: UUID, version: int, opinion: str) -> Plan:
    """Take the filed version note of: it is in force from now on."""
    plan = await _decide(ctx, plan_id, version, "accept", opinion)
    plan.in_force_number = plan.draft_number
    return plan


async def return_plan(ctx: Context, plan_id: UUID, version: int, opinion: str) -> Plan:
    """Return the filed version with the reason; the one in force, if any, stays so."""
    return await _decide(ctx, plan_id, version, "return", opinion)


async def _decide(ctx: Context, plan_id: UUID, version: int, name: str, opinion: str) -> Plan:
    plan = await queries.get_plan(ctx, plan_id, lock=True)
    check_version(plan, version)
    await hold_year(ctx, plan.campaign_id)
    PLAN.apply(ctx, plan, name, opinion, number=plan.draft_number)
    signed = await queries.get_version(ctx, plan.id, plan.draft_number, lock=True)
    signed.decision = Decision.ACCEPTED if name == "accept" else Decision.RETURNED
    signed.decided_by, signed.decided_at = ctx.actor.name, ctx.now
    signed.decision_opinion = opinion
    return plan
