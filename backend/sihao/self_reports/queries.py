"""Read self-reports, and the year they tell of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from fastapi import Response
from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from sihao.campaigns.models import Campaign, Criterion, Dimension
from sihao.campaigns.queries import list_criteria, list_dimensions
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.events import Event
from sihao.core.paging import json_page, matches, row_of
from sihao.evidence.queries import list_matrix
from sihao.ledgers import policy as ledgers_policy
from sihao.ledgers.models import LedgerEntry
from sihao.ledgers.queries import compute_indicators
from sihao.plans.lifecycle import MeasureState, ProblemState
from sihao.plans.models import Measure, Plan, Problem, ProblemCriterion, TeamMeeting
from sihao.self_reports import policy
from sihao.self_reports.lifecycle import SELF_REPORT
from sihao.self_reports.models import ReceiptCounter, SelfReport, SelfReportSection
from sihao.self_reports.schemas import ReportReturn, SelfReportQuery, SelfReportRow
from sihao.self_reports.year import HEAD, TAIL, Item, PlanCount, YearFacts, titles_of
from sihao.units.models import Unit
from sihao.units.queries import get_unit

_ROWS = row_of(SelfReportRow, SelfReport, col(Unit.name).label("unit_name")).join(
    Unit, col(Unit.id) == col(SelfReport.unit_id)
)
_SORTS = {"updated_at": col(SelfReport.updated_at), "unit_name": col(Unit.name)}


async def list_reports(ctx: Context, query: SelfReportQuery) -> Response:
    """Answer a page of reports."""
    actions = SELF_REPORT.actions_sql(SelfReport, ctx.actor)
    rows = _ROWS.add_columns(actions.label("actions")).where(policy.visible(ctx.actor))
    for name in ("campaign_id", "unit_id", "state", "late"):
        if (value := getattr(query, name)) is not None:
            rows = rows.where(getattr(SelfReport, name) == value)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name), col(SelfReport.receipt_number)))
    return await json_page(ctx, rows, query, _SORTS, col(SelfReport.id))


async def get_report(ctx: Context, report_id: UUID, *, lock: bool = False) -> SelfReport:
    """Read one report; raise `NotFound` for a foreign one too."""
    rows = select(SelfReport).where(SelfReport.id == report_id, policy.visible(ctx.actor))
    if lock:
        rows = rows.with_for_update().execution_options(populate_existing=True)
    report = (await ctx.db.exec(rows)).first()
    if report is None:
        raise NotFound("self_report.unknown", "没有这份自查报告。", "No such self-report.")
    return report


async def find_report(ctx: Context, campaign_id: UUID, unit_id: UUID) -> SelfReport | None:
    """Look up a unit's report of a year."""
    rows = select(SelfReport).where(
        SelfReport.campaign_id == campaign_id,
        SelfReport.unit_id == unit_id,
        policy.visible(ctx.actor),
    )
    return (await ctx.db.exec(rows)).first()


async def list_sections(ctx: Context, report: SelfReport) -> list[SelfReportSection]:
    """List the sections of a report that the caller has been shown, in their order."""
    rows = select(SelfReportSection).where(SelfReportSection.self_report_id == report.id)
    found = (await ctx.db.exec(rows)).all()
    places = {HEAD: 0, TAIL: 2}
    return sorted(found, key=lambda one: (places.get(one.dimension, 1), one.dimension))


async def get_section(ctx: Context, section_id: UUID, *, lock: bool = False) -> SelfReportSection:
    """Read one section; raise `NotFound` for a foreign one too."""
    rows = select(SelfReportSection).where(
        SelfReportSection.id == section_id, policy.visible_sections(ctx.actor)
    )
    if lock:
        rows = rows.with_for_update().execution_options(populate_existing=True)
    section = (await ctx.db.exec(rows)).first()
    if section is None:
        raise NotFound("self_report_section.unknown", "没有这一部分。", "No such section.")
    return section


async def list_titles(ctx: Context, report: SelfReport) -> dict[str, str]:
    """Give the headings of a report's sections."""
    rows = (
        sa_select(col(Dimension.code), col(Dimension.title))
        .join(Campaign, col(Campaign.standard_id) == col(Dimension.standard_id))
        .where(col(Campaign.id) == report.campaign_id)
        .order_by(col(Dimension.sort_order))
    )
    return titles_of({row.code: row.title for row in await ctx.db.execute(rows)})


async def last_return(ctx: Context, report: SelfReport) -> ReportReturn | None:
    """Look up the last return of a report that has not been handed in again."""
    if report.state in policy.HANDED_IN:
        return None
    rows = (
        select(Event)
        .where(Event.subject_id == report.id, Event.name == "self_report.return")
        .order_by(col(Event.at).desc())
        .limit(1)
    )
    found = (await ctx.db.exec(rows)).first()
    if found is None:
        return None
    return ReportReturn(opinion=found.data["opinion"], by=found.actor, at=found.at)


