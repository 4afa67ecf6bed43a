"""`/complaints`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.complaints import actions, queries
from sihao.complaints.lifecycle import COMPLAINT
from sihao.complaints.schemas import ComplaintCreate, ComplaintPublic, ComplaintQuery
from sihao.core.etag import tag
from sihao.core.paging import Page
from sihao.core.routes import Router

router = Router(prefix="/complaints", tag="complaints")


@router.get("", operation_id="complaint_list", response_model=Page[ComplaintPublic])
async def list_complaints(ctx: Ctx, query: Annotated[ComplaintQuery, Query()]) -> Response:
    """List what was put into the box: all for the committee, else the own."""
    return await queries.list_complaints(ctx, query)


@router.post("", operation_id="complaint_create", response_model=ComplaintPublic, status_code=201)
async def create_complaint(ctx: Ctx, response: Response, body: ComplaintCreate) -> ComplaintPublic:
    """Complain or suggest, with or without a name."""
    complaint = await actions.create_complaint(ctx, body)
    tag(response, complaint)
    return await queries.show_complaint(ctx, complaint)


@router.get("/{id}", operation_id="complaint_get", response_model=ComplaintPublic)
async def get_complaint(ctx: Ctx, response: Response, id: UUID) -> ComplaintPublic:
    """Read a complaint."""
    complaint = await queries.get_complaint(ctx, id)
    tag(response, complaint)
    return await queries.show_complaint(ctx, complaint)


router.transitions(
    COMPLAINT,
    actions.move_complaint,
    queries.show_complaint,
    context=Ctx,
    response_model=ComplaintPublic,
)
