"""A unit's result as a pure function of its frozen inputs (R19; `domain.md` §6).

Fractions inside, so that no division loses anything; decimals are written only at the end, rounded
half up. Missing is not zero: a merged assessment without a result takes no part, and says so; the
weights of the others are scaled up among themselves, and when none has a result the items alone
make the total.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sihao.campaigns.scheme import Grade, Rules

_SHOWN_PLACES = 4
_HALF = Fraction(1, 2)
_FULL = Decimal(100)


class Frozen(BaseModel):
    """Base of what is frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FrozenDeduction(Frozen):
    """A deduction in its four parts: clause, fact, evidence or its absence, and who."""

    clause: str
    times: int = 1
    """How often the clause was broken; `points` are those of all times together."""
    fact: str
    evidence_id: str | None = None
    evidence_title: str = ""
    absence: str = ""
    points: Decimal
    inspector: str


class FrozenItem(Frozen):
    """One item as the group decided it. `restored` came back by objections."""

    code: str
    title: str
    dimension: str
    lost: Decimal
    restored: Decimal
    reason: str = ""
    deductions: list[FrozenDeduction] = Field(default_factory=list)


class FrozenDimension(Frozen):
    """One of the four goods."""

    code: str
    title: str


class FrozenAssessment(Frozen):
    """A merged assessment; `score` (of 100) is None while its department has not delivered."""

    code: str
    title: str
    score: Decimal | None
    source: str = ""


class Inputs(Frozen):
    """Everything a result depends on."""

    year: int
    unit_id: str
    unit_name: str
    standard: str
    dimensions: list[FrozenDimension]
    items: list[FrozenItem]
    assessments: list[FrozenAssessment]
    finding_items: list[str]
    """Item codes of the problems found, one for each."""
    rules: Rules


class Node(BaseModel):
    """One line of the explanation: `got` of `of`; children add up to it as `formula` says."""

    kind: Literal["total", "part", "dimension", "item", "assessment"]
    missing: bool = False
    """No result is there: `of`, `got` and `lost` are nothing, and the line takes no part."""
    code: str
    label: str
    of: Decimal
    got: Decimal
    lost: Decimal
    formula: str = ""
    note: str = ""
    deductions: list[FrozenDeduction] = Field(default_factory=list)
    children: "list[Node]" = Field(default_factory=list)


class Outcome(BaseModel):
    """The result and its whole explanation."""

    total: Decimal
    grade: str
    grade_reason: str
    findings: int
    tree: Node


def scores(outcome: Outcome) -> dict[str, dict[str, str]]:
    """Pick what was got for each dimension and item out of the explanation."""
    (checked, *_) = outcome.tree.children
    return {
        "dimensions": {one.code: str(one.got) for one in checked.children},
        "items": {item.code: str(item.got) for one in checked.children for item in one.children},
    }


def evaluate(inputs: Inputs) -> Outcome:
    """Compute a result. The order of the inputs' rows changes nothing."""
    rules = inputs.rules
    checked, items_share = _items_part(inputs)
    merged, merged_share = _merged_part(inputs)
    share = Fraction(rules.co_share) if merged_share is not None else Fraction(0)
    exact = items_share * (1 - share) + (merged_share or Fraction(0)) * share
    total = rules.rounded(_decimal(exact, rules.places))
    items = [item for dimension in checked.children for item in dimension.children]
    has_zero = any(item.got == 0 and item.of > 0 for item in items)
    grade = _grade(rules.grades, total, has_zero=has_zero)
    tree = Node(
        kind="total",
        code="",
        label="年度得分",
        of=Decimal(100),
        got=total,
        lost=Decimal(100) - total,
        formula=_formula(checked, merged, share, total),
        children=[checked, *([merged] if merged else [])],
    )
    return Outcome(
        total=total,
        grade=grade.name,
        grade_reason=_why(rules, grade),
        findings=len(inputs.finding_items),
        tree=tree,
    )


def _items_part(inputs: Inputs) -> tuple[Node, Fraction]:
    """Sum the items by dimension; the part's share is out of 100 whatever the points add up to."""
    nodes = [_dimension(inputs, dimension) for dimension in sorted(inputs.dimensions, key=_code)]
    got = sum((node.got for node in nodes), Decimal(0))
    of = sum((node.of for node in nodes), Decimal(0))
    part = Node(
        kind="part",
        code="items",
        label="条目检查",
        of=of,
        got=got,
        lost=of - got,
        children=nodes,
    )
    return part, Fraction(got) / Fraction(of) * 100 if of else Fraction(0)


