"""How a year is scored, as data. Everything here is [C]: none of it stands in the source.

The shipped default: 25 points for each good, spread evenly over its items to the hundredth; no
merged assessments in the score, no veto, no quota, no ballot. Exact decimals throughout.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sihao.core.text import Line

PER_DIMENSION = Decimal("25.00")
DAYS_NOT_COUNTED = ("会议", "培训", "考察学习")
Points = Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=4)]


class Clause(BaseModel):
    """One line of an item's deduction catalogue: what costs how much each time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int = Field(ge=1, le=99)
    text: Line = Field(min_length=1, max_length=300)
    points: Points


class ItemRules(BaseModel):
    """An item's points and catalogue; it never loses more than its points."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    points: Points
    clauses: list[Clause] = Field(default_factory=list, max_length=30)


class Grade(BaseModel):
    """A grade from `at_least` points up; `no_zero_item` asks that no item has lost everything."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line = Field(min_length=1, max_length=20)
    at_least: Points
    no_zero_item: bool = False


class InterviewRules(BaseModel):
    """What "poor" and "many problems" mean (R22); both must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    below: Points = Decimal(80)
    findings: int = Field(default=5, ge=1, le=1000)


class Rules(BaseModel):
    """A whole scheme.

    `dimensions` and `items` map codes to points; the items of a dimension add up to it.
    `co_share` is the part (0…1) of the total that merged assessments make up, `co_weights` their
    weights among themselves. One without a result is left out and the other weights are scaled
    up; when none has a result, the items alone make the total: missing is never zero.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    dimensions: dict[str, Points]
    items: dict[str, ItemRules]
    co_share: Annotated[Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4)] = Decimal(0)
    co_weights: dict[str, Points] = Field(default_factory=dict)
    grades: list[Grade] = Field(min_length=1, max_length=10)
    places: int = Field(default=2, ge=0, le=4)
    """Digits after the point of a total, rounded half up."""
    objection_days: int = Field(default=7, ge=0, le=60)
    """Working days in which a unit may object to its feedback."""
    interview: InterviewRules = InterviewRules()
    days_not_counted: list[Line] = Field(default=list(DAYS_NOT_COUNTED), max_length=20)
    """Purposes of trips that are no 下基层调研 and add no day to C6."""

    @model_validator(mode="after")
    def _adds_up(self) -> "Rules":
        for code, points in self.dimensions.items():
            spread = sum(
                (r.points for c, r in self.items.items() if c.startswith(code)), Decimal(0)
            )
            if spread != points:
                raise ValueError(f"{code} 方面各条目分值之和为 {spread}，应为 {points}。")
        lows = [grade.at_least for grade in self.grades]
        if lows != sorted(lows, reverse=True) or lows[-1] != 0:
            raise ValueError("等次应从高到低排列，最后一等的下限为 0。")
        return self

    def rounded(self, value: Decimal) -> Decimal:
        """Round a total as the scheme says."""
        return value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)


def default_rules(items: Iterable[tuple[str, str]]) -> Rules:
    """Make the default scheme for items given as (dimension code, item code), in order."""
    by_dimension: dict[str, list[str]] = {}
    for dimension, item in items:
        by_dimension.setdefault(dimension, []).append(item)
    return Rules(
        dimensions=dict.fromkeys(by_dimension, PER_DIMENSION),
        items={
            code: ItemRules(points=points, clauses=default_clauses(points))
            for codes in by_dimension.values()
            for code, points in zip(codes, spread_evenly(PER_DIMENSION, len(codes)), strict=True)
        },
        grades=[
            Grade(name="好", at_least=Decimal(90), no_zero_item=True),
            Grade(name="较好", at_least=Decimal(80)),
            Grade(name="一般", at_least=Decimal(70)),
            Grade(name="较差", at_least=Decimal(0)),
        ],
    )


def default_clauses(points: Decimal) -> list[Clause]:
    """Give the neutral catalogue: not done, done in part, not proven."""
    cent = Decimal("0.01")
    half, fifth = (
        (points * part).quantize(cent, ROUND_HALF_UP) for part in (Decimal("0.5"), Decimal("0.2"))
    )
    return [
        Clause(number=1, text="未开展或未落实的", points=points),
        Clause(number=2, text="部分落实、存在明显缺项的，每处", points=half),
        Clause(number=3, text="佐证材料不全、不能证明的，每处", points=fifth),
    ]


def spread_evenly(total: Decimal, parts: int) -> list[Decimal]:
    """Split `total` into hundredths that add up exactly; the first ones get the odd hundredths."""
    cents, odd = divmod(int(total * 100), parts)
    return [Decimal(cents + (at < odd)) / 100 for at in range(parts)]
