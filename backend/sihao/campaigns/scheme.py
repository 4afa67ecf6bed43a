"""How a year is scored, as data. Everything here is [C]: none of it stands in the source.

Three kinds of scheme that cities use are the same data: deductions down to a floor, weighted parts
with groups of raters, and levels that are worth points with quotas (`campaigns.examples`). What
each figure does is told in `docs/scoring.md`. Exact decimals throughout.
"""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sihao.core.text import Line

DAYS_NOT_COUNTED = ("会议", "培训", "考察学习")
Points = Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=4)]
Share = Annotated[Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4)]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")]
Name = Annotated[Line, Field(min_length=1, max_length=40)]


class Part(BaseModel):
    """Base of the parts of a scheme."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Clause(Part):
    """One line of an item's deduction catalogue: what costs how much each time."""

    number: int = Field(ge=1, le=99)
    text: Line = Field(min_length=1, max_length=300)
    points: Points


class Level(Part):
    """One level of an item judged by levels: what a team at it looks like, and its points."""

    name: Line = Field(min_length=1, max_length=20)
    text: Line = Field(default="", max_length=300)
    points: Points


class ItemRules(Part):
    """An item's points, and how they are lost: by a catalogue of deductions or by levels.

    It never falls below `floor`. The best level is worth all its points.
    """

    points: Points
    floor: Points = Decimal(0)
    clauses: list[Clause] = Field(default_factory=list, max_length=30)
    levels: list[Level] = Field(default_factory=list, max_length=10)

    @model_validator(mode="after")
    def _hangs_together(self) -> "ItemRules":
        if self.floor > self.points:
            raise ValueError(f"保底分 {self.floor} 不能高于条目分值 {self.points}。")
        if not self.levels:
            return self
        worth = [one.points for one in self.levels]
        if self.clauses:
            raise ValueError("同一条目要么按扣分目录、要么按档次评分，不能并用。")
        if worth != sorted(set(worth), reverse=True) or worth[0] != self.points:
            raise ValueError(f"档次应从高到低排列、分值各不相同，最高一档为 {self.points} 分。")
        if worth[-1] < self.floor:
            raise ValueError(f"最低一档 {worth[-1]} 分低于保底分 {self.floor}。")
        return self

    @property
    def most(self) -> Decimal:
        """Give the points that can be lost."""
        return self.points - self.floor

    @property
    def catalogue(self) -> list[Clause]:
        """Give the clauses that cost points; a level below the best is such a clause."""
        return self.clauses or [
            Clause(
                number=number,
                text=f"{one.name}：{one.text}" if one.text else one.name,
                points=self.points - one.points,
            )
            for number, one in enumerate(self.levels[1:], start=1)
        ]


class Grade(Part):
    """A grade from `at_least` points up, with the conditions that must hold as well.

    `no_zero_item` asks that no item has lost everything, `dimension_percent` that every dimension
    has kept at least so many per cent of its points.
    """

    name: Line = Field(min_length=1, max_length=20)
    at_least: Points
    no_zero_item: bool = False
    dimension_percent: int = Field(default=0, ge=0, le=100)


class Quota(Part):
    """At most `percent` of the units of a class have this grade; the whole part of it counts.

    Without `unit_class` it holds for each class that has no quota of its own for the grade.
    """

    grade: Line = Field(min_length=1, max_length=20)
    unit_class: Line = Field(default="", max_length=40)
    percent: int = Field(ge=1, le=100)


class ExtraKind(StrEnum):
    """What is added to or taken from the total as a whole."""

    BONUS = "bonus"
    PENALTY = "penalty"


class ExtraRule(Part):
    """One line of the bonus and penalty list: `points` each time, at most `times_most` times."""

    code: Code
    kind: ExtraKind
    text: Line = Field(min_length=1, max_length=300)
    points: Points
    times_most: int = Field(default=1, ge=1, le=99)
    notice_days: int = Field(default=5, ge=0, le=60)
    """Working days of public notice before it counts."""


