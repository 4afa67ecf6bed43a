"""Assign rectifications, work on them, verify them."""

from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.followups import policy
from sihao.followups.lifecycle import RECTIFICATION, InterviewState
from sihao.followups.models import Rectification
from sihao.followups.queries import interviews
from sihao.followups.queries import rectifications as queries
from sihao.followups.schemas.rectifications import (
    Recheck,
    RectificationCreate,
    RectificationUpdate,
)

_OPEN = (InterviewState.HELD, InterviewState.RECORDED, InterviewState.RECTIFYING)


async def create_rectification(ctx: Context, body: RectificationCreate) -> Rectification:
    """Ask a unit to put right what an inspection found or what it promised in an interview."""
    ctx.require(Role.OFFICER)
    if (body.finding_id is None) == (body.interview_id is None):
        code, zh = "rectification.origin", "整改须对应一个发现问题或一次约谈，二者选一。"
        raise Invalid(code, zh, "Name a finding or an interview.", pointer="/body/finding_id")
    unit_id, campaign_id = await _origin(ctx, body)
    await _check_owner(ctx, unit_id, body.owner_id)
    rectification = Rectification.model_validate(
        body, update={"unit_id": unit_id, "campaign_id": campaign_id, **stamps(ctx)}
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
    if body.finding_id:
        finding, campaign_id = await queries.get_given_back_finding(ctx, body.finding_id)
        return finding.unit_id, campaign_id
    assert body.interview_id is not None  # noqa: S101 - exactly one of the two is given
    try:
        interview = await interviews.get_interview(ctx, body.interview_id, lock=True)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/interview_id") from error
    if interview.state not in _OPEN:
        code, zh = "rectification.interview", "约谈之后、核验之前才能列出整改事项。"
        raise Conflict(code, zh, "The interview is not at that point.", state=interview.state)
    return interview.unit_id, interview.campaign_id


async def _check_owner(ctx: Context, unit_id: UUID, owner_id: UUID | None) -> None:
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
    await _check_owner(ctx, rectification.unit_id, body.owner_id)
    kept = {k: v for k, v in changes.items() if v is not None or k == "owner_id"}
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
    """Report, verify or return; the opinion is the report."""
    rectification = await queries.get_rectification(ctx, rectification_id, lock=True)
    check_version(rectification, version)
    RECTIFICATION.apply(ctx, rectification, name, opinion)
    if name == "report":
        rectification.report, rectification.reported_at = opinion, ctx.now
        rectification.reported_by, rectification.reported_by_id = ctx.actor.name, ctx.actor.id
    elif name == "verify":
        rectification.verified_by, rectification.verified_at = ctx.actor.name, ctx.now
    return rectification


async def recheck_rectification(
    ctx: Context, rectification_id: UUID, version: int, body: Recheck
) -> Rectification:
    """Note what a later check found (回头看)."""
    rectification = await queries.get_rectification(ctx, rectification_id, lock=True)
    ctx.require(Role.OFFICER)
    check_version(rectification, version)
    if not policy.may_recheck(ctx.actor, rectification):
        code, zh = "rectification.not_verified", "整改核验通过之后才能“回头看”。"
        raise Conflict(code, zh, "It is not verified yet.", state=rectification.state)
    rectification.recheck, rectification.rechecked_at = body.text, ctx.now
    touch(ctx, rectification)
    emit(
        ctx,
        "rectification.recheck",
        rectification.id,
        rectification.unit_id,
        audience=Audience.UNIT,
        opinion=body.text,
    )
    return rectification
