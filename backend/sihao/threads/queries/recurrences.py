"""Read what had been closed and was found again."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, cast, exists, literal, null, or_, union_all
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from sihao.campaigns.models import Campaign, Criterion, CriterionMapping
from sihao.core.context import Context
from sihao.core.paging import rows_of
from sihao.followups import policy as followups
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import Rectification
from sihao.inspections import policy as inspections
from sihao.inspections.models import Finding, Inspection
from sihao.plans import policy as plans
from sihao.plans.lifecycle import ProblemState
from sihao.plans.models import Plan, Problem, ProblemCriterion
from sihao.threads.recurrence import ALIKE, likeness
from sihao.threads.schemas import NodeKind, Recurrence, RecurrenceQuery
from sihao.units.models import Unit


async def list_recurrences(ctx: Context, query: RecurrenceQuery) -> list[Recurrence]:
    """List problems and findings of a year, or of a unit, that had been closed before.

    Both are the same unit's, and about the same item, or one that the standard's mapping puts in
    its place. Either the later is a plan's problem that took up the earlier, or their texts are
    alike. The nearest earlier year is told.
    """
    ctx.require_scope("plan:read")
    later, earlier = _things(ctx).cte("later"), _closed(ctx).cte("earlier")
    new, old = aliased(Criterion), aliased(Criterion)
    rows = (
        sa_select(later, col(Unit.name).label("unit_name"), col(new.code), *_named(earlier))
        .join(earlier, _follows(later, earlier))
        .join(new, col(new.id) == later.c.criterion_id)
        .join(old, col(old.id) == earlier.c.criterion_id)
        .join(Unit, col(Unit.id) == later.c.unit_id)
        .where(_same_item(new, old))
        .order_by(
            col(Unit.sort_order),
            later.c.year,
            col(new.sort_order),
            earlier.c.year.desc(),
            later.c.id,
        )
    )
    if query.campaign_id:
        rows = rows.where(later.c.campaign_id == query.campaign_id)
    if query.unit_id:
        rows = rows.where(later.c.unit_id == query.unit_id)
    found: dict[UUID, Recurrence] = {}
    for row in (await ctx.db.execute(rows)).mappings():
        linked = row["source_id"] is not None and row["source_id"] in (
            row["earlier_id"],
            row["earlier_answer_id"],
        )
        alike = likeness(row["text"], row["earlier_text"])
        if row["id"] not in found and (linked or alike >= ALIKE):
            told = {name: row[name] for name in Recurrence.model_fields if name in row}
            found[row["id"]] = Recurrence(**told, linked=linked, likeness=round(alike, 2))
    return list(found.values())[: query.limit]


def _things(ctx: Context) -> Select[Any]:
    """Problems and findings as they are found."""
    problems = _problems(ctx).add_columns(
        col(Plan.campaign_id).label("campaign_id"), col(Problem.source_id).label("source_id")
    )
    findings = _findings(ctx).add_columns(
        col(Inspection.campaign_id).label("campaign_id"), cast(null(), Uuid).label("source_id")
    )
    return sa_select(union_all(problems, findings).subquery())


def _closed(ctx: Context) -> Select[Any]:
    """Problems that were closed, and findings that were put right, with what put them right."""
    closed = _problems(ctx).add_columns(cast(null(), Uuid).label("answer_id"))
    closed = closed.where(col(Problem.state) == ProblemState.CLOSED)
    put_right = (
        _findings(ctx)
        .add_columns(col(Rectification.id).label("answer_id"))
        .join(Rectification, col(Rectification.finding_id) == col(Finding.id))
        .where(
            col(Rectification.state) == RectificationState.VERIFIED,
            followups.visible_rectifications(ctx.actor),
        )
    )
    return sa_select(union_all(closed, put_right).subquery())


def _problems(ctx: Context) -> Select[Any]:
    return (
        _columns(NodeKind.PROBLEM, Problem, ProblemCriterion.criterion_id)
        .join_from(Problem, ProblemCriterion, col(ProblemCriterion.problem_id) == col(Problem.id))
        .join(Plan, col(Plan.id) == col(Problem.plan_id))
        .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
        .where(col(Problem.carried_from_id).is_(None), plans.visible_problems(ctx.actor))
    )


def _findings(ctx: Context) -> Select[Any]:
    return (
        _columns(NodeKind.FINDING, Finding, Finding.criterion_id)
        .join_from(Finding, Inspection, col(Inspection.id) == col(Finding.inspection_id))
        .join(Campaign, col(Campaign.id) == col(Inspection.campaign_id))
        .where(inspections.visible_findings(ctx.actor))
    )


def _columns(kind: NodeKind, table: Any, criterion_id: Any) -> Select[Any]:
    return rows_of(
        literal(kind.value).label("kind"),
        col(table.id).label("id"),
        col(table.unit_id).label("unit_id"),
        col(Campaign.year).label("year"),
        col(table.text).label("text"),
        col(criterion_id).label("criterion_id"),
    )


def _named(earlier: Any) -> list[Any]:
    names = ("kind", "id", "year", "text", "answer_id")
    return [earlier.c[name].label(f"earlier_{name}") for name in names]


def _follows(later: Any, earlier: Any) -> Any:
    return and_(earlier.c.unit_id == later.c.unit_id, earlier.c.year < later.c.year)


def _same_item(new: Any, old: Any) -> Any:
    """The same item, what the mapping puts in its place, or the same code where it puts nothing."""
    mapping = col(CriterionMapping.old_criterion_id) == old.id
    mapped = exists().where(mapping, col(CriterionMapping.new_criterion_id) == new.id)
    moved = exists().where(mapping)
    return or_(new.id == old.id, mapped, and_(new.code == old.code, ~moved))
