"""`/evidence-manifests`: what will be handed in, promised before the deadline."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.paging import Page
from sihao.core.rates import costs
from sihao.core.routes import Router
from sihao.evidence import actions, policy, queries
from sihao.evidence.manifest_schemas import (
    LineQuery,
    ManifestCreate,
    ManifestLineRow,
    ManifestPublic,
    ManifestQuery,
    ManifestRow,
)
from sihao.evidence.models import EvidenceManifest

router = Router(prefix="/evidence-manifests", tag="evidence")


@router.get("", operation_id="evidence_manifest_list", response_model=Page[ManifestRow])
async def list_manifests(ctx: Ctx, query: Annotated[ManifestQuery, Query()]) -> Response:
    """List manifests."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_manifests(ctx, query)


@router.post(
    "",
    operation_id="evidence_manifest_create",
    response_model=ManifestPublic,
    status_code=201,
    dependencies=[Depends(costs("rate_jobs"))],
)
async def create_manifest(ctx: Ctx, body: ManifestCreate) -> ManifestPublic:
    """Promise files before the deadline; the answer is the receipt. Up to 50,000 lines."""
    return await _show(ctx, (await actions.create_manifest(ctx, body)).manifest)


@router.get("/{id}", operation_id="evidence_manifest_get", response_model=ManifestPublic)
async def get_manifest(ctx: Ctx, id: UUID) -> ManifestPublic:
    """Read a receipt, and what is still to come until when."""
    ctx.require_scope(policy.SCOPE)
    return await _show(ctx, await queries.get_manifest(ctx, id))


@router.get(
    "/{id}/lines",
    operation_id="evidence_manifest_line_list",
    response_model=Page[ManifestLineRow],
)
async def list_lines(ctx: Ctx, id: UUID, query: Annotated[LineQuery, Query()]) -> Response:
    """List the lines of a manifest; `state=waiting` for those whose file is to come."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_lines(ctx, await queries.get_manifest(ctx, id), query)


async def _show(ctx: Context, manifest: EvidenceManifest) -> ManifestPublic:
    closing = await queries.closing(ctx, manifest.campaign_id)
    return ManifestPublic.model_validate(
        {
            **await queries.show_manifest(ctx, manifest),
            "as_of": ctx.now,
            "closes_at": closing and closing.closes_at,
            "grace_until": closing and closing.grace_until,
        }
    )
