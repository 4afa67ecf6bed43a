"""The two-year comparison (R20) as a pure function of frozen inputs: places, ties, sensitivity.

The formula is the mean of both years' totals [C]; ties stay ties, also across the line of the
places, and it is the committee that decides about them.
"""

from decimal import Decimal
from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field

FIRST_YEAR_WEIGHTS = (30, 40, 50, 60, 70)
"""Per cent of the first year, for the sensitivity of places."""


class Pair(BaseModel):
    """One unit's two published totals, with the hashes of the outcomes they come from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit_id: str
    unit_name: str
    unit_class: str
    first: Decimal
    first_hash: str
    second: Decimal
    second_hash: str


class ComparisonInputs(BaseModel):
    """Everything a comparison depends on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_year: int
    second_year: int
    places: int
    pairs: list[Pair]
    missing: list[str]
    """Names of units without two published results; they take no part."""
    differences: list[str] = Field(default_factory=list)
    """What differs between the two standards, in sentences (B8)."""


class Place(BaseModel):
    """One unit's place.

    `tied` says that others have the same mean; `at_line` that this tie lies
    across the line, so that only some of the tied fit.
    """

    unit_id: str
    unit_name: str
    unit_class: str
    first: Decimal
    second: Decimal
    mean: Decimal
    change: Decimal
    place: int
    tied: bool
    within: bool
    at_line: bool
    best_place: int
    worst_place: int


class ComparisonOutcome(BaseModel):
    """All places, best first."""

    first_year: int
    second_year: int
    places: int
    rows: list[Place]
    missing: list[str]
    differences: list[str]


def rank(inputs: ComparisonInputs) -> ComparisonOutcome:
    """Give every unit its place; the order of the inputs changes nothing."""
    means = _means(inputs, 50)
    places = _places(means)
    moved = [_places(_means(inputs, weight)) for weight in FIRST_YEAR_WEIGHTS]
    rows = []
    for pair in inputs.pairs:
        place = places[pair.unit_id]
        tied = sum(other == place for other in places.values())
        within = place <= inputs.places
        span = [one[pair.unit_id] for one in moved]
        rows.append(
            Place(
                **pair.model_dump(exclude={"first_hash", "second_hash"}),
                mean=(pair.first + pair.second) / 2,
                change=pair.second - pair.first,
                place=place,
                tied=tied > 1,
                within=within,
                at_line=within and tied > 1 and place + tied - 1 > inputs.places,
                best_place=min(span),
                worst_place=max(span),
            )
        )
    rows.sort(key=lambda row: (row.place, row.unit_name, row.unit_id))
    return ComparisonOutcome(
        **inputs.model_dump(include={"first_year", "second_year", "places", "differences"}),
        rows=rows,
        missing=sorted(inputs.missing),
    )


def _means(inputs: ComparisonInputs, first_percent: int) -> dict[str, Fraction]:
    share = Fraction(first_percent, 100)
    return {
        pair.unit_id: Fraction(pair.first) * share + Fraction(pair.second) * (1 - share)
        for pair in inputs.pairs
    }


def _places(means: dict[str, Fraction]) -> dict[str, int]:
    """Rank as in sport: two firsts, then a third."""
    ordered = sorted(means.values(), reverse=True)
    return {unit: ordered.index(mean) + 1 for unit, mean in means.items()}
