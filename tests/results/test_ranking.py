import random
from decimal import Decimal

from sihao.results.compared import Compared, ComparisonInputs, Figure, Formula, YearFigures
from sihao.results.ranking import rank


def half(total: str, group: str = "", **items: str) -> YearFigures:
    """A year whose items have 10 points each."""
    return YearFigures(
        total=Decimal(total),
        outcome_hash="",
        group=group,
        items={code: Figure(got=Decimal(got), of=Decimal(10)) for code, got in items.items()},
    )


def unit(name: str, first: YearFigures, second: YearFigures, unit_class="政府部门") -> Compared:
    return Compared(unit_id=name, unit_name=name, unit_class=unit_class, first=first, second=second)


def year(units: list[Compared], places: int = 2, **fields) -> ComparisonInputs:
    return ComparisonInputs(
        first_year=2025, second_year=2026, places=places, units=units, missing=[], **fields
    )


def inputs(totals: dict[str, tuple[str, str]], places: int = 2, **fields) -> ComparisonInputs:
    units = [unit(name, half(first), half(second)) for name, (first, second) in totals.items()]
    return year(units, places, **fields)


def test_equal_means_share_a_place_and_the_next_place_is_skipped():
    outcome = rank(inputs({"甲": ("90", "92"), "乙": ("92", "90"), "丙": ("80", "80")}))

    assert [(row.unit_name, row.place, row.tied) for row in outcome.rows] == [
        ("乙", 1, True),
        ("甲", 1, True),
        ("丙", 3, False),
    ]


def test_a_tie_across_the_line_is_shown_as_such():
    totals = {"甲": ("95", "95"), "乙": ("90", "90"), "丙": ("90", "90"), "丁": ("80", "80")}

    rows = {row.unit_name: row for row in rank(inputs(totals, places=2)).rows}

    assert rows["乙"].at_line
    assert rows["丙"].at_line
    assert rows["丙"].within
    assert not rows["甲"].at_line
    assert not rows["丁"].within


def test_places_move_with_the_weights_and_the_range_says_how_far():
    rows = {r.unit_name: r for r in rank(inputs({"甲": ("100", "80"), "乙": ("85", "94")})).rows}

    assert (rows["甲"].place, rows["甲"].best_place, rows["甲"].worst_place) == (1, 1, 2)


def test_the_order_of_the_inputs_changes_nothing():
    rng = random.Random(1)
    totals = {f"单位{n}": (str(rng.randint(70, 99)), str(rng.randint(70, 99))) for n in range(40)}
    given = inputs(totals, places=8)
    mixed = given.model_copy(update={"units": rng.sample(given.units, len(given.units))})

    assert rank(mixed) == rank(given)


def test_the_years_may_weigh_differently():
    totals = {"甲": ("100", "80"), "乙": ("85", "94")}

    rows = rank(inputs(totals, formula=Formula(kind="weighted", first_percent=20))).rows

    assert [(row.unit_name, str(row.mean)) for row in rows] == [
        ("乙", "92.2000"),
        ("甲", "84.0000"),
    ]


def test_who_misses_the_threshold_in_one_year_has_no_place():
    totals = {"甲": ("99", "79"), "乙": ("85", "86")}

    rows = rank(inputs(totals, formula=Formula(kind="both", threshold=Decimal(80)))).rows

    assert [(row.unit_name, row.place, row.within) for row in rows] == [
        ("乙", 1, True),
        ("甲", None, False),
    ]


def test_with_quotas_each_class_compares_by_itself():
    units = [
        unit("甲", half("99"), half("99")),
        unit("乙", half("98"), half("98")),
        unit("丙", half("70"), half("70"), "群团组织"),
        unit("丁", half("60"), half("60"), "党委部门"),
    ]

    outcome = rank(year(units, quotas={"政府部门": 1, "群团组织": 1}))

    assert {row.unit_name: (row.place, row.within) for row in outcome.rows} == {
        "甲": (1, True),
        "乙": (2, False),
        "丙": (1, True),
        "丁": (1, False),
    }


def scenario(outcome, label):
    return next(one for one in outcome.scenarios if one.label == label)


def test_leaving_an_item_out_says_who_comes_in_and_who_falls_out():
    units = [
        unit("甲", half("90", A1="10", A2="8"), half("90", A1="10", A2="8")),
        unit("乙", half("85", A1="7", A2="10"), half("85", A1="7", A2="10")),
    ]

    outcome = rank(year(units, places=1))

    without = scenario(outcome, "不计条目 A1")
    assert [(one.unit_name, one.comes_in) for one in without.crossings] == [
        ("乙", True),
        ("甲", False),
    ]
    assert scenario(outcome, "不计条目 A2").moved == 0
    assert {row.unit_name: (row.best_place, row.worst_place) for row in outcome.rows} == {
        "甲": (1, 2),
        "乙": (1, 2),
    }


def test_an_item_left_out_takes_along_the_one_that_it_continues():
    units = [
        unit("甲", half("90", A1="10", A5="8"), half("90", A1="10", A9="8")),
        unit("乙", half("89", A1="10", A5="2"), half("89", A1="10", A9="2")),
    ]

    mapped = rank(year(units, places=1, mapping={"A9": "A5"}))

    assert scenario(mapped, "不计条目 A9").moved == 2


def test_a_dimension_that_weighs_more_or_less_is_tried():
    units = [
        unit("甲", half("80", A1="6", B1="10"), half("80", A1="6", B1="10")),
        unit("乙", half("79.9", A1="9.99", B1="6"), half("79.9", A1="9.99", B1="6")),
    ]

    outcome = rank(year(units, places=1))

    assert scenario(outcome, "A 方面权重增加 10%").moved == 2
    assert scenario(outcome, "A 方面权重减少 10%").moved == 0


def test_groups_that_give_more_than_others_are_made_equal():
    units = [
        unit("甲", half("90", "宽组", A1="9"), half("90", "宽组", A1="9")),
        unit("乙", half("88", "宽组", A1="8.8"), half("88", "宽组", A1="8.8")),
        unit("丙", half("85", "严组", A1="8.5"), half("85", "严组", A1="8.5")),
        unit("丁", half("70", "严组", A1="7"), half("70", "严组", A1="7")),
    ]

    levelled = scenario(rank(year(units, places=1)), "各检查组平均分拉平")

    assert [(one.unit_name, one.comes_in) for one in levelled.crossings] == [
        ("丙", True),
        ("甲", False),
    ]


def test_without_another_thing_counting_the_published_totals_stand():
    units = [unit(n, half("90.01", A1="9.3"), half("88.88", A1="1")) for n in ("甲", "乙")]

    outcome = rank(year(units))

    assert all(one.moved == 0 for one in outcome.scenarios)
