"""Material for the meeting that decides on a year's results: one page for each unit."""

from uuid import UUID

from sihao.campaigns.queries import get_campaign, list_dimensions
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.documents.layout.blocks import Block, Heading, PageBreak, Paragraph, Table
from sihao.documents.queries.matters import list_units_assessed
from sihao.documents.written import Written, widths
from sihao.results import policy
from sihao.results.frozen import Node, Outcome
from sihao.results.queries.results import list_results_of
from sihao.units.queries import get_committee


async def write_meeting_material(ctx: Context, subject_id: UUID) -> Written:
    """会议材料, for those who may read everybody's results."""
    campaign, committee = await get_campaign(ctx, subject_id), await get_committee(ctx)
    if not policy.sees_places(ctx.actor):
        raise NotFound("document.unknown", "没有这份公文。", "No such document.")
    results = {one.unit_id: one for one in await list_results_of(ctx, campaign.id)}
    goods = await list_dimensions(ctx, campaign.standard_id) if campaign.standard_id else []
    titles = {one.code: one.title for one in goods}
    body: list[Block] = []
    for ident, name in await list_units_assessed(ctx):
        if ident in results:
            outcome = Outcome.model_validate_json(results[ident].outcome)
            body += [*([PageBreak()] if body else []), Heading(1, name), *_page(outcome, titles)]
    return Written(
        campaign_id=campaign.id,
        unit_id=committee.id,
        organ=committee.name,
        title=f"{campaign.year}年度四好领导班子创建活动考核结果会议材料",
        body=tuple(body) or (Paragraph("本年度还没有可供研究的结果。"),),
    )


def _page(outcome: Outcome, titles: dict[str, str]) -> list[Block]:
    (checked, *others) = outcome.tree.children
    lines = [(titles.get(one.code, one.label), one) for one in checked.children]
    rows = tuple(_row(label, node) for label, node in [*lines, *((n.label, n) for n in others)])
    lost = [
        f"{item.code} {deduction.clause}"
        for one in checked.children
        for item in one.children
        for deduction in item.deductions
    ]
    return [
        Paragraph(
            f"总分{outcome.total}分，建议等次{outcome.grade}，发现问题{outcome.findings}个。"
        ),
        Table(("内容", "满分", "得分"), widths(4, 1, 1), rows, ("left", "center", "center")),
        Paragraph(f"主要扣分：{'；'.join(lost[:8])}。" if lost else "没有扣分。"),
    ]


def _row(label: str, node: Node) -> tuple[str, str, str]:
    if node.missing:
        return label, "", "无结果"
    return label, f"{node.of.normalize():f}", f"{node.got.normalize():f}"
