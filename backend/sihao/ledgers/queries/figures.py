"""Compute figures from the rows of ledgers, for one unit or for all."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.campaigns.queries import get_rules, list_criteria
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.ledgers import policy
from sihao.ledgers.facts import Computed, Fact, Person, Year
from sihao.ledgers.indicators import compute, only_for
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember, LedgerKind
from sihao.ledgers.schemas import Indicator, IndicatorCode, IndicatorOpened
from sihao.units import policy as units_policy
from sihao.units.models import Member, Term, Unit, UnitKind

_UNITS_AT_ONCE = 200
_OF_THE_CAMPAIGN = (LedgerKind.T6, LedgerKind.T15, LedgerKind.T20)
_OF_THE_CALENDAR = (LedgerKind.T7, LedgerKind.T8)
_LAST_DAY = func.coalesce(col(LedgerEntry.ended_on), col(LedgerEntry.happened_on))
_TOOK_PART = func.array(
    sa_select(col(LedgerEntryMember.member_id))
    .where(col(LedgerEntryMember.entry_id) == col(LedgerEntry.id))
    .correlate(LedgerEntry)
    .scalar_subquery(),
    type_=ARRAY(Uuid),
)


async def find_unit(ctx: Context, unit_id: UUID | None) -> UUID:
    """Say whose figures are asked for: the own unit's by default; `Invalid` for a foreign one."""
    wanted = unit_id or ctx.unit_id
    if not policy.reads_figures(ctx.actor, wanted) or await ctx.db.get(Unit, wanted) is None:
        code, zh = "unit.unknown", "没有这个单位。"
        raise Invalid(code, zh, "No such unit.", pointer="/query/unit_id")
    return wanted


async def compute_indicators(ctx: Context, unit_id: UUID, campaign: Campaign) -> list[Indicator]:
    """Compute a unit's figures, in the order of the standard."""
    found = (await _compute(ctx, campaign, [unit_id]))[unit_id]
    return [indicator for indicator, _ in found]


async def open_indicator(
    ctx: Context, unit_id: UUID, campaign: Campaign, code: IndicatorCode
) -> IndicatorOpened:
    """Compute a unit's figure with the rows behind it; `NotFound` if the standard has no such."""
    found = (await _compute(ctx, campaign, [unit_id]))[unit_id]
    for indicator, rows in found:
        if indicator.criterion is code:
            return IndicatorOpened(indicator=indicator, rows=rows)
    zh = "本年度的创建标准没有这一条目。"
    raise NotFound("indicator.unknown", zh, "The standard of this year has no such item.")


async def compute_for_all(ctx: Context, campaign: Campaign) -> dict[UUID, list[Indicator]]:
    """Compute the figures of every active unit the actor reads, some hundred units at a time."""
    units = select(col(Unit.id)).where(
        ctx.actor.sees(Unit.id), Unit.kind == UnitKind.UNIT, col(Unit.active).is_(True)
    )
    ids = list((await ctx.db.exec(units.order_by(col(Unit.sort_order), col(Unit.id)))).all())
    figures: dict[UUID, list[Indicator]] = {}
    for start in range(0, len(ids), _UNITS_AT_ONCE):
        some = ids[start : start + _UNITS_AT_ONCE]
        for unit_id, found in (await _compute(ctx, campaign, some)).items():
            figures[unit_id] = [indicator for indicator, _ in found]
    return figures


async def _compute(
    ctx: Context, campaign: Campaign, units: Sequence[UUID]
) -> dict[UUID, list[Computed]]:
    if campaign.standard_id is None:
        return {unit_id: [] for unit_id in units}
    criteria = await list_criteria(ctx, campaign.standard_id)
    titles = {one.code: one.title for one in criteria}
    rules = await get_rules(ctx, campaign.id)
    year = Year(campaign.year, ctx.today, frozenset(rules.days_not_counted))
    people = await _people(ctx, units)
    facts = await _facts(ctx, campaign, year, units)
    found = {
        unit_id: list(compute(year, people[unit_id], facts[unit_id], titles)) for unit_id in units
    }
    if policy.is_plain_member(ctx.actor):
        mine = ctx.actor.member_id
        return {unit_id: [only_for(one, mine) for one in all_] for unit_id, all_ in found.items()}
    return found


async def _people(ctx: Context, units: Sequence[UUID]) -> dict[UUID, list[Person]]:
    """Read the teams in their order of rank, with their terms."""
    terms: dict[UUID, list[Any]] = {}
    held = sa_select(col(Term.member_id), col(Term.started_on), col(Term.ended_on)).where(
        col(Term.unit_id).in_(units)
    )
    for member_id, first, last in (await ctx.db.execute(held)).all():
        terms.setdefault(member_id, []).append((first, last))
    people: dict[UUID, list[Person]] = {unit_id: [] for unit_id in units}
    rows = (
        sa_select(col(Member.unit_id), col(Member.id), col(Member.name))
        .where(col(Member.unit_id).in_(units), units_policy.visible_members(ctx.actor))
        .order_by(col(Member.rank_order), col(Member.id))
    )
    for unit_id, member_id, name in (await ctx.db.execute(rows)).all():
        people[unit_id].append(Person(member_id, name, tuple(terms.get(member_id, ()))))
    return people


async def _facts(
    ctx: Context, campaign: Campaign, year: Year, units: Sequence[UUID]
) -> dict[UUID, list[Fact]]:
    """Read the rows that count: of the campaign, of the calendar year, or rules in force."""
    kind = col(LedgerEntry.kind)
    of_the_campaign = and_(kind.in_(_OF_THE_CAMPAIGN), col(LedgerEntry.campaign_id) == campaign.id)
    of_the_calendar = and_(
        kind.in_(_OF_THE_CALENDAR),
        col(LedgerEntry.happened_on) <= year.last,
        year.first <= _LAST_DAY,
    )
    rows = sa_select(
        col(LedgerEntry.unit_id),
        col(LedgerEntry.id),
        col(LedgerEntry.kind),
        col(LedgerEntry.title),
        col(LedgerEntry.happened_on),
        col(LedgerEntry.ended_on),
        col(LedgerEntry.details),
        _TOOK_PART,
    ).where(
        policy.visible_figures(ctx.actor),
        col(LedgerEntry.unit_id).in_(units),
        or_(of_the_campaign, of_the_calendar, kind == LedgerKind.T14),
    )
    facts: dict[UUID, list[Fact]] = {unit_id: [] for unit_id in units}
    for unit_id, *fact in (await ctx.db.execute(rows)).all():
        facts[unit_id].append(Fact(*fact))
    return facts
