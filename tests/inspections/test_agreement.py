"""Agreement, leniency, outliers and disagreement on small examples, exactly, and their laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sihao.inspections.agreement import (
    ENOUGH,
    Word,
    agreement,
    disagreement,
    leniency,
    outliers,
    share,
)

F = Fraction
SCORES = st.integers(0, 20).map(lambda n: F(n, 20))
TABLES = st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=30)


def words(*rows):
    """Say what inspectors 甲, 乙, 丙 … gave for thing after thing; None: nothing."""
    return [
        Word(thing, "甲乙丙丁"[rater], F(score))
        for thing, row in enumerate(rows)
        for rater, score in enumerate(row)
        if score is not None
    ]


def test_a_score_is_a_share_of_its_points_exactly():
    assert share(Decimal("1.20"), Decimal("3.60")) == F(1, 3)
    assert share(Decimal(0), Decimal(0)) == 1


def test_two_of_four_pairs_agree():
    told = agreement(words((1, 1), (0, 0), (1, F(1, 2)), (0, F(1, 2))))

    assert (told.things, told.pairs) == (4, 4)
    assert told.exact == F(1, 2)
    assert told.gap == F(1, 4)
    assert told.alpha == F(17, 24)


def test_things_with_one_word_say_nothing_about_agreement():
    told = agreement(words((1, None), (None, 0)))

    assert (told.things, told.exact, told.gap, told.alpha) == (0, None, None, None)


def test_three_words_make_three_pairs():
    told = agreement(words((1, 1, 0)))

    assert (told.things, told.pairs, told.exact, told.gap) == (1, 3, F(1, 3), F(2, 3))


def test_where_all_words_are_one_there_is_no_alpha_to_tell():
    assert agreement(words((1, 1), (1, 1))).alpha is None


def test_a_lenient_inspector_lies_above_the_items_mean_and_is_drawn_towards_it():
    told = leniency(words(*[(1, F(1, 2))] * 8))

    first, second = told
    assert (first.rater, first.things, first.raw) == ("甲", 8, F(1, 4))
    assert first.shrunk == F(1, 8)
    assert second.shrunk == -F(1, 8)


def test_below_eight_items_nothing_is_said():
    for one in leniency(words(*[(1, 0)] * (ENOUGH - 1))):
        assert (one.things, one.raw, one.shrunk) == (7, None, None)


def test_a_group_is_compared_with_means_from_elsewhere():
    told = leniency(words(*[(1,)] * 8), dict.fromkeys(range(8), F(3, 4)))

    assert told[0].raw == F(1, 4)


def test_one_far_off_stands_out_and_equal_values_do_not():
    level = {name: F(n % 3, 10) for n, name in enumerate("abcdefghi")}

    assert outliers(level) == {}
    assert list(outliers({**level, "far": F(5)})) == ["far"]
    assert outliers(dict.fromkeys("abcdefghi", F(1))) == {}
    assert list(outliers({**dict.fromkeys("abcdefghi", F(0)), "far": F(1)})) == ["far"]
    assert outliers({"a": F(0), "b": F(100)}) == {}


def test_a_unit_first_here_and_last_there_is_disagreed_about():
    units = "abcdefgh"
    up = {name: Decimal(90 - n) for n, name in enumerate(units)}
    moved = {**up, "a": Decimal(1)}

    found = disagreement({"X1": up, "X2": moved})

    assert found == {"a": (F(0), F(7, 8))}
    assert disagreement({"X1": up, "X2": up}) == {}
    assert disagreement({"X1": {"a": Decimal(1)}, "X2": {"a": Decimal(99)}}) == {}


def test_equal_scores_share_the_middle_of_their_places():
    tied = dict.fromkeys("abcdefgh", Decimal(80))
    up = {name: Decimal(90 - n) for n, name in enumerate("abcdefgh")}

    assert disagreement({"X1": tied, "X2": up}, F(1, 4)) == {
        "a": (F(0), F(7, 16)),
        "b": (F(1, 8), F(7, 16)),
        "g": (F(7, 16), F(6, 8)),
        "h": (F(7, 16), F(7, 8)),
    }


@given(TABLES)
def test_who_judges_first_changes_no_agreement(rows):
    assert agreement(words(*rows)) == agreement(words(*(row[::-1] for row in rows)))


@given(TABLES, SCORES)
def test_all_scores_shifted_alike_leave_gap_and_alpha_alone(rows, by):
    moved = [tuple(score + by for score in row) for row in rows]

    first, second = agreement(words(*rows)), agreement(words(*moved))
    assert (first.gap, first.alpha, first.exact) == (second.gap, second.alpha, second.exact)


@given(TABLES)
def test_full_agreement_is_one_and_nothing_is_more(rows):
    told = agreement(words(*rows))
    same = agreement(words(*((row[0], row[0]) for row in rows)))

    assert 0 <= told.exact <= 1
    assert told.alpha is None or told.alpha <= 1
    assert same.alpha in {None, 1}
    assert (same.exact, same.gap) == (1, 0)


@given(st.lists(st.tuples(SCORES, SCORES), min_size=ENOUGH, max_size=30))
def test_what_one_is_lenient_the_other_is_strict_and_shrinking_keeps_the_side(rows):
    one, two = leniency(words(*rows))

    assert one.raw == -two.raw
    assert abs(one.shrunk) <= abs(one.raw)
    assert one.shrunk * one.raw >= 0


@pytest.mark.parametrize("number", [0, 3])
@given(values=st.lists(SCORES, max_size=20), by=SCORES)
def test_outliers_do_not_depend_on_where_the_scale_begins(values, by, number):
    told = dict(enumerate(values[number:]))

    assert outliers(told) == outliers({key: value + by for key, value in told.items()})
