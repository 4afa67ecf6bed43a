"""What holds of every scheme: what means nothing changes nothing, and better is never less."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest

from sihao.campaigns.scheme import ItemRules
from sihao.results.actions.results import freeze
from sihao.results.compared import ComparisonInputs
from sihao.results.evaluation import evaluate
from sihao.results.frozen import (
    FrozenAssessment,
    FrozenBallot,
    FrozenExtra,
    FrozenItem,
    Inputs,
    Node,
    Outcome,
)
from sihao.results.ranking import rank
from tests.factories_years import (
    draw,
    draw_comparison,
    draw_rules,
    draw_unit,
    draw_year,
    with_quotas,
)

SEEDS = range(300)
EXTRA = {"text": "事项", "fact": "事实"}


def drawn(seed: int) -> Inputs:
    random = Random(seed)
    return draw_unit(random, draw_rules(random), 1)


def changed(given: Inputs, rules: dict[str, object] | None = None, **fields: object) -> Inputs:
    return given.model_copy(update={**fields, "rules": given.rules.model_copy(update=rules or {})})


def figures(outcome: Outcome) -> tuple[Decimal, str]:
    return outcome.total, outcome.grade


def rank_of(given: Inputs, outcome: Outcome) -> int:
    return [one.name for one in given.rules.grades].index(outcome.grade)


def test_the_order_of_rows_changes_no_byte():
    for seed in SEEDS:
        given, random = drawn(seed), Random(seed)
        again = EXTRA | {"code": "J1", "kind": "bonus", "points": Decimal(1)}
        extras = [FrozenExtra(**again, evidence_title=title) for title in ("证据甲", "证据乙")]
        doubts = [veto.model_copy(update={"raised_by": "乙"}) for veto in given.vetoes]
        given = changed(given, extras=[*given.extras, *extras], vetoes=[*given.vetoes, *doubts])
        names = ("dimensions", "items", "assessments", "ballots", "extras", "vetoes")
        mixed = {
            name: random.sample(rows, len(rows)) for name in names if (rows := getattr(given, name))
        }
        assert (seed, freeze(changed(given, **mixed))[1]) == (seed, freeze(given)[1])


def test_an_assessment_and_a_group_without_weight_change_no_byte():
    for seed in SEEDS:
        given = drawn(seed)
        more = changed(
            given,
            {
                "co_weights": {**given.rules.co_weights, "X9": Decimal(0)},
                "rater_groups": {**given.rules.rater_groups, "旁听": Decimal(0)},
            },
            assessments=[
                *given.assessments,
                FrozenAssessment(code="X9", title="不计", score=Decimal(1)),
            ],
            ballots=[*given.ballots, FrozenBallot(group="旁听", score=Decimal(1))],
        )
        assert (seed, freeze(more)[1]) == (seed, freeze(given)[1])


def test_an_item_without_points_changes_no_figure():
    for seed in SEEDS:
        given = drawn(seed)
        nothing = FrozenItem(
            code="A99", title="不计分", dimension="A", lost=Decimal(1), restored=Decimal(0)
        )
        rules = {"items": {**given.rules.items, "A99": ItemRules(points=Decimal(0))}}
        more = changed(given, rules, items=[*given.items, nothing])
        assert (seed, figures(evaluate(more))) == (seed, figures(evaluate(given)))


def scaled(rule: ItemRules, by: Decimal) -> ItemRules:
    return rule.model_copy(update={"points": rule.points * by, "floor": rule.floor * by})


def scaled_row(row: FrozenItem, by: Decimal, code: str) -> FrozenItem:
    update = {"code": code, "lost": row.lost * by, "restored": row.restored * by}
    return row.model_copy(update=update)


def test_an_item_split_in_two_changes_no_figure():
    for seed in SEEDS:
        given, half = drawn(seed), Decimal("0.5")
        row = Random(seed).choice(given.items)
        names, kept = (row.code, f"{row.code}99"), [one for one in given.items if one is not row]
        aside = {
            of: [*codes, names[1]] if row.code in codes else codes
            for of, codes in given.rules.not_for.items()
        }
        halves = dict.fromkeys(names, scaled(given.rules.items[row.code], half))
        split = changed(
            given,
            {"items": {**given.rules.items, **halves}, "not_for": aside},
            items=[*kept, *(scaled_row(row, half, name) for name in names)],
        )
        assert (seed, figures(evaluate(split))) == (seed, figures(evaluate(given)))


@pytest.mark.parametrize("factor", ["0.01", "3", "1000"])
def test_the_size_of_a_point_changes_no_figure(factor):
    for seed in SEEDS:
        given, by = drawn(seed), Decimal(factor)
        items = {code: scaled(rule, by) for code, rule in given.rules.items.items()}
        other = changed(
            given, {"items": items}, items=[scaled_row(one, by, one.code) for one in given.items]
        )
        assert (seed, figures(evaluate(other))) == (seed, figures(evaluate(given)))


def numbers(node: Node) -> list[object]:
    below = [numbers(child) for child in node.children]
    return [node.kind, node.code, node.of, node.got, node.lost, node.missing, below]


def test_what_units_items_and_dimensions_are_called_changes_no_figure():
    for seed in SEEDS:
        given = drawn(seed)
        other = changed(
            given,
            unit_name="更名后的单位",
            standard="另一个标准",
            **{
                name: [one.model_copy(update={"title": "新名称"}) for one in getattr(given, name)]
                for name in ("dimensions", "items", "assessments")
            },
        )
        before, after = evaluate(given), evaluate(other)
        assert (seed, figures(after)) == (seed, figures(before))
        assert (seed, numbers(after.tree)) == (seed, numbers(before.tree))


def test_the_ids_and_names_of_units_decide_no_quota():
    for seed in SEEDS:
        year = draw_year(Random(seed))
        other = [
            one.model_copy(update={"unit_id": str(UUID(int=1000 - at)), "unit_name": f"改名{at}"})
            for at, one in enumerate(reversed(year))
        ]
        before = [figures(evaluate(one)) for one in with_quotas(year)]
        assert (seed, [figures(evaluate(one)) for one in reversed(with_quotas(other))]) == (
            seed,
            before,
        )


def raised(name: str, field: str, up: Callable[[Decimal, Decimal], Decimal]):
    def change(given: Inputs, random: Random) -> Inputs | None:
        rows = [one for one in getattr(given, name) if getattr(one, field) is not None]
        if not rows:
            return None
        row = random.choice(rows)
        value = up(getattr(row, field), draw(random, 5))
        better = row.model_copy(update={field: value})
        return changed(given, **{name: [better if o is row else o for o in getattr(given, name)]})

    return change


def more_bonus(given: Inputs, random: Random) -> Inputs:
    bonus = FrozenExtra(**EXTRA, code="J9", kind="bonus", points=draw(random, 3))
    return changed(given, extras=[*given.extras, bonus])


def less_penalty(given: Inputs, random: Random) -> Inputs:
    return changed(given, extras=[one for one in given.extras if one.kind == "bonus"])


def without_veto(given: Inputs, random: Random) -> Inputs:
    return changed(given, vetoes=[])


BETTER = {
    "less lost": raised("items", "lost", lambda now, by: max(now - by, Decimal(0))),
    "more restored": raised("items", "restored", lambda now, by: now + by),
    "a higher assessment": raised(
        "assessments", "score", lambda now, by: min(now + by, Decimal(100))
    ),
    "a higher ballot": raised("ballots", "score", lambda now, by: min(now + by, Decimal(100))),
    "a bonus more": more_bonus,
    "no penalty": less_penalty,
    "no veto": without_veto,
}


@pytest.mark.parametrize("name", BETTER)
def test_better_never_lowers_the_total_or_the_grade(name):
    tried = higher = 0
    for seed in SEEDS:
        given = drawn(seed)
        better = BETTER[name](given, Random(seed))
        if better is None:
            continue
        before, after = evaluate(given), evaluate(better)
        assert (seed, after.total >= before.total) == (seed, True)
        assert (seed, rank_of(given, after) <= rank_of(given, before)) == (seed, True)
        tried += 1
        higher += (after.total, after.grade) != (before.total, before.grade)
    assert tried > len(SEEDS) // 2
    assert higher > 0


def places(inputs: ComparisonInputs) -> dict[str, object]:
    return {
        row.unit_id: (row.place, row.tied, row.within, row.at_line) for row in rank(inputs).rows
    }


def test_the_order_of_a_comparisons_rows_changes_no_byte():
    for seed in SEEDS:
        given = draw_comparison(Random(seed))
        other = given.model_copy(update={"units": given.units[::-1]})
        assert (seed, rank(other).model_dump_json()) == (seed, rank(given).model_dump_json())


def test_what_units_are_called_changes_no_place():
    for seed in SEEDS:
        given = draw_comparison(Random(seed))
        units = [
            one.model_copy(update={"unit_name": f"改{at}"}) for at, one in enumerate(given.units)
        ]
        other = given.model_copy(update={"units": units[::-1]})
        assert (seed, places(other)) == (seed, places(given))


def test_a_unit_that_comes_last_moves_nobody():
    for seed in SEEDS:
        given = draw_comparison(Random(seed))
        if not given.units:
            continue
        one = Random(seed).choice(given.units)
        nothing = {"total": Decimal(-1)}
        last = one.model_copy(
            update={
                "unit_id": "last",
                "first": one.first.model_copy(update=nothing),
                "second": one.second.model_copy(update=nothing),
            }
        )
        found = places(given.model_copy(update={"units": [*given.units, last]}))
        del found["last"]
        assert (seed, found) == (seed, places(given))


def test_a_higher_total_never_costs_a_place():
    for seed in SEEDS:
        given, random = draw_comparison(Random(seed)), Random(seed)
        if not given.units:
            continue
        one = random.choice(given.units)
        second = one.second.model_copy(update={"total": one.second.total + draw(random, 9)})
        better = one.model_copy(update={"second": second})
        units = [better if o is one else o for o in given.units]
        before = places(given)[one.unit_id]
        after = places(given.model_copy(update={"units": units}))[one.unit_id]
        worst = len(units) + 1
        assert (seed, (after[0] or worst) <= (before[0] or worst)) == (seed, True)
