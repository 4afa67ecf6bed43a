"""`/referrals`."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import COMMITTEE
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.followups.actions import referrals as actions
from sihao.followups.lifecycle import REFERRAL
from sihao.followups.queries import referrals as queries
from sihao.followups.schemas.referrals import (
    Conclusion,
    Receiver,
    ReferralCreate,
    ReferralPublic,
    ReferralQuery,
    ReferralRow,
    ReferralUpdate,
)

router = Router(prefix="", tag="referrals")


@router.get("/referrals", operation_id="referral_list", response_model=Page[ReferralRow])
async def list_referrals(ctx: Ctx, query: Annotated[ReferralQuery, Query()]) -> Response:
    """List referrals; a receiver finds the own ones."""
    return await queries.list_referrals(ctx, query)


@router.post(
    "/referrals", operation_id="referral_create", response_model=ReferralPublic, status_code=201
)
async def create_referral(ctx: Ctx, response: Response, body: ReferralCreate) -> ReferralPublic:
    """Draft a referral."""
    referral = await actions.create_referral(ctx, body)
    tag(response, referral)
    return await queries.show_referral(ctx, referral)


@router.get(
    "/referrals/receivers", operation_id="referral_receivers", response_model=list[Receiver]
)
async def list_receivers(ctx: Ctx) -> list[Receiver]:
    """List to whom a referral can be sent."""
    ctx.require(*COMMITTEE)
    return await queries.list_receivers(ctx)


@router.get("/referrals/{id}", operation_id="referral_get", response_model=ReferralPublic)
async def get_referral(ctx: Ctx, response: Response, id: UUID) -> ReferralPublic:
    """Read a referral."""
    referral = await queries.get_referral(ctx, id)
    tag(response, referral)
    return await queries.show_referral(ctx, referral)


@router.patch("/referrals/{id}", operation_id="referral_update", response_model=ReferralPublic)
async def update_referral(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: ReferralUpdate
) -> ReferralPublic:
    """Change a draft."""
    referral = await actions.update_referral(ctx, id, version, body)
    tag(response, referral)
    return await queries.show_referral(ctx, referral)


router.transitions(
    REFERRAL,
    actions.move_referral,
    queries.show_referral,
    context=Ctx,
    response_model=ReferralPublic,
    path="/referrals/{id}",
    without={"conclude"},
)


@router.post(
    "/referrals/{id}/conclude",
    operation_id="referral_conclude",
    response_model=ReferralPublic,
    dependencies=[Depends(require_key)],
)
async def conclude_referral(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: Conclusion
) -> ReferralPublic:
    """Answer: what the department did."""
    referral = await actions.conclude_referral(ctx, id, version, body)
    tag(response, referral)
    return await queries.show_referral(ctx, referral)
