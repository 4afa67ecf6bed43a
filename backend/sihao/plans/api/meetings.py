"""`/team-meetings`: the campaign on the team's agenda (R1)."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.plans import actions, queries
from sihao.plans.models import TeamMeeting
from sihao.plans.schemas import MeetingCreate, MeetingPublic, MeetingQuery, MeetingUpdate

router = Router(prefix="/team-meetings", tag="team-meetings")


@router.get("", operation_id="team_meeting_list", response_model=Page[MeetingPublic])
async def list_meetings(ctx: Ctx, query: Annotated[MeetingQuery, Query()]) -> Response:
    """List meetings."""
    return await queries.list_meetings(ctx, query)


@router.post("", operation_id="team_meeting_create", response_model=MeetingPublic, status_code=201)
async def create_meeting(ctx: Ctx, response: Response, body: MeetingCreate) -> TeamMeeting:
    """Record a meeting of the own team."""
    meeting = await actions.create_meeting(ctx, body)
    tag(response, meeting)
    return meeting


@router.get("/{id}", operation_id="team_meeting_get", response_model=MeetingPublic)
async def get_meeting(ctx: Ctx, response: Response, id: UUID) -> TeamMeeting:
    """Read a meeting."""
    meeting = await queries.get_meeting(ctx, id)
    tag(response, meeting)
    return meeting


@router.patch("/{id}", operation_id="team_meeting_update", response_model=MeetingPublic)
async def update_meeting(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: MeetingUpdate
) -> TeamMeeting:
    """Correct the record of a meeting."""
    meeting = await actions.update_meeting(ctx, id, version, body)
    tag(response, meeting)
    return meeting


@router.delete("/{id}", operation_id="team_meeting_delete", status_code=204)
async def delete_meeting(ctx: Ctx, id: UUID, version: IfMatch) -> None:
    """Remove a record made by mistake."""
    await actions.delete_meeting(ctx, id, version)
