"""Five sentences made from data, each figure with the list it counts; whom to watch; the trend."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign
from sihao.campaigns.scheme import Rules
from sihao.core.context import Context
from sihao.dashboards.queries import year
from sihao.dashboards.queries.leadership import get_settled_year, list_scored, percent
from sihao.dashboards.queries.unit import API
from sihao.dashboards.schemas import (
    DashboardQuery,
    ItemChange,
    LeadershipDashboard,
    Part,
    Watched,
    YearAverage,
)
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import Rectification
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Inspection
from sihao.results.models import AnnualResult
from sihao.self_reports.lifecycle import SelfReportState
from sihao.self_reports.models import SelfReport
from sihao.units.models import Unit, UnitKind

Scored = Sequence[tuple[Unit, AnnualResult]]
_YEARS = 4
_CHANGES = 5
_INSPECTED = {
    InspectionState.IN_PROGRESS: "检查中",
    InspectionState.SCORED: "已合议",
    InspectionState.FEEDBACK: "反馈中",
    InspectionState.FINALIZED: "检查已定稿",
}
_FALL = Decimal(3)
"""A total that falls by so many points puts a unit on the list to watch."""


async def get_leadership_dashboard(ctx: Context, query: DashboardQuery) -> LeadershipDashboard:
    """Answer: how does it stand, who needs attention, what changed."""
    campaign = await year.get_year(ctx, query.campaign_id)
    settled = await get_settled_year(ctx, query.campaign_id)
    drawn = LeadershipDashboard(
        as_of=ctx.now,
        campaign=year.ref(campaign) if campaign else None,
        settled=year.ref(settled) if settled else None,
        sentences=[await _progress(ctx, campaign)] if campaign else [],
    )
    if settled is None:
        return drawn
    rules = await campaigns.get_rules(ctx, settled.id)
    titles = await _titles(ctx, settled)
    now = await list_scored(ctx, settled)
    before_year = await year.get_year_before(ctx, settled)
    before = await list_scored(ctx, before_year) if before_year else []
    if now:
        drawn.sentences += [
            _overall(settled, rules, now, before),
            _weakest(rules, now, titles),
            _costliest(rules, now, titles),
        ]
    drawn.sentences.append(await _rectified(ctx))
    drawn.watch = _watch(rules, now, {unit.id: one.total for unit, one in before})
    drawn.changes = _changes(rules, now, before, titles)
    known = {settled.year: now, settled.year - 1: before}
    drawn.trend = await _trend(ctx, settled, known)
    return drawn


async def _count(ctx: Context, table: Any, *conditions: Any) -> int:
    rows = select(func.count()).select_from(table).where(*conditions)
    return int((await ctx.db.exec(rows)).one())


def _figure(value: object, address: str) -> Part:
    return Part(text=str(value), list=f"{API}{address}")


async def _progress(ctx: Context, campaign: Campaign) -> list[Part]:
    of = f"campaign_id={campaign.id}"
    units = await _count(ctx, Unit, col(Unit.active), Unit.kind == UnitKind.UNIT)
    handed_in = (SelfReportState.SUBMITTED, SelfReportState.ACCEPTED)
    reports = await _count(
        ctx,
        SelfReport,
        SelfReport.campaign_id == campaign.id,
        col(SelfReport.state).in_(handed_in),
    )
    rows = select(Inspection.state, func.count()).where(Inspection.campaign_id == campaign.id)
    stands = dict((await ctx.db.exec(rows.group_by(col(Inspection.state)))).all())
    inspected = [
        part
        for state, word in _INSPECTED.items()
        if stands.get(state)
        for part in (
            Part(text=f"，{word} "),
            _figure(stands[state], f"/inspections?{of}&state={state.value}"),
            Part(text=" 个"),
        )
    ]
    return [
        Part(text=f"{campaign.year} 年度，"),
        _figure(units, "/units?kind=unit"),
        Part(text=" 个单位中 "),
        _figure(reports, f"/self-reports?{of}"),
        Part(text=" 个已报送自查报告"),
        *(inspected or [Part(text="，检查还没有开始")]),
        Part(text="。"),
    ]


def _average(totals: list[Decimal]) -> Decimal:
    return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01"))


def _overall(campaign: Campaign, rules: Rules, now: Scored, before: Scored) -> list[Part]:
    of = f"/results?campaign_id={campaign.id}"
    mean = _average([one.total for _, one in now])
    parts = [Part(text=f"{campaign.year} 年度班子平均 "), _figure(mean, of), Part(text=" 分")]
    if before:
        change = mean - _average([one.total for _, one in before])
        word = "高" if change >= 0 else "低"
        parts += [Part(text=f"，比上年{word} "), _figure(abs(change), of), Part(text=" 分")]
    best, worst = rules.grades[0].name, rules.grades[-1].name
    for lead, name in (("；", best), ("，", worst)):
        number = sum(one.grade == name for _, one in now)
        parts += [
            Part(text=lead),
            _figure(number, f"{of}&grade={name}"),
            Part(text=f" 个评为{name}"),
        ]
    return [*parts, Part(text="。")]


def _shares(rules: Rules, scored: Scored, what: str) -> dict[str, Decimal]:
    """Give, by dimension or item code, the share of points got by all units together."""
    points = rules.dimensions if what == "dimensions" else _item_points(rules)
    shares = {}
    for code, of in points.items():
        got = [Decimal(one.scores[what][code]) for _, one in scored if code in one.scores[what]]
        if got:
            shares[code] = percent(sum(got, Decimal(0)), of * len(got))
    return shares


def _item_points(rules: Rules) -> dict[str, Decimal]:
    return {code: one.points for code, one in rules.items.items()}


def _weakest(rules: Rules, now: Scored, titles: dict[str, str]) -> list[Part]:
    shares = _shares(rules, now, "dimensions")
    code = min(shares, key=lambda one: (shares[one], one))
    address = "/dashboards/heat"
    return [
        Part(text="四个方面中"),
        _figure(titles[code], address),
        Part(text="最弱，得分率 "),
        _figure(f"{shares[code]}%", address),
        Part(text="。"),
    ]


def _costliest(rules: Rules, now: Scored, titles: dict[str, str]) -> list[Part]:
    lost: dict[str, Decimal] = {}
    units: dict[str, int] = {}
    for code, of in _item_points(rules).items():
        gone = [of - Decimal(one.scores["items"].get(code, of)) for _, one in now]
        lost[code] = sum(gone, Decimal(0))
        units[code] = sum(one > 0 for one in gone)
    everything = sum(lost.values(), Decimal(0))
    if everything == 0:
        return [Part(text="各单位均未扣分。")]
    code = max(lost, key=lambda one: (lost[one], one))
    address = "/dashboards/heat"
    return [
        Part(text="失分最集中的是"),
        _figure(f"{titles[code]}（{code}）", address),
        Part(text="："),
        _figure(units[code], address),
        Part(text=" 个单位被扣分，占全部扣分 "),
        _figure(f"{percent(lost[code], everything)}%", address),
        Part(text="。"),
    ]


async def _rectified(ctx: Context) -> list[Part]:
    total = await _count(ctx, Rectification)
    done = await _count(ctx, Rectification, Rectification.state == RectificationState.VERIFIED)
    overdue = await _count(
        ctx,
        Rectification,
        col(Rectification.state).in_((RectificationState.ASSIGNED, RectificationState.RETURNED)),
        Rectification.due_on < ctx.today,
    )
    return [
        Part(text="整改 "),
        _figure(total, "/rectifications"),
        Part(text=" 项，已核验 "),
        _figure(done, "/rectifications?state=verified"),
        Part(text=" 项，超期 "),
        _figure(overdue, "/rectifications?overdue=true"),
        Part(text=" 项。"),
    ]


def _watch(rules: Rules, now: Scored, before: dict[Any, Decimal]) -> list[Watched]:
    """List units that meet both conditions of R22, then those that are poor or fell far.

    Many findings alone say how strictly was looked; they are told beside one of the others.
    """
    found = []
    for unit, result in now:
        poor = result.total < rules.interview.below
        many = result.findings >= rules.interview.findings
        fall = before.get(unit.id, result.total) - result.total
        if not poor and fall < _FALL:
            continue
        reasons = []
        if poor:
            reasons.append(f"低于 {rules.interview.below} 分")
        if many:
            reasons.append(f"发现问题 {result.findings} 个")
        if fall >= _FALL:
            reasons.append(f"比上年下降 {rules.rounded(fall)} 分")
        found.append(
            Watched(
                unit_id=unit.id,
                unit_name=unit.name,
                severity="bad" if poor and many else "warn",
                reasons=reasons,
                result_id=result.id,
            )
        )
    return sorted(found, key=lambda one: one.severity)


def _changes(rules: Rules, now: Scored, before: Scored, titles: dict[str, str]) -> list[ItemChange]:
    """Pick the items whose share moved most, both ways."""
    if not before:
        return []
    was, is_now = _shares(rules, before, "items"), _shares(rules, now, "items")
    moved = [
        ItemChange(
            code=code,
            title=titles[code],
            before=was[code],
            now=is_now[code],
            change=is_now[code] - was[code],
        )
        for code in is_now.keys() & was.keys()
    ]
    moved.sort(key=lambda one: (-abs(one.change), one.code))
    return sorted(moved[:_CHANGES], key=lambda one: -one.change)


async def _trend(ctx: Context, settled: Campaign, known: Mapping[int, Scored]) -> list[YearAverage]:
    """Average the last years; `known` are those that have been read already."""
    rows = select(Campaign).where(col(Campaign.year) <= settled.year)
    rows = rows.order_by(col(Campaign.year).desc()).limit(_YEARS)
    trend = []
    for campaign in (await ctx.db.exec(rows)).all():
        scored = known.get(campaign.year)
        if scored is None:
            scored = await list_scored(ctx, campaign)
        if scored:
            rules = await campaigns.get_rules(ctx, campaign.id)
            trend.append(
                YearAverage(
                    year=campaign.year,
                    total=_average([one.total for _, one in scored]),
                    dimensions=_shares(rules, scored, "dimensions"),
                )
            )
    return sorted(trend, key=lambda one: one.year)


async def _titles(ctx: Context, campaign: Campaign) -> dict[str, str]:
    """Give the titles of dimensions and items by code."""
    if campaign.standard_id is None:
        return {}
    dimensions = await campaigns.list_dimensions(ctx, campaign.standard_id)
    criteria = await campaigns.list_criteria(ctx, campaign.standard_id)
    titles = {one.code: one.title for one in dimensions}
    return titles | {one.code: one.title for one in criteria}
