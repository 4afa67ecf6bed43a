"""Read a unit's own year."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, literal
from sqlmodel import col, select

from sihao.campaigns.models import Campaign, Criterion, Dimension
from sihao.core.context import Context
from sihao.dashboards.queries import year
from sihao.dashboards.schemas import EvidenceCell, Figure, UnitDashboard
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceLink, Verdict
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import Rectification
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Inspection
from sihao.ledgers.models import LedgerEntry
from sihao.plans.lifecycle import MeasureState, ProblemState
from sihao.plans.models import Measure, Plan, Problem
from sihao.self_reports.models import SelfReport

API = "/api/v1"
_STATUS = ("none", "rejected", "promised", "available", "accepted")
"""From worst to best: the best link speaks for the item."""


async def get_unit_dashboard(
    ctx: Context, unit_id: UUID, campaign_id: UUID | None
) -> UnitDashboard:
    """Draw one unit's year."""
    campaign = await year.get_year(ctx, campaign_id)
    if campaign is None:
        return UnitDashboard(as_of=ctx.now, campaign=None, ledger_entries=zero())
    of = {"unit_id": unit_id, "campaign_id": campaign.id}
    plan = (await ctx.db.exec(select(Plan).filter_by(**of))).first()
    report = (await ctx.db.exec(select(SelfReport).filter_by(**of))).first()
    inspection = (await ctx.db.exec(select(Inspection).filter_by(**of))).first()
    entries = select(func.count()).select_from(LedgerEntry).filter_by(**of)
    windows = await year.get_windows(ctx, campaign)
    return UnitDashboard(
        as_of=ctx.now,
        campaign=year.ref(campaign),
        stages=year.stages(windows, ctx.now),
        plan_id=plan.id if plan else None,
        plan_state=plan.state if plan else None,
        report_id=report.id if report else None,
        report_state=report.state if report else None,
        inspection_id=inspection.id if inspection else None,
        inspection_state=_shown(inspection),
        measures=await _measures(ctx, plan),
        problems=await _problems(ctx, plan),
        evidence=await list_cells(ctx, unit_id, campaign),
        ledger_entries=Figure(
            value=(await ctx.db.exec(entries)).one(),
            list=f"{API}/ledger-entries?campaign_id={campaign.id}",
        ),
        rectifications=await _rectifications(ctx, unit_id),
    )


def _shown(inspection: Inspection | None) -> str | None:
    """Show the unit how far its inspection is; that scores exist is not told before feedback."""
    if inspection is None:
        return None
    if inspection.state == InspectionState.SCORED:
        return InspectionState.IN_PROGRESS
    return inspection.state


def zero() -> Figure:
    """Count nothing."""
    return Figure(value=0, list=None)


async def count_states(
    ctx: Context, rows: Any, states: Iterable[Any], address: str
) -> dict[str, Figure]:
    """Turn (state, count) rows into figures that open into `address` filtered by state."""
    found = dict(iter(await ctx.db.execute(rows)))
    joint = "&" if "?" in address else "?"
    return {
        state.value: Figure(value=found.get(state, 0), list=f"{address}{joint}state={state.value}")
        for state in states
    }


async def _measures(ctx: Context, plan: Plan | None) -> dict[str, Figure]:
    if plan is None:
        return {}
    address = f"{API}/measures?plan_id={plan.id}"
    rows = select(Measure.state, func.count()).where(Measure.plan_id == plan.id)
    figures = await count_states(ctx, rows.group_by(Measure.state), MeasureState, address)
    overdue = (
        select(func.count())
        .select_from(Measure)
        .where(Measure.plan_id == plan.id, Measure.state != MeasureState.COMPLETED)
        .where(col(Measure.due_on) < ctx.now.astimezone(year.BEIJING).date())
    )
    value = (await ctx.db.exec(overdue)).one()
    figures["overdue"] = Figure(value=value, list=f"{address}&overdue=true")
    return figures


async def _problems(ctx: Context, plan: Plan | None) -> dict[str, Figure]:
    if plan is None:
        return {}
    rows = select(Problem.state, func.count()).where(Problem.plan_id == plan.id)
    address = f"{API}/plans/{plan.id}/problems"
    return await count_states(ctx, rows.group_by(Problem.state), ProblemState, address)


async def _rectifications(ctx: Context, unit_id: UUID) -> dict[str, Figure]:
    rows = select(Rectification.state, func.count()).where(Rectification.unit_id == unit_id)
    rows = rows.group_by(Rectification.state)
    return await count_states(ctx, rows, RectificationState, f"{API}/rectifications")


async def list_cells(ctx: Context, unit_id: UUID, campaign: Campaign) -> list[EvidenceCell]:
    """Say of each item what evidence there is: the best link counts."""
    worth = case(
        (col(EvidenceLink.verdict) == Verdict.ACCEPTED, 4),
        (col(EvidenceLink.verdict) == Verdict.REJECTED, 1),
        (col(Evidence.state) == EvidenceState.AVAILABLE, 3),
        else_=2,
    )
    linked = (
        select(
            EvidenceLink.criterion_id,
            func.max(worth).label("worth"),
            func.count().label("links"),
        )
        .join(Evidence, col(Evidence.id) == col(EvidenceLink.evidence_id))
        .where(EvidenceLink.unit_id == unit_id, Evidence.campaign_id == campaign.id)
        .where(Evidence.state != EvidenceState.WITHDRAWN)
        .group_by(col(EvidenceLink.criterion_id))
        .subquery()
    )
    rows = (
        select(
            Criterion,
            Dimension.code,
            func.coalesce(linked.c.worth, literal(0)),
            func.coalesce(linked.c.links, literal(0)),
        )
        .join(Dimension, col(Dimension.id) == col(Criterion.dimension_id))
        .outerjoin(linked, linked.c.criterion_id == col(Criterion.id))
        .where(Criterion.standard_id == campaign.standard_id)
        .order_by(col(Criterion.sort_order))
    )
    return [
        EvidenceCell(
            criterion_id=criterion.id,
            code=criterion.code,
            title=criterion.title,
            dimension=dimension,
            status=_STATUS[rank],
            links=links,
        )
        for criterion, dimension, rank, links in (await ctx.db.exec(rows)).all()
    ]
