"""Which year a page is about, and where it stands."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from sihao.campaigns import policy as campaigns
from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign, CampaignWindow, Stage
from sihao.core.context import Context
from sihao.core.errors import Invalid
from sihao.dashboards.schemas import CampaignRef, StageStatus

BEIJING = ZoneInfo("Asia/Shanghai")


async def get_year(ctx: Context, campaign_id: UUID | None) -> Campaign | None:
    """Read the wanted year, or the newest one that has been opened; None when there is none.

    Raises `Invalid` for an unknown year.
    """
    rows = select(Campaign).where(campaigns.visible(ctx.actor))
    if campaign_id is not None:
        found = (await ctx.db.exec(rows.where(Campaign.id == campaign_id))).first()
        if found is None:
            code, zh = "campaign.unknown", "没有这个创建年度。"
            raise Invalid(code, zh, "No such campaign.", pointer="/query/campaign_id")
        return found
    rows = rows.where(Campaign.state != CampaignState.DRAFTED)
    return (await ctx.db.exec(rows.order_by(col(Campaign.year).desc()).limit(1))).first()


async def get_year_before(ctx: Context, campaign: Campaign) -> Campaign | None:
    """Read the year before, if it was a campaign."""
    rows = select(Campaign).where(Campaign.year == campaign.year - 1, campaigns.visible(ctx.actor))
    return (await ctx.db.exec(rows)).first()


async def get_windows(ctx: Context, campaign: Campaign) -> dict[Stage, CampaignWindow]:
    """Read a year's windows by stage."""
    rows = select(CampaignWindow).where(CampaignWindow.campaign_id == campaign.id)
    return {one.stage: one for one in (await ctx.db.exec(rows)).all()}


def ref(campaign: Campaign) -> CampaignRef:
    """Name a year."""
    return CampaignRef(id=campaign.id, year=campaign.year, name=campaign.name, state=campaign.state)


def stages(windows: dict[Stage, CampaignWindow], now: datetime) -> list[StageStatus]:
    """Draw the year strip: the first stage that is not over is the current one."""
    drawn: list[StageStatus] = []
    found = False
    for stage in Stage:
        window = windows.get(stage)
        over = window is not None and window.closes_at <= now
        current = not over and not found and window is not None and window.opens_at <= now
        found = found or current
        drawn.append(
            StageStatus(
                stage=stage,
                opens_at=window.opens_at if window else None,
                closes_at=window.closes_at if window else None,
                done=over,
                current=current,
            )
        )
    return drawn
