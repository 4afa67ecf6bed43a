"""Made-up schemes and years of results: everything a scheme can say, drawn from a seed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from uuid import UUID

import orjson

from sihao.campaigns.scheme import (
    ExtraKind,
    ExtraRule,
    Grade,
    ItemRules,
    Level,
    Quota,
    Rounding,
    Rules,
    VetoRule,
)
from sihao.core.canonical import digest
from sihao.results.actions.results import freeze, with_drops
from sihao.results.compared import (
    Compared,
    ComparisonInputs,
    Formula,
    FormulaKind,
    YearFigures,
)
from sihao.results.frozen import (
    FrozenAssessment,
    FrozenBallot,
    FrozenDimension,
    FrozenExtra,
    FrozenItem,
    FrozenVeto,
    Inputs,
)

CLASSES = ("", "党政机关", "事业单位")
DEPARTMENTS = ("X0", "X1", "X2", "X3")
RATERS = ("班子成员", "中层干部", "服务对象")
GRADES = ("好", "较好", "一般", "较差")


def draw(random: Random, most: int, digits: int | None = None) -> Decimal:
    """Draw a figure from 0 to `most` with up to four digits."""
    digits = random.choice((0, 0, 1, 2, 4)) if digits is None else digits
    return Decimal(random.randint(0, most * 10**digits)).scaleb(-digits)


def draw_item(random: Random) -> ItemRules:
    """Draw an item's points with a floor, with levels, or with neither."""
    points = draw(random, 20)
    way = random.choice(("plain", "plain", "floor", "levels"))
    if way == "levels":
        lower = {draw(random, int(points)) for _ in range(2)} - {points}
        worth = [points, *sorted(lower, reverse=True)]
        return ItemRules(
            points=points,
            levels=[Level(name=f"第{at}档", points=one) for at, one in enumerate(worth)],
        )
    floor = min(draw(random, 5), points) if way == "floor" else Decimal(0)
    return ItemRules(points=points, floor=floor)


def draw_rules(random: Random) -> Rules:
    """Draw a whole scheme."""
    items = {
        f"{code}{number}": draw_item(random)
        for code in "ABCD"[: random.randint(1, 4)]
        for number in range(1, random.randint(2, 5))
    }
    grades = GRADES[: random.randint(1, 3)] + GRADES[-1:]
    lows = sorted((draw(random, 90) for _ in grades[1:]), reverse=True)
    limited = [(name, of) for name in grades[:-1] for of in CLASSES if random.random() < 0.3]
    return Rules(
        dimensions={
            code: sum((one.points for name, one in items.items() if name[0] == code), Decimal(0))
            for code in sorted({name[0] for name in items})
        },
        items=items,
        not_for={
            of: random.sample(sorted(items), random.randint(0, len(items)))
            for of in random.sample(CLASSES[1:], random.randint(0, 2))
        },
        co_share=random.choice((Decimal(0), Decimal("0.1"), Decimal("0.3333"))),
        co_weights={code: draw(random, 3) for code in DEPARTMENTS if random.random() < 0.8},
        ballot_share=random.choice((Decimal(0), Decimal("0.25"), Decimal("0.6"))),
        rater_groups={name: draw(random, 3) for name in RATERS if random.random() < 0.8},
        extras=[
            ExtraRule(code=code, kind=kind, text="事项", points=draw(random, 4))
            for kind, codes in ((ExtraKind.BONUS, ("J1", "J2")), (ExtraKind.PENALTY, ("K1", "K2")))
            for code in codes
        ],
        bonus_most=draw(random, 6),
        penalty_most=draw(random, 6),
        ceiling=random.choice((Decimal(100), Decimal(110), Decimal("90.125"))),
        vetoes=[VetoRule(code="V1", text="否决事项", grade=random.choice(grades))],
        grades=[
            Grade(
                name=name,
                at_least=low,
                no_zero_item=random.random() < 0.2,
                dimension_percent=random.choice((0, 0, 0, 50, 85)),
            )
            for name, low in zip(grades, (*lows, Decimal(0)), strict=True)
        ],
        quotas=[
            Quota(grade=name, unit_class=of, percent=random.choice((1, 20, 34, 50, 100)))
            for name, of in limited
        ],
        places=random.randint(0, 4),
        rounding=random.choice(list(Rounding)),
    )


