"""Write a self-report, sign it, take it in."""

from uuid import UUID

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign, Stage
from sihao.campaigns.queries import hold_campaign, window
from sihao.core.context import UNIT_WRITERS, Context
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.evidence.actions import lock_links
from sihao.self_reports import policy, queries
from sihao.self_reports.checks import check
from sihao.self_reports.lifecycle import SELF_REPORT, ReportFacts, SelfReportState
from sihao.self_reports.models import SelfReport, SelfReportSection
from sihao.self_reports.schemas import CheckLevel, ReportCheck, SectionUpdate, SelfReportCreate
from sihao.self_reports.sealing import freeze, hash_of, receipt_number
from sihao.self_reports.year import YearFacts

_WRITING = frozenset({CampaignState.OPEN, CampaignState.INSPECTING})
_READING = _WRITING | {CampaignState.SETTLING}
_BY_COMMITTEE = frozenset({"accept", "return"})
WRITTEN = frozenset({SelfReportState.DRAFT, SelfReportState.TEAM_REVIEW})
"""States in which the checks speak."""


async def create_report(ctx: Context, body: SelfReportCreate) -> SelfReport:
    """Begin the own unit's report of a year, with a section for each dimension (R16)."""
    ctx.require(*UNIT_WRITERS)
    try:
        campaign = await _hold_year(ctx, body.campaign_id, _WRITING)
    except NotFound as unknown:
        raise Invalid(unknown.code, unknown.zh, unknown.en, pointer="/body/campaign_id") from None
    if await queries.find_report(ctx, campaign.id, ctx.unit_id) is not None:
        code, zh = "self_report.exists", "本年度的自查报告已经开始起草。"
        raise Conflict(code, zh, "This year's report exists already.")
    report = SelfReport(campaign_id=campaign.id, unit_id=ctx.unit_id, **stamps(ctx))
    ctx.db.add(report)
    await ctx.db.flush()
    facts = await queries.load_year(ctx, campaign, ctx.unit_id)
    ctx.db.add_all(
        SelfReportSection(
            unit_id=report.unit_id, self_report_id=report.id, dimension=code, **stamps(ctx)
        )
        for code in facts.titles
    )
    emit(
        ctx,
        "self_report.created",
        report.id,
        report.unit_id,
        audience=Audience.UNIT,
        year=campaign.year,
    )
    return report


async def update_section(
    ctx: Context, section_id: UUID, version: int, body: SectionUpdate
) -> SelfReportSection:
    """Write a section's text; autosave comes here every few seconds."""
    found = await queries.get_section(ctx, section_id)
    policy.check_writes(ctx.actor, found)
    report = await queries.get_report(ctx, found.self_report_id, lock=True)
    section = await queries.get_section(ctx, section_id, lock=True)
    check_version(section, version)
    await _hold_year(ctx, report.campaign_id, _WRITING)
    if report.state is not SelfReportState.DRAFT:
        code, zh = "self_report.state", "报告不在起草阶段，不能修改；请先退回起草。"
        raise Conflict(code, zh, "The report is not a draft.", state=report.state)
    section.text = body.text
    touch(ctx, section)
    emit(
        ctx,
        "self_report.written",
        report.id,
        report.unit_id,
        audience=Audience.UNIT,
        dimension=section.dimension,
    )
    return section


async def move_report(
    ctx: Context, report_id: UUID, version: int, name: str, opinion: str
) -> SelfReport:
    """Present, sign, accept, return, revise. A signature freezes everything the report uses."""
    report = await queries.get_report(ctx, report_id, lock=True)
    check_version(report, version)
    allowed = _READING if name in _BY_COMMITTEE else _WRITING
    campaign = await _hold_year(ctx, report.campaign_id, allowed)
    if report.state not in WRITTEN:
        SELF_REPORT.apply(ctx, report, name, opinion, facts=ReportFacts(()))
        return report
    facts = await queries.load_year(ctx, campaign, report.unit_id)
    errors = errors_of(await list_checks(ctx, report, facts))
    SELF_REPORT.apply(ctx, report, name, opinion, facts=errors)
    if name == "sign":
        await _seal(ctx, report, campaign, facts)
    return report


async def list_checks(ctx: Context, report: SelfReport, facts: YearFacts) -> list[ReportCheck]:
    """ReportCheck the report as it stands now."""
    sections = await queries.list_sections(ctx, report)
    return check({one.dimension: one.text for one in sections}, facts)


def errors_of(checks: list[ReportCheck]) -> ReportFacts:
    """Give the guards what they look at."""
    return ReportFacts(tuple(one.text for one in checks if one.level is CheckLevel.ERROR))


async def _seal(ctx: Context, report: SelfReport, campaign: Campaign, facts: YearFacts) -> None:
    """Freeze texts, figures and links; the number of the first signature stays.

    Links stay locked after a return: what was once signed for is not exchanged under the committee.
    """
    used = await lock_links(ctx, campaign.id, report.unit_id)
    report.frozen = freeze(await queries.list_sections(ctx, report), facts, used)
    report.content_hash = hash_of(report.frozen)
    report.signed_by, report.submitted_at = ctx.actor.name, ctx.now
    if report.receipt_number is None:
        closing = await window(ctx, campaign.id, Stage.SELF_REPORT)
        report.late = closing is not None and ctx.now > closing.closes_at
        number = await queries.next_receipt(ctx, campaign.id)
        report.receipt_number = receipt_number(campaign.year, number)


async def _hold_year(
    ctx: Context, campaign_id: UUID, allowed: frozenset[CampaignState]
) -> Campaign:
    campaign = await hold_campaign(ctx, campaign_id)
    if campaign.state not in allowed:
        code, zh = "campaign.phase", "本创建年度现阶段不办理自查报告。"
        raise Conflict(code, zh, "Self-reports are not handled now.", state=campaign.state)
    return campaign
