"""What the report says by itself, and what is checked before it goes."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from sihao.evidence.schemas import MatrixCell, Shown
from sihao.ledgers.schemas import Indicator, IndicatorCode, Status
from sihao.self_reports.checks import check
from sihao.self_reports.figures import all_figures, fill_in, named_in
from sihao.self_reports.prefill import prefill
from sihao.self_reports.schemas import CheckLevel
from sihao.self_reports.sealing import hash_of, receipt_number
from sihao.self_reports.year import Item, PlanCount, YearFacts

TEXTS = dict.fromkeys(("head", "A", "C", "tail"), "落实到位。")


def year(**changes) -> YearFacts:
    c6 = Indicator(
        criterion=IndicatorCode.C6,
        title="成员每年下基层调研≥60天",
        value=Decimal(2),
        target=Decimal(7),
        measure="人",
        status=Status.AT_RISK,
        summary="7 名班子成员中 2 名已达标",
        forecast="按目前进度，年底 3 名成员不足 60 天",
        missing=3,
        part=2,
        whole=7,
        as_of=date(2026, 11, 23),
        members=[],
        checks=[],
    )
    given = {
        "year": 2026,
        "unit": "市教育局",
        "dimensions": {"A": "政治坚定好", "C": "勤政为民好"},
        "items": [Item("A1", "核心", "A", ("T5",)), Item("C6", "下基层", "C", ("T8", "T5"))],
        "plan": PlanCount(problems=5, closed=2, measures=9, done=4, overdue=1),
        "by_dimension": {"C": PlanCount(problems=3, closed=1, measures=6, done=2, overdue=1)},
        "goals": "销号率达到95%以上\n每人下基层60天。",
        "open_problems": ["下基层不均衡。", "督查不够"],
        "meetings": 3,
        "entries": {"T5": 12, "T8": 40},
        "indicators": [c6],
        "matrix": [cell("A1", Shown.ACCEPTED, accepted=1), cell("C6", Shown.PROMISED)],
    }
    return YearFacts(**{**given, **changes})


def cell(code, shown, **counts) -> MatrixCell:
    given = {"accepted": 0, "unreviewed": 0, "rejected": 0, "promised": 0, **counts}
    return MatrixCell(
        criterion_id=uuid4(), code=code, title=code, dimension=code[0], shown=shown, **given
    )


def written(facts: YearFacts) -> dict[str, str]:
    figures = all_figures(facts)
    return {one.dimension: fill_in(one.text, figures) for one in prefill(facts)}


def test_a_first_text_is_made_of_the_years_facts():
    texts = written(year())

    assert texts["head"] == (
        "2026年，市教育局领导班子把“四好班子”创建活动摆上重要议事日程，"
        "召开班子会议专题研究3次，主要负责同志负总责，分管负责同志具体抓，机关党委协助抓落实。"
        "年度目标是：销号率达到95%以上；每人下基层60天。"
        "对照创建标准查找问题5个，制定措施9项，已销号问题2个，已完成措施4项。"
        "现将自查情况报告如下。"
    )
    assert texts["A"] == "（一）落实情况。坚持中心组理论学习制度，开展12次集体学习。"
    assert texts["C"] == (
        "（一）落实情况。深入基层、深入一线，开展40次下基层调研。\n"
        "（二）达标情况。班子成员下基层合计0天，其中2名达到60天要求，"
        "尚未达到要求（按目前进度，年底 3 名成员不足 60 天），责任在领导班子（C6）。\n"
        "（三）问题整改。查找“勤政为民好”方面问题3个，制定措施6项，"
        "已完成2项，其中1项已超过完成时限，正在加紧推进。"
    )
    assert texts["tail"].startswith(
        "对照标准，还存在以下问题：一是下基层不均衡；二是督查不够。责任在领导班子，"
    )


def test_what_is_not_recorded_is_not_claimed():
    bare = year(
        plan=PlanCount(),
        by_dimension={},
        goals="",
        open_problems=[],
        meetings=0,
        entries={},
        indicators=[],
    )

    texts = written(bare)

    assert texts["A"] == ""
    assert texts["C"] == ""
    assert not any(character.isdigit() for character in texts["tail"])
    assert "查找问题" not in texts["head"]


def test_every_name_in_a_first_text_is_a_figure():
    facts = year(entries={f"T{n}": n for n in range(3, 20)})
    known = {figure.label for figure in all_figures(facts)}

    named = {name for one in prefill(facts) for name in named_in(one.text)}

    assert named <= known
    assert len(known) == len({figure.key for figure in all_figures(facts)})


def test_an_unknown_name_stays_as_it_is():
    assert fill_in("【查找问题】和【别的】", all_figures(year())) == "5个和【别的】"


def levels(texts, facts=None):
    return {one.code: one.level for one in check(texts, facts or year())}


def test_a_report_is_checked_against_the_year():
    found = {one.code: one for one in check(TEXTS, year())}

    assert {code: one.level for code, one in found.items()} == {
        "section.empty": CheckLevel.OK,
        "figure.unknown": CheckLevel.OK,
        "text.personal": CheckLevel.OK,
        "text.secret": CheckLevel.OK,
        "indicator.silent": CheckLevel.WARNING,
        "evidence.none": CheckLevel.WARNING,
        "measure.overdue": CheckLevel.WARNING,
        "text.length": CheckLevel.OK,
    }
    assert found["indicator.silent"].dimension == "C"
    assert found["evidence.none"].text == "C6 共 1 条没有已上传的佐证，可以报送，检查时会看到"


@pytest.mark.parametrize(
    ("section", "text", "code"),
    [
        ("A", "", "section.empty"),
        ("A", "【不存在的数】", "figure.unknown"),
        ("C", "联系人手机13800138000", "text.personal"),
        ("C", "身份证11010519491231002X", "text.personal"),
        ("tail", "机密★5年", "text.secret"),
    ],
)
def test_what_must_go_is_an_error(section, text, code):
    found = check({**TEXTS, section: text}, year())

    assert [(one.code, one.dimension) for one in found if one.level is CheckLevel.ERROR] == [
        (code, section)
    ]


def test_a_long_text_is_a_hint_only():
    assert levels({**TEXTS, "A": "字" * 4001})["text.length"] is CheckLevel.WARNING
    assert levels({**TEXTS, "A": "字" * 3900})["text.length"] is CheckLevel.OK


def test_a_missed_figure_that_is_written_about_is_fine():
    assert levels({**TEXTS, "C": "下基层天数不均衡。"})["indicator.silent"] is CheckLevel.OK


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert hash_of({"a": 1, "b": "好"}) == hash_of({"b": "好", "a": 1})
    assert receipt_number(2026, 7) == "自查〔2026〕007号"
