"""What goes out around an inspection: its notice, the feedback, and what is to be put right."""

from decimal import Decimal
from uuid import UUID

from sihao.campaigns.models import Campaign
from sihao.campaigns.queries import get_campaign, list_dimensions
from sihao.core.context import CHINA, Context
from sihao.documents.layout.blocks import Attachment, Block, Heading, Paragraph, Table
from sihao.documents.queries.matters import list_rectifications_of
from sihao.documents.written import Written, chinese_date, listed, widths
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import HalfDay, Inspection
from sihao.inspections.queries.inspections import get_inspection, get_people_of
from sihao.inspections.queries.materials import show_materials
from sihao.inspections.queries.objections import show_feedback
from sihao.inspections.schemas.inspections import FeedbackPublic, ItemScore
from sihao.units.queries import get_committee, get_unit

_HALVES = {HalfDay.MORNING: "上午", HalfDay.AFTERNOON: "下午"}
_GIVEN_BACK = (InspectionState.FEEDBACK, InspectionState.FINALIZED)


async def write_notice(ctx: Context, subject_id: UUID) -> Written:
    """检查考核通知: when, who comes, what is looked at, what shall be at hand."""
    inspection = await get_inspection(ctx, subject_id)
    campaign = await get_campaign(ctx, inspection.campaign_id)
    unit, committee = await get_unit(ctx, inspection.unit_id), await get_committee(ctx)
    people = await get_people_of(ctx, inspection)
    goods = await list_dimensions(ctx, campaign.standard_id) if campaign.standard_id else []
    inspectors = [name for ident, name in people.inspectors.items() if ident not in people.aside]
    materials = await show_materials(ctx, inspection)
    papers = [one.name for one in materials.lines if one.kind == "paper"]
    rows = tuple((str(number), name) for number, name in enumerate(papers, start=1))
    body: tuple[Block, ...] = (
        Heading(1, "检查时间和地点"),
        Paragraph(_when(inspection)),
        Heading(1, "检查组成员"),
        Paragraph(f"{listed(inspectors) or '另行通知'}。"),
        Heading(1, "检查内容"),
        Paragraph(f"{listed(one.title for one in goods)}各项创建标准的落实情况。"),
        Heading(1, "有关要求"),
        Paragraph("请对照附件准备材料。已经在系统中报送的材料不再重复提供。"),
    )
    return Written(
        campaign_id=campaign.id,
        unit_id=unit.id,
        organ=committee.name,
        title=f"关于对{unit.name}开展{campaign.year}年度四好领导班子创建活动检查考核的通知",
        addressee=unit.name,
        opening=f"{_basis(campaign)}，定于近期对你单位{campaign.year}年度四好领导班子创建活动情况"
        "进行检查考核。现将有关事项通知如下。",
        body=body,
        closing="请做好准备，按时参加。",
        attachments=(
            (Attachment("检查材料清单", (Table(("序号", "材料名称"), widths(1, 8), rows),)),)
            if rows
            else ()
        ),
        recipients=(unit.id,),
        waits=None if inspection.visit_on else "还没有安排检查日期，排定之后才能发出通知。",
    )


def _basis(campaign: Campaign) -> str:
    if not campaign.basis_number:
        return "根据年度工作安排"
    title = f"《{campaign.basis_title}》" if campaign.basis_title else ""
    return f"根据{title}（{campaign.basis_number}）要求"


def _when(inspection: Inspection) -> str:
    if inspection.visit_on is None:
        return "时间待定。"
    half = _HALVES[inspection.visit_half] if inspection.visit_half else ""
    place = inspection.visit_place or "你单位"
    return f"{chinese_date(inspection.visit_on)}{half}，{place}。"


