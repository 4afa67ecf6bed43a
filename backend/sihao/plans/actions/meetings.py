"""Record the meetings of the team about the campaign (R1)."""

from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.core.context import UNIT_WRITERS, Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.plans import policy, queries
from sihao.plans.models import TeamMeeting
from sihao.plans.schemas import MeetingCreate, MeetingUpdate


async def create_meeting(ctx: Context, body: MeetingCreate) -> TeamMeeting:
    """Record a meeting of the own unit's team."""
    ctx.require(*UNIT_WRITERS)
    try:
        await campaigns.get_campaign(ctx, body.campaign_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/campaign_id") from error
    meeting = TeamMeeting.model_validate(body, update={"unit_id": ctx.unit_id, **stamps(ctx)})
    ctx.db.add(meeting)
    await ctx.db.flush()
    emit(ctx, "team_meeting.created", meeting.id, meeting.unit_id, audience=Audience.UNIT)
    return meeting


async def update_meeting(
    ctx: Context, meeting_id: UUID, version: int, body: MeetingUpdate
) -> TeamMeeting:
    """Correct a record."""
    meeting = await queries.get_meeting(ctx, meeting_id, lock=True)
    policy.check_writes(ctx.actor, meeting)
    check_version(meeting, version)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    meeting.sqlmodel_update(changes)
    touch(ctx, meeting)
    emit(
        ctx,
        "team_meeting.updated",
        meeting.id,
        meeting.unit_id,
        audience=Audience.UNIT,
        fields=sorted(changes),
    )
    return meeting


async def delete_meeting(ctx: Context, meeting_id: UUID, version: int) -> None:
    """Remove a record made by mistake; the event keeps what it said."""
    meeting = await queries.get_meeting(ctx, meeting_id, lock=True)
    policy.check_writes(ctx.actor, meeting)
    check_version(meeting, version)
    await ctx.db.delete(meeting)
    emit(
        ctx,
        "team_meeting.deleted",
        meeting.id,
        meeting.unit_id,
        audience=Audience.UNIT,
        held_on=str(meeting.held_on),
        topic=meeting.subject,
    )
