"""`/interviews`."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.calendars import calendar_of
from sihao.core.context import COMMITTEE, Role
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.followups.actions import interviews as actions
from sihao.followups.lifecycle import INTERVIEW
from sihao.followups.queries import interviews as queries
from sihao.followups.schemas.interviews import (
    CalendarQuery,
    Held,
    InterviewCreate,
    InterviewPublic,
    InterviewQuery,
    InterviewRow,
    Notice,
    SuggestionQuery,
    Suggestions,
    Verification,
)
from sihao.followups.schemas.referrals import Escalation

router = Router(prefix="", tag="interviews")

CALENDAR = "text/calendar; charset=utf-8"


@router.get(
    "/interviews/suggestions", operation_id="interview_suggestions", response_model=Suggestions
)
async def list_suggestions(ctx: Ctx, query: Annotated[SuggestionQuery, Query()]) -> Suggestions:
    """List the units whose result is both poor and full of problems."""
    ctx.require(*COMMITTEE, Role.LEADERSHIP)
    return await queries.list_suggestions(ctx, query.campaign_id)


@router.get(
    "/interviews/calendar",
    operation_id="interview_calendar",
    response_class=Response,
    responses={200: {"content": {CALENDAR: {"schema": {"type": "string"}}}}},
)
async def get_calendar(ctx: Ctx, query: Annotated[CalendarQuery, Query()]) -> Response:
    """Download the meetings for another calendar: all that the caller may read, or one."""
    meetings = await queries.list_appointments(ctx, **query.model_dump())
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote('集体约谈.ics')}"}
    return Response(calendar_of("集体约谈", meetings), media_type=CALENDAR, headers=headers)


@router.get("/interviews", operation_id="interview_list", response_model=Page[InterviewRow])
async def list_interviews(ctx: Ctx, query: Annotated[InterviewQuery, Query()]) -> Response:
    """List interviews."""
    return await queries.list_interviews(ctx, query)


@router.post(
    "/interviews",
    operation_id="interview_create",
    response_model=InterviewPublic,
    status_code=201,
)
async def create_interview(ctx: Ctx, response: Response, body: InterviewCreate) -> InterviewPublic:
    """Propose an interview."""
    interview = await actions.create_interview(ctx, body)
    tag(response, interview)
    return await queries.show_interview(ctx, interview)


@router.get("/interviews/{id}", operation_id="interview_get", response_model=InterviewPublic)
async def get_interview(ctx: Ctx, response: Response, id: UUID) -> InterviewPublic:
    """Read an interview."""
    interview = await queries.get_interview(ctx, id)
    tag(response, interview)
    return await queries.show_interview(ctx, interview)


router.transitions(
    INTERVIEW,
    actions.move_interview,
    queries.show_interview,
    context=Ctx,
    response_model=InterviewPublic,
    path="/interviews/{id}",
    without={"notify", "hold", "verify", "escalate"},
)


@router.post(
    "/interviews/{id}/notify",
    operation_id="interview_notify",
    response_model=InterviewPublic,
    dependencies=[Depends(require_key)],
)
async def notify_interview(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Notice
) -> InterviewPublic:
    """Send the notice."""
    interview = await actions.notify_interview(ctx, id, version, body)
    tag(response, interview)
    return await queries.show_interview(ctx, interview)


@router.post("/interviews/{id}/hold", operation_id="interview_hold", response_model=InterviewPublic)
async def hold_interview(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Held
) -> InterviewPublic:
    """Note that it took place, with its record."""
    interview = await actions.hold_interview(ctx, id, version, body)
    tag(response, interview)
    return await queries.show_interview(ctx, interview)


@router.post(
    "/interviews/{id}/verify", operation_id="interview_verify", response_model=InterviewPublic
)
async def verify_interview(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Verification
) -> InterviewPublic:
    """Find that all is put right, and plan a later look."""
    interview = await actions.verify_interview(ctx, id, version, body)
    tag(response, interview)
    return await queries.show_interview(ctx, interview)


@router.post(
    "/interviews/{id}/escalate",
    operation_id="interview_escalate",
    response_model=InterviewPublic,
    dependencies=[Depends(require_key)],
)
async def escalate_interview(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Escalation
) -> InterviewPublic:
    """Go over into a referral; its draft is in `referral_id`."""
    interview = await actions.escalate_interview(ctx, id, version, body)
    tag(response, interview)
    return await queries.show_interview(ctx, interview)
