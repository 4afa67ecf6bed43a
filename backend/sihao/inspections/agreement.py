"""How far inspectors agree, how lenient each is, and what stands out. Pure and exact.

Scores are shares of an item's points (0…1), so that items of different points compare. Where there
is too little to say anything, `None` says so: no figure is better than one that misleads.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from statistics import median
from typing import Generic, TypeVar

ENOUGH = 8
"""Items below which nothing is said about a person or a group."""
STRONG = 8
"""Items' worth of weight that the common mean has against a person's own: shrinkage."""
OUTLYING = Fraction(7, 2)
"""A robust z beyond which a value stands out (Iglewicz and Hoaglin)."""
_TO_SIGMA = Fraction(6745, 10000)
"""Scales a median absolute deviation to a standard deviation."""
_MEAN_TO_SIGMA = Fraction(7979, 10000)
"""Scales a mean absolute deviation to one, where more than half the values are the same."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Word(Generic[K]):
    """What one rater (an inspector, a group) gave for one thing judged."""

    thing: Hashable
    rater: K
    score: Fraction


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far several words on the same thing agree. `things` have at least two words."""

    things: int
    pairs: int
    exact: Fraction | None
    """The share of pairs that are the same."""
    gap: Fraction | None
    """The mean distance of a pair, in shares of the points."""
    alpha: Fraction | None
    """Krippendorff's alpha for intervals: 1 full agreement, 0 as by chance; None if all is one."""


@dataclass(frozen=True, slots=True)
class Leniency(Generic[K]):
    """How far a rater lies from the mean of all words on the same things; above 0 is lenient."""

    rater: K
    things: int
    raw: Fraction | None
    shrunk: Fraction | None
    """Drawn towards 0 the more, the fewer things there are. None: too few to say."""


def share(score: Decimal, points: Decimal) -> Fraction:
    """Give a score as a share of the points; an item without points is full."""
    return Fraction(score) / Fraction(points) if points else Fraction(1)


def agreement(words: Iterable[Word[K]]) -> Agreement:
    """Compare all words on each thing with each other."""
    by_thing = [one for one in _by_thing(words).values() if len(one) > 1]
    pairs = [pair for one in by_thing for pair in combinations((w.score for w in one), 2)]
    if not pairs:
        return Agreement(0, 0, None, None, None)
    return Agreement(
        things=len(by_thing),
        pairs=len(pairs),
        exact=Fraction(sum(a == b for a, b in pairs), len(pairs)),
        gap=sum((abs(a - b) for a, b in pairs), Fraction(0)) / len(pairs),
        alpha=_alpha([[w.score for w in one] for one in by_thing]),
    )


def _alpha(units: Sequence[Sequence[Fraction]]) -> Fraction | None:
    values = [value for unit in units for value in unit]
    expected = _squares(values) / (len(values) - 1)
    if not expected:
        return None
    observed = sum((_squares(unit) / (len(unit) - 1) for unit in units), Fraction(0))
    return 1 - observed / expected


def _squares(values: Sequence[Fraction]) -> Fraction:
    """Add up the squared distances of all pairs, in linear time."""
    return len(values) * sum((v * v for v in values), Fraction(0)) - sum(values, Fraction(0)) ** 2


def leniency(
    words: Iterable[Word[K]], means: Mapping[Hashable, Fraction] | None = None
) -> list[Leniency[K]]:
    """Compare each rater with the mean of each thing, in the raters' order of appearance.

    `means` gives the things' means where they come from elsewhere, such as an item's mean over all
    units for a group; otherwise things with one word only say nothing.
    """
    told = list(words)
    by_thing = _by_thing(told)
    if means is None:
        means = {
            thing: sum((w.score for w in some), Fraction(0)) / len(some)
            for thing, some in by_thing.items()
            if len(some) > 1
        }
    apart: dict[K, list[Fraction]] = {one.rater: [] for one in told}
    for one in told:
        if one.thing in means:
            apart[one.rater].append(one.score - means[one.thing])
    return [_lenient(rater, distances) for rater, distances in apart.items()]


def _lenient(rater: K, distances: Sequence[Fraction]) -> Leniency[K]:
    number = len(distances)
    if number < ENOUGH:
        return Leniency(rater, number, None, None)
    total = sum(distances, Fraction(0))
    return Leniency(rater, number, total / number, total / (number + STRONG))


def outliers(values: Mapping[K, Fraction]) -> dict[K, Fraction]:
    """Give those that stand out from the rest, with their robust z; none below `ENOUGH` values."""
    if len(values) < ENOUGH:
        return {}
    middle = median(values.values())
    distances = [abs(value - middle) for value in values.values()]
    spread = median(distances) / _TO_SIGMA
    if not spread:
        spread = sum(distances, Fraction(0)) / len(distances) / _MEAN_TO_SIGMA
    if not spread:
        return {}
    found = {key: (value - middle) / spread for key, value in values.items()}
    return {key: z for key, z in found.items() if abs(z) > OUTLYING}


def disagreement(
    scores: Mapping[str, Mapping[K, Decimal]], part: Fraction = Fraction(1, 2)
) -> dict[K, tuple[Fraction, Fraction]]:
    """Find the units that assessments place far apart: the best and the worst place of each.

    `scores` are each assessment's by unit. A place runs from 0 (best) to 1 (worst) among the units
    of the assessment, those with equal scores share the middle of theirs; far apart is `part` of
    the units and more. Assessments of fewer than `ENOUGH` units place nobody.
    """
    places: dict[K, list[Fraction]] = defaultdict(list)
    for of_units in scores.values():
        if len(of_units) >= ENOUGH:
            for unit, place in _places(of_units).items():
                places[unit].append(place)
    found = {unit: (min(some), max(some)) for unit, some in places.items()}
    return {unit: (best, worst) for unit, (best, worst) in found.items() if worst - best >= part}


def _places(scores: Mapping[K, Decimal]) -> dict[K, Fraction]:
    ordered = sorted(scores.values(), reverse=True)
    first: dict[Decimal, int] = {}
    many: dict[Decimal, int] = defaultdict(int)
    for at, score in enumerate(ordered):
        first.setdefault(score, at)
        many[score] += 1
    size = len(ordered)
    return {
        unit: Fraction(2 * first[score] + many[score] - 1, 2 * size)
        for unit, score in scores.items()
    }


def _by_thing(words: Iterable[Word[K]]) -> dict[Hashable, list[Word[K]]]:
    found: dict[Hashable, list[Word[K]]] = defaultdict(list)
    for one in words:
        found[one.thing].append(one)
    return found
