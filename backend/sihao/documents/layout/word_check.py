"""What offends GB/T 9704-2012 in a Word file, whoever made it (B10)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.section import Section
from lxml.etree import XMLSyntaxError

from sihao.documents.layout import flow
from sihao.documents.layout.blocks import Violation
from sihao.documents.layout.check import title, too_long, wording
from sihao.documents.layout.word_xml import FONTS, PITCH

_EMU_MM = 36000
_NEAR_MM = 0.5
_NEAR_TWIPS = 6
_MARGINS = (
    ("page_width", "纸宽", 210),
    ("page_height", "纸高", 297),
    ("top_margin", "上边距", 37),
    ("bottom_margin", "下边距", 35),
    ("left_margin", "左边距", 28),
    ("right_margin", "右边距", 26),
)
_NUMBERS = (
    re.compile(r"^([一二三四五六七八九十]+)、"),
    re.compile(r"^（([一二三四五六七八九十]+)）"),
    re.compile(r"^(\d{1,2})[.．](?!\d)"),
    re.compile(r"^（(\d{1,2})）"),
)
_DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
_ANNEX = re.compile(r"^附件\d*$")
_TITLE_SIZE = 'w:sz w:val="44"'


def check_word(data: bytes) -> list[Violation]:
    """All offences in pages, then in words; one alone if it cannot be read as Word."""
    try:
        word = docx.Document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError, XMLSyntaxError):
        return [Violation("word.unreadable", "文件", "打不开，请确认是 .docx 格式的文件。")]
    return [*_pages(word), *_fonts(word), *_texts(word)]


def _pages(word: Word) -> Iterator[Violation]:
    for number, section in enumerate(word.sections, 1):
        place = "页面" if len(word.sections) == 1 else f"第{number}节页面"
        for name, zh, wanted in _MARGINS:
            is_ = (getattr(section, name) or 0) / _EMU_MM
            if abs(is_ - wanted) > _NEAR_MM:
                said = f"{zh}是{is_:.0f}毫米，应当是{wanted}毫米，请在“页面设置”中修改。"
                yield Violation("page.size", place, said)
        grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no grid
        pitch = 0 if grid is None else int(grid.get(qn("w:linePitch"), "0"))
        if abs(pitch - PITCH * 20) > _NEAR_TWIPS:
            said = "没有按每页22行设网格，请在“页面设置—文档网格”中指定每页22行（跨度28.95磅）。"
            yield Violation("page.grid", place, said)
    yield from _numbers_of_pages(word, word.sections[0])


def _numbers_of_pages(word: Word, section: Section) -> Iterator[Violation]:
    if not word.settings.odd_and_even_pages_header_footer:
        said = "奇偶页的页码在同一侧，请在“页眉和页脚”中选“奇偶页不同”。"
        yield Violation("page.number_side", "页码", said)
    if " PAGE" not in section.footer._element.xml:  # noqa: SLF001 - fields have no public name
        yield Violation("page.number", "页码", "页脚没有页码，请插入“— 1 —”样式的页码。")


def _fonts(word: Word) -> Iterator[Violation]:
    found = word.styles["Normal"].element.xpath("w:rPr/w:rFonts/@w:eastAsia")
    if found[:1] != [FONTS["fang"]]:
        said = f"正文样式的中文字体应当是{FONTS['fang']}，请修改“正文”样式。"
        yield Violation("font.text", "正文样式", said)


@dataclass(frozen=True)
class _Line:
    """A paragraph's words, and which part of the document they are in."""

    place: str
    part: str
    text: str
    title: bool


def _lines(word: Word) -> Iterator[_Line]:
    """The paragraphs; what follows an annex's head belongs to the annexes."""
    part = "正文"
    for at, paragraph in enumerate(word.paragraphs, 1):
        text = paragraph.text.strip()
        if _ANNEX.match(text):
            part = "附件"
        elif text.startswith("附件："):
            part = "附件说明"
        style = paragraph.style.name if paragraph.style else ""
        marked = _TITLE_SIZE in paragraph._element.xml  # noqa: SLF001 - sizes of runs, at once
        yield _Line(f"第{at}段", part, text, style == "公文标题" or marked)


def _texts(word: Word) -> Iterator[Violation]:
    lines, counts = list(_lines(word)), [0, 0, 0, 0]
    for one in lines:
        if _ANNEX.match(one.text):
            counts = [0, 0, 0, 0]
        words = title if one.title else wording
        yield from words(one.text.replace("\n", ""), one.place)
        if one.part != "附件说明":
            yield from _order(one.text, counts, one.place)
    for number, table in enumerate(word.element.body.findall(qn("w:tbl")), 1):
        for cell in table.iter(qn("w:t")):
            yield from wording(cell.text or "", f"表{number}")
    body = [one for one in lines if one.part == "正文"]
    yield from too_long(sum(len("".join(one.text.split())) for one in body))
    yield from _missing(lines)


def _missing(lines: list[_Line]) -> Iterator[Violation]:
    """Parts that a document must have."""
    if not any(one.title for one in lines):
        said = "找不到标题，请给标题套用“公文标题”样式（二号小标宋）。"
        yield Violation("title.missing", "标题", said)
    if not any(one.part == "正文" and one.text.endswith("：") for one in lines):
        yield Violation("addressee.missing", "主送机关", "没有以冒号结尾的主送机关，请填写。")
    if not any(one.part != "附件" and _DATE.match(one.text) for one in lines):
        yield Violation("date.missing", "成文日期", "没有单独成行的成文日期，请填写。")


def _order(text: str, counts: list[int], place: str) -> Iterator[Violation]:
    """Numbers run from one without gaps, and no level is left out."""
    for level, pattern in enumerate(_NUMBERS):
        if not (found := pattern.match(text)):
            continue
        if level and not counts[level - 1]:
            said = f"“{text[:12]}”：标题层次跳级，应当按一、（一）1.（1）逐级编排，请补上一级。"
            yield Violation("heading.skipped", place, said)
        wanted = flow.label(level + 1, counts[level] + 1)
        if found[0].replace("．", ".") != wanted:
            said = f"“{text[:12]}”：序号不连续，这里应当是“{wanted}”，请改正。"
            yield Violation("heading.order", place, said)
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(counts) - level - 1)
