"""Read all units' year for the committee: how many stand where, and what is late."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.complaints.lifecycle import ComplaintState
from sihao.complaints.models import Complaint
from sihao.core.context import Context
from sihao.dashboards.queries import year
from sihao.dashboards.queries.unit import API, count_states
from sihao.dashboards.schemas import CommitteeDashboard, DashboardQuery, Figure
from sihao.followups import policy as followups
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import Rectification
from sihao.inspections import policy as inspections
from sihao.inspections.lifecycle import OBJECTION_OPEN, InspectionState
from sihao.inspections.models import Inspection, Objection
from sihao.plans import policy as plans
from sihao.plans.lifecycle import MeasureState, PlanState
from sihao.plans.models import Measure, Plan
from sihao.results import policy as results
from sihao.results.lifecycle import ResultState
from sihao.results.models import AnnualResult
from sihao.self_reports import policy as self_reports
from sihao.self_reports.lifecycle import SelfReportState
from sihao.self_reports.models import SelfReport
from sihao.units.models import Unit, UnitKind

_STANDS: dict[str, tuple[Any, Any, Any, str]] = {
    "plans": (Plan, PlanState, plans.visible, "/plans"),
    "self_reports": (SelfReport, SelfReportState, self_reports.visible, "/self-reports"),
    "inspections": (Inspection, InspectionState, inspections.visible, "/inspections"),
    "results": (AnnualResult, ResultState, results.visible, "/results"),
    "rectifications": (
        Rectification,
        RectificationState,
        followups.visible_rectifications,
        "/rectifications",
    ),
}
"""What stands in which state: table, states, who sees which rows, and the list."""


async def get_committee_dashboard(ctx: Context, query: DashboardQuery) -> CommitteeDashboard:
    """Count all units by state, and what is late or open; each figure opens into its list."""
    campaign = await year.get_year(ctx, query.campaign_id)
    units = select(func.count()).select_from(Unit)
    units = units.where(col(Unit.active), Unit.kind == UnitKind.UNIT)
    complaints = _count(Complaint).where(col(Complaint.state) == ComplaintState.RECEIVED)
    drawn = CommitteeDashboard(
        as_of=ctx.now,
        campaign=None,
        units=await _figure(ctx, units, "/units?kind=unit"),
        complaints=await _figure(ctx, complaints, "/complaints?state=received"),
    )
    if campaign is None:
        return drawn
    windows = await year.get_windows(ctx, campaign)
    counted = {name: await _states(ctx, campaign, *stands) for name, stands in _STANDS.items()}
    shown = {"campaign": year.ref(campaign), "stages": year.stages(windows, ctx.now)}
    return drawn.model_copy(update={**shown, **counted, **await _late(ctx, campaign)})


def _count(table: Any) -> Any:
    return select(func.count()).select_from(table)


async def _figure(ctx: Context, rows: Any, address: str) -> Figure:
    return Figure(value=(await ctx.db.execute(rows)).scalar_one(), list=f"{API}{address}")


async def _states(
    ctx: Context, campaign: Campaign, table: Any, states: Any, visible: Any, address: str
) -> dict[str, Figure]:
    """Count what the actor sees in the list itself, so that every figure opens into its rows."""
    rows = select(table.state, func.count()).where(table.campaign_id == campaign.id)
    rows = rows.where(visible(ctx.actor))
    listed = f"{API}{address}?campaign_id={campaign.id}"
    return await count_states(ctx, rows.group_by(table.state), states, listed)


async def _late(ctx: Context, campaign: Campaign) -> dict[str, Figure]:
    of = f"campaign_id={campaign.id}"
    overdue = (
        _count(Measure)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(col(Plan.campaign_id) == campaign.id, plans.visible_measures(ctx.actor))
        .where(col(Measure.state) != MeasureState.COMPLETED)
        .where(col(Measure.due_on) < ctx.now.astimezone(year.BEIJING).date())
    )
    objections = (
        _count(Objection)
        .join(Inspection, col(Inspection.id) == col(Objection.inspection_id))
        .where(col(Inspection.campaign_id) == campaign.id)
        .where(col(Objection.state).in_(OBJECTION_OPEN))
    )
    late: dict[str, tuple[Any, Any, str]] = {
        "late_plans": (Plan, plans.visible, "/plans"),
        "late_reports": (SelfReport, self_reports.visible, "/self-reports"),
    }
    figures = {}
    for name, (table, visible, address) in late.items():
        rows = _count(table).where(table.campaign_id == campaign.id, col(table.late))
        rows = rows.where(visible(ctx.actor))
        figures[name] = await _figure(ctx, rows, f"{address}?{of}&late=true")
    figures["overdue_measures"] = await _figure(ctx, overdue, f"/measures?{of}&overdue=true")
    figures["open_objections"] = await _figure(ctx, objections, f"/objections?{of}&open=true")
    return figures
