"""What else could have counted: other weights, an item left out, inspectors' means made equal.

Everything comes from the frozen figures. A scenario changes the items' value of a year; the total
moves by that, times the items' share in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from sihao.results.compared import Compared, ComparisonInputs, YearFigures

Totals = Mapping[str, tuple[Fraction, Fraction]]
"""Unit -> its totals of both years."""
_CHANGES = ((Fraction(1, 10), "增加 10%"), (Fraction(-1, 10), "减少 10%"))


@dataclass(frozen=True, slots=True)
class Half:
    """One unit's year, added up once; points as whole numbers of the smallest that occurs."""

    group: str
    total: Fraction
    share: Fraction
    items: Mapping[str, tuple[int, int]]
    """Item code -> points got, of how many."""
    got: int
    of: int

    @property
    def value(self) -> Fraction:
        """Give the items' value of 100."""
        return Fraction(self.got * 100, self.of) if self.of else Fraction(0)

    def moved(self, codes: Iterable[str], by: Fraction) -> Fraction:
        """Give the total if some items counted so much more than they did; -1 leaves them out."""
        there = [self.items[code] for code in codes if code in self.items]
        of = self.of * by.denominator + by.numerator * sum(one for _, one in there)
        if not there or of == 0:
            return self.total
        got = self.got * by.denominator + by.numerator * sum(one for one, _ in there)
        return self.total + self.share * (Fraction(got * 100, of) - self.value)


def _half(year: YearFigures) -> Half:
    figures = [one for item in year.items.values() for one in (item.got, item.of)]
    scale = lcm(*(one.as_integer_ratio()[1] for one in figures))
    items = {code: (int(one.got * scale), int(one.of * scale)) for code, one in year.items.items()}
    return Half(
        group=year.group,
        total=Fraction(year.total),
        share=Fraction(year.share),
        items=items,
        got=sum(got for got, _ in items.values()),
        of=sum(of for _, of in items.values()),
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

    def recounted(first: Sequence[str], second: Sequence[str], by: Fraction) -> Totals:
        return {u: (a.moved(first, by), b.moved(second, by)) for u, (a, b) in halves.items()}

    for dimension in sorted({code[0] for code in new}):
        first, second = ([code for code in codes if code[0] == dimension] for codes in (old, new))
        for change, words in _CHANGES:
            yield f"{dimension} 方面权重{words}", recounted(first, second, change)
    for code in new:
        before = inputs.mapping.get(code, code)
        yield f"不计条目 {code}", recounted([before], [code], Fraction(-1))
    lenient = [_leniency([pair[at] for pair in halves.values()]) for at in (0, 1)]
    if any(len(groups) > 1 for groups in lenient):
        yield (
            "各检查组平均分拉平",
            {
                unit: (
                    a.total - lenient[0].get(a.group, Fraction(0)),
                    b.total - lenient[1].get(b.group, Fraction(0)),
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
        if half.group and half.of:
            given[half.group].append(half.share * half.value)
    everything = [value for values in given.values() for value in values]
    if not everything:
        return {}
    mean = sum(everything, Fraction(0)) / len(everything)
    return {group: sum(v, Fraction(0)) / len(v) - mean for group, v in given.items()}
