"""Words and order, which Word and PDF share."""

from datetime import date

import pytest

from sihao.documents.layout import flow
from sihao.documents.layout.blocks import Heading, Table
from tests.documents.layout.letters import letter


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (156, "一百五十六"),
    ],
)
def test_numbers_are_written_in_chinese(number: int, written: str):
    assert flow.chinese(number) == written


def test_a_document_may_have_a_heading_for_each_town():
    lines = list(flow.numbered([Heading(1, "镇") for _ in range(156)]))

    assert lines[-1].text == "一百五十六、镇"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("某某市2026年度绩效考核实施方案", ["某某市2026年度绩效考核实施方案"]),
        (
            "关于某某区某某街道办事处2026年度绩效考核结果及整改意见的函",
            ["关于某某区某某街道办事处2026年度", "绩效考核结果及整改意见的函"],
        ),
        ("上行\n下行", ["上行", "下行"]),
    ],
)
def test_titles_are_broken_between_words(title: str, lines: list[str]):
    assert flow.title_lines(title) == lines


def test_no_line_of_a_title_is_wider_than_the_page_even_without_a_place_to_break():
    lines = flow.title_lines("字" * 50)

    assert "".join(lines) == "字" * 50
    assert max(map(flow.ems, lines)) <= flow.TITLE_CHARACTERS


def test_a_wide_organ_ends_at_the_margin_with_the_date_under_its_middle():
    organ, dated = flow.signature_indents(letter(signature="字" * 25, dated=date(2026, 11, 24)))

    assert (organ, dated) == (0, 9)


def test_short_rows_are_filled_and_long_ones_refused():
    assert flow.rows(Table(("甲", "乙"), (9, 9), (("一",),))) == [("一", "")]
    with pytest.raises(ValueError, match="3 cells"):
        flow.rows(Table(("甲", "乙"), (9, 9), (("一", "二", "三"),)))


@pytest.mark.parametrize(("organ", "mark"), [("某市", "某市文件"), ("某市文件", "某市文件")])
def test_the_red_mark_says_document_once(organ: str, mark: str):
    assert flow.red_heading(letter(organ=organ))[0] == mark