class VetoRule(Part):
    """一票否决: while it stands the grade is `grade` at best.

    `assessment` is the code of the merged assessment whose department alone may raise it; without
    one the committee may.
    """

    code: Code
    text: Line = Field(min_length=1, max_length=300)
    grade: Line = Field(min_length=1, max_length=20)
    assessment: str = Field(default="", max_length=8)
    notice_days: int = Field(default=0, ge=0, le=60)
    """Working days of public notice before it counts; 0: none."""


class Rounding(StrEnum):
    """What becomes of the digits that are not shown."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
}


class InterviewRules(Part):
    """What "poor" and "many problems" mean (R22); both must hold."""

    below: Points = Decimal(80)
    findings: int = Field(default=5, ge=1, le=1000)


class Rules(Part):
    """A whole scheme.

    `dimensions` and `items` map codes to points; the items of a dimension add up to it.
    `co_share` and `ballot_share` are the parts (0…1) of the total that merged assessments and
    ballots make up, the items are the rest; `co_weights` and `rater_groups` are the weights inside.
    What has no result takes no part and the other weights are scaled up: missing is never zero.
    """

    dimensions: dict[str, Points]
    items: dict[str, ItemRules]
    not_for: dict[Name, list[str]] = Field(default_factory=dict)
    """Class of units → items that are not asked of it (F7)."""
    scorers: int = Field(default=1, ge=1, le=2)
    """Inspectors who judge an item, each without knowing the other's word (F31)."""
    co_share: Share = Decimal(0)
    co_weights: dict[str, Points] = Field(default_factory=dict)
    ballot_share: Share = Decimal(0)
    rater_groups: dict[Name, Points] = Field(default_factory=dict)
    extras: list[ExtraRule] = Field(default_factory=list, max_length=100)
    bonus_most: Points = Decimal(5)
    penalty_most: Points = Decimal(10)
    ceiling: Points = Decimal(100)
    """No total is higher, bonuses included."""
    vetoes: list[VetoRule] = Field(default_factory=list, max_length=50)
    grades: list[Grade] = Field(min_length=1, max_length=10)
    quotas: list[Quota] = Field(default_factory=list, max_length=100)
    places: int = Field(default=2, ge=0, le=4)
    """Digits after the point of a total."""
    rounding: Rounding = Rounding.HALF_UP
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
        if self.co_share + self.ballot_share >= 1:
            raise ValueError("并入考核与民主测评所占比例之和应小于 100%，条目检查不能不计。")
        return self

    @model_validator(mode="after")
    def _names_what_exists(self) -> "Rules":
        grades = [one.name for one in self.grades]
        if twice := _repeated(grades):
            raise ValueError(f"等次“{twice}”重复。")
        codes = [*(one.code for one in self.extras), *(one.code for one in self.vetoes)]
        if twice := _repeated(codes):
            raise ValueError(f"加减分、否决事项的编号 {twice} 重复。")
        if twice := _repeated([f"{one.grade}/{one.unit_class}" for one in self.quotas]):
            raise ValueError(f"名额“{twice.rstrip('/')}”重复。")
        named = [*(one.grade for one in self.quotas), *(one.grade for one in self.vetoes)]
        if stray := [one for one in named if one not in grades]:
            raise ValueError(f"没有“{stray[0]}”这个等次。")
        if any(one.grade == grades[-1] for one in self.quotas):
            raise ValueError("最后一等不能限定名额。")
        strange = {code for codes in self.not_for.values() for code in codes} - self.items.keys()
        if strange:
            raise ValueError(f"没有条目 {min(strange)}，不能设为不适用。")
        return self

    def rounded(self, value: Decimal) -> Decimal:
        """Round a total as the scheme says."""
        return value.quantize(Decimal(1).scaleb(-self.places), _MODES[self.rounding])

    def asked_of(self, unit_class: str) -> dict[str, ItemRules]:
        """Give the items that are asked of a class of units."""
        aside = set(self.not_for.get(unit_class, ()))
        return {code: one for code, one in self.items.items() if code not in aside}


def _repeated(names: list[str]) -> str | None:
    return next((name for at, name in enumerate(names) if name in names[:at]), None)
