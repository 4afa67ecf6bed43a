"""A unit's result as a pure function of its frozen inputs (R19; `docs/scoring.md`).

Fractions inside, so that no division loses anything; decimals are written only at the end. Missing
is not zero: a part without a result takes no part, and says so; the weights of the others are
scaled up among themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from sihao.campaigns.scheme import ExtraKind, ItemRules, Rounding, Rules
from sihao.results.frozen import (
    FrozenDimension,
    FrozenExtra,
    FrozenItem,
    Inputs,
    Node,
    NodeKind,
    Outcome,
)
from sihao.results.grading import grade

SHOWN_PLACES = 4
_NOTHING = Decimal(0)
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the total: its line, its weight, and its exact value of 100 if it has one."""

    node: Node
    weight: Fraction
    value: Fraction | None


def evaluate(inputs: Inputs) -> Outcome:
    """Compute a result. The order of the inputs' rows changes nothing."""
    rules = inputs.rules
    parts = [_items(inputs), *_merged(inputs), *_ballots(inputs)]
    there = [(one, one.value) for one in parts if one.value is not None]
    weight = sum((one.weight for one, _ in there), Fraction(0))
    base = sum((one.weight * value for one, value in there), Fraction(0)) / (weight or 1)
    extra = _extras(inputs)
    exact = base + (Fraction(extra.got) if extra else 0)
    total = decimal(
        min(max(exact, Fraction(0)), Fraction(rules.ceiling)), rules.places, rules.rounding
    )
    reached = grade(inputs, total, [*parts[0].node.children])
    tree = Node(
        kind="total",
        code="",
        label="年度得分",
        of=_FULL,
        got=total,
        lost=_FULL - total,
        formula=_formula([one for one, _ in there], weight, extra, exact, total, rules),
        children=[*(one.node for one in parts), *([extra] if extra else [])],
    )
    return Outcome(
        total=total,
        grade=reached.name,
        grade_reason=reached.reason,
        findings=len(inputs.finding_items),
        tree=tree,
    )


def _items(inputs: Inputs) -> Part:
    """Sum the items by dimension; the part's value is of 100 whatever the points add up to."""
    rules = inputs.rules
    asked = rules.asked_of(inputs.unit_class)
    nodes = [
        _dimension(inputs, one, asked) for one in sorted(inputs.dimensions, key=lambda d: d.code)
    ]
    node = _sum("part", "items", "条目检查", nodes)
    value = Fraction(node.got) / Fraction(node.of) * 100 if node.of else None
    return Part(node, 1 - Fraction(rules.co_share) - Fraction(rules.ballot_share), value)


def _dimension(inputs: Inputs, one: FrozenDimension, asked: dict[str, ItemRules]) -> Node:
    rows = sorted((i for i in inputs.items if i.dimension == one.code), key=_item_order)
    nodes = [_item(asked[row.code], row) if row.code in asked else _not_asked(row) for row in rows]
    return _sum("dimension", one.code, one.title, nodes)


def _item_order(item: FrozenItem) -> tuple[int, str]:
    digits = item.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else 0, item.code


def _item(rules: ItemRules, row: FrozenItem) -> Node:
    lost = min(rules.most, max(_NOTHING, row.lost - row.restored))
    notes = [row.reason] if row.reason else []
    if row.restored:
        notes.append(f"陈述申辩采纳，恢复 {row.restored} 分")
    if rules.floor and row.lost - row.restored > rules.most:
        notes.append(f"已扣至保底分 {rules.floor} 分")
    return Node(
        kind="item",
        code=row.code,
        label=row.title,
        of=rules.points,
        got=rules.points - lost,
        lost=lost,
        note="；".join(notes),
        deductions=row.deductions,
    )


def _not_asked(row: FrozenItem) -> Node:
    return _missing("item", row.code, row.title, "本类单位不适用，不计入")


def _sum(kind: NodeKind, code: str, label: str, children: list[Node]) -> Node:
    of = sum((node.of for node in children), _NOTHING)
    got = sum((node.got for node in children), _NOTHING)
    return Node(kind=kind, code=code, label=label, of=of, got=got, lost=of - got, children=children)


def _missing(kind: NodeKind, code: str, label: str, note: str) -> Node:
    return Node(
        kind=kind,
        missing=True,
        code=code,
        label=label,
        of=_NOTHING,
        got=_NOTHING,
        lost=_NOTHING,
        note=note,
    )


def _merged(inputs: Inputs) -> Iterable[Part]:
    """Weigh the merged assessments that are there; nothing where the scheme counts none."""
    rules = inputs.rules
    weighed = Weighed("merged", "并入考核", "assessment", rules.co_share, rules.co_weights)
    unsaid = "主管部门尚未提供结果，不计入，其余各项的权数相应放大"
    return weighed.parts(
        Line(one.code, one.title, one.score, one.source if one.score is not None else unsaid)
        for one in inputs.assessments
    )


