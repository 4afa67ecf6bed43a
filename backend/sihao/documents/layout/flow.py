"""What stands where in reading order: numbers of headings, lines of titles, words of dates.

Word and PDF are both made from this, so that they never differ in a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

from sihao.documents.layout.blocks import (
    Attachment,
    Block,
    Heading,
    Official,
    PageBreak,
    Paragraph,
    Table,
)

LINE_CHARACTERS = 28
LINE_MM = 156
LINE_PT = LINE_MM / 25.4 * 72
TITLE_CHARACTERS = 20
RED_PT = 36.0
IN_FORCE = date(2012, 7, 1)  # since when the standard holds: the date of papers without one
_DIGITS = "零一二三四五六七八九"
_FONTS = {1: "hei", 2: "kai", 3: "fang", 4: "fang"}
_AFTER = re.compile(r"[的和及与、》”）]|(?<=\d)年度|工作|情况|关于")
_BEFORE = re.compile(r"[《“（]|关于|通知$|通报$|报告$|意见$|方案$|决定$|函$")
_FULL = 0x2E80
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Text:
    """A paragraph as it is set; `font` is a role of `fonts.families`."""

    text: str
    font: str = "fang"
    align: str = "justify"
    indent: bool = True
    heading: bool = False


Line = Text | Table | PageBreak


def chinese(number: int) -> str:
    """Write 1 to 999 in Chinese: 十一, 二十, 一百零五, 一百一十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        written += "零"
    return written + (_DIGITS[ones] if ones else "")


def label(level: int, number: int) -> str:
    """The number of a heading by its level, 1 to 4."""
    if level == 1:
        return f"{chinese(number)}、"
    if level == 2:  # noqa: PLR2004 - the second of four kinds of numbers
        return f"（{chinese(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"  # noqa: PLR2004 - the third


def numbered(blocks: Sequence[Block]) -> Iterator[Line]:
    """Count headings and say in which font each paragraph is set."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            level = min(max(block.level, 1), len(counts))  # `check` names any other
            counts[level - 1] += 1
            counts[level:] = [0] * (len(counts) - level)
            number = label(level, counts[level - 1])
            yield Text(number + block.text, _FONTS[level], "left", heading=True)
        elif isinstance(block, Paragraph):
            for one in block.text.splitlines():
                if one.strip():
                    yield Text(one.strip(), "fang", block.align, block.indent)
        else:
            yield block


def ems(text: str) -> float:
    """Width in characters: half for letters and digits."""
    return sum(1 if ord(one) >= _FULL or one in "“”‘’—…" else 0.5 for one in text)


def title_lines(title: str, most: int = TITLE_CHARACTERS) -> list[str]:
    """Break a title where words end, its lines of like length and the longest not the last."""
    if "\n" in title:
        return title.split("\n")
    least = -(-int(ems(title) * 2) // (most * 2))
    if least <= 1:
        return [title]
    ends = {found.end() for found in _AFTER.finditer(title)}
    starts = {found.start() for found in _BEFORE.finditer(title)}
    places = sorted((ends | starts) - {0, len(title)})
    for count in (least, least + 1):
        broken = [_cut(title, cuts) for cuts in combinations(places, count - 1)]
        fitting = [lines for lines in broken if max(map(ems, lines)) <= most]
        if fitting:
            return min(fitting, key=_unrest)
    step = -(-len(title) // least)
    return [title[at : at + step] for at in range(0, len(title), step)]


def _cut(title: str, cuts: Sequence[int]) -> list[str]:
    return [title[a:b] for a, b in zip((0, *cuts), (*cuts, len(title)), strict=True)]


def _unrest(lines: list[str]) -> float:
    """How far a title is from a trapezoid: uneven lines, and a last line above the first."""
    widths = [ems(one) for one in lines]
    return max(widths) - min(widths) + 2 * max(0.0, widths[-1] - widths[0])


def day(date_: date) -> str:
    """A date in the standard's words: arabic, without leading zeros."""
    return f"{date_.year}年{date_.month}月{date_.day}日"


def made(document: Official) -> datetime:
    """When the file says it was made: the same each time it is made."""
    on = document.dated or document.printed_on or IN_FORCE
    return datetime(on.year, on.month, on.day, tzinfo=UTC)


def has_imprint(document: Official) -> bool:
    """Tell whether anything of 版记 is given."""
    return bool(document.copies_to or document.printed_by or document.printed_on)


def red_heading(document: Official) -> tuple[str, float]:
    """The issuing organ's mark and its size in points, so that it stands in one line."""
    text = document.organ if document.organ.endswith("文件") else f"{document.organ}文件"
    return text, min(RED_PT, LINE_PT / ems(text))


def addressee(document: Official) -> str | None:
    """The form of address with its colon."""
    return f"{document.addressee.rstrip('：:')}：" if document.addressee else None


def attachment_names(attachments: Sequence[Attachment]) -> list[tuple[str, str]]:
    """The lines of 附件说明, each its head and the title that hangs beside it."""
    if len(attachments) == 1:
        return [("附件：", attachments[0].title)]
    return [
        ("附件：" if number == 1 else "\u3000\u3000\u3000", f"{number}.{one.title}")
        for number, one in enumerate(attachments, 1)
    ]


def attachment_label(number: int, count: int) -> str:
    """What stands upper left on an annex: no number for a single one."""
    return "附件" if count == 1 else f"附件{number}"


def signature_indents(document: Official) -> tuple[float, float]:
    """Characters right of the organ and of the date: the organ is centred over the date."""
    if document.dated is None:
        return 4, 4
    organ, dated = ems(document.signature), ems(day(document.dated))
    return max(0, 4 + (dated - organ) / 2), max(4, (organ - dated) / 2)


def copies(document: Official) -> str | None:
    """The line 抄送 of the imprint without its head."""
    return f"{'，'.join(document.copies_to)}。" if document.copies_to else None


def contact(document: Official) -> str | None:
    """附注 in its brackets."""
    return f"（{document.contact.strip('（）')}）" if document.contact else None


def widths(table: Table) -> list[float]:
    """Widths of the columns in millimetres; too wide a table is narrowed to the line."""
    share = min(1, LINE_MM / sum(table.widths_mm))
    return [round(one * share, 2) for one in table.widths_mm]


def rows(table: Table) -> list[tuple[str, ...]]:
    """Rows with a cell for each column; raises `ValueError` for one with more than that."""
    columns, padded = len(table.headings), []
    for row in table.rows:
        if len(row) > columns:
            raise ValueError(f"a row has {len(row)} cells, the table {columns} columns: {row}")
        padded.append((*row, *[""] * (columns - len(row))))
    return padded


def aligns(table: Table) -> tuple[str, ...]:
    """How each column is aligned."""
    return table.aligns or ("center",) * len(table.headings)


def printable(document: Official) -> Official:
    """The document without what XML refuses and no paper shows: control characters and such."""
    made: Official = _printable(document)
    return made


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\t", " ").replace("\r\n", "\n"))
    if isinstance(value, tuple):
        return tuple(map(_printable, value))
    if is_dataclass(value) and not isinstance(value, type):
        kept = {one.name: _printable(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **kept)
    return value
