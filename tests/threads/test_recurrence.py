from hypothesis import given
from hypothesis import strategies as st

from sihao.threads.recurrence import ALIKE, likeness


def test_the_same_words_with_another_date_are_the_same_problem():
    assert likeness("2025年三季度学习记录不全", "2026年四季度学习记录不全。") >= ALIKE
    assert likeness("学习记录不全", "学习记录不全") == 1


def test_other_matters_of_the_same_item_are_not():
    assert likeness("三季度学习记录不全", "下基层调研天数不足60天") == 0
    assert likeness("理论学习中心组学习次数不足", "学习成果转化运用不够") < ALIKE


def test_it_is_counted_by_hand():
    """学习记录 has 学习, 习记, 记录; 学习笔记 has 学习, 习笔, 笔记: one of three in both."""
    assert likeness("学习记录", "学习笔记") == 2 * 1 / 6


def test_texts_without_two_letters_are_like_nothing():
    assert likeness("", "学习") == likeness("1234。", "1234。") == 0


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(one, other):
    found = likeness(one, other)
    assert 0 <= found <= 1
    assert found == likeness(other, one)
