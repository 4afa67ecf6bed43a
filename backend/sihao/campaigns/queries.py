"""Read standards, campaigns, windows and schemes."""

from uuid import UUID

from sqlmodel import col, select

from sihao.campaigns import policy
from sihao.campaigns.models import (
    Campaign,
    CampaignWindow,
    Criterion,
    Dimension,
    Scheme,
    Stage,
    Standard,
)
from sihao.campaigns.scheme import Rules
from sihao.core.context import Context
from sihao.core.errors import NotFound


async def get_campaign(ctx: Context, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    """Read one campaign; raise `NotFound` for one that is still drafted, unless it is one's own."""
    rows = select(Campaign).where(Campaign.id == campaign_id, policy.visible(ctx.actor))
    return _found_campaign((await ctx.db.exec(rows.with_for_update() if lock else rows)).first())


async def hold_campaign(ctx: Context, campaign_id: UUID) -> Campaign:
    """Read one campaign and keep its phase as it is until this transaction ends (FOR SHARE)."""
    rows = select(Campaign).where(Campaign.id == campaign_id, policy.visible(ctx.actor))
    return _found_campaign((await ctx.db.exec(rows.with_for_update(read=True))).first())


def _found_campaign(campaign: Campaign | None) -> Campaign:
    if campaign is None:
        raise NotFound("campaign.unknown", "没有这个创建年度。", "No such campaign.")
    return campaign


async def list_criteria(ctx: Context, standard_id: UUID) -> list[Criterion]:
    """List a standard's items in its order."""
    rows = (
        select(Criterion)
        .join(Standard, col(Standard.id) == col(Criterion.standard_id))
        .where(Criterion.standard_id == standard_id, policy.visible_standards(ctx.actor))
        .order_by(col(Criterion.sort_order))
    )
    return list((await ctx.db.exec(rows)).all())


async def list_dimensions(ctx: Context, standard_id: UUID) -> list[Dimension]:
    """List a standard's dimensions in its order."""
    rows = (
        select(Dimension)
        .join(Standard, col(Standard.id) == col(Dimension.standard_id))
        .where(Dimension.standard_id == standard_id, policy.visible_standards(ctx.actor))
        .order_by(col(Dimension.sort_order))
    )
    return list((await ctx.db.exec(rows)).all())


async def list_windows(ctx: Context, campaign_id: UUID) -> list[CampaignWindow]:
    """List a campaign's windows in the order of the year."""
    rows = (
        select(CampaignWindow)
        .join(Campaign, col(Campaign.id) == col(CampaignWindow.campaign_id))
        .where(CampaignWindow.campaign_id == campaign_id, policy.visible(ctx.actor))
    )
    order = list(Stage)
    return sorted((await ctx.db.exec(rows)).all(), key=lambda one: order.index(one.stage))


async def window(ctx: Context, campaign_id: UUID, stage: Stage) -> CampaignWindow | None:
    """Read when a stage opens and closes; an opened campaign has every window."""
    found = await list_windows(ctx, campaign_id)
    return next((one for one in found if one.stage == stage), None)


async def get_scheme(ctx: Context, campaign_id: UUID, *, lock: bool = False) -> Scheme:
    """Read how a year is scored; raise `NotFound` while no standard is chosen."""
    rows = (
        select(Scheme)
        .join(Campaign, col(Campaign.id) == col(Scheme.campaign_id))
        .where(Scheme.campaign_id == campaign_id, policy.visible(ctx.actor))
    )
    locked = rows.with_for_update(of=Scheme) if lock else rows
    scheme = (await ctx.db.exec(locked)).first()
    if scheme is None:
        code, zh = "scheme.unknown", "这个创建年度还没有计分方案。"
        raise NotFound(code, zh, "This campaign has no scheme yet.")
    return scheme


async def get_rules(ctx: Context, campaign_id: UUID) -> Rules:
    """Read a year's scheme as rules."""
    return Rules.model_validate((await get_scheme(ctx, campaign_id)).rules)
