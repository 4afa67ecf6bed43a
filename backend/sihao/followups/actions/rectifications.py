"""Assign rectifications, work on them, verify them."""

from datetime import date
from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.followups import policy
from sihao.followups.lifecycle import RECTIFICATION, InterviewState, RectificationState
from sihao.followups.models import RecheckResult, Rectification, RectificationFields
from sihao.followups.queries import interviews
from sihao.followups.queries import rectifications as queries
from sihao.followups.schemas.interviews import Verification
from sihao.followups.schemas.rectifications import (
    CarryOver,
    LookBack,
    RectificationCreate,
    RectificationUpdate,
)

_OPEN = (InterviewState.HELD, InterviewState.RECORDED, InterviewState.RECTIFYING)
_ORIGINS = frozenset({"finding_id", "interview_id", "problem_id", "entry_id"})
_NULLABLE = frozenset({"owner_id", "handler_id"})


async def create_rectification(ctx: Context, body: RectificationCreate) -> Rectification:
    """Have put right what an inspection found, what was promised in an interview, or a problem.

    The committee asks for it; of problems and of the rows of T3 and T4, the unit itself too.
    """
    origins = (body.finding_id, body.interview_id, body.problem_id, body.entry_id)
    if sum(one is not None for one in origins) != 1:
        code, zh = (
            "rectification.origin",
            "整改须对应一个发现问题、约谈、计划问题或台账，只选一个。",
        )
        en = "Name a finding, an interview, a problem or a ledger row."
        raise Invalid(code, zh, en, pointer="/body/finding_id")
    unit_id, campaign_id = await _origin(ctx, body)
    await _check_people(ctx, unit_id, body.owner_id, body.handler_id)
    rectification = Rectification.model_validate(
        body,
        update={
            "unit_id": unit_id,
            "campaign_id": campaign_id,
            "assigned_by": ctx.actor.name,
            **stamps(ctx),
        },
    )
    ctx.db.add(rectification)
    await ctx.db.flush()
    emit(
        ctx,
        "rectification.created",
        rectification.id,
        unit_id,
        audience=Audience.UNIT,
        due_on=body.due_on.isoformat(),
    )
    return rectification


async def _origin(ctx: Context, body: RectificationCreate) -> tuple[UUID, UUID]:
    """Find whose it is and of which year."""
    if body.problem_id or body.entry_id:
        found = await queries.get_matter(ctx, problem_id=body.problem_id, entry_id=body.entry_id)
        if not policy.may_take_up(ctx.actor, found[0]):
            ctx.require(Role.OFFICER)
        return found
    ctx.require(Role.OFFICER)
    if body.finding_id:
        finding, campaign_id = await queries.get_given_back_finding(ctx, body.finding_id)
        return finding.unit_id, campaign_id
    assert body.interview_id is not None  # noqa: S101 - exactly one of the four is given
    try:
        interview = await interviews.get_interview(ctx, body.interview_id, lock=True)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/interview_id") from error
    if interview.state not in _OPEN:
        code, zh = "rectification.interview", "约谈之后、核验之前才能列出整改事项。"
        raise Conflict(code, zh, "The interview is not at that point.", state=interview.state)
    return interview.unit_id, interview.campaign_id


async def _check_people(
    ctx: Context, unit_id: UUID, owner_id: UUID | None, handler_id: UUID | None
) -> None:
    if handler_id and handler_id not in {
        one.id for one in await queries.list_handlers(ctx, unit_id)
    }:
        code, zh = "rectification.handler", "承办人须是该单位的账号。"
        raise Invalid(code, zh, "Nobody of the unit's.", pointer="/body/handler_id")
    if owner_id and not await queries.is_member(ctx, unit_id, owner_id):
        code, zh = "member.unknown", "责任人须是该单位的班子成员。"
        raise Invalid(code, zh, "Not a member of the unit's team.", pointer="/body/owner_id")


async def update_rectification(
    ctx: Context, rectification_id: UUID, version: int, body: RectificationUpdate
) -> Rectification:
    """Fill in cause, action and owner, or correct what is to be done by when."""
    rectification = await queries.get_rectification(ctx, rectification_id, lock=True)
    changes = body.model_dump(exclude_unset=True)
    policy.check_edits(ctx.actor, rectification, set(changes))
    check_version(rectification, version)
    if not policy.editable_fields(ctx.actor, rectification):
        code, zh = "rectification.not_open", "整改已经报告，退回之后才能修改。"
        raise Conflict(code, zh, "It is reported already.", state=rectification.state)
    await _check_people(ctx, rectification.unit_id, body.owner_id, body.handler_id)
    kept = {k: v for k, v in changes.items() if v is not None or k in _NULLABLE}
    rectification.sqlmodel_update(kept)
    touch(ctx, rectification)
    emit(
        ctx,
        "rectification.updated",
        rectification.id,
        rectification.unit_id,
        audience=Audience.UNIT,
        fields=sorted(kept),
    )
    return rectification


