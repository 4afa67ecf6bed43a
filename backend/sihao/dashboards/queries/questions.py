"""Questions to a settled year: what recurs, what separates nobody, who moved, who is disputed."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import Context
from sihao.dashboards.queries import year
from sihao.dashboards.queries.leadership import get_settled_year
from sihao.dashboards.queries.over_years import (
    FLAT_PERCENT,
    items_of,
    list_scored_years,
    moved_units,
)
from sihao.dashboards.schemas import (
    AlikeFindings,
    Questions,
    QuestionsQuery,
    RecurringItem,
    UnitRef,
)
from sihao.inspections import policy
from sihao.inspections.models import Finding, Inspection
from sihao.inspections.queries.disagreement import list_disagreements
from sihao.threads.recurrence import ALIKE, likeness
from sihao.units.models import Unit


async def answer_questions(ctx: Context, query: QuestionsQuery) -> Questions:
    """Answer them for the wanted year, or the newest settled one; empty while there is none."""
    settled = await get_settled_year(ctx, query.campaign_id)
    answers = Questions(settled=None, at_least=query.at_least, flat_percent=FLAT_PERCENT)
    if settled is None:
        return answers
    years = await list_scored_years(ctx, settled)
    titles = await list_titles(ctx, settled)
    answers.settled = year.ref(settled)
    answers.units = len(years[0].scored)
    answers.recurring = await _list_recurring(ctx, settled, query.at_least)
    answers.items = items_of(years, titles)
    answers.moved = moved_units(years)
    answers.disagreeing = await list_disagreements(ctx, settled.id)
    return answers


async def list_titles(ctx: Context, campaign: Campaign) -> dict[str, str]:
    """Give the titles of dimensions and items by code."""
    if campaign.standard_id is None:
        return {}
    dimensions = await campaigns.list_dimensions(ctx, campaign.standard_id)
    criteria = await campaigns.list_criteria(ctx, campaign.standard_id)
    titles = {one.code: one.title for one in dimensions}
    return titles | {one.code: one.title for one in criteria}


async def _list_recurring(ctx: Context, campaign: Campaign, at_least: int) -> list[RecurringItem]:
    shown: list[Any] = [Criterion.code, Criterion.title, Finding.text, Unit.id, Unit.name]
    rows = (
        sa_select(*shown)
        .select_from(Finding)
        .join(Inspection, col(Inspection.id) == col(Finding.inspection_id))
        .join(Criterion, col(Criterion.id) == col(Finding.criterion_id))
        .join(Unit, col(Unit.id) == col(Finding.unit_id))
        .where(col(Inspection.campaign_id) == campaign.id, policy.visible_findings(ctx.actor))
        .order_by(col(Criterion.sort_order), col(Unit.sort_order), col(Finding.created_at))
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in (await ctx.db.execute(rows)).all():
        found[row[0]].append(row)
    recurring = []
    for code, some in found.items():
        units = len({unit_id for *_, unit_id, _ in some})
        if units >= at_least:
            alike = alike_findings([(text, unit, name) for _, _, text, unit, name in some])
            title = some[0][1]
            recurring.append(
                RecurringItem(code=code, title=title, units=units, findings=len(some), alike=alike)
            )
    return sorted(recurring, key=lambda one: -one.units)


def alike_findings(found: list[tuple[str, UUID, str]]) -> list[AlikeFindings]:
    """Put findings together that say the same: each joins the first text that it is like."""
    groups: dict[str, dict[UUID, str]] = {}
    for text, unit_id, name in found:
        like = (one for one in groups if one == text or likeness(one, text) >= ALIKE)
        groups.setdefault(next(like, text), {})[unit_id] = name
    alike = [
        AlikeFindings(
            text=text,
            units=[UnitRef(unit_id=unit_id, unit_name=name) for unit_id, name in units.items()],
        )
        for text, units in groups.items()
    ]
    return sorted(alike, key=lambda one: -len(one.units))