def _ballots(inputs: Inputs) -> Iterable[Part]:
    """Weigh the groups of raters whose ballots count."""
    rules = inputs.rules
    weighed = Weighed("ballots", "民主测评", "group", rules.ballot_share, rules.rater_groups)
    unsaid = "没有可计的测评票，不计入，其余各组的权数相应放大"
    return weighed.parts(
        Line(one.group, one.group, one.score, one.note or ("" if one.score is not None else unsaid))
        for one in inputs.ballots
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One weighted row: a score of 100, or None where there is none."""

    code: str
    label: str
    score: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part that is the weighted mean of its rows that have a score."""

    code: str
    label: str
    kind: NodeKind
    share: Decimal
    weights: Mapping[str, Decimal]

    def parts(self, given: Iterable[Line]) -> Iterable[Part]:
        """Give the part, or nothing where the scheme or the year has no such rows."""
        rows = [one for one in sorted(given, key=lambda r: r.code) if self.weights.get(one.code)]
        if not rows or not self.share:
            return
        scored = [(Fraction(self.weights[one.code]), one.score) for one in rows]
        there = [(weight, Fraction(score)) for weight, score in scored if score is not None]
        weight = sum((one for one, _ in there), Fraction(0))
        value = sum((w * score for w, score in there), Fraction(0)) / weight if weight else None
        yield Part(self._node(value, rows), Fraction(self.share), value)

    def _node(self, value: Fraction | None, rows: list[Line]) -> Node:
        if value is None:
            node = _missing("part", self.code, self.label, "各项尚无结果，本年度不计入")
        else:
            got = decimal(value, SHOWN_PLACES)
            formula = "有结果的各项得分按权数加权平均"
            node = _of_hundred("part", self.code, self.label, got, formula)
        node.children = [self._row(one) for one in rows]
        return node

    def _row(self, one: Line) -> Node:
        formula = f"权数 {self.weights[one.code]}"
        if one.score is None:
            node = _missing(self.kind, one.code, one.label, one.note)
            node.formula = formula
            return node
        return _of_hundred(self.kind, one.code, one.label, one.score, formula, one.note)


def _of_hundred(
    kind: NodeKind, code: str, label: str, got: Decimal, formula: str, note: str = ""
) -> Node:
    return Node(
        kind=kind,
        code=code,
        label=label,
        of=_FULL,
        got=got,
        lost=_FULL - got,
        formula=formula,
        note=note,
    )


def _extras(inputs: Inputs) -> Node | None:
    """Add bonuses and take penalties, each kind up to what the scheme allows in all."""
    if not inputs.extras:
        return None
    rules = inputs.rules
    rows = sorted(
        inputs.extras,
        key=lambda one: (one.code, one.points, one.fact, one.evidence_title, one.absence),
    )
    sums = {
        kind: sum((one.points for one in rows if one.kind is kind), _NOTHING) for kind in ExtraKind
    }
    bonus = min(sums[ExtraKind.BONUS], rules.bonus_most)
    penalty = min(sums[ExtraKind.PENALTY], rules.penalty_most)
    capped = []
    if bonus < sums[ExtraKind.BONUS]:
        capped.append(f"加分合计 {sums[ExtraKind.BONUS]}，最多计 {rules.bonus_most}")
    if penalty < sums[ExtraKind.PENALTY]:
        capped.append(f"减分合计 {sums[ExtraKind.PENALTY]}，最多计 {rules.penalty_most}")
    return Node(
        kind="part",
        code="extras",
        label="加分减分",
        of=_NOTHING,
        got=bonus - penalty,
        lost=penalty - bonus,
        formula=f"加 {bonus}，减 {penalty}",
        note="；".join(capped),
        children=[_extra(one) for one in rows],
    )


def _extra(one: FrozenExtra) -> Node:
    got = one.points if one.kind is ExtraKind.BONUS else -one.points
    shown = one.evidence_title or one.absence
    return Node(
        kind="extra",
        code=one.code,
        label=one.text,
        of=_NOTHING,
        got=got,
        lost=-got,
        note="；".join(part for part in (one.fact, shown) if part),
    )


def _formula(
    parts: list[Part],
    weight: Fraction,
    extra: Node | None,
    exact: Fraction,
    total: Decimal,
    rules: Rules,
) -> str:
    """Write the total as a sum that anybody can do again."""
    terms = []
    for one in parts:
        term = f"{one.node.got}"
        if one.node.of != _FULL:
            term += f" ÷ {one.node.of} × 100"
        if one.weight != weight:
            term += f" × {decimal(one.weight / weight * 100, 2).normalize():f}%"
        terms.append(term)
    text = " + ".join(terms) or "0"
    if extra:
        text += f" {'−' if extra.got < 0 else '+'} {abs(extra.got)}"
    if exact > Fraction(rules.ceiling):
        text += f"，最高计 {rules.ceiling}"
    elif exact < 0:
        text += "，最低计 0"
    return f"{text} = {total}"


_HALF = Fraction(1, 2)


def decimal(value: Fraction, places: int, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """Write a fraction that is not negative as a decimal, rounded exactly."""
    scaled = value * 10**places
    whole = floor(scaled)
    rest = scaled - whole
    up = {
        Rounding.HALF_UP: rest >= _HALF,
        Rounding.HALF_EVEN: rest > _HALF or (rest == _HALF and whole % 2 == 1),
        Rounding.DOWN: False,
    }
    return Decimal(whole + up[rounding]).scaleb(-places)