async def move_rectification(
    ctx: Context, rectification_id: UUID, version: int, name: str, opinion: str
) -> Rectification:
    """Report or return; the opinion is the report."""
    rectification = await queries.get_rectification(ctx, rectification_id, lock=True)
    check_version(rectification, version)
    RECTIFICATION.apply(ctx, rectification, name, opinion)
    if name == "report":
        rectification.report, rectification.reported_at = opinion, ctx.now
        rectification.reported_by, rectification.reported_by_id = ctx.actor.name, ctx.actor.id
    return rectification


async def verify_rectification(
    ctx: Context, rectification_id: UUID, version: int, body: Verification
) -> Rectification:
    """Find it put right; a later look may be planned."""
    rectification = await queries.get_rectification(ctx, rectification_id, lock=True)
    check_version(rectification, version)
    _check_later(ctx, body.recheck_on, "recheck_on")
    planned = body.model_dump(mode="json", include={"recheck_on"}, exclude_none=True)
    RECTIFICATION.apply(ctx, rectification, "verify", body.opinion, **planned)
    rectification.verified_by, rectification.verified_at = ctx.actor.name, ctx.now
    rectification.verified_by_id, rectification.recheck_on = ctx.actor.id, body.recheck_on
    return rectification


def _check_later(ctx: Context, day: date | None, field: str) -> None:
    if day is not None and day <= ctx.today:
        code, zh = f"rectification.{field}", "日期须在今天之后。"
        raise Invalid(code, zh, "It has to be later than today.", pointer=f"/body/{field}")


async def look_back(
    ctx: Context, rectification_id: UUID, version: int, body: LookBack
) -> Rectification:
    """Note what a later look found (回头看); after a relapse it is the unit's turn again."""
    row = await queries.get_rectification(ctx, rectification_id, lock=True)
    check_version(row, version)
    relapsed = body.result is RecheckResult.RELAPSED
    if relapsed and body.due_on is None:
        code, zh = "rectification.due_on", "出现反弹的，须定下重新整改的时限。"
        raise Invalid(code, zh, "By when?", pointer="/body/due_on")
    _check_later(ctx, body.due_on if relapsed else None, "due_on")
    target = RectificationState.RETURNED if relapsed else None
    RECTIFICATION.apply(
        ctx, row, "look_back", body.opinion, target=target, result=body.result.value
    )
    row.recheck, row.recheck_result = body.opinion, body.result
    row.rechecked_at, row.rechecked_by = ctx.now, ctx.actor.name
    if relapsed and body.due_on:
        row.due_on, row.recheck_on = body.due_on, None
        row.verified_at, row.verified_by, row.verified_by_id = None, "", None
    return row


async def carry_over(
    ctx: Context, rectification_id: UUID, version: int, body: CarryOver
) -> Rectification:
    """Go on with it in a later year: the new one keeps origin, people and history."""
    old = await queries.get_rectification(ctx, rectification_id, lock=True)
    check_version(old, version)
    _check_later(ctx, body.due_on, "due_on")
    try:
        year = await campaigns.get_campaign(ctx, body.campaign_id)
        before = await campaigns.get_campaign(ctx, old.campaign_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/campaign_id") from error
    if year.year <= before.year or year.state is CampaignState.CLOSED:
        code, zh = "rectification.year", "只能转入以后的、没有结束的年度。"
        raise Invalid(code, zh, "It goes into a later, open year.", pointer="/body/campaign_id")
    kept = {*RectificationFields.model_fields, *_ORIGINS, "unit_id", "report"}
    new = Rectification.model_validate(
        old.model_dump(include=kept),
        update={
            "campaign_id": year.id,
            "due_on": body.due_on,
            "carried_from_id": old.id,
            "assigned_by": ctx.actor.name,
            **stamps(ctx),
        },
    )
    RECTIFICATION.apply(ctx, old, "carry_over", body.opinion, carried_to=str(new.id))
    ctx.db.add(new)
    await ctx.db.flush()
    return new
