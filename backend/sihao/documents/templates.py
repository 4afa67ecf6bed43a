"""Word templates of the committee's own: their fields, checking them, filling them in.

A template is a Word file with fields in double braces, named in Chinese. Everything a document says
is text by the time it comes here, and a template can reach nothing else.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from sihao.documents.layout.blocks import (
    Attachment,
    Block,
    Heading,
    Official,
    PageBreak,
    Paragraph,
    Table,
)
from sihao.documents.template_fields import FIELDS, SAMPLE
from sihao.documents.template_schemas import TemplateFinding
from sihao.documents.written import chinese_date

_NAMES = {one.name for one in FIELDS}
_FIELD = re.compile(r"\{[{%][^{}]*[%}]\}")
_LEVELS = ("一二三四五六七八九十", 4)


def environment() -> SandboxedEnvironment:
    """What a template is filled in by: it reaches no attribute of ours, and text stays text."""
    return SandboxedEnvironment(autoescape=True)


def fill(data: bytes, official: Official) -> bytes:
    """Fill a template in. Raises `jinja2.TemplateError` for one that `check_template` refuses."""
    template = _open(data)
    template.render(fields_of(official), environment())
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()


def fields_of(official: Official) -> dict[str, Any]:
    """Say a paper in the words of templates."""
    return {
        "发文机关": official.organ,
        "文号": official.number or "",
        "标题": official.title,
        "主送": official.addressee or "",
        "正文": list(_lines(official.blocks)),
        "附件": [_annex(one) for one in official.attachments],
        "署名": official.signature,
        "日期": chinese_date(official.dated) if official.dated else "",
        "已签发": official.red_heading,
        "标记": official.mark or "",
        "抄送": "、".join(official.copies_to),
        "印发机关": official.printed_by,
        "印发日期": chinese_date(official.printed_on) if official.printed_on else "",
    }


def _annex(one: Attachment) -> dict[str, Any]:
    return {"标题": one.title, "段落": list(_lines(one.blocks))}


def _lines(blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    """Give paragraphs with their numbers; rows of a table become lines with their headings."""
    counts = [0, 0, 0, 0]
    for one in blocks:
        if isinstance(one, Heading):
            counts[one.level - 1] += 1
            counts[one.level :] = [0] * (4 - one.level)
            yield {"文字": _numbered(one, counts[one.level - 1]), "级": one.level}
        elif isinstance(one, Paragraph):
            yield {"文字": one.text, "级": 0}
        elif isinstance(one, Table):
            for row in one.rows:
                told = (f"{head}：{cell}" for head, cell in zip(one.headings, row, strict=True))
                yield {"文字": "；".join(told), "级": 0}
        elif isinstance(one, PageBreak):
            continue


def _numbered(heading: Heading, number: int) -> str:
    written = (
        f"{_chinese(number)}、",
        f"（{_chinese(number)}）",
        f"{number}.",
        f"（{number}）",
    )[heading.level - 1]
    return written + heading.text


def _chinese(number: int) -> str:
    digits = _LEVELS[0]
    tens, ones = divmod(number, 10)
    if number <= 10:  # noqa: PLR2004 - the first ten have a sign of their own
        return digits[number - 1]
    return (digits[tens - 1] if tens > 1 else "") + "十" + (digits[ones - 1] if ones else "")


def check_template(data: bytes) -> list[TemplateFinding]:
    """Name what is wrong with a template, and where: fields unknown, missing or not closed."""
    try:
        template = _open(data)
        places = list(_places(template))
        used = template.get_undeclared_template_variables(environment())
        template.render(fields_of(SAMPLE), environment())
    except TemplateError as error:
        return [
            _finding(
                "error",
                "syntax",
                "",
                _near(data, error),
                "模板语法有误，请核对括号是否成对、循环是否结束。",
            )
        ]
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        sentence = f"文件不是可用的 Word 模板（{type(error).__name__}）。"
        return [_finding("error", "broken", "", "整个文件", sentence)]
    found = [
        _finding(
            "error",
            "unknown_field",
            name,
            _place_of(places, name),
            f"没有名为“{name}”的字段；可用的字段有：{'、'.join(one.name for one in FIELDS)}。",
        )
        for name in sorted(used - _NAMES)
    ]
    found += [
        _finding(
            "warning",
            "missing_field",
            one.name,
            "整个模板",
            f"模板中没有“{one.name}”（{one.meaning}），套用后公文将缺少这一项。",
        )
        for one in FIELDS
        if one.required and one.name not in used
    ]
    return found


def _finding(level: Any, code: str, field: str, place: str, sentence: str) -> TemplateFinding:
    return TemplateFinding(level=level, code=code, field=field, place=place, sentence=sentence)


def _open(data: bytes) -> DocxTemplate:
    return DocxTemplate(io.BytesIO(data))


def _places(template: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Give each paragraph that has fields, with where it stands."""
    template.init_docx()
    word = template.get_docx()
    for number, one in enumerate(word.paragraphs, start=1):
        yield f"正文第 {number} 段", one.text
    for at, table in enumerate(word.tables, start=1):
        for row, cells in enumerate(table.rows, start=1):
            yield f"第 {at} 个表格第 {row} 行", "\n".join(cell.text for cell in cells.cells)
    for at, section in enumerate(word.sections, start=1):
        for name, part in (("页眉", section.header), ("页脚", section.footer)):
            yield f"第 {at} 节{name}", "\n".join(one.text for one in part.paragraphs)


def _place_of(places: list[tuple[str, str]], name: str) -> str:
    for place, text in places:
        if any(name in one for one in _FIELD.findall(text)):
            return place
    return "整个模板"


def _near(data: bytes, error: TemplateError) -> str:
    """Find the paragraph that does not stand by itself, or say what Jinja says."""
    for place, text in _places(_open(data)):
        if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            return place
    return f"整个模板（{error.message}）"


def starting_template() -> bytes:
    """Make a template with all fields, for Word to go on from."""
    word = docx.Document()
    _page(word)
    for text, centred in _STARTING:
        paragraph = word.add_paragraph(text)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    font = word.styles["Normal"].font
    font.name, font.size = "仿宋_GB2312", Pt(16)
    word.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")


_STARTING = (
    ("{{ 标记 }}", False),
    ("{%p if 已签发 %}", False),
    ("{{ 发文机关 }}", True),
    ("{%p endif %}", False),
    ("{{ 文号 }}", True),
    ("{{ 标题 }}", True),
    ("{{ 主送 }}：", False),
    ("{%p for 段 in 正文 %}", False),
    ("{{ 段.文字 }}", False),
    ("{%p endfor %}", False),
    ("{{ 署名 }}", False),
    ("{{ 日期 }}", False),
    ("{%p for 件 in 附件 %}", False),
    ("附件：{{ 件.标题 }}", False),
    ("{%p for 段 in 件.段落 %}", False),
    ("{{ 段.文字 }}", False),
    ("{%p endfor %}", False),
    ("{%p endfor %}", False),
    ("抄送：{{ 抄送 }}", False),
    ("{{ 印发机关 }}　{{ 印发日期 }}印发", False),
)
