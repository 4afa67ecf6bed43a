"""What is said about documents that offend GB/T 9704-2012."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from sihao.documents.layout.blocks import Attachment, Heading, Paragraph, Table
from sihao.documents.layout.check import check
from sihao.documents.layout.word import render_word
from sihao.documents.layout.word_check import check_word
from tests.documents.layout.letters import annex, letter


def codes(**changes: Any) -> set[str]:
    return {one.code for one in check(letter(**changes))}


def text(words: str) -> dict[str, Any]:
    return {"blocks": (Paragraph(words),)}


def test_a_sound_letter_has_no_offence():
    assert check(letter(attachments=(annex(3),))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": ""}, "title.missing"),
        ({"title": "关于考核结果的通报。"}, "title.stop"),
        ({"organ": " "}, "organ.missing"),
        ({"number": None}, "number.missing"),
        ({"number": "某政发[2026]18号"}, "number.form"),
        ({"number": "某政发（2026）18号"}, "number.form"),
        ({"number": "某政发〔2026〕018号"}, "number.form"),
        ({"number": "某政发〔2026〕第18号"}, "number.form"),
        ({"addressee": None}, "addressee.missing"),
        ({"signature": ""}, "signature.missing"),
        ({"dated": None}, "date.missing"),
        ({"blocks": (Heading(2, "甲"),)}, "heading.skipped"),
        ({"blocks": (Heading(1, "甲"), Heading(3, "乙"))}, "heading.skipped"),
        ({"blocks": (Heading(5, "甲"),)}, "heading.level"),
        ({"blocks": (Heading(1, "一、甲"),)}, "heading.number"),
        ({"blocks": (Paragraph("字" * 4001),)}, "text.long"),
        ({"blocks": (Table(("甲", "乙"), (9, 9), (("一",),)),)}, "table.cells"),
        ({"blocks": (Table(("甲", "乙"), (9,), ()),)}, "table.columns"),
        (text("依据某政发[2026]7号文件。"), "words.bracket"),
        (text("依据某政发（2026）7号文件。"), "words.bracket"),
        (text("考核  结果。"), "words.spaces"),
        (text("考核\u3000\u3000结果。"), "words.spaces"),
        (text("考核,结果。"), "words.punctuation"),
        (text("考核(结果）。"), "words.punctuation"),
        (text("二〇二六年十一月二十四日。"), "words.date"),
        (text("2026-11-24前。"), "words.date"),
        (text("2026年01月05日前。"), "words.date"),
        ({"copies_to": ("市委,各部门",)}, "words.punctuation"),
        ({"attachments": (Attachment("名单。", ()),)}, "title.stop"),
        ({"attachments": (Attachment("名单", (Paragraph("甲,乙"),)),)}, "words.punctuation"),
    ],
)
def test_an_offence_is_found(changes: dict[str, Any], code: str):
    assert codes(**changes) == {code}


@pytest.mark.parametrize(
    "words",
    [
        "根据某政发〔2026〕7号文件，得分95.5分。",
        "2026年11月24日至12月1日，共1,560人（含离退休），占95.5%。",
        "详见 https://example.cn/a?b=1 所列。",
    ],
)
def test_sound_words_are_left_alone(words: str):
    assert codes(**text(words)) == set()


def test_4000_characters_are_allowed():
    assert codes(blocks=(Paragraph("字" * 4000),)) == set()


def test_an_offence_says_where_it_is_and_how_to_mend_it():
    [found] = check(letter(blocks=(Paragraph("前段。"), Paragraph("考核,结果。"))))

    assert found.place == "正文第2段"
    assert found.sentence == "“考核,结果。”：汉字之间用了半角标点，请改为全角。"


def test_levels_may_go_up_at_once():
    steps = (
        Heading(1, "甲"),
        Heading(2, "乙"),
        Heading(3, "丙"),
        Heading(4, "丁"),
        Heading(1, "戊"),
    )

    assert codes(blocks=steps) == set()


def edited(change: Any) -> set[str]:
    """Codes for our own Word file after somebody edited it."""
    word = docx.Document(BytesIO(render_word(letter(attachments=(annex(3), annex(2))))))
    change(word)
    file = BytesIO()
    word.save(file)
    return {one.code for one in check_word(file.getvalue())}


def unchanged(_: Any) -> None:
    """Leave the file as it is."""


def test_our_own_word_file_has_no_offence():
    assert edited(unchanged) == set()


def replace(word: Any, old: str, new: str) -> None:
    found = next(one for one in word.paragraphs if one.text == old)
    found.runs[0].text = new


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda word: setattr(word.sections[0], "top_margin", Mm(25)), "page.size"),
        (lambda word: setattr(word.sections[0], "page_width", Mm(216)), "page.size"),
        (
            lambda word: (
                word.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:linePitch"), "312")
            ),
            "page.grid",
        ),
        (
            lambda word: setattr(word.settings, "odd_and_even_pages_header_footer", False),
            "page.number_side",
        ),
        (lambda word: word.sections[0].footer.paragraphs[0].clear(), "page.number"),
        (
            lambda word: word.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "微软雅黑"),
            "font.text",
        ),
        (lambda word: replace(word, "二、考核结果", "三、考核结果"), "heading.order"),
        (lambda word: replace(word, "（一）组织情况", "组织情况"), "heading.skipped"),
        (lambda word: replace(word, "2026年11月24日", "2026年11月"), "date.missing"),
        (
            lambda word: replace(word, "各区县人民政府，市政府各部门：", "各区县人民政府"),
            "addressee.missing",
        ),
        (lambda word: replace(word, "某政发〔2026〕18号", "某政发[2026]18号"), "words.bracket"),
        (
            lambda word: replace(word, "关于2026年度区县镇街绩效考核结果的通报", "通报。"),
            "title.stop",
        ),
        (lambda word: setattr(word.tables[0].cell(1, 1), "text", "甲,乙"), "words.punctuation"),
        (lambda word: word.paragraphs[9].runs[0].add_text("字" * 4001), "text.long"),
    ],
)
def test_an_edited_word_file_is_found_out(change: Any, code: str):
    assert edited(change) == {code}


def test_what_is_no_word_file_is_said_to_be_none():
    [found] = check_word(b"PK no zip")

    assert found.code == "word.unreadable"
