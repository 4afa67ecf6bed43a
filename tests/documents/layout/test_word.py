"""The Word file as offices open it, by its own settings and, where there is one, in an office."""

import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from sihao.documents.layout.blocks import Heading, PageBreak, Paragraph
from sihao.documents.layout.word import render_word
from tests.documents.layout.letters import MM, Pages, annex, letter

OFFICE = shutil.which("soffice")


def opened(document):
    return docx.Document(BytesIO(render_word(document)))


def attributes(element, name: str) -> dict[str, str]:
    found = element.find(f".//{{*}}{name}")
    return {key.split("}")[1]: value for key, value in found.attrib.items()}


def test_the_page_is_a4_with_the_margins_and_the_grid_of_the_standard():
    section = opened(letter()).sections[0]

    sides = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin")
    assert [round(getattr(section, side).mm) for side in sides] == [210, 297, 37, 35, 28]
    assert round(section.right_margin.mm) == 26
    assert attributes(section._sectPr, "docGrid") == {"type": "lines", "linePitch": "579"}


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("公文标题", "方正小标宋简体", 22),
        ("一级标题", "黑体", 16),
        ("二级标题", "楷体_GB2312", 16),
        ("三级标题", "仿宋_GB2312", 16),
        ("页码", "宋体", 14),
        ("版记", "仿宋_GB2312", 14),
        ("表文", "仿宋_GB2312", 12),
        ("表头", "黑体", 12),
    ],
)
def test_styles_have_the_official_fonts(style: str, font: str, points: int):
    found = opened(letter()).styles[style]

    assert attributes(found.element, "rFonts")["eastAsia"] == font
    assert found.font.size.pt == points


def test_lines_are_exactly_28_95_points_high():
    spacing = attributes(opened(letter()).styles["Normal"].element.pPr, "spacing")

    assert (spacing["line"], spacing["lineRule"]) == ("579", "exact")


def test_page_numbers_stand_outside_on_odd_and_even_pages():
    word = opened(letter())
    section = word.sections[0]

    assert word.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [paragraph] = footer.paragraphs
        assert attributes(paragraph._element, "jc") == {"val": side}
        assert "PAGE" in paragraph._element.xml
        assert paragraph.text == "— 1 —"


def test_words_are_the_same_as_in_the_pdf():
    document = letter(blocks=(Heading(1, "甲"), Heading(2, "乙"), Paragraph("丙\n丁")))
    texts = [one.text for one in opened(document).paragraphs if one.text]

    assert texts == [
        "某某市人民政府文件",
        "某政发〔2026〕18号",
        "关于2026年度区县镇街绩效考核结果的通报",
        "各区县人民政府，市政府各部门：",
        "一、甲",
        "（一）乙",
        "丙",
        "丁",
        "某某市人民政府",
        "2026年11月24日",
        "（联系人：张三）",
    ]


def test_red_is_for_what_is_issued_only():
    assert b"E60012" in opened(letter()).element.xml.encode()
    assert b"E60012" not in opened(letter(red_heading=False)).element.xml.encode()


def test_runs_are_marked_as_chinese_for_their_quotation_marks():
    runs = [run for one in opened(letter()).paragraphs for run in one.runs if run.text]

    assert runs
    assert {attributes(run._element, "rFonts")["hint"] for run in runs} == {"eastAsia"}


def test_a_table_repeats_its_head_and_has_its_widths_twice():
    [table] = opened(letter(attachments=(annex(3),))).tables

    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    columns = [round(column.width.mm) for column in table.columns]
    assert columns == [15, 95, 30]
    assert [round(cell.width.mm) for cell in table.rows[1].cells] == columns
    assert [cell.text for cell in table.rows[3].cells] == ["3", "第3街道办事处", "0.03"]


def test_two_tables_after_each_other_stay_two():
    table = annex(1).blocks[0]
    body = opened(letter(blocks=(table, table))).element.body
    kinds = [child.tag.rsplit("}", 1)[1] for child in body]

    first, second = (at for at, kind in enumerate(kinds) if kind == "tbl")
    assert second - first == 2


def test_words_are_never_read_as_xml():
    texts = [
        one.text for one in opened(letter(blocks=(Paragraph('<w:p>&amp; "甲"\x00'),))).paragraphs
    ]

    assert '<w:p>&amp; "甲"' in texts


def test_the_same_document_says_the_same_date_each_time():
    assert opened(letter()).core_properties.created.date().isoformat() == "2026-11-24"


def test_an_annex_of_2000_rows_takes_two_seconds():
    document = letter(attachments=(annex(2000),), copies_to=(), printed_by="", printed_on=None)
    began = time.process_time()
    made = render_word(document)

    assert time.process_time() - began < 2
    assert len(docx.Document(BytesIO(made)).tables[0].rows) == 2001


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_an_office_shows_letters_with_their_imprint_at_the_foot(tmp_path: Path):
    roomy = letter(blocks=(Paragraph("正文。"), PageBreak(), Paragraph("次页。")))
    tight = letter(blocks=(*letter().blocks, Paragraph("字" * 28 * 5)))
    for name, document in (("roomy", roomy), ("tight", tight)):
        (tmp_path / f"{name}.docx").write_bytes(render_word(document))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [OFFICE, "--headless", home, "--convert-to", "pdf", "roomy.docx", "tight.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    for name in ("roomy", "tight"):
        pages = Pages((tmp_path / f"{name}.pdf").read_bytes())
        assert len(pages) == 2
        assert "某某市人民政府文件" in pages.text(0)
        last = ["".join(one.char for one in row) for row in pages.lines(1)]
        at = last.index("某某市人民政府办公室2026年11月25日印发")
        assert last[at - 1] == "抄送：市委各部门。"
        assert last[at + 1] == "—2—"
        foot = 297 * MM - pages.lines(1)[at][0].base
        assert foot == pytest.approx((297 - 35) * MM - 8, abs=8)
