"""Documents as PDF/A-2b, set by typst."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst

from sihao.documents.layout import flow, fonts
from sihao.documents.layout.blocks import Block, Official, PageBreak, Table

_TEMPLATE = Path(__file__).with_name("gongwen.typ")
_DAY_ONE = date(2012, 7, 1)  # when the standard came into force: a date for papers without one


def render_pdf(document: Official) -> bytes:
    """Set the document; the same document gives the same bytes on the same fonts."""
    made = document.dated or document.printed_on or _DAY_ONE
    answer = typst.compile(
        str(_TEMPLATE),
        font_paths=fonts.book(),
        sys_inputs={"data": json.dumps(_data(document, made), ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=datetime(made.year, made.month, made.day, tzinfo=UTC),
    )
    if not isinstance(answer, bytes):
        raise TypeError("typst gave pages, not one file")
    return answer


def _data(document: Official, made: date) -> dict[str, Any]:
    """All that the template places, in words; it decides nothing but where things stand."""
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
    if not (document.copies_to or document.printed_by or document.printed_on):
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
            "rows": line.rows,
        }
    return {"kind": "text", **asdict(line)}
