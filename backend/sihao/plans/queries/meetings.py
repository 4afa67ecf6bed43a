"""Read the meetings of leadership teams about the campaign."""

from uuid import UUID

from fastapi import Response
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, row_of
from sihao.plans import policy
from sihao.plans.models import TeamMeeting
from sihao.plans.schemas import MeetingPublic, MeetingQuery

_ROWS = row_of(MeetingPublic, TeamMeeting)
_SORTS = {"held_on": col(TeamMeeting.held_on)}


async def get_meeting(ctx: Context, meeting_id: UUID, *, lock: bool = False) -> TeamMeeting:
    """Read one meeting; raise `NotFound` for a foreign one too."""
    ctx.require_scope("plan:read")
    rows = select(TeamMeeting).where(
        TeamMeeting.id == meeting_id, policy.visible_meetings(ctx.actor)
    )
    meeting = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if meeting is None:
        raise NotFound("team_meeting.unknown", "没有这次班子会议。", "No such meeting.")
    return meeting


async def list_meetings(ctx: Context, query: MeetingQuery) -> Response:
    """Answer a page of meetings."""
    ctx.require_scope("plan:read")
    rows = _ROWS.where(policy.visible_meetings(ctx.actor))
    if query.campaign_id:
        rows = rows.where(col(TeamMeeting.campaign_id) == query.campaign_id)
    if query.unit_id:
        rows = rows.where(col(TeamMeeting.unit_id) == query.unit_id)
    return await json_page(ctx, rows, query, _SORTS, col(TeamMeeting.id))
