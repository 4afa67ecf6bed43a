"""Five sentences made from data, each figure with the list it counts; whom to watch; the trend."""

from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.campaigns.scheme import Rules
from sihao.core.context import Context
from sihao.dashboards.queries import year
from sihao.dashboards.queries.leadership import get_settled_year, percent
from sihao.dashboards.queries.over_years import (
    Scored,
    ScoredYear,
    changes_of,
    list_scored_years,
    trend_of,
    year_before,
)
from sihao.dashboards.queries.questions import list_titles
from sihao.dashboards.queries.unit import API
from sihao.dashboards.schemas import (
    DashboardQuery,
    LeadershipDashboard,
    Part,
    Watched,
)
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import Rectification
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Inspection
from sihao.self_reports.lifecycle import SelfReportState
from sihao.self_reports.models import SelfReport
from sihao.units.models import Unit, UnitKind

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
    years = await list_scored_years(ctx, settled)
    titles = await list_titles(ctx, settled)
    now, before = years[0], year_before(years)
    if now.scored:
        drawn.sentences += [
            _overall(now, before),
            _weakest(now, titles),
            _costliest(now.rules, now.scored, titles),
        ]
    drawn.sentences.append(await _rectified(ctx))
    was = {unit.id: one.total for unit, one in before.scored} if before else {}
    drawn.watch = _watch(now.rules, now.scored, was)
    drawn.changes = changes_of(years, titles)
    drawn.trend = trend_of(years)
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


def _overall(now: ScoredYear, before: ScoredYear | None) -> list[Part]:
    of = f"/results?campaign_id={now.campaign.id}"
    parts = [
        Part(text=f"{now.campaign.year} 年度班子平均 "),
        _figure(now.mean, of),
        Part(text=" 分"),
    ]
    if before:
        change = now.mean - before.mean
        word = "高" if change >= 0 else "低"
        parts += [Part(text=f"，比上年{word} "), _figure(abs(change), of), Part(text=" 分")]
    best, worst = now.rules.grades[0].name, now.rules.grades[-1].name
    for lead, name in (("；", best), ("，", worst)):
        number = sum(one.grade == name for _, one in now.scored)
        parts += [
            Part(text=lead),
            _figure(number, f"{of}&grade={name}"),
            Part(text=f" 个评为{name}"),
        ]
    return [*parts, Part(text="。")]


def _item_points(rules: Rules) -> dict[str, Decimal]:
    return {code: one.points for code, one in rules.items.items()}


def _weakest(now: ScoredYear, titles: dict[str, str]) -> list[Part]:
    shares = now.shares_of_dimensions()
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
