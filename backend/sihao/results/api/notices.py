"""`/comparison-notices` and `/notice-objections`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.results.actions import notices as actions
from sihao.results.lifecycle import NOTICE_OBJECTION
from sihao.results.queries import notices as queries
from sihao.results.schemas import (
    NoticeObjectionCreate,
    NoticeObjectionPublic,
    NoticeObjectionQuery,
    NoticePublic,
)

router = Router(prefix="", tag="comparisons")


@router.get(
    "/comparison-notices",
    operation_id="comparison_notice_list",
    response_model=list[NoticePublic],
)
async def list_notices(ctx: Ctx) -> list[NoticePublic]:
    """List the public notices of who is to be commended, and the circulars: names and merits."""
    return await queries.list_notices(ctx)


@router.get(
    "/notice-objections",
    operation_id="notice_objection_list",
    response_model=Page[NoticeObjectionPublic],
)
async def list_objections(ctx: Ctx, query: Annotated[NoticeObjectionQuery, Query()]) -> Response:
    """List objections to public notices; a unit finds its own."""
    return await queries.list_objections(ctx, query)


@router.post(
    "/notice-objections",
    operation_id="notice_objection_create",
    response_model=NoticeObjectionPublic,
    status_code=201,
)
async def file_objection(
    ctx: Ctx, response: Response, body: NoticeObjectionCreate
) -> NoticeObjectionPublic:
    """Object to the list of a running notice; an officer enters a letter."""
    objection = await actions.file_objection(ctx, body)
    tag(response, objection)
    return await queries.show_objection(ctx, objection)


@router.get(
    "/notice-objections/{id}",
    operation_id="notice_objection_get",
    response_model=NoticeObjectionPublic,
)
async def get_objection(ctx: Ctx, response: Response, id: UUID) -> NoticeObjectionPublic:
    """Read an objection with its answer."""
    objection = await queries.get_objection(ctx, id)
    tag(response, objection)
    return await queries.show_objection(ctx, objection)


router.transitions(
    NOTICE_OBJECTION,
    actions.move_objection,
    queries.show_objection,
    context=Ctx,
    response_model=NoticeObjectionPublic,
    path="/notice-objections/{id}",
)
