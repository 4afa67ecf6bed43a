"""`/campaigns`: assessment years, their windows and schemes."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.campaigns import queries
from sihao.campaigns.actions import campaigns as actions
from sihao.campaigns.lifecycle import CAMPAIGN
from sihao.campaigns.models import Campaign
from sihao.campaigns.schemas import (
    CampaignCreate,
    CampaignPublic,
    CampaignQuery,
    CampaignUpdate,
    WindowPublic,
    WindowsBody,
)
from sihao.core.context import COMMITTEE, Context
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router

router = Router(prefix="", tag="campaigns")


@router.get("/campaigns", operation_id="campaign_list", response_model=Page[CampaignPublic])
async def list_campaigns(ctx: Ctx, query: Annotated[CampaignQuery, Query()]) -> Response:
    """List assessment years, the newest first."""
    return await queries.list_campaigns(ctx, query)


@router.post(
    "/campaigns", operation_id="campaign_create", response_model=CampaignPublic, status_code=201
)
async def create_campaign(ctx: Ctx, response: Response, body: CampaignCreate) -> CampaignPublic:
    """Begin an assessment year."""
    return await _answer(ctx, response, await actions.create_campaign(ctx, body))


@router.get("/campaigns/{id}", operation_id="campaign_get", response_model=CampaignPublic)
async def get_campaign(ctx: Ctx, response: Response, id: UUID) -> CampaignPublic:
    """Read an assessment year."""
    return await _answer(ctx, response, await queries.get_campaign(ctx, id))


@router.patch("/campaigns/{id}", operation_id="campaign_update", response_model=CampaignPublic)
async def update_campaign(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: CampaignUpdate
) -> CampaignPublic:
    """Change a year before it opens."""
    return await _answer(ctx, response, await actions.update_campaign(ctx, id, version, body))


@router.get(
    "/campaigns/{id}/windows", operation_id="window_list", response_model=list[WindowPublic]
)
async def list_windows(ctx: Ctx, response: Response, id: UUID) -> list[WindowPublic]:
    """List when the stages take submissions."""
    campaign = await queries.get_campaign(ctx, id)
    tag(response, campaign)
    return await _windows(ctx, campaign)


@router.put("/campaigns/{id}/windows", operation_id="window_set", response_model=CampaignPublic)
async def set_windows(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: WindowsBody
) -> CampaignPublic:
    """Set when the stages take submissions; If-Match is the campaign's."""
    return await _answer(ctx, response, await actions.set_windows(ctx, id, version, body))


async def _windows(ctx: Context, campaign: Campaign) -> list[WindowPublic]:
    found = await queries.list_windows(ctx, campaign.id)
    return [WindowPublic(**one.model_dump()) for one in found]


async def _show(ctx: Context, campaign: Campaign) -> CampaignPublic:
    standard_id, facts = campaign.standard_id, None
    if ctx.actor.has(COMMITTEE):
        facts = await queries.get_campaign_facts(ctx, campaign)
    standard = await queries.get_standard(ctx, standard_id) if standard_id else None
    return CampaignPublic(
        **campaign.model_dump(),
        standard_name=standard.name if standard else None,
        windows=await _windows(ctx, campaign),
        actions=CAMPAIGN.actions(ctx.actor, campaign, facts),
    )


async def _answer(ctx: Context, response: Response, campaign: Campaign) -> CampaignPublic:
    tag(response, campaign)
    return await _show(ctx, campaign)


router.transitions(
    CAMPAIGN,
    actions.move_campaign,
    _show,
    context=Ctx,
    response_model=CampaignPublic,
    path="/campaigns/{id}",
)