async def write_feedback(ctx: Context, subject_id: UUID) -> Written:
    """检查反馈意见: what was lost, by which clause, for which fact, on which evidence."""
    inspection = await get_inspection(ctx, subject_id)
    feedback = await show_feedback(ctx, inspection)
    campaign = await get_campaign(ctx, inspection.campaign_id)
    unit, committee = await get_unit(ctx, inspection.unit_id), await get_committee(ctx)
    lost = [one for one in feedback.items if one.deductions]
    found = [
        Paragraph(f"{one.criterion_code} {one.text}".rstrip("。") + "。")
        for one in feedback.findings
    ]
    body: tuple[Block, ...] = (
        Heading(1, "检查情况"),
        Paragraph(
            f"本次检查{len(feedback.items)}个条目，满分{_points(feedback.points)}分，"
            f"得{_points(feedback.score)}分；{len(lost)}个条目有扣分，逐项列在附件中，"
            "每项扣分均注明条款、事实和证据。"
        ),
        Heading(1, "发现的问题"),
        *(found or [Paragraph("本次检查没有另行记录问题。")]),
    )
    return Written(
        campaign_id=campaign.id,
        unit_id=unit.id,
        organ=committee.name,
        title=f"关于{unit.name}{campaign.year}年度四好领导班子创建活动检查情况的反馈意见",
        addressee=unit.name,
        opening=f"检查组已经完成对你单位{campaign.year}年度四好领导班子创建活动的检查，"
        "现将检查情况反馈如下。",
        body=body,
        closing=_objecting(feedback),
        attachments=(_deductions(lost),) if lost else (),
        recipients=(unit.id,),
        waits=None if inspection.state in _GIVEN_BACK else "检查组反馈之后才能发出反馈意见。",
    )


def _objecting(feedback: FeedbackPublic) -> str:
    until = feedback.inspection.objections_until
    if until is None:
        return "请认真研究，抓好整改。"
    day = chinese_date(until.astimezone(CHINA).date())
    return f"对扣分有不同意见的，请于{day}前提出陈述申辩。请认真研究，抓好整改。"


def _deductions(items: list[ItemScore]) -> Attachment:
    rows = tuple(
        (
            one.code,
            deduction.clause,
            deduction.fact,
            deduction.evidence_title or deduction.absence,
            _points(deduction.points),
        )
        for one in items
        for deduction in one.deductions
    )
    restored = [
        Paragraph(f"{one.code}经陈述申辩恢复{_points(one.restored)}分。")
        for one in items
        if one.restored
    ]
    head = ("条目", "条款", "事实", "证据", "扣分")
    aligns = ("center", "left", "left", "left", "center")
    return Attachment("扣分明细", (Table(head, widths(2, 5, 8, 5, 2), rows, aligns), *restored))


def _points(value: Decimal) -> str:
    whole = f"{value.normalize():f}"
    return "0" if whole in {"-0", ""} else whole


async def write_rectification_notice(ctx: Context, subject_id: UUID) -> Written:
    """整改通知: what an inspection found, and by when it is to be put right."""
    inspection = await get_inspection(ctx, subject_id)
    campaign = await get_campaign(ctx, inspection.campaign_id)
    unit, committee = await get_unit(ctx, inspection.unit_id), await get_committee(ctx)
    asked = await list_rectifications_of(ctx, inspection.id)
    rows = tuple(
        (str(number), code, text, chinese_date(due_on))
        for number, (code, text, due_on) in enumerate(asked, start=1)
    )
    head, aligns = ("序号", "条目", "整改事项", "完成时限"), ("center", "center", "left", "center")
    return Written(
        campaign_id=campaign.id,
        unit_id=unit.id,
        organ=committee.name,
        title=f"关于做好{campaign.year}年度四好领导班子创建活动检查发现问题整改的通知",
        addressee=unit.name,
        opening=f"根据{campaign.year}年度检查情况，现将需要整改的{len(rows)}个事项交给你单位，"
        "具体事项和完成时限见附件。",
        body=(
            Heading(1, "明确责任"),
            Paragraph("逐项分析原因，确定整改措施和责任人。"),
            Heading(1, "按时报告"),
            Paragraph("整改完成后由主要负责同志签报整改情况，由市直机关工委核验。"),
        ),
        closing="请认真抓好落实。",
        attachments=(
            (Attachment("整改事项清单", (Table(head, widths(1, 1, 6, 3), rows, aligns),)),)
            if rows
            else ()
        ),
        recipients=(unit.id,),
        waits=None if rows else "还没有交办检查发现问题的整改事项。",
    )
