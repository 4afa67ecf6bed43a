"""What a two-year comparison depends on and what it says."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sihao.campaigns.scheme import Name, Points

_WEIGHTS = (30, 40, 50, 60, 70)


class FormulaKind(StrEnum):
    """How two annual totals become one figure [C]."""

    MEAN = "mean"
    WEIGHTED = "weighted"
    BOTH = "both"
    """The mean, for those only who reach the threshold in both years."""


class Part(BaseModel):
    """Base of what is frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Formula(Part):
    """How two annual totals are compared, as data."""

    kind: FormulaKind = FormulaKind.MEAN
    first_percent: int = Field(default=50, ge=1, le=99)
    """Per cent of the first year; counts where `kind` is weighted."""
    threshold: Points = Decimal(0)
    """Counts where `kind` is both."""

    @property
    def percent(self) -> int:
        """Give the weight of the first year that counts."""
        return self.first_percent if self.kind is FormulaKind.WEIGHTED else 50

    def value(self, first: Fraction, second: Fraction) -> Fraction:
        """Join two totals."""
        return (first * self.percent + second * (100 - self.percent)) / 100

    def fits(self, first: Fraction, second: Fraction) -> bool:
        """Say whether a unit may have a place at all."""
        return self.kind is not FormulaKind.BOTH or min(first, second) >= self.threshold

    def others(self) -> Sequence["Formula"]:
        """Give the same formula with other weights of the years, to see what depends on them."""
        return [
            self.model_copy(update={"kind": FormulaKind.WEIGHTED, "first_percent": weight})
            for weight in _WEIGHTS
            if weight != self.percent
        ]


class Figure(Part):
    """Points got of points possible."""

    got: Decimal
    of: Decimal


class YearFigures(Part):
    """One unit's published result of one year, as far as a comparison looks into it."""

    total: Decimal
    outcome_hash: str
    share: str = "1"
    """The part of the total that the items made up, as a fraction such as 3/5."""
    group: str = ""
    """Who inspected it."""
    items: dict[str, Figure] = Field(default_factory=dict)


class Compared(Part):
    """One unit with both years."""

    unit_id: str
    unit_name: str
    unit_class: str
    first: YearFigures
    second: YearFigures


Quotas = dict[Name, Annotated[int, Field(ge=0, le=500)]]
"""Class of units -> places."""


class ComparisonInputs(Part):
    """Everything a comparison depends on."""

    first_year: int
    second_year: int
    formula: Formula = Formula()
    places: int
    quotas: Quotas = Field(default_factory=dict)
    """With quotas each class compares by itself; `places` counts where there are none."""
    units: list[Compared]
    missing: list[str]
    """Names of units without two published results; they take no part."""
    mapping: dict[str, str] = Field(default_factory=dict)
    """Item of the second year -> the item of the first that it continues (B8)."""
    differences: list[str] = Field(default_factory=list)
    """What differs between the two standards, in sentences (B8)."""


class Place(BaseModel):
    """One unit's place.

    `place` is None for a unit that the formula lets have none. `tied` says that others have the
    same figure; `at_line` that this tie lies across the line, so that only some of the tied fit.
    """

    unit_id: str
    unit_name: str
    unit_class: str
    first: Decimal
    second: Decimal
    mean: Decimal
    """Both years joined by the formula, shown with four digits."""
    change: Decimal
    place: int | None
    tied: bool
    within: bool
    at_line: bool
    best_place: int | None
    worst_place: int | None


class Crossing(BaseModel):
    """A unit that comes within the places, or falls out, when something else counts."""

    unit_name: str
    place: int | None
    then: int | None
    comes_in: bool


class Scenario(BaseModel):
    """What would change if something else counted: a test of how firm the places are."""

    label: str
    moved: int
    """Units with another place."""
    crossings: list[Crossing]


class ComparisonOutcome(BaseModel):
    """All places, best first, and how firm they are."""

    first_year: int
    second_year: int
    formula: Formula = Formula()
    places: int
    quotas: Quotas = Field(default_factory=dict)
    rows: list[Place]
    scenarios: list[Scenario] = Field(default_factory=list)
    missing: list[str]
    differences: list[str]
