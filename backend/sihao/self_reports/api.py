"""`/self-reports` and their sections."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.campaigns.models import Stage
from sihao.campaigns.queries import get_campaign, window
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.self_reports import actions, policy, queries
from sihao.self_reports.lifecycle import SELF_REPORT, ReportFacts
from sihao.self_reports.models import SelfReport, SelfReportSection
from sihao.self_reports.prefill import prefill
from sihao.self_reports.schemas import (
    Prefill,
    ReceiptPublic,
    ReportCheck,
    SectionPublic,
    SectionUpdate,
    SelfReportCreate,
    SelfReportPublic,
    SelfReportQuery,
    SelfReportRow,
)
from sihao.self_reports.year import YearFacts
from sihao.units.queries import get_unit

router = Router(prefix="", tag="self-reports")


@router.get("/self-reports", operation_id="self_report_list", response_model=Page[SelfReportRow])
async def list_reports(ctx: Ctx, query: Annotated[SelfReportQuery, Query()]) -> Response:
    """List self-reports."""
    return await queries.list_reports(ctx, query)


@router.post(
    "/self-reports",
    operation_id="self_report_create",
    response_model=SelfReportPublic,
    status_code=201,
)
async def create_report(ctx: Ctx, response: Response, body: SelfReportCreate) -> SelfReportPublic:
    """Begin the own unit's report of a year."""
    report = await actions.create_report(ctx, body)
    tag(response, report)
    return await _show(ctx, report)


@router.get("/self-reports/{id}", operation_id="self_report_get", response_model=SelfReportPublic)
async def get_report(ctx: Ctx, response: Response, id: UUID) -> SelfReportPublic:
    """Read a self-report."""
    report = await queries.get_report(ctx, id)
    tag(response, report)
    return await _show(ctx, report)


@router.patch(
    "/self-report-sections/{id}",
    operation_id="self_report_section_update",
    response_model=SectionPublic,
)
async def update_section(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: SectionUpdate
) -> SectionPublic:
    """Write a section."""
    section = await actions.update_section(ctx, id, version, body)
    tag(response, section)
    report = await queries.get_report(ctx, section.self_report_id)
    return _show_section(section, await queries.list_titles(ctx, report))


@router.get("/self-reports/{id}/prefill", operation_id="self_report_prefill")
async def read_prefill(ctx: Ctx, id: UUID) -> Prefill:
    """Write a first text for each section from the year's own facts."""
    report = await _own(ctx, id)
    return Prefill(as_of=ctx.today, sections=prefill(await _year(ctx, report)))


@router.get("/self-reports/{id}/checks", operation_id="self_report_checks")
async def read_checks(ctx: Ctx, id: UUID) -> list[ReportCheck]:
    """ReportCheck the report before it is handed in."""
    report = await _own(ctx, id)
    return await actions.list_checks(ctx, report, await _year(ctx, report))


@router.get("/self-reports/{id}/receipt", operation_id="self_report_receipt")
async def read_receipt(ctx: Ctx, id: UUID) -> ReceiptPublic:
    """Give the receipt of a report that was handed in."""
    report = await queries.get_report(ctx, id)
    if report.frozen is None:
        code, zh = "self_report.no_receipt", "报告尚未报送，没有回执。"
        raise NotFound(code, zh, "It has not been handed in.")
    unit = await get_unit(ctx, report.unit_id)
    campaign = await get_campaign(ctx, report.campaign_id)
    return ReceiptPublic.model_validate(
        {
            **report.model_dump(include=set(ReceiptPublic.model_fields)),
            "number": report.receipt_number,
            "unit_name": unit.name,
            "campaign_name": campaign.name,
            "files": len({one["evidence_id"] for one in report.frozen["evidence"]}),
        }
    )


async def _own(ctx: Context, report_id: UUID) -> SelfReport:
    """Read a report that the caller's unit writes: only it sees how the text comes about."""
    report = await queries.get_report(ctx, report_id)
    policy.check_writes(ctx.actor, report)
    return report


async def _year(ctx: Context, report: SelfReport) -> YearFacts:
    campaign = await get_campaign(ctx, report.campaign_id)
    return await queries.load_year(ctx, campaign, report.unit_id)


async def _show(ctx: Context, report: SelfReport) -> SelfReportPublic:
    await ctx.db.flush()
    unit = await get_unit(ctx, report.unit_id)
    campaign = await get_campaign(ctx, report.campaign_id)
    closing = await window(ctx, campaign.id, Stage.SELF_REPORT)
    frozen = report.frozen if policy.reads_frozen(ctx.actor, report) else None
    return SelfReportPublic.model_validate(
        {
            **report.model_dump(include=set(SelfReportPublic.model_fields)),
            "unit_name": unit.name,
            "campaign_name": campaign.name,
            "year": campaign.year,
            "closes_at": closing and closing.closes_at,
            "actions": SELF_REPORT.actions(ctx.actor, report, await _facts(ctx, report)),
            "last_return": await queries.last_return(ctx, report),
            "sections": await _sections(ctx, report, frozen),
            "figures": frozen["figures"] if frozen else [],
            "evidence": frozen["evidence"] if frozen else [],
        }
    )


async def _facts(ctx: Context, report: SelfReport) -> ReportFacts:
    if report.state not in actions.WRITTEN or ctx.actor.unit_id != report.unit_id:
        return ReportFacts(())
    facts = await _year(ctx, report)
    return actions.errors_of(await actions.list_checks(ctx, report, facts))


async def _sections(
    ctx: Context, report: SelfReport, frozen: dict[str, list[dict[str, str]]] | None
) -> list[SectionPublic]:
    sections = await queries.list_sections(ctx, report)
    titles = await queries.list_titles(ctx, report)
    shown = [_show_section(one, titles) for one in sections]
    if frozen is None:
        return shown
    signed = {one["dimension"]: one for one in frozen["sections"]}
    return [
        one.model_copy(update=signed[one.dimension]) for one in shown if one.dimension in signed
    ]


def _show_section(section: SelfReportSection, titles: dict[str, str]) -> SectionPublic:
    return SectionPublic(
        **section.model_dump(include=set(SectionPublic.model_fields)),
        title=titles[section.dimension],
    )


router.transitions(
    SELF_REPORT,
    actions.move_report,
    _show,
    context=Ctx,
    response_model=SelfReportPublic,
    path="/self-reports/{id}",
)
