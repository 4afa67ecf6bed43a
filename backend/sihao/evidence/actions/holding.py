"""What every change of evidence begins with: the piece, held, in a year that takes changes."""

from uuid import UUID

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign
from sihao.campaigns.queries import hold_campaign
from sihao.core.context import Context
from sihao.core.errors import Conflict
from sihao.core.etag import check_version
from sihao.evidence import policy, queries
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence

_TAKES = frozenset({CampaignState.OPEN, CampaignState.INSPECTING, CampaignState.SETTLING})


async def open_evidence(ctx: Context, evidence_id: UUID, version: int | None = None) -> Evidence:
    """Lock a piece that the caller's unit may change, in a year that takes changes."""
    ctx.require_scope(policy.SCOPE)
    evidence = await queries.get_evidence(ctx, evidence_id, lock=True)
    policy.check_hands_in(ctx.actor, evidence)
    if version is not None:
        check_version(evidence, version)
    await check_takes(ctx, evidence.campaign_id)
    if evidence.state is EvidenceState.WITHDRAWN:
        code, zh = "evidence.withdrawn", "这份材料已撤回，不能再改。"
        raise Conflict(code, zh, "It is withdrawn.")
    return evidence


async def check_takes(ctx: Context, campaign_id: UUID) -> Campaign:
    """Hold the year open while evidence is handed in; raise `Conflict` when it is not."""
    campaign = await hold_campaign(ctx, campaign_id)
    if campaign.state not in _TAKES:
        code, zh = "campaign.phase", "本创建年度尚未启动或已经结束，不能再变动佐证材料。"
        raise Conflict(code, zh, "The campaign takes no evidence now.", state=campaign.state)
    return campaign
