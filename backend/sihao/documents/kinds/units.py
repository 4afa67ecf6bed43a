"""A unit's own papers: they are final by the unit's signature, without the committee's heading."""

from uuid import UUID

from sihao.campaigns.queries import get_campaign
from sihao.core.context import CHINA, Context
from sihao.core.errors import NotFound
from sihao.documents.layout.blocks import Attachment, Block, Heading, Paragraph, Table
from sihao.documents.written import Written, chinese_date, listed, paragraphs, widths
from sihao.plans import policy as plans_policy
from sihao.plans.content import PlanContent
from sihao.plans.queries.plans import get_plan
from sihao.plans.queries.versions import list_versions, read_text
from sihao.self_reports import policy as reports_policy
from sihao.self_reports.figures import all_figures, fill_in
from sihao.self_reports.models import SelfReport
from sihao.self_reports.queries import get_report, list_sections, list_titles, load_year
from sihao.units.queries import get_unit


async def write_plan(ctx: Context, subject_id: UUID) -> Written:
    """年度创建活动计划: the newest signed version, or the draft for those who write it."""
    plan = await get_plan(ctx, subject_id)
    versions = await list_versions(ctx, plan.id)
    unit = await get_unit(ctx, plan.unit_id)
    if versions:
        content = PlanContent.model_validate(versions[0].content)
        dated = versions[0].signed_at.astimezone(CHINA).date()
    elif plans_policy.is_written_by(ctx.actor, plan):
        content, dated = await read_text(ctx, plan), None
    else:
        raise NotFound("plan.unknown", "没有这份计划，或者还没有签发。", "No such plan.")
    return Written(
        campaign_id=plan.campaign_id,
        unit_id=unit.id,
        organ=content.unit,
        title=f"{content.unit}{content.year}年度四好领导班子创建活动计划",
        body=(
            *_section("制定依据", content.basis),
            *_section("创建目标", content.goals),
            *_section("创建内容", content.content),
            Heading(1, "问题和措施"),
            Paragraph(
                f"对照创建标准查摆问题{len(content.problems)}个，制定措施"
                f"{len(content.measures)}项，分别列在附件中。"
            ),
        ),
        attachments=_lists(content),
        dated=dated,
    )


def _section(title: str, text: str) -> tuple[Block, ...]:
    said = paragraphs(text)
    return (Heading(1, title), *said) if said else ()


def _lists(content: PlanContent) -> tuple[Attachment, ...]:
    problems = tuple(
        (str(one.number), one.text, one.member or "领导班子", listed(one.criteria))
        for one in content.problems
    )
    measures = tuple(
        (
            str(one.number),
            one.text,
            listed(filter(None, (one.owner, *one.co_owners))),
            chinese_date(one.due_on) if one.due_on else "",
            one.expected_output,
        )
        for one in content.measures
    )
    found: list[Attachment] = []
    if problems:
        table = Table(
            ("序号", "问题", "对象", "对照条目"),
            widths(1, 6, 2, 2),
            problems,
            ("center", "left", "center", "center"),
        )
        found.append(Attachment("问题清单", (table,)))
    if measures:
        table = Table(
            ("序号", "措施", "责任人", "完成时限", "预期成果"),
            widths(1, 5, 2, 3, 3),
            measures,
            ("center", "left", "center", "center", "left"),
        )
        found.append(Attachment("措施清单", (table,)))
    return tuple(found)


async def write_self_report(ctx: Context, subject_id: UUID) -> Written:
    """自查报告: as signed, with its figures frozen; before, with those of today."""
    report = await get_report(ctx, subject_id)
    campaign = await get_campaign(ctx, report.campaign_id)
    unit = await get_unit(ctx, report.unit_id)
    frozen = report.frozen if reports_policy.reads_frozen(ctx.actor, report) else None
    sections = frozen["sections"] if frozen else await _living(ctx, report)
    signed = report.submitted_at if frozen else None
    receipt = f"回执编号：{report.receipt_number}" if signed and report.receipt_number else ""
    return Written(
        campaign_id=campaign.id,
        unit_id=unit.id,
        organ=unit.name,
        title=f"{unit.name}{campaign.year}年度四好领导班子创建活动自查报告",
        body=tuple(block for one in sections for block in _section(one["title"], one["text"])),
        closing=receipt,
        dated=signed.astimezone(CHINA).date() if signed else None,
    )


async def _living(ctx: Context, report: SelfReport) -> list[dict[str, str]]:
    titles = await list_titles(ctx, report)
    campaign = await get_campaign(ctx, report.campaign_id)
    figures = all_figures(await load_year(ctx, campaign, report.unit_id))
    return [
        {"title": titles.get(one.dimension, one.dimension), "text": fill_in(one.text, figures)}
        for one in await list_sections(ctx, report)
    ]
