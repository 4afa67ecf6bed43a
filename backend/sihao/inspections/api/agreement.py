"""`/campaigns/{id}/agreement`: how far a year's inspectors agree."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from sihao.accounts.auth import Ctx
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Role
from sihao.core.routes import Router
from sihao.inspections.queries import agreement as queries
from sihao.inspections.schemas.agreement import WordPublic, WordQuery, YearAgreement

router = Router(prefix="", tag="inspections")


@router.get("/campaigns/{id}/agreement", operation_id="agreement_get", response_model=YearAgreement)
async def get_agreement(ctx: Ctx, id: UUID) -> YearAgreement:
    """Read agreement, leniency and what stands out, from all submitted sheets."""
    ctx.require(Role.OFFICER, Role.LEADER)
    return await queries.show_agreement(ctx, await get_campaign(ctx, id))


@router.get(
    "/campaigns/{id}/agreement/words",
    operation_id="agreement_words",
    response_model=list[WordPublic],
)
async def list_words(ctx: Ctx, id: UUID, query: Annotated[WordQuery, Query()]) -> list[WordPublic]:
    """Read the judgements behind a figure."""
    ctx.require(Role.OFFICER, Role.LEADER)
    return await queries.list_words(ctx, await get_campaign(ctx, id), query)
