"""Consolidation: `/inspections/{id}/consolidation` and the group's decisions."""

from uuid import UUID

from fastapi import Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, etag
from sihao.core.routes import Router
from sihao.inspections.actions import decisions as actions
from sihao.inspections.queries.decisions import show_consolidation
from sihao.inspections.queries.inspections import get_inspection
from sihao.inspections.schemas.decisions import ConsolidationPublic, DecisionBody, DecisionPublic

router = Router(prefix="", tag="inspections")


@router.get(
    "/inspections/{id}/consolidation",
    operation_id="consolidation_get",
    response_model=ConsolidationPublic,
)
async def get_consolidation(ctx: Ctx, id: UUID) -> ConsolidationPublic:
    """Read the inspectors' words on each item side by side, with the decisions."""
    return await show_consolidation(ctx, await get_inspection(ctx, id))


@router.put(
    "/inspections/{id}/decisions/{criterion_id}",
    operation_id="decision_put",
    response_model=DecisionPublic,
)
async def put_decision(
    ctx: Ctx,
    response: Response,
    id: UUID,
    criterion_id: UUID,
    version: IfMatch,
    body: DecisionBody,
) -> DecisionPublic:
    """Write the group's word on an item; `If-Match: "0"` makes the first."""
    decision = await actions.decide_item(ctx, id, criterion_id, version, body)
    response.headers["ETag"] = etag(decision.version)
    return decision


@router.post(
    "/inspections/{id}/decisions/agree",
    operation_id="decision_agree",
    response_model=ConsolidationPublic,
)
async def agree(ctx: Ctx, id: UUID) -> ConsolidationPublic:
    """Take over all items on which the inspectors agree."""
    return await show_consolidation(ctx, await actions.decide_agreed(ctx, id))
