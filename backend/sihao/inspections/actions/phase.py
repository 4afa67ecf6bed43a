"""The campaign's phase while something about an inspection is written."""

from uuid import UUID

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign
from sihao.campaigns.queries import hold_campaign
from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid, NotFound

PREPARING = frozenset({CampaignState.OPEN, CampaignState.INSPECTING})
INSPECTING = frozenset({CampaignState.INSPECTING})
UNTIL_CLOSED = frozenset({CampaignState.OPEN, CampaignState.INSPECTING, CampaignState.SETTLING})


async def hold_phase(ctx: Context, campaign_id: UUID, phases: frozenset[CampaignState]) -> Campaign:
    """Read a campaign and keep its phase; raise `Conflict` unless it is one of `phases`."""
    campaign = await hold_campaign(ctx, campaign_id)
    if campaign.state not in phases:
        code, zh = "campaign.phase", "创建年度当前所处的阶段不能办理这项操作。"
        raise Conflict(code, zh, "The campaign's phase does not allow it.", state=campaign.state)
    return campaign


async def hold_phase_named(
    ctx: Context, campaign_id: UUID, phases: frozenset[CampaignState]
) -> Campaign:
    """Hold a campaign named in a body; raise `Invalid` for an unknown one."""
    try:
        return await hold_phase(ctx, campaign_id, phases)
    except NotFound as missing:
        pointer = "/body/campaign_id"
        raise Invalid(missing.code, missing.zh, missing.en, pointer=pointer) from missing
