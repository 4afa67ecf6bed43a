import random
from decimal import Decimal

from sihao.results.ranking import ComparisonInputs, Pair, rank


def inputs(totals: dict[str, tuple[str, str]], places: int = 2) -> ComparisonInputs:
    pairs = [
        Pair(
            unit_id=name,
            unit_name=name,
            unit_class="政府部门",
            first=Decimal(first),
            first_hash="",
            second=Decimal(second),
            second_hash="",
        )
        for name, (first, second) in totals.items()
    ]
    return ComparisonInputs(
        first_year=2025, second_year=2026, places=places, pairs=pairs, missing=[]
    )


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
    mixed = given.model_copy(update={"pairs": rng.sample(given.pairs, len(given.pairs))})

    assert rank(mixed) == rank(given)