async def next_receipt(ctx: Context, campaign_id: UUID) -> int:
    """Draw the year's next receipt number; whoever draws at the same time waits his turn.

    The number is drawn in the transaction that uses it, so no number is ever missing.
    """
    drawn = insert(ReceiptCounter).values(campaign_id=campaign_id, last=1)
    drawn = drawn.on_conflict_do_update(
        index_elements=["campaign_id"], set_={"last": col(ReceiptCounter.last) + 1}
    )
    return int((await ctx.db.execute(drawn.returning(col(ReceiptCounter.last)))).scalar_one())


async def load_year(ctx: Context, campaign: Campaign, unit_id: UUID) -> YearFacts:
    """Load everything a unit's report of a year is made of."""
    unit = await get_unit(ctx, unit_id)
    dimensions, items = await _standard(ctx, campaign)
    plan = await _find_plan(ctx, campaign.id, unit_id)
    facts = YearFacts(
        year=campaign.year,
        unit=unit.name,
        dimensions=dimensions,
        items=items,
        plan=PlanCount(),
        by_dimension={},
        goals=plan.goals if plan else "",
        open_problems=(),
        meetings=await _count_meetings(ctx, campaign.id, unit_id),
        entries=await _count_entries(ctx, campaign.id, unit_id),
        indicators=await compute_indicators(ctx, unit_id, campaign),
        matrix=await list_matrix(ctx, campaign.id, unit_id),
    )
    return await _with_plan(ctx, facts, plan) if plan else facts


async def _standard(ctx: Context, campaign: Campaign) -> tuple[dict[str, str], list[Item]]:
    if campaign.standard_id is None:
        return {}, []
    dimensions = await list_dimensions(ctx, campaign.standard_id)
    codes = {one.id: one.code for one in dimensions}
    items = [
        Item(one.code, one.title, codes[one.dimension_id], tuple(one.ledgers))
        for one in await list_criteria(ctx, campaign.standard_id)
    ]
    return {one.code: one.title for one in dimensions}, items


async def _find_plan(ctx: Context, campaign_id: UUID, unit_id: UUID) -> Plan | None:
    rows = select(Plan).where(Plan.campaign_id == campaign_id, Plan.unit_id == unit_id)
    return (await ctx.db.exec(rows)).first()


async def _count_meetings(ctx: Context, campaign_id: UUID, unit_id: UUID) -> int:
    rows = (
        sa_select(func.count())
        .select_from(TeamMeeting)
        .where(col(TeamMeeting.campaign_id) == campaign_id, col(TeamMeeting.unit_id) == unit_id)
    )
    return int((await ctx.db.execute(rows)).scalar_one())


async def _count_entries(ctx: Context, campaign_id: UUID, unit_id: UUID) -> dict[str, int]:
    rows = (
        sa_select(col(LedgerEntry.kind), func.count())
        .where(
            col(LedgerEntry.campaign_id) == campaign_id,
            col(LedgerEntry.unit_id) == unit_id,
            ledgers_policy.visible_figures(ctx.actor),
        )
        .group_by(col(LedgerEntry.kind))
    )
    return {kind.value: count for kind, count in await ctx.db.execute(rows)}


async def _with_plan(ctx: Context, facts: YearFacts, plan: Plan) -> YearFacts:
    problems = (
        await ctx.db.exec(
            select(Problem).where(Problem.plan_id == plan.id).order_by(col(Problem.number))
        )
    ).all()
    measures = (await ctx.db.exec(select(Measure).where(Measure.plan_id == plan.id))).all()
    held = (
        sa_select(col(Dimension.code), col(ProblemCriterion.problem_id))
        .join(Criterion, col(Criterion.dimension_id) == col(Dimension.id))
        .join(ProblemCriterion, col(ProblemCriterion.criterion_id) == col(Criterion.id))
        .join(Problem, col(Problem.id) == col(ProblemCriterion.problem_id))
        .where(col(Problem.plan_id) == plan.id)
        .distinct()
    )
    by_dimension: dict[str, set[UUID]] = {}
    for code, problem_id in await ctx.db.execute(held):
        by_dimension.setdefault(code, set()).add(problem_id)
    return replace(
        facts,
        plan=_count(ctx, problems, measures),
        by_dimension={
            code: _count(
                ctx,
                [one for one in problems if one.id in ids],
                [one for one in measures if one.problem_id in ids],
            )
            for code, ids in by_dimension.items()
        },
        open_problems=tuple(one.text for one in problems if one.state is not ProblemState.CLOSED),
    )


def _count(ctx: Context, problems: Sequence[Problem], measures: Sequence[Measure]) -> PlanCount:
    states = Counter(one.state for one in measures)
    late = [
        one
        for one in measures
        if one.state is not MeasureState.COMPLETED and one.due_on and one.due_on < ctx.today
    ]
    return PlanCount(
        problems=len(problems),
        closed=sum(one.state is ProblemState.CLOSED for one in problems),
        measures=len(measures),
        done=states[MeasureState.COMPLETED],
        overdue=len(late),
    )
