"""`/interviews`."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import COMMITTEE, Role
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.followups.actions import interviews as actions
from sihao.followups.lifecycle import INTERVIEW
from sihao.followups.queries import interviews as queries
from sihao.followups.schemas.interviews import (
    Held,
    InterviewCreate,
    InterviewPublic,
    InterviewQuery,
    InterviewRow,
    MinutesUpdate,
    Notice,
    SuggestionQuery,
    Suggestions,
)
from sihao.followups.schemas.referrals import Escalation

router = Router(prefix="", tag="interviews")


@router.get(
    "/interviews/suggestions", operation_id="interview_suggestions", response_model=Suggestions
)
async def list_suggestions(ctx: Ctx, query: Annotated[SuggestionQuery, Query()]) -> Suggestions:
    """List the units whose result is both poor and full of problems."""
    ctx.require(*COMMITTEE, Role.LEADERSHIP)
    return await queries.list_suggestions(ctx, query.campaign_id)


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


@router.patch("/interviews/{id}", operation_id="interview_update", response_model=InterviewPublic)
async def update_record(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: MinutesUpdate
) -> InterviewPublic:
    """Correct the record."""
    interview = await actions.update_record(ctx, id, version, body)
    tag(response, interview)
    return await queries.show_interview(ctx, interview)


router.transitions(
    INTERVIEW,
    actions.move_interview,
    queries.show_interview,
    context=Ctx,
    response_model=InterviewPublic,
    path="/interviews/{id}",
    without={"notify", "hold", "escalate"},
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
