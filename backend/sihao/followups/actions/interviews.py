"""Propose an interview and carry it through to the end."""

from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps
from sihao.followups.actions.records import begin_record, reopen
from sihao.followups.actions.referrals import draft_referral
from sihao.followups.lifecycle import (
    INTERVIEW,
    InterviewFacts,
    InterviewState,
    is_unit_side,
)
from sihao.followups.models import Interview
from sihao.followups.queries import interviews as queries
from sihao.followups.queries import records
from sihao.followups.schemas.interviews import Held, InterviewCreate, Notice, Verification
from sihao.followups.schemas.referrals import Escalation, ReferralCreate
from sihao.results.lifecycle import ResultState
from sihao.results.models import AnnualResult
from sihao.results.queries import results


async def create_interview(ctx: Context, body: InterviewCreate) -> Interview:
    """Propose an interview; the facts that allow it are kept with it (R22).

    Raises `Conflict` unless the settled result is both poor and full of problems.
    """
    ctx.require(Role.OFFICER, Role.LEADER)
    try:
        result = await results.get_result(ctx, body.result_id, lock=True)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/result_id") from error
    rules = await campaigns.get_rules(ctx, result.campaign_id)
    grounds = queries.grounds_of(result, rules)
    if result.state == ResultState.COMPUTED:
        code, zh = "interview.result", "年度结果审定之后才能提出约谈。"
        raise Conflict(code, zh, "The result is not approved yet.")
    if not (grounds.total < grounds.below and grounds.findings >= grounds.many):
        raise Conflict(
            "interview.grounds",
            f"约谈须同时符合两项条件：得分低于 {grounds.below} 分，发现问题 {grounds.many} 个以上。"
            f"该单位得分 {grounds.total} 分，发现问题 {grounds.findings} 个。",
            "Only a poor result with many findings gives occasion to an interview.",
            grounds=grounds.model_dump(mode="json"),
        )
    if await queries.find_interview_of(ctx, result.id):
        code, zh = "interview.exists", "这份年度结果已经提出过约谈。"
        raise Conflict(code, zh, "This result already has its interview.")
    return await _add(ctx, result, body.reason, grounds.model_dump(mode="json"))


async def _add(
    ctx: Context, result: AnnualResult, reason: str, grounds: dict[str, object]
) -> Interview:
    interview = Interview(
        unit_id=result.unit_id,
        campaign_id=result.campaign_id,
        result_id=result.id,
        reason=reason,
        grounds=grounds,
        proposed_by_id=ctx.person_id,
        proposed_by=ctx.actor.name,
        **stamps(ctx),
    )
    ctx.db.add(interview)
    await ctx.db.flush()
    emit(
        ctx,
        "interview.created",
        interview.id,
        interview.unit_id,
        audience=Audience.COMMITTEE,
        opinion=reason,
        grounds=grounds,
    )
    return interview


async def _hold(ctx: Context, interview_id: UUID, version: int) -> tuple[Interview, InterviewFacts]:
    interview = await queries.get_interview(ctx, interview_id, lock=True)
    check_version(interview, version)
    return interview, await queries.get_facts(ctx, interview)


async def move_interview(
    ctx: Context, interview_id: UUID, version: int, name: str, opinion: str
) -> Interview:
    """Make a step that takes no more than an opinion."""
    interview, facts = await _hold(ctx, interview_id, version)
    if name == "confirm_record":
        await _confirm(ctx, interview, facts, opinion)
        return interview
    INTERVIEW.apply(ctx, interview, name, opinion, facts=facts)
    match name:
        case "approve":
            interview.approved_by, interview.approved_at = ctx.actor.name, ctx.now
        case "acknowledge":
            interview.received_by, interview.received_at = ctx.actor.name, ctx.now
        case "reopen_record":
            reopen(interview)
        case "look_back":
            interview.recheck, interview.rechecked_at = opinion, ctx.now
            interview.rechecked_by = ctx.actor.name
    return interview


async def _confirm(ctx: Context, interview: Interview, facts: InterviewFacts, opinion: str) -> None:
    """Take one side's word for the record; it stands once both have given theirs."""
    unit_side = is_unit_side(ctx.actor, interview)
    other = interview.committee_confirmed_at if unit_side else interview.unit_confirmed_at
    record = await records.find_record(ctx, interview.id)
    INTERVIEW.apply(
        ctx,
        interview,
        "confirm_record",
        opinion,
        facts=facts,
        target=InterviewState.RECORDED if other else None,
        side="unit" if unit_side else "committee",
        content_hash=records.content_hash(interview, record) if record else "",
    )
    if unit_side:
        interview.unit_confirmed_at, interview.unit_confirmed_by = ctx.now, ctx.actor.name
        interview.unit_remark = opinion
    else:
        interview.committee_confirmed_at = ctx.now
        interview.committee_confirmed_by = ctx.actor.name


async def notify_interview(
    ctx: Context, interview_id: UUID, version: int, body: Notice
) -> Interview:
    """Send the notice: from now on the unit's lead and deputy read the case."""
    interview, facts = await _hold(ctx, interview_id, version)
    INTERVIEW.apply(ctx, interview, "notify", body.opinion, facts=facts)
    interview.notified_at = ctx.now
    interview.sqlmodel_update(body.model_dump(include={"meeting_at", "place", "topics"}))
    return interview


async def hold_interview(ctx: Context, interview_id: UUID, version: int, body: Held) -> Interview:
    """Note that the interview took place, with its record."""
    interview, facts = await _hold(ctx, interview_id, version)
    if body.held_on > ctx.today:
        code, zh = "interview.held_on", "约谈日期不能晚于今天。"
        raise Invalid(code, zh, "It has not taken place yet.", pointer="/body/held_on")
    INTERVIEW.apply(ctx, interview, "hold", body.opinion, facts=facts)
    interview.held_on, interview.place = body.held_on, body.place
    await begin_record(ctx, interview, body.held_on, body)
    return interview


async def verify_interview(
    ctx: Context, interview_id: UUID, version: int, body: Verification
) -> Interview:
    """Find that all is put right; a later look may be planned, which comes before the end."""
    interview, facts = await _hold(ctx, interview_id, version)
    if body.recheck_on is not None and body.recheck_on <= ctx.today:
        code, zh = "interview.recheck_on", "“回头看”的日期须在今天之后。"
        raise Invalid(code, zh, "A later look is later.", pointer="/body/recheck_on")
    planned = body.model_dump(mode="json", include={"recheck_on"}, exclude_none=True)
    INTERVIEW.apply(ctx, interview, "verify", body.opinion, facts=facts, **planned)
    interview.verification, interview.verified_by_id = body.opinion, ctx.actor.id
    interview.recheck_on = body.recheck_on
    return interview


async def escalate_interview(
    ctx: Context, interview_id: UUID, version: int, body: Escalation
) -> Interview:
    """End the interview here and draft a referral to the department concerned (R23)."""
    interview, facts = await _hold(ctx, interview_id, version)
    INTERVIEW.apply(ctx, interview, "escalate", body.opinion, facts=facts)
    draft = ReferralCreate(
        **body.model_dump(exclude={"opinion"}),
        reason=body.opinion,
        unit_id=interview.unit_id,
        campaign_id=interview.campaign_id,
        interview_id=interview.id,
    )
    await draft_referral(ctx, draft, interview)
    return interview
