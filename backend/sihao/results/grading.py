"""The grade of a total: floors, conditions, vetoes and quotas, with what kept from a better one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sihao.campaigns.scheme import Grade, Rules
from sihao.results.frozen import FrozenDrop, Inputs, Node, Outcome


@dataclass(frozen=True, slots=True)
class Reached:
    """A grade and why: its own floor, and what kept the unit from those that its points allow."""

    name: str
    reason: str


def grade(inputs: Inputs, total: Decimal, dimensions: Sequence[Node]) -> Reached:
    """Take the first grade whose floor is reached and that nothing keeps the unit from."""
    rules = inputs.rules
    kept: list[str] = []
    for one in rules.grades[:-1]:
        if total < one.at_least:
            continue
        obstacle = _obstacle(inputs, one, dimensions)
        if obstacle is None:
            return Reached(one.name, "；".join([_floor(one), *kept]))
        kept.append(f"未评为“{one.name}”：{obstacle}")
    last = rules.grades[-1]
    return Reached(last.name, "；".join([_below(rules, total), *kept]))


def _obstacle(inputs: Inputs, one: Grade, dimensions: Sequence[Node]) -> str | None:
    names = [each.name for each in inputs.rules.grades]
    for veto in sorted(inputs.vetoes, key=lambda v: (v.code, v.fact, v.raised_by)):
        if names.index(one.name) < names.index(veto.grade):
            return f"{veto.code} {veto.text}（{veto.raised_by}提出）"
    if one.no_zero_item:
        zero = [i.code for d in dimensions for i in d.children if i.got == 0 and i.of > 0]
        if zero:
            return f"有零分条目 {'、'.join(zero)}"
    weak = [d for d in dimensions if d.got * 100 < d.of * one.dimension_percent]
    if weak:
        return f"{'、'.join(d.label for d in weak)}不足 {one.dimension_percent}%"
    return next((drop.reason for drop in inputs.drops if drop.grade == one.name), None)


def _floor(one: Grade) -> str:
    conditions = ["且没有零分条目"] if one.no_zero_item else []
    if one.dimension_percent:
        conditions.append(f"且各方面不低于 {one.dimension_percent}%")
    return f"{one.at_least} 分及以上{''.join(conditions)}"


def _below(rules: Rules, total: Decimal) -> str:
    floors = [one.at_least for one in rules.grades if one.at_least > 0]
    if not floors:
        return "不分等次"
    return f"不足 {min(floors)} 分" if total < min(floors) else f"{min(floors)} 分及以上"


@dataclass(frozen=True, slots=True)
class Graded:
    """A unit before quotas: what its grade depends on."""

    inputs: Inputs
    total: Decimal
    dimensions: Sequence[Node]

    def has(self, name: str, drops: list[FrozenDrop]) -> bool:
        """Say whether it has the grade, given what it missed so far."""
        given = self.inputs.model_copy(update={"drops": drops})
        return grade(given, self.total, self.dimensions).name == name


def graded(inputs: Inputs, outcome: Outcome) -> Graded:
    """Take what the grade depends on from an outcome."""
    return Graded(inputs, outcome.total, outcome.tree.children[0].children)


def find_drops(given: Mapping[str, Graded]) -> dict[str, list[FrozenDrop]]:
    """Find who misses a grade by the quota of the class (F7): best grade first, then the next.

    `given` maps the units of one year, which share their rules, to what they are graded by. Of
    those who would have the grade, the highest totals fill the places; units that tie across the
    last place all miss it, for nobody could say which of them should not.
    """
    drops: dict[str, list[FrozenDrop]] = defaultdict(list)
    classes: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(given):
        classes[given[unit].inputs.unit_class].append(unit)
    for unit_class, units in classes.items():
        rules = given[units[0]].inputs.rules
        for one in rules.grades[:-1]:
            percent = _percent(rules, one.name, unit_class)
            if percent is None:
                continue
            places = len(units) * percent // 100
            there = {u: given[u].total for u in units if given[u].has(one.name, drops[u])}
            quota = f"本类 {len(units)} 个单位，名额 {percent}% 计 {places} 个"
            for unit, words in _beyond(there, places):
                drops[unit].append(FrozenDrop(grade=one.name, reason=f"{quota}，{words}"))
    return {unit: found for unit, found in drops.items() if found}


def _percent(rules: Rules, name: str, unit_class: str) -> int | None:
    own = {one.unit_class: one.percent for one in rules.quotas if one.grade == name}
    return own.get(unit_class, own.get(""))


def _beyond(there: Mapping[str, Decimal], places: int) -> list[tuple[str, str]]:
    """Give who is beyond the places, and why in words that tell a unit no place of its own."""
    totals = sorted(there.values(), reverse=True)
    if len(totals) <= places:
        return []
    line = totals[places]
    crossing = places > 0 and totals[places - 1] == line
    return [
        (unit, "与其他单位并列，超出名额" if crossing and total == line else "名额已满")
        for unit, total in there.items()
        if total <= line
    ]
