"""Ask a department to help or adjust, and take its answer."""

from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.followups import policy
from sihao.followups.lifecycle import REFERRAL
from sihao.followups.models import Interview, Referral
from sihao.followups.queries import interviews
from sihao.followups.queries import referrals as queries
from sihao.followups.schemas.referrals import Conclusion, ReferralCreate, ReferralUpdate
from sihao.units import queries as units


async def create_referral(ctx: Context, body: ReferralCreate) -> Referral:
    """Draft a referral about a unit."""
    ctx.require(Role.OFFICER)
    interview = None
    try:
        await campaigns.get_campaign(ctx, body.campaign_id)
        if body.interview_id:
            interview = await interviews.get_interview(ctx, body.interview_id)
    except NotFound as error:
        field = error.code.partition(".")[0]
        raise Invalid(error.code, error.zh, error.en, pointer=f"/body/{field}_id") from error
    if interview and (interview.unit_id, interview.campaign_id) != (body.unit_id, body.campaign_id):
        code, zh = "referral.interview", "这次约谈不属于所选的单位和年度。"
        en = "The interview is another unit's or year's."
        raise Invalid(code, zh, en, pointer="/body/interview_id")
    return await draft_referral(ctx, body, interview)


async def draft_referral(
    ctx: Context, body: ReferralCreate, interview: Interview | None
) -> Referral:
    """Add the draft; it carries the unit's name and the grounds, all that its receiver will see."""
    try:
        unit = await units.get_unit(ctx, body.unit_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/unit_id") from error
    await queries.check_receiver(ctx, body.receiver_id)
    referral = Referral.model_validate(
        body,
        update={
            "unit_name": unit.name,
            "grounds": interview.grounds if interview else None,
            "drafted_by_id": ctx.person_id,
            "drafted_by": ctx.actor.name,
            **stamps(ctx),
        },
    )
    ctx.db.add(referral)
    await ctx.db.flush()
    emit(
        ctx,
        "referral.created",
        referral.id,
        referral.unit_id,
        audience=Audience.COMMITTEE,
        opinion=body.reason,
        department=body.department,
        request=body.request,
    )
    return referral


async def update_referral(
    ctx: Context, referral_id: UUID, version: int, body: ReferralUpdate
) -> Referral:
    """Change a draft; whoever does so has written it, and does not approve it."""
    referral = await queries.get_referral(ctx, referral_id, lock=True)
    ctx.require(Role.OFFICER)
    check_version(referral, version)
    if not policy.may_edit_draft(ctx.actor, referral):
        code, zh = "referral.not_drafted", "提请批准之后不能再修改。"
        raise Conflict(code, zh, "It is approved already.")
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    if "receiver_id" in changes:
        await queries.check_receiver(ctx, changes["receiver_id"])
    referral.sqlmodel_update(changes)
    referral.drafted_by_id, referral.drafted_by = ctx.person_id, ctx.actor.name
    touch(ctx, referral)
    emit(
        ctx,
        "referral.updated",
        referral.id,
        referral.unit_id,
        audience=Audience.COMMITTEE,
        fields=sorted(changes),
    )
    return referral


async def move_referral(
    ctx: Context, referral_id: UUID, version: int, name: str, opinion: str
) -> Referral:
    """Approve, send, advise or acknowledge."""
    referral = await queries.get_referral(ctx, referral_id, lock=True)
    check_version(referral, version)
    REFERRAL.apply(ctx, referral, name, opinion)
    match name:
        case "approve":
            referral.approved_by, referral.approved_at = ctx.actor.name, ctx.now
        case "send":
            referral.sent_at = ctx.now
        case "advise":
            referral.advise(opinion, ctx.actor.name, ctx.now)
        case "acknowledge":
            referral.acknowledged_at = ctx.now
    return referral


async def conclude_referral(
    ctx: Context, referral_id: UUID, version: int, body: Conclusion
) -> Referral:
    """Take the department's answer: what it did, in its words."""
    referral = await queries.get_referral(ctx, referral_id, lock=True)
    check_version(referral, version)
    REFERRAL.apply(ctx, referral, "conclude", body.opinion, outcome=body.outcome)
    referral.outcome, referral.outcome_text = body.outcome, body.opinion
    referral.concluded_by, referral.concluded_at = ctx.actor.name, ctx.now
    return referral
