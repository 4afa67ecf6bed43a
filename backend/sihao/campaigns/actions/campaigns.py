"""Prepare a year and move it through its stages."""

from uuid import UUID

from sihao.campaigns import queries
from sihao.campaigns.actions.schemes import begin_scheme
from sihao.campaigns.lifecycle import CAMPAIGN, CampaignState
from sihao.campaigns.models import Campaign, CampaignWindow, Stage
from sihao.campaigns.schemas import CampaignCreate, CampaignUpdate, WindowsBody
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch


async def create_campaign(ctx: Context, body: CampaignCreate) -> Campaign:
    """Begin a year; with a standard it gets the default scheme."""
    _require_writer(ctx)
    campaign = Campaign.model_validate(body, update=stamps(ctx))
    _check_validity(campaign)
    ctx.db.add(campaign)
    if campaign.standard_id:
        await _check_standard(ctx, campaign.standard_id)
    await ctx.db.flush()
    if campaign.standard_id:
        await begin_scheme(ctx, campaign, campaign.standard_id)
    emit(ctx, "campaign.created", campaign.id, audience=Audience.COMMITTEE, year=campaign.year)
    return campaign


async def update_campaign(
    ctx: Context, campaign_id: UUID, version: int, body: CampaignUpdate
) -> Campaign:
    """Change a year before it opens; another standard brings its own default scheme."""
    campaign = await _get_drafted(ctx, campaign_id, version)
    changes = body.model_dump(exclude_unset=True)
    for name in ("year", "name", "nature", "plan_filing", "evidence_grace_hours"):
        if changes.get(name, ...) is None:
            del changes[name]
    before = campaign.standard_id
    campaign.sqlmodel_update(changes)
    _check_validity(campaign)
    if campaign.standard_id != before:
        await _follow_standard(ctx, campaign)
    touch(ctx, campaign)
    await ctx.db.flush()
    emit(
        ctx,
        "campaign.updated",
        campaign.id,
        audience=Audience.COMMITTEE,
        fields=sorted(changes),
    )
    return campaign


async def _follow_standard(ctx: Context, campaign: Campaign) -> None:
    if campaign.standard_id is not None:
        await _check_standard(ctx, campaign.standard_id)
        await begin_scheme(ctx, campaign, campaign.standard_id)
    elif scheme := await queries.find_scheme(ctx, campaign.id, lock=True):
        await ctx.db.delete(scheme)


async def set_windows(ctx: Context, campaign_id: UUID, version: int, body: WindowsBody) -> Campaign:
    """Set when the stages take submissions; once the year is open they move but stay complete."""
    _require_writer(ctx)
    campaign = await queries.get_campaign(ctx, campaign_id, lock=True)
    check_version(campaign, version)
    _check_windows(campaign, body)
    old = {one.stage: one for one in await queries.list_windows(ctx, campaign.id)}
    for given in body.windows:
        row = old.pop(given.stage, None) or CampaignWindow(
            campaign_id=campaign.id, **given.model_dump()
        )
        row.opens_at, row.closes_at = given.opens_at, given.closes_at
        ctx.db.add(row)
    for row in old.values():
        await ctx.db.delete(row)
    touch(ctx, campaign)
    await ctx.db.flush()
    drafted = campaign.state is CampaignState.DRAFTED
    emit(
        ctx,
        "campaign.windows_set",
        campaign.id,
        audience=Audience.COMMITTEE if drafted else Audience.UNIT,
        windows=[one.model_dump(mode="json") for one in body.windows],
    )
    return campaign


def _check_windows(campaign: Campaign, body: WindowsBody) -> None:
    if campaign.state is CampaignState.CLOSED:
        raise _wrong_phase("年度已经结束，时间安排不能再改。")
    seen: set[Stage] = set()
    for at, one in enumerate(body.windows):
        if one.closes_at <= one.opens_at:
            zh, pointer = "截止时间须晚于开始时间。", f"/body/windows/{at}/closes_at"
            raise Invalid("window.order", zh, "It closes before it opens.", pointer=pointer)
        if one.stage in seen:
            zh, pointer = f"“{one.stage.label}”重复。", f"/body/windows/{at}/stage"
            raise Invalid("window.repeated", zh, "This stage repeats.", pointer=pointer)
        seen.add(one.stage)
    if campaign.state is not CampaignState.DRAFTED and seen != set(Stage):
        code, zh = "window.missing", "年度已启动，各阶段的起止时间只能调整，不能取消。"
        raise Invalid(code, zh, "An open campaign keeps every window.", pointer="/body/windows")


async def move_campaign(
    ctx: Context, campaign_id: UUID, version: int, name: str, opinion: str = ""
) -> Campaign:
    """Make one transition of a year."""
    campaign = await queries.get_campaign(ctx, campaign_id, lock=True)
    check_version(campaign, version)
    facts = await queries.get_campaign_facts(ctx, campaign)
    CAMPAIGN.apply(ctx, campaign, name, opinion, facts=facts, year=campaign.year)
    return campaign


def _require_writer(ctx: Context) -> None:
    ctx.require(Role.OFFICER, Role.SYSTEM)


async def _get_drafted(ctx: Context, campaign_id: UUID, version: int) -> Campaign:
    _require_writer(ctx)
    campaign = await queries.get_campaign(ctx, campaign_id, lock=True)
    check_version(campaign, version)
    if campaign.state is not CampaignState.DRAFTED:
        raise _wrong_phase("年度已启动，依据、性质和标准不能再改。")
    return campaign


def _wrong_phase(zh: str) -> Conflict:
    return Conflict("campaign.phase", zh, "The campaign's phase does not allow it.")


def _check_validity(campaign: Campaign) -> None:
    begins, ends = campaign.basis_valid_from, campaign.basis_valid_until
    if begins is not None and ends is not None and ends < begins:
        code, zh = "campaign.validity", "有效期的截止日期不能早于开始日期。"
        raise Invalid(code, zh, "It ends before it begins.", pointer="/body/basis_valid_until")


async def _check_standard(ctx: Context, standard_id: UUID) -> None:
    try:
        await queries.get_standard(ctx, standard_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/standard_id") from error
