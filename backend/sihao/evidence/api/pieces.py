"""`/evidence`: pieces, what an item has to show, what can be used again."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.core.etag import IfMatch
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.evidence import actions, policy, queries
from sihao.evidence.api.showing import answer, show
from sihao.evidence.lifecycle import EVIDENCE
from sihao.evidence.schemas import (
    EvidenceCreate,
    EvidencePublic,
    EvidenceQuery,
    EvidenceReuse,
    EvidenceRow,
    EvidenceSuggestion,
    EvidenceSummary,
    EvidenceUpdate,
    MatrixCell,
    MatrixQuery,
    SuggestionQuery,
)
from sihao.units.queries import get_unit

router = Router(prefix="", tag="evidence")


@router.get("/evidence", operation_id="evidence_list", response_model=Page[EvidenceRow])
async def list_evidence(ctx: Ctx, query: Annotated[EvidenceQuery, Query()]) -> Response:
    """List evidence."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_evidence(ctx, query)


@router.post(
    "/evidence", operation_id="evidence_create", response_model=EvidencePublic, status_code=201
)
async def create_evidence(ctx: Ctx, response: Response, body: EvidenceCreate) -> EvidencePublic:
    """Register a file and what it shows; its content follows."""
    return await answer(ctx, response, await actions.create_evidence(ctx, body))


@router.get(
    "/evidence/suggestions",
    operation_id="evidence_suggest",
    response_model=list[EvidenceSuggestion],
)
async def suggest_evidence(
    ctx: Ctx, query: Annotated[SuggestionQuery, Query()]
) -> list[EvidenceSuggestion]:
    """Offer what the unit showed for the same topic the year before."""
    ctx.require_scope(policy.SCOPE)
    return await queries.suggest(ctx, ctx.unit_id, query)


@router.get("/evidence/{id}", operation_id="evidence_get", response_model=EvidencePublic)
async def get_evidence(ctx: Ctx, response: Response, id: UUID) -> EvidencePublic:
    """Read a piece of evidence."""
    return await answer(ctx, response, await queries.get_evidence(ctx, id))


@router.patch("/evidence/{id}", operation_id="evidence_update", response_model=EvidencePublic)
async def update_evidence(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: EvidenceUpdate
) -> EvidencePublic:
    """Change what is said about a file."""
    return await answer(ctx, response, await actions.update_evidence(ctx, id, version, body))


@router.post(
    "/evidence/{id}/reuse",
    operation_id="evidence_reuse",
    response_model=EvidencePublic,
    status_code=201,
)
async def reuse_evidence(
    ctx: Ctx, response: Response, id: UUID, body: EvidenceReuse
) -> EvidencePublic:
    """Go on using an earlier year's piece in this year; nothing is uploaded again."""
    return await answer(ctx, response, await actions.reuse_evidence(ctx, id, body))


@router.get("/evidence-matrix", operation_id="evidence_matrix", response_model=list[MatrixCell])
async def read_matrix(ctx: Ctx, query: Annotated[MatrixQuery, Query()]) -> list[MatrixCell]:
    """Show each item of a year with what a unit has to show for it."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_matrix(ctx, *await _whose(ctx, query))


@router.get("/evidence-summary", operation_id="evidence_summary", response_model=EvidenceSummary)
async def read_summary(ctx: Ctx, query: Annotated[MatrixQuery, Query()]) -> EvidenceSummary:
    """Count a unit's store of a year, and the repeats it spares."""
    ctx.require_scope(policy.SCOPE)
    return await queries.summarize(ctx, *await _whose(ctx, query))


async def _whose(ctx: Context, query: MatrixQuery) -> tuple[UUID, UUID]:
    campaign = await get_campaign(ctx, query.campaign_id)
    unit = await get_unit(ctx, query.unit_id or ctx.unit_id)
    return campaign.id, unit.id


router.transitions(
    EVIDENCE,
    actions.move_evidence,
    show,
    context=Ctx,
    response_model=EvidencePublic,
    path="/evidence/{id}",
    without={"receive"},
)
