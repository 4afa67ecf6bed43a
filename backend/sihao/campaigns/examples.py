"""Ready schemes for any standard: the shipped default and three that cities really use [C]."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from sihao.campaigns.scheme import (
    Clause,
    ExtraKind,
    ExtraRule,
    Grade,
    ItemRules,
    Level,
    Quota,
    Rules,
    VetoRule,
)

PER_DIMENSION = Decimal("25.00")
_CENT = Decimal("0.01")


class Example(StrEnum):
    """The schemes to begin with."""

    DEFAULT = "default"
    DEDUCTION = "deduction"
    PARTS = "parts"
    LEVELS = "levels"

    @property
    def label(self) -> str:
        """Its name for people."""
        return _LABELS[self]


_LABELS = {
    Example.DEFAULT: "默认方案：四个方面各 25 分",
    Example.DEDUCTION: "百分制扣分：设保底分、加减分和一票否决",
    Example.PARTS: "分项加权：检查、并入考核与民主测评分组计权",
    Example.LEVELS: "分档评定：好、较好、一般、差折算计分，等次设名额",
}


def make_rules(items: Iterable[tuple[str, str]], example: Example = Example.DEFAULT) -> Rules:
    """Make a scheme for items given as (dimension code, item code), in order."""
    by_dimension: dict[str, list[str]] = {}
    for dimension, item in items:
        by_dimension.setdefault(dimension, []).append(item)
    return _MAKERS[example](by_dimension)


def _default(by_dimension: Mapping[str, Sequence[str]]) -> Rules:
    """Spread 25 points evenly over each good; no merged assessment, veto, quota or ballot."""
    return Rules(
        dimensions=dict.fromkeys(by_dimension, PER_DIMENSION),
        items=_spread(by_dimension, lambda p: ItemRules(points=p, clauses=default_clauses(p))),
        grades=_grades(90, 80, 70),
    )


def _deduction(by_dimension: Mapping[str, Sequence[str]]) -> Rules:
    """Deduct from a hundred, never below a fifth of an item; bonuses, penalties and vetoes."""

    def item(points: Decimal) -> ItemRules:
        floor = _part(points, "0.2")
        return ItemRules(points=points, floor=floor, clauses=default_clauses(points))

    return _default(by_dimension).model_copy(
        update={
            "items": _spread(by_dimension, item),
            "extras": [
                ExtraRule(
                    code="J1",
                    kind=ExtraKind.BONUS,
                    text="领导班子建设经验在市级及以上推广的，每项",
                    points=Decimal(1),
                    times_most=2,
                ),
                ExtraRule(
                    code="J2",
                    kind=ExtraKind.BONUS,
                    text="获得省级及以上集体表彰的，每项",
                    points=Decimal(2),
                ),
                ExtraRule(
                    code="K1",
                    kind=ExtraKind.PENALTY,
                    text="被市级及以上通报批评的，每次",
                    points=Decimal(2),
                    times_most=3,
                    notice_days=0,
                ),
            ],
            "bonus_most": Decimal(3),
            "vetoes": [
                VetoRule(
                    code="V1",
                    text="领导班子成员严重违纪违法被立案审查调查的",
                    grade="较差",
                    assessment="X3",
                ),
                VetoRule(code="V2", text="上报材料弄虚作假、情节严重的", grade="一般"),
            ],
        }
    )


def _parts(by_dimension: Mapping[str, Sequence[str]]) -> Rules:
    """Weigh inspection 60 %, merged assessments 20 %, ballots 20 % by groups of raters."""
    return _default(by_dimension).model_copy(
        update={
            "scorers": 2,
            "co_share": Decimal("0.2"),
            "co_weights": {code: Decimal(1) for code in ("X0", "X1", "X2", "X3")},
            "ballot_share": Decimal("0.2"),
            "rater_groups": {
                "上级领导": Decimal(40),
                "班子成员": Decimal(20),
                "中层干部": Decimal(20),
                "干部职工代表": Decimal(20),
            },
            "grades": _grades(88, 78, 65),
        }
    )


def _levels(by_dimension: Mapping[str, Sequence[str]]) -> Rules:
    """Judge by four levels; in each class of units at most 30 % are 好 and 40 % are 较好."""
    worth = (
        ("好", "1", "全面落实，成效明显，材料完整"),
        ("较好", "0.85", "基本落实，个别环节有不足"),
        ("一般", "0.7", "部分落实，有明显不足"),
        ("差", "0.4", "未落实或者落实流于形式"),
    )

    def item(points: Decimal) -> ItemRules:
        return ItemRules(
            points=points,
            levels=[Level(name=n, text=t, points=_part(points, part)) for n, part, t in worth],
        )

    return _default(by_dimension).model_copy(
        update={
            "items": _spread(by_dimension, item),
            "grades": _grades(88, 78, 65, dimension_percent=80),
            "quotas": [Quota(grade="好", percent=30), Quota(grade="较好", percent=40)],
        }
    )


_MAKERS: Mapping[Example, Callable[[Mapping[str, Sequence[str]]], Rules]] = {
    Example.DEFAULT: _default,
    Example.DEDUCTION: _deduction,
    Example.PARTS: _parts,
    Example.LEVELS: _levels,
}


def _spread(
    by_dimension: Mapping[str, Sequence[str]], item: Callable[[Decimal], ItemRules]
) -> dict[str, ItemRules]:
    return {
        code: item(points)
        for codes in by_dimension.values()
        for code, points in zip(codes, spread_evenly(PER_DIMENSION, len(codes)), strict=True)
    }


def _grades(*floors: int, dimension_percent: int = 0) -> list[Grade]:
    good, better, fair = map(Decimal, floors)
    return [
        Grade(name="好", at_least=good, no_zero_item=True, dimension_percent=dimension_percent),
        Grade(name="较好", at_least=better),
        Grade(name="一般", at_least=fair),
        Grade(name="较差", at_least=Decimal(0)),
    ]


def default_clauses(points: Decimal) -> list[Clause]:
    """Give the neutral catalogue: not done, done in part, not proven."""
    return [
        Clause(number=1, text="未开展或未落实的", points=points),
        Clause(number=2, text="部分落实、存在明显缺项的，每处", points=_part(points, "0.5")),
        Clause(number=3, text="佐证材料不全、不能证明的，每处", points=_part(points, "0.2")),
    ]


def _part(points: Decimal, part: str) -> Decimal:
    return (points * Decimal(part)).quantize(_CENT, ROUND_HALF_UP)


def spread_evenly(total: Decimal, parts: int) -> list[Decimal]:
    """Split `total` into hundredths that add up exactly; the first ones get the odd hundredths."""
    cents, odd = divmod(int(total * 100), parts)
    return [Decimal(cents + (at < odd)) / 100 for at in range(parts)]
