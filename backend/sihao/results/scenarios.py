"""What else could have counted: other weights, an item left out, inspectors' means made equal.

Everything comes from the frozen figures. A scenario changes the items' value of a year; the total
moves by that, times the items' share in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sihao.results.compared import Compared, ComparisonInputs, YearFigures

Totals = Mapping[str, tuple[Fraction, Fraction]]
"""Unit -> its totals of both years."""
Weights = Mapping[str, Fraction]
"""Item code -> how much more it counts than it did; -1 leaves it out."""
_CHANGES = ((Fraction(1, 10), "增加 10%"), (Fraction(-1, 10), "减少 10%"))


@dataclass(frozen=True, slots=True)
class Half:
    """One unit's year, added up once."""

    year: YearFigures
    total: Fraction
    share: Fraction
    got: Fraction
    of: Fraction

    @property
    def value(self) -> Fraction:
        """Give the items' value of 100."""
        return self.got / self.of * 100 if self.of else Fraction(0)

    def moved(self, weights: Weights) -> Fraction:
        """Give the total if items counted by other weights."""
        there = [(self.year.items[c], w) for c, w in weights.items() if c in self.year.items]
        of = self.of + sum((w * Fraction(one.of) for one, w in there), Fraction(0))
        if not there or of == 0:
            return self.total
        got = self.got + sum((w * Fraction(one.got) for one, w in there), Fraction(0))
        return self.total + self.share * (got / of * 100 - self.value)


def _half(year: YearFigures) -> Half:
    return Half(
        year=year,
        total=Fraction(year.total),
        share=Fraction(year.share),
        got=sum((Fraction(one.got) for one in year.items.values()), Fraction(0)),
        of=sum((Fraction(one.of) for one in year.items.values()), Fraction(0)),
    )


def totals_of(inputs: ComparisonInputs) -> Totals:
    """Give the totals as they were published."""
    return {
        one.unit_id: (Fraction(one.first.total), Fraction(one.second.total)) for one in inputs.units
    }


def list_scenarios(inputs: ComparisonInputs) -> Iterator[tuple[str, Totals]]:
    """Give each scenario's name and the totals it would lead to."""
    halves = {one.unit_id: (_half(one.first), _half(one.second)) for one in inputs.units}
    old = _codes(inputs.units, lambda one: one.first)
    new = _codes(inputs.units, lambda one: one.second)

    def recounted(first: Weights, second: Weights) -> Totals:
        return {u: (a.moved(first), b.moved(second)) for u, (a, b) in halves.items()}

    for dimension in sorted({code[0] for code in new}):
        for change, words in _CHANGES:
            first, second = (
                {code: change for code in codes if code[0] == dimension} for codes in (old, new)
            )
            yield f"{dimension} 方面权重{words}", recounted(first, second)
    for code in new:
        without = {inputs.mapping.get(code, code): Fraction(-1)}
        yield f"不计条目 {code}", recounted(without, {code: Fraction(-1)})
    lenient = [_leniency([pair[at] for pair in halves.values()]) for at in (0, 1)]
    if any(len(groups) > 1 for groups in lenient):
        yield (
            "各检查组平均分拉平",
            {
                unit: (
                    a.total - lenient[0].get(a.year.group, Fraction(0)),
                    b.total - lenient[1].get(b.year.group, Fraction(0)),
                )
                for unit, (a, b) in halves.items()
            },
        )


def _codes(units: list[Compared], year: Callable[[Compared], YearFigures]) -> list[str]:
    codes = {code for one in units for code in year(one).items}
    return sorted(codes, key=lambda c: (c[0], int(c[1:]) if c[1:].isdigit() else 0, c))


def _leniency(halves: list[Half]) -> dict[str, Fraction]:
    """Give how many points of the total each group gave above the mean of all units."""
    given: dict[str, list[Fraction]] = defaultdict(list)
    for half in halves:
        if half.year.group and half.of:
            given[half.year.group].append(half.share * half.value)
    everything = [value for values in given.values() for value in values]
    if not everything:
        return {}
    mean = sum(everything, Fraction(0)) / len(everything)
    return {group: sum(v, Fraction(0)) / len(v) - mean for group, v in given.items()}
