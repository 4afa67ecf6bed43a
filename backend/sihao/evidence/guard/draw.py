"""Draw one page of a file as a picture, in a process of its own.

`python -m sihao.evidence.guard.draw … PATH MEDIA_TYPE PAGE WORDS` answers with the number of pages
(four bytes) and a WebP picture with the words across it. Pages count from 1.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageOps

from sihao.core.errors import NotFound
from sihao.evidence.guard import kinds, ole, process, texts
from sihao.evidence.guard.limits import PREVIEW_PAGES
from sihao.evidence.guard.ooxml import check_ooxml
from sihao.evidence.guard.open_formats import check_open_format
from sihao.evidence.guard.pictures import open_picture
from sihao.evidence.guard.reading import Reading
from sihao.evidence.guard.refusals import refusal
from sihao.evidence.guard.stamp import font, stamped
from sihao.evidence.guard.zips import open_zip

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_WIDE, _HIGH = 1240, 1754
"""A4 at 150 dots per inch."""
_LONGEST = 2 * _HIGH
_LEAST = 640
"""A smaller picture lies on a sheet on which the words have room."""
_QUALITY = 72
_MARGIN, _LETTER, _LEADING = 110, 26, 40
_LINES = (_HIGH - 2 * _MARGIN) // _LEADING
_COLUMNS = (_WIDE - 2 * _MARGIN) // (_LETTER // 2)
"""Columns of half a Chinese letter's width."""
_TEXT_READ = PREVIEW_PAGES * _LINES * _COLUMNS * 2
_WIDE_FROM = "\u1100"
_TABLES = {kinds.XLSX, ole.XLS, "application/vnd.oasis.opendocument.spreadsheet"}


def draw(path: Path, media_type: str, page: int) -> tuple[Image.Image, int]:
    """Give the page and how many there are. Raise `NotFound` for a page that is not there."""
    if media_type == kinds.PDF:
        return _pdf_page(path, page)
    if media_type in kinds.PICTURES:
        _check_page(page, 1)
        return _picture(path), 1
    if media_type in _TABLES and (rows := _rows_of(path)):
        return _text_page(rows, page)
    return _text_page(iter(_text_of(path, media_type).split("\n")), page)


def _pdf_page(path: Path, page: int) -> tuple[Image.Image, int]:
    from sihao.evidence.guard import pdf_pages  # noqa: PLC0415 - only PDFs pay for PDFium

    with path.open("rb") as file:
        pages = min(pdf_pages.count_pages(file), PREVIEW_PAGES)
        _check_page(page, pages)
        return pdf_pages.draw_page(file, page, _WIDE, _LONGEST), pages


def _picture(path: Path) -> Image.Image:
    with path.open("rb") as file, open_picture(file) as picture:
        picture.draft("RGB", (_WIDE, _LONGEST))
        picture.thumbnail((_WIDE, _LONGEST))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        size = max(upright.width, _LEAST), max(upright.height, _LEAST)
        paper = Image.new("RGBA", size, "white")
        paper.alpha_composite(
            upright, ((size[0] - upright.width) // 2, (size[1] - upright.height) // 2)
        )
        return paper.convert("RGB")


def _text_of(path: Path, media_type: str) -> str:
    reading = Reading(kept=_TEXT_READ)
    with path.open("rb") as file:
        if media_type in kinds.TEXTS.values():
            texts.read_text(file, reading)
        elif media_type in ole.KINDS:
            ole.check_ole(file, reading)
        elif media_type in kinds.OOXML:
            with open_zip(file) as archive:
                check_ooxml(archive, reading)
        elif media_type in {*kinds.ODF, kinds.OFD}:
            with open_zip(file) as archive:
                check_open_format(archive, reading)
        else:
            raise refusal("no_preview")
    return reading.text


def _rows_of(path: Path) -> Iterator[str] | None:
    """Give a workbook's sheets row by row; None when it is not read as one: its text is."""
    import python_calamine  # noqa: PLC0415 - only tables pay for it

    try:
        return _rows(python_calamine.CalamineWorkbook.from_path(path))
    except python_calamine.CalamineError:
        return None


def _rows(book: "CalamineWorkbook") -> Iterator[str]:
    for name in book.sheet_names:
        yield f"【{name}】"
        for row in book.get_sheet_by_name(name).iter_rows():
            yield " │ ".join(_shown(cell) for cell in row)
        yield ""


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _text_page(source: Iterator[str], page: int) -> tuple[Image.Image, int]:
    lines: list[str] = []
    for line in source:
        lines += _wrapped(line)
        if len(lines) >= PREVIEW_PAGES * _LINES:
            break
    pages = min(max(-(-len(lines) // _LINES), 1), PREVIEW_PAGES)
    _check_page(page, pages)
    paper = Image.new("RGB", (_WIDE, _HIGH), "white")
    pen, face = ImageDraw.Draw(paper), font(_LETTER)
    for at, line in enumerate(lines[(page - 1) * _LINES : page * _LINES]):
        pen.text((_MARGIN, _MARGIN + at * _LEADING), line, font=face, fill="black")
    return paper, pages


def _wrapped(line: str) -> Iterator[str]:
    """Cut a line into what fits; a Chinese letter is as wide as two others."""
    part, width = "", 0
    for sign in line.expandtabs(4):
        if not sign.isprintable():
            continue
        wide = 2 if sign >= _WIDE_FROM else 1
        if width + wide > _COLUMNS:
            yield part
            part, width = "", 0
        part += sign
        width += wide
    yield part


def _check_page(page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        raise NotFound("preview.page", f"没有第 {page} 页，共 {pages} 页。", "No such page.")


def _answer(path: str, media_type: str, page: str, words: str) -> bytes:
    picture, pages = draw(Path(path), media_type, int(page))
    out = io.BytesIO()
    stamped(picture, words).save(out, "WEBP", quality=_QUALITY, method=2)
    return pages.to_bytes(4, "big") + out.getvalue()


if __name__ == "__main__":
    process.serve(_answer)
