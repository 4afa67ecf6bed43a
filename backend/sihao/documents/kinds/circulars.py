"""What goes to all units: the year's results, and who is commended."""

from collections import Counter
from decimal import Decimal
from uuid import UUID

from sihao.campaigns.models import Campaign
from sihao.campaigns.queries import get_campaign, get_rules
from sihao.core.context import Context
from sihao.documents.layout.blocks import Attachment, Block, Heading, Paragraph, Table
from sihao.documents.queries.matters import list_units_assessed
from sihao.documents.written import Written, listed, paragraphs, widths
from sihao.inspections.queries.items import list_items
from sihao.results.lifecycle import ComparisonState, ResultState
from sihao.results.models import AnnualResult
from sihao.results.queries.comparisons import get_comparison, get_years
from sihao.results.queries.notices import list_commended
from sihao.results.queries.results import list_results_of
from sihao.units.queries import get_committee

_COMMON = 5
"""How many items that most units lost points in are named."""


async def write_circular(ctx: Context, subject_id: UUID) -> Written:
    """年度结果通报: how many teams have which grade, and what is commonly lacking.

    It names the teams of the best grade and nobody else; there are no places and no points, for no
    unit reads a ranking.
    """
    campaign, committee = await get_campaign(ctx, subject_id), await get_committee(ctx)
    results = await list_results_of(ctx, campaign.id)
    published = [one for one in results if one.state is ResultState.PUBLISHED]
    names = dict(await list_units_assessed(ctx))
    grades = [one.name for one in (await get_rules(ctx, campaign.id)).grades]
    counted = Counter(one.grade for one in published)
    rows = tuple((grade, str(counted[grade])) for grade in grades)
    best = [names[one.unit_id] for one in published if one.grade == grades[0]]
    body: tuple[Block, ...] = (
        Heading(1, "总体情况"),
        Paragraph(f"参加{campaign.year}年度考核的领导班子共{len(published)}个，等次分布如下。"),
        Table(("等次", "班子数"), widths(1, 1), rows),
        Heading(1, f"评定为{grades[0]}的领导班子"),
        Paragraph(f"{listed(best) or '无'}。"),
        Heading(1, "普遍存在的问题"),
        *await _common(ctx, campaign, published),
    )
    waiting = len(results) - len(published)
    waits = "年度结果还没有公布。" if not published else None
    if waiting and published:
        waits = f"还有 {waiting} 个单位的结果没有公布，全部公布之后才能通报。"
    return Written(
        campaign_id=campaign.id,
        unit_id=committee.id,
        organ=committee.name,
        title=f"关于{campaign.year}年度四好领导班子创建活动考核结果的通报",
        addressee="各单位",
        opening=f"{campaign.year}年度四好领导班子创建活动考核工作已经结束，现将有关情况通报如下。",
        body=body,
        closing="各单位要对照考核结果，认真总结经验，抓好问题整改，持续加强领导班子建设。",
        recipients=tuple(one.unit_id for one in published),
        waits=waits,
    )


async def _common(ctx: Context, campaign: Campaign, results: list[AnnualResult]) -> list[Paragraph]:
    items = await list_items(ctx, campaign)
    short: Counter[str] = Counter()
    for item in items:
        code = item.criterion.code
        got = [one.scores.get("items", {}).get(code) for one in results]
        short[code] = sum(value is not None and Decimal(value) < item.points for value in got)
    titles = {one.criterion.code: one.criterion.title for one in items}
    said = [
        Paragraph(f"{code}（{titles[code]}）：{number}个领导班子失分。")
        for code, number in short.most_common(_COMMON)
        if number
    ]
    return said or [Paragraph("没有普遍失分的条目。")]


async def write_commendation(ctx: Context, subject_id: UUID) -> Written:
    """通报表扬 (R21): who is commended and for what, in the order of units and not of places."""
    comparison, committee = await get_comparison(ctx, subject_id), await get_committee(ctx)
    first, second = await get_years(ctx, comparison)
    teams = [
        (name, row.merits)
        for row, name in await list_commended(ctx, comparison.id)
        if row.withdrawn_at is None
    ]
    merits: list[Block] = []
    for name, said in teams:
        if said:
            merits += [Heading(1, name), *paragraphs(said)]
    years = f"{first.year}至{second.year}年度"
    return Written(
        campaign_id=second.id,
        unit_id=committee.id,
        organ=committee.name,
        title=f"关于表扬{years}四好领导班子创建活动先进领导班子的通报",
        addressee="各单位",
        opening=f"经集中评比和公示，决定对以下{len(teams)}个领导班子予以通报表扬。",
        body=(Paragraph(f"{listed(name for name, _ in teams) or '无'}。"),),
        closing="希望受到表扬的领导班子珍惜荣誉，再接再厉。各单位要以先进为榜样，"
        "扎实推进四好领导班子创建活动。",
        attachments=(Attachment("主要事迹", tuple(merits)),) if merits else (),
        recipients=tuple(ident for ident, _ in await list_units_assessed(ctx)),
        waits=None
        if comparison.state is ComparisonState.ANNOUNCED
        else "公示结束并宣布评比结果之后才能发出通报。",
    )