def _code(row: FrozenDimension | FrozenAssessment) -> str:
    return row.code


def _item_order(item: FrozenItem) -> tuple[str, int, str]:
    digits = item.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return item.dimension, int(digits) if digits.isdigit() else 0, item.code


def _dimension(inputs: Inputs, dimension: FrozenDimension) -> Node:
    rows = sorted((i for i in inputs.items if i.dimension == dimension.code), key=_item_order)
    nodes = [_item(inputs.rules, row) for row in rows]
    of = sum((node.of for node in nodes), Decimal(0))
    got = sum((node.got for node in nodes), Decimal(0))
    return Node(
        kind="dimension",
        code=dimension.code,
        label=dimension.title,
        of=of,
        got=got,
        lost=of - got,
        children=nodes,
    )


def _item(rules: Rules, row: FrozenItem) -> Node:
    of = rules.items[row.code].points
    lost = min(of, max(Decimal(0), row.lost - row.restored))
    notes = [row.reason] if row.reason else []
    if row.restored:
        notes.append(f"陈述申辩采纳，恢复 {row.restored} 分")
    return Node(
        kind="item",
        code=row.code,
        label=row.title,
        of=of,
        got=of - lost,
        lost=lost,
        note="；".join(notes),
        deductions=row.deductions,
    )


def _merged_part(inputs: Inputs) -> tuple[Node | None, Fraction | None]:
    """Weigh the merged assessments that are there; None when the scheme counts none."""
    weights = inputs.rules.co_weights
    rows = [row for row in sorted(inputs.assessments, key=_code) if weights.get(row.code)]
    if not rows or not inputs.rules.co_share:
        return None, None
    scored = [(Fraction(weights[row.code]), row) for row in rows if row.score is not None]
    weight = sum((w for w, _ in scored), Fraction(0))
    exact = sum((w * Fraction(row.score or 0) for w, row in scored), Fraction(0))
    share = exact / weight if weight else None
    missing = share is None
    of = Decimal(0) if missing else _FULL
    got = _decimal(share or Fraction(0), _SHOWN_PLACES)
    part = Node(
        kind="part",
        code="merged",
        label="并入考核",
        missing=missing,
        of=of,
        got=got,
        lost=of - got,
        formula="" if missing else "有结果的各项得分按权数加权平均",
        note="各项尚无结果，本年度不计入，总分只计条目检查" if missing else "",
        children=[_assessment(row, weights[row.code]) for row in rows],
    )
    return part, share


def _assessment(row: FrozenAssessment, weight: Decimal) -> Node:
    missing = row.score is None
    of = Decimal(0) if missing else _FULL
    got = row.score or Decimal(0)
    return Node(
        kind="assessment",
        code=row.code,
        label=row.title,
        missing=missing,
        of=of,
        got=got,
        lost=of - got,
        formula=f"权数 {weight}",
        note="主管部门尚未提供结果，不计入，其余各项的权数相应放大" if missing else row.source,
    )


def _formula(checked: Node, merged: Node | None, share: Fraction, total: Decimal) -> str:
    if merged is None or share == 0:
        return f"{checked.got} ÷ {checked.of} × 100 = {total}"
    percent = _decimal(share * 100, 2).normalize()
    rest = _decimal((1 - share) * 100, 2).normalize()
    return f"{checked.got} ÷ {checked.of} × 100 × {rest:f}% + {merged.got} × {percent:f}% = {total}"


def _grade(grades: Sequence[Grade], total: Decimal, *, has_zero: bool) -> Grade:
    """Take the first grade whose floor is reached and whose condition holds; the last has none."""
    fitting = (g for g in grades if total >= g.at_least and not (g.no_zero_item and has_zero))
    return next(fitting, grades[-1])


def _why(rules: Rules, grade: Grade) -> str:
    if grade.at_least == 0:
        floors = [one.at_least for one in rules.grades if one.at_least > 0]
        return f"不足 {min(floors)} 分" if floors else "不分等次"
    condition = "且没有零分条目" if grade.no_zero_item else ""
    return f"{grade.at_least} 分及以上{condition}"


def _decimal(value: Fraction, places: int) -> Decimal:
    """Round a fraction half up, exactly."""
    scaled = value * 10**places
    whole = (scaled + _HALF).__floor__()
    return Decimal(whole).scaleb(-places)
