"""Documents as PDF/A-2b, set by typst."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from sihao.documents.layout import flow, fonts
from sihao.documents.layout.blocks import Block, Official, PageBreak, Table

_TEMPLATE = Path(__file__).with_name("gongwen.typ")
_NOT_IN_FONTS = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class UnprintableError(ValueError):
    """Some character is in none of the fonts; the message is a sentence for people."""

    def __init__(self, written: str) -> None:
        self.text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)
        codes = "、".join(f"U+{ord(one):04X}" for one in self.text)
        super().__init__(
            f"“{self.text}”（{codes}）在现有字体中没有字形，印不出来："
            "请换用通行写法，或请管理员把含有该字的字体放入字体目录（SIHAO_FONT_DIR）。"
        )


def render_pdf(document: Official) -> bytes:
    """Set the document; the same document gives the same bytes on the same fonts.

    Raises `UnprintableError` rather than print a box instead of somebody's name.
    """
    document = flow.printable(document)
    try:
        answer = typst.compile(
            str(_TEMPLATE),
            font_paths=fonts.book(),
            sys_inputs=_inputs(document),
            pdf_standards=["a-2b"],
            timestamp=flow.made(document),
        )
    except typst.TypstError as error:
        if found := _NOT_IN_FONTS.search(error.message):
            raise UnprintableError(found[1]) from error
        raise
    if not isinstance(answer, bytes):
        raise TypeError("typst gave pages, not one file")
    return answer


def shares_last_page(document: Official) -> bool:
    """Tell whether the imprint finds room below the text on an even last page."""
    shared = typst.query(
        str(_TEMPLATE),
        "<shares>",
        field="value",
        one=True,
        font_paths=fonts.book(),
        sys_inputs=_inputs(document),
    )
    return bool(json.loads(shared))


def _inputs(document: Official) -> dict[str, str]:
    return {"data": json.dumps(_data(document), ensure_ascii=False)}


def _data(document: Official) -> dict[str, Any]:
    """All that the template places, in words; it decides nothing but where things stand."""
    made = flow.made(document)
    text, size = flow.red_heading(document)
    count = len(document.attachments)
    return {
        "fonts": fonts.families(),
        "made": [made.year, made.month, made.day],
        "organ": document.organ,
        "title": document.title,
        "title_lines": flow.title_lines(document.title),
        "red": {"text": text, "size": size} if document.red_heading else None,
        "mark": document.mark,
        "number": document.number,
        "addressee": flow.addressee(document),
        "blocks": _blocks(document.blocks),
        "names": flow.attachment_names(document.attachments) if count else [],
        "signature": document.signature,
        "dated": flow.day(document.dated) if document.dated else None,
        "right": flow.signature_indents(document),
        "contact": flow.contact(document),
        "attachments": [
            {
                "label": flow.attachment_label(number, count),
                "title_lines": flow.title_lines(one.title),
                "blocks": _blocks(one.blocks),
            }
            for number, one in enumerate(document.attachments, 1)
        ],
        "imprint": _imprint(document),
    }


def _imprint(document: Official) -> dict[str, Any] | None:
    if not flow.has_imprint(document):
        return None
    return {
        "copies": flow.copies(document),
        "by": document.printed_by,
        "on": flow.day(document.printed_on) if document.printed_on else None,
    }


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [_line(one) for one in flow.numbered(blocks)]


def _line(line: flow.Line) -> dict[str, Any]:
    if isinstance(line, PageBreak):
        return {"kind": "break"}
    if isinstance(line, Table):
        return {
            "kind": "table",
            "headings": line.headings,
            "widths": flow.widths(line),
            "aligns": flow.aligns(line),
            "rows": flow.rows(line),
        }
    return {"kind": "text", **asdict(line)}
