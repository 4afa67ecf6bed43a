"""`/findings` and `/objections`."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, etag, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.inspections.actions import objections as actions
from sihao.inspections.lifecycle import OBJECTION
from sihao.inspections.queries import objections as queries
from sihao.inspections.schemas.objections import (
    FindingCreate,
    FindingPublic,
    FindingQuery,
    ObjectionCreate,
    ObjectionPublic,
    ObjectionQuery,
    RestoreBody,
)

router = Router(prefix="", tag="inspections")


@router.get("/findings", operation_id="finding_list", response_model=Page[FindingPublic])
async def list_findings(ctx: Ctx, query: Annotated[FindingQuery, Query()]) -> Response:
    """List findings."""
    return await queries.list_findings(ctx, query)


@router.post(
    "/findings", operation_id="finding_create", response_model=FindingPublic, status_code=201
)
async def create_finding(ctx: Ctx, response: Response, body: FindingCreate) -> FindingPublic:
    """Record a problem found with an item."""
    finding = await actions.create_finding(ctx, body)
    tag(response, finding)
    return await queries.get_finding(ctx, finding.id)


@router.get("/findings/{id}", operation_id="finding_get", response_model=FindingPublic)
async def get_finding(ctx: Ctx, response: Response, id: UUID) -> FindingPublic:
    """Read a finding."""
    finding = await queries.get_finding(ctx, id)
    response.headers["ETag"] = etag(finding.version)
    return finding


@router.get("/objections", operation_id="objection_list", response_model=Page[ObjectionPublic])
async def list_objections(ctx: Ctx, query: Annotated[ObjectionQuery, Query()]) -> Response:
    """List objections."""
    return await queries.list_objections(ctx, query)


@router.post(
    "/objections",
    operation_id="objection_create",
    response_model=ObjectionPublic,
    status_code=201,
    dependencies=[Depends(require_key)],
)
async def create_objection(ctx: Ctx, response: Response, body: ObjectionCreate) -> ObjectionPublic:
    """Object to an item's deductions."""
    objection = await actions.file_objection(ctx, body)
    tag(response, objection)
    return await queries.show_objection(ctx, objection)


@router.get("/objections/{id}", operation_id="objection_get", response_model=ObjectionPublic)
async def get_objection(ctx: Ctx, response: Response, id: UUID) -> ObjectionPublic:
    """Read an objection."""
    objection = await queries.get_objection(ctx, id)
    tag(response, objection)
    return await queries.show_objection(ctx, objection)


router.transitions(
    OBJECTION,
    actions.move_objection,
    queries.show_objection,
    context=Ctx,
    response_model=ObjectionPublic,
    path="/objections/{id}",
    without={"uphold_partly"},
)


@router.post(
    "/objections/{id}/uphold_partly",
    operation_id="objection_uphold_partly",
    response_model=ObjectionPublic,
    dependencies=[Depends(require_key)],
)
async def uphold_partly(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: RestoreBody
) -> ObjectionPublic:
    """Give part of the lost points back."""
    objection = await actions.uphold_partly(ctx, id, version, body.opinion, body.restored)
    tag(response, objection)
    return await queries.show_objection(ctx, objection)
