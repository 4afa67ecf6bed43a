"""`/interviews/{id}/record`: the record by itself, for its readers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import COMMITTEE, Role
from sihao.core.etag import IfMatch, tag
from sihao.core.routes import Router
from sihao.followups.actions import records as actions
from sihao.followups.queries import interviews
from sihao.followups.queries import records as queries
from sihao.followups.schemas.interviews import InterviewPublic
from sihao.followups.schemas.records import InOffice, Nameable, Readers, RecordPublic, RecordUpdate

router = Router(prefix="", tag="interviews")


@router.get(
    "/interviews/{id}/record", operation_id="interview_record_get", response_model=RecordPublic
)
async def read_record(ctx: Ctx, response: Response, id: UUID) -> RecordPublic:
    """Read the record; who looked when is kept."""
    interview, record = await actions.read_record(ctx, id)
    tag(response, record)
    return queries.show_record(ctx, interview, record)


@router.patch(
    "/interviews/{id}/record", operation_id="interview_record_update", response_model=RecordPublic
)
async def update_record(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: RecordUpdate
) -> RecordPublic:
    """Write the record, until both sides have confirmed it; a change reopens both confirmations."""
    interview, record = await actions.update_record(ctx, id, version, body)
    tag(response, record)
    return queries.show_record(ctx, interview, record)


@router.put(
    "/interviews/{id}/readers", operation_id="interview_readers", response_model=InterviewPublic
)
async def name_readers(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Readers
) -> InterviewPublic:
    """Say who else reads the record."""
    interview = await actions.name_readers(ctx, id, version, body)
    tag(response, interview)
    return await interviews.show_interview(ctx, interview)


@router.get(
    "/interviews/{id}/readers", operation_id="interview_nameable", response_model=list[Nameable]
)
async def list_nameable(ctx: Ctx, id: UUID) -> list[Nameable]:
    """List whom the record may name."""
    ctx.require(Role.LEADER)
    interview = await interviews.get_interview(ctx, id)
    return await queries.list_nameable(ctx, interview.unit_id)


@router.get("/interviews/{id}/team", operation_id="interview_team", response_model=list[InOffice])
async def list_team(ctx: Ctx, id: UUID, on: Annotated[date, Query()]) -> list[InOffice]:
    """List who belongs to the team on that day."""
    ctx.require(*COMMITTEE)
    interview = await interviews.get_interview(ctx, id)
    return await queries.list_in_office(ctx, interview.unit_id, on)
