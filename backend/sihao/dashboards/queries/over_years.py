"""The settled year and those before it, with each item followed back by the standards' mapping."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from sihao.campaigns import policy
from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign
from sihao.campaigns.scheme import Rules
from sihao.core.context import Context
from sihao.dashboards.queries.leadership import list_scored, percent
from sihao.dashboards.schemas import ItemChange, ItemOverYears, ItemYear, UnitChange, YearAverage
from sihao.inspections.agreement import ENOUGH
from sihao.results.models import AnnualResult
from sihao.units.models import Unit

Scored = Sequence[tuple[Unit, AnnualResult]]
YEARS = 4
CHANGES = 5
FLAT_PERCENT = 95
"""An item at which so many per cent of the units got the same points separates nobody [C]."""


@dataclass(frozen=True, slots=True)
class ScoredYear:
    """A year with its visible results. `codes` are the settled year's items as they stood then."""

    campaign: Campaign
    rules: Rules
    scored: Scored
    codes: dict[str, str]

    @property
    def mean(self) -> Decimal:
        """Give the average total."""
        totals = [one.total for _, one in self.scored]
        return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01"))

    def points_of(self, code: str) -> list[Decimal]:
        """List what each unit got at an item, by the item's code of then."""
        rows = (one.scores["items"] for _, one in self.scored)
        return [Decimal(items[code]) for items in rows if code in items]

    def share(self, code: str) -> Decimal | None:
        """Give the share of an item's points that all units got together; None when not asked."""
        got = self.points_of(code)
        return (
            percent(sum(got, Decimal(0)), self.rules.items[code].points * len(got)) if got else None
        )

    def shares_of_dimensions(self) -> dict[str, Decimal]:
        """Give the same by dimension."""
        shares = {}
        for code, of in self.rules.dimensions.items():
            rows = (one.scores["dimensions"] for _, one in self.scored)
            got = [Decimal(dimensions[code]) for dimensions in rows if code in dimensions]
            if got:
                shares[code] = percent(sum(got, Decimal(0)), of * len(got))
        return shares


async def list_scored_years(ctx: Context, settled: Campaign) -> list[ScoredYear]:
    """Read the settled year and those before it that have results, the newest first."""
    rows = select(Campaign).where(col(Campaign.year) <= settled.year, policy.visible(ctx.actor))
    rows = rows.order_by(col(Campaign.year).desc()).limit(YEARS)
    years: list[ScoredYear] = []
    codes = {code: code for code in (await campaigns.get_rules(ctx, settled.id)).items}
    later = settled
    for campaign in (await ctx.db.exec(rows)).all():
        codes = await _followed(ctx, later, campaign, codes)
        later = campaign
        scored = await list_scored(ctx, campaign)
        if scored or campaign.id == settled.id:
            rules = await campaigns.get_rules(ctx, campaign.id)
            known = {new: old for new, old in codes.items() if old in rules.items}
            years.append(ScoredYear(campaign, rules, scored, known))
    return years


async def _followed(
    ctx: Context, later: Campaign, earlier: Campaign, codes: dict[str, str]
) -> dict[str, str]:
    """Go one year back; an item that no mapping speaks of keeps its code, as in a comparison."""
    if later.standard_id is None or later.standard_id == earlier.standard_id:
        return codes
    mapping = {
        row["new_code"]: row["old_code"]
        for row in await campaigns.list_mappings(ctx, later.standard_id)
        if row["old_standard_id"] == earlier.standard_id
    }
    return {new: mapping.get(old, old) for new, old in codes.items()}


def year_before(years: Sequence[ScoredYear]) -> ScoredYear | None:
    """Give the year right before the settled one, if it has results."""
    settled = years[0].campaign.year
    return next((one for one in years[1:] if one.campaign.year == settled - 1), None)


def trend_of(years: Sequence[ScoredYear]) -> list[YearAverage]:
    """Average the years, the oldest first."""
    return [
        YearAverage(year=one.campaign.year, total=one.mean, dimensions=one.shares_of_dimensions())
        for one in reversed(years)
        if one.scored
    ]


def items_of(years: Sequence[ScoredYear], titles: dict[str, str]) -> list[ItemOverYears]:
    """Follow each item of the settled year, and say whether it ever separated units."""
    return [
        ItemOverYears(code=code, title=titles[code], years=stood, flat=_is_flat(stood))
        for code in years[0].codes
        if (stood := _stood(years, code))
    ]


def _stood(years: Sequence[ScoredYear], code: str) -> list[ItemYear]:
    stood = []
    for one in reversed(years):
        then = one.codes.get(code)
        share = one.share(then) if then else None
        if then is None or share is None:
            continue
        got = one.points_of(then)
        ((_, same),) = Counter(got).most_common(1)
        stood.append(
            ItemYear(
                year=one.campaign.year,
                code=then,
                share=share,
                same=percent(Decimal(same), Decimal(len(got))),
                units=len(got),
            )
        )
    return stood


def _is_flat(stood: Sequence[ItemYear]) -> bool:
    return all(one.units >= ENOUGH and one.same >= FLAT_PERCENT for one in stood)


def changes_of(years: Sequence[ScoredYear], titles: dict[str, str]) -> list[ItemChange]:
    """Pick the items whose share moved most, both ways."""
    before = year_before(years)
    if before is None:
        return []
    now, moved = years[0], []
    for code, then in before.codes.items():
        is_now, was = now.share(code), before.share(then)
        if is_now is not None and was is not None:
            change = is_now - was
            moved.append(
                ItemChange(code=code, title=titles[code], before=was, now=is_now, change=change)
            )
    moved.sort(key=lambda one: (-abs(one.change), one.code))
    return sorted(moved[:CHANGES], key=lambda one: -one.change)


def moved_units(years: Sequence[ScoredYear]) -> list[UnitChange]:
    """Pick the units whose total moved most, both ways."""
    before = year_before(years)
    if before is None:
        return []
    rules, was = years[0].rules, {unit.id: one.total for unit, one in before.scored}
    moved = [
        UnitChange(
            unit_id=unit.id,
            unit_name=unit.name,
            result_id=one.id,
            before=rules.rounded(was[unit.id]),
            now=rules.rounded(one.total),
            change=rules.rounded(one.total - was[unit.id]),
        )
        for unit, one in years[0].scored
        if was.get(unit.id, one.total) != one.total
    ]
    moved.sort(key=lambda one: -abs(one.change))
    return sorted(moved[:CHANGES], key=lambda one: -one.change)
