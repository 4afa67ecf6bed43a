"""`/burden` and `/material-collections`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.burden import actions, queries
from sihao.burden.lifecycle import MATERIAL_COLLECTION
from sihao.burden.schemas import (
    BurdenPublic,
    BurdenQuery,
    MaterialCollectionCreate,
    MaterialCollectionPublic,
    MaterialCollectionQuery,
    MaterialCollectionRow,
    MaterialCollectionUpdate,
)
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router

router = Router(prefix="", tag="burden")
_COLLECTIONS = "/material-collections"


@router.get("/burden", operation_id="burden_get", response_model=BurdenPublic)
async def get_burden(ctx: Ctx, query: Annotated[BurdenQuery, Query()]) -> BurdenPublic:
    """Read what a year asks of units, what each gave, and what was saved by handing in once."""
    return await queries.read_burden(ctx, query.campaign_id)


@router.get(
    _COLLECTIONS,
    operation_id="material_collection_list",
    response_model=Page[MaterialCollectionRow],
)
async def list_collections(
    ctx: Ctx, query: Annotated[MaterialCollectionQuery, Query()]
) -> Response:
    """List collections of material: all for the committee, to a unit what was sent to it."""
    return await queries.list_collections(ctx, query)


@router.post(
    _COLLECTIONS,
    operation_id="material_collection_create",
    response_model=MaterialCollectionPublic,
    status_code=201,
)
async def create_collection(
    ctx: Ctx, response: Response, body: MaterialCollectionCreate
) -> MaterialCollectionPublic:
    """Draft a collection; the answer tells what units have handed in already."""
    collection = await actions.create_collection(ctx, body)
    tag(response, collection)
    return await queries.show_collection(ctx, collection)


@router.get(
    f"{_COLLECTIONS}/{{id}}",
    operation_id="material_collection_get",
    response_model=MaterialCollectionPublic,
)
async def get_collection(ctx: Ctx, response: Response, id: UUID) -> MaterialCollectionPublic:
    """Read a collection; a unit finds each need answered with what it has handed in."""
    collection = await queries.get_collection(ctx, id)
    tag(response, collection)
    return await queries.show_collection(ctx, collection)


@router.patch(
    f"{_COLLECTIONS}/{{id}}",
    operation_id="material_collection_update",
    response_model=MaterialCollectionPublic,
)
async def update_collection(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: MaterialCollectionUpdate
) -> MaterialCollectionPublic:
    """Change a draft."""
    collection = await actions.update_collection(ctx, id, version, body)
    tag(response, collection)
    return await queries.show_collection(ctx, collection)


router.transitions(
    MATERIAL_COLLECTION,
    actions.move_collection,
    queries.show_collection,
    context=Ctx,
    response_model=MaterialCollectionPublic,
    path=f"{_COLLECTIONS}/{{id}}",
)
