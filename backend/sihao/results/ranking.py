"""The two-year comparison (R20) as a pure function of frozen inputs: places, ties, sensitivity.

The formula is data [C]. Ties stay ties, also across the line of the places, and it is the committee
that decides about them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from sihao.results.compared import (
    Compared,
    ComparisonInputs,
    ComparisonOutcome,
    Crossing,
    Formula,
    Place,
    Scenario,
)
from sihao.results.evaluation import SHOWN_PLACES, decimal
from sihao.results.scenarios import Totals, list_scenarios, totals_of


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a unit stands: its place, how many share it, and whether it is within the places."""

    place: int | None
    shared: int
    within: bool
    at_line: bool


_NOWHERE = Stand(None, 0, within=False, at_line=False)


def rank(inputs: ComparisonInputs) -> ComparisonOutcome:
    """Give every unit its place; the order of the inputs changes nothing."""
    units = sorted(inputs.units, key=lambda one: (one.unit_name, one.unit_id))
    published = totals_of(inputs)
    now = _stand(inputs, inputs.formula, published)
    tried = [
        (f"两年权重改为 {one.percent}∶{100 - one.percent}", _stand(inputs, one, published))
        for one in inputs.formula.others()
    ]
    tried += [
        (label, _stand(inputs, inputs.formula, totals)) for label, totals in list_scenarios(inputs)
    ]
    rows = [
        _row(one, inputs.formula, now[one.unit_id], [then[one.unit_id] for _, then in tried])
        for one in units
    ]
    rows.sort(key=lambda row: (bool(inputs.quotas) and row.unit_class, row.place or len(rows) + 1))
    return ComparisonOutcome(
        **inputs.model_dump(
            include={"first_year", "second_year", "formula", "places", "quotas", "differences"}
        ),
        rows=rows,
        scenarios=[_scenario(label, units, now, then) for label, then in tried],
        missing=sorted(inputs.missing),
    )


def _row(one: Compared, formula: Formula, now: Stand, then: Sequence[Stand]) -> Place:
    first, second = one.first.total, one.second.total
    span = [each.place for each in (now, *then) if each.place is not None]
    return Place(
        unit_id=one.unit_id,
        unit_name=one.unit_name,
        unit_class=one.unit_class,
        first=first,
        second=second,
        mean=decimal(formula.value(Fraction(first), Fraction(second)), SHOWN_PLACES),
        change=second - first,
        place=now.place,
        tied=now.shared > 1,
        within=now.within,
        at_line=now.at_line,
        best_place=min(span, default=None),
        worst_place=max(span, default=None),
    )


def _stand(inputs: ComparisonInputs, formula: Formula, totals: Totals) -> dict[str, Stand]:
    """Rank as in sport: two firsts, then a third. With quotas each class by itself."""
    races: dict[str, list[str]] = defaultdict(list)
    for one in inputs.units:
        if formula.fits(*totals[one.unit_id]):
            races[one.unit_class if inputs.quotas else ""].append(one.unit_id)
    found = {one.unit_id: _NOWHERE for one in inputs.units}
    for name, units in races.items():
        places = inputs.quotas.get(name, 0) if inputs.quotas else inputs.places
        values = {unit: formula.value(*totals[unit]) for unit in units}
        above = 0
        for _, tied in groupby(sorted(units, key=values.__getitem__, reverse=True), values.get):
            names = list(tied)
            within = above < places
            crossing = within and len(names) > 1 and above + len(names) > places
            stand = Stand(above + 1, len(names), within=within, at_line=crossing)
            found.update(dict.fromkeys(names, stand))
            above += len(names)
    return found


def _scenario(
    label: str, units: Sequence[Compared], now: Mapping[str, Stand], then: Mapping[str, Stand]
) -> Scenario:
    pairs = [(one.unit_name, now[one.unit_id], then[one.unit_id]) for one in units]
    return Scenario(
        label=label,
        moved=sum(before.place != after.place for _, before, after in pairs),
        crossings=[
            Crossing(unit_name=name, place=a.place, then=b.place, comes_in=b.within)
            for name, a, b in pairs
            if a.within != b.within
        ],
    )