def draw_lost(random: Random, rule: ItemRules) -> Decimal:
    """Draw what an item lost; now and then more than it has, which counts as all of it."""
    if rule.levels:
        return rule.points - random.choice(rule.levels).points
    return random.choice(
        (Decimal(0), draw(random, 1), draw(random, int(rule.points) + 1), rule.points)
    )


def draw_unit(random: Random, rules: Rules, number: int) -> Inputs:
    """Draw one unit's year."""
    lost = {code: draw_lost(random, rule) for code, rule in rules.items.items()}
    return Inputs(
        year=2026,
        unit_id=str(UUID(int=number)),
        unit_name=f"单位{number}",
        unit_class=random.choice(CLASSES),
        standard="创建标准",
        dimensions=[FrozenDimension(code=code, title=f"方面{code}") for code in rules.dimensions],
        items=[
            FrozenItem(
                code=code,
                title=f"条目{code}",
                dimension=code[0],
                lost=points,
                restored=random.choice((Decimal(0), Decimal(0), draw(random, 2))),
            )
            for code, points in lost.items()
        ],
        assessments=[
            FrozenAssessment(code=code, title=code, score=random.choice((None, draw(random, 100))))
            for code in DEPARTMENTS
            if random.random() < 0.7
        ],
        ballots=[
            FrozenBallot(group=name, score=random.choice((None, draw(random, 100))))
            for name in RATERS
            if random.random() < 0.7
        ],
        extras=[
            FrozenExtra(
                code=rule.code, kind=rule.kind, text=rule.text, points=rule.points, fact="事实"
            )
            for rule in rules.extras
            if random.random() < 0.4
        ],
        vetoes=[
            FrozenVeto(
                code=rule.code, text=rule.text, grade=rule.grade, fact="事实", raised_by="甲"
            )
            for rule in rules.vetoes
            if random.random() < 0.2
        ],
        finding_items=random.sample(sorted(lost), random.randint(0, len(lost))),
        rules=rules,
    )


def draw_year(random: Random) -> list[Inputs]:
    """Draw a year of up to eight units; some are twins, so that totals tie."""
    rules = draw_rules(random)
    units = [draw_unit(random, rules, number) for number in range(random.randint(2, 5))]
    twins = random.sample(units, random.randint(0, min(3, len(units))))
    return units + [
        one.model_copy(update={"unit_id": str(UUID(int=100 + at)), "unit_name": f"同分单位{at}"})
        for at, one in enumerate(twins)
    ]


def draw_comparison(random: Random) -> ComparisonInputs:
    """Draw two years of up to twelve units with few different totals, so that many tie."""
    totals = [draw(random, 100) for _ in range(4)]
    units = [
        Compared(
            unit_id=str(UUID(int=number)),
            unit_name=f"单位{number}",
            unit_class=random.choice(CLASSES),
            first=YearFigures(total=random.choice(totals), outcome_hash=""),
            second=YearFigures(total=random.choice(totals), outcome_hash=""),
        )
        for number in range(random.randint(0, 12))
    ]
    formula = Formula(
        kind=random.choice(list(FormulaKind)),
        first_percent=random.randint(1, 99),
        threshold=random.choice((Decimal(0), *totals)),
    )
    return ComparisonInputs(
        first_year=2025,
        second_year=2026,
        formula=formula,
        places=random.randint(1, 5),
        quotas={
            of: random.randint(0, 3) for of in random.sample(CLASSES[1:], random.randint(0, 2))
        },
        units=units,
        missing=[],
    )


def with_quotas(year: Sequence[Inputs]) -> list[Inputs]:
    """Tell each unit what the product finds that it misses by quotas."""
    return list(with_drops({UUID(one.unit_id): one for one in year}).values())


def exported(year: Sequence[Inputs], **changed: object) -> str:
    """Compute a year and write it as `GET /campaigns/{id}/results/frozen` does."""
    return "\n".join(orjson.dumps(record(one) | changed).decode() for one in year)


def record(given: Inputs) -> Mapping[str, object]:
    """Compute one unit and write its line of the export."""
    inputs, outcome, _ = freeze(given)
    return {
        "revision": 1,
        "state": "published",
        "inputs": inputs,
        "inputs_hash": digest(inputs),
        "outcome": outcome,
        "outcome_hash": digest(outcome),
    }
