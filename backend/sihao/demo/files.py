"""Small real files with Chinese text: the same bytes at every start."""

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime

import xlsxwriter

_WRAP = 34
_PNG_SIZE = (240, 320)

_PDF_FRAME = tuple(
    part.strip().replace(b"\n", b" ")
    for part in b"""
<< /Type /Catalog /Pages 2 0 R >>
--
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
--
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources << /Font << /F1 5 0 R >> >> >>
--
<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light
/Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>
--
<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>
--
<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]
/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>
""".split(b"--")
)
"""Objects 1–3 and 5–7 of a page; the page's text is object 4, its title object 8."""


def text_file(title: str, lines: Sequence[str]) -> bytes:
    """Plain text in UTF-8."""
    return "\n".join((title, "", *lines, "")).encode()


def pdf_file(title: str, lines: Sequence[str]) -> bytes:
    """One A4 page. The text uses the reader's own Song face, so no font is embedded."""
    rows = [part for line in lines for part in _wrapped(line)]
    shown = [f"BT /F1 16 Tf 60 780 Td {_hex(title[:_WRAP])} Tj ET"]
    shown += [
        f"BT /F1 12 Tf 60 {740 - 22 * place} Td {_hex(row)} Tj ET"
        for place, row in enumerate(rows[:30])
    ]
    stream = "\n".join(shown).encode("ascii")
    bodies = [*_PDF_FRAME[:3], b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    bodies += [*_PDF_FRAME[3:], f"<< /Title {_hex(title, mark=True)} >>".encode("ascii")]
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n%\xe5\x9b\x9b\xe5\xa5\xbd\n")
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 8 0 R >>\n" % (len(bodies) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def xlsx_file(title: str, lines: Sequence[str]) -> bytes:
    """A workbook with one sheet: number and content."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "created": datetime(2026, 1, 1)})  # noqa: DTZ001 - xlsx knows no zone
    sheet = book.add_worksheet("台账")
    bold = book.add_format({"bold": True, "border": 1})
    cell = book.add_format({"border": 1, "text_wrap": True})
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 80)
    sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
    sheet.write_row(1, 0, ("序号", "内容"), bold)
    for number, line in enumerate(lines, start=1):
        sheet.write_number(number + 1, 0, number, cell)
        sheet.write_string(number + 1, 1, line, cell)
    book.close()
    return out.getvalue()


def png_file(title: str, lines: Sequence[str]) -> bytes:
    """A small picture that looks like a page of lines; title and text stand in its metadata."""
    width, height = _PNG_SIZE
    paper, ink = b"\xfa" * width, b"\xfa" * 24
    rows = []
    for y in range(height):
        place, offset = divmod(y - 40, 18)
        length = min(width - 48, 6 * len(lines[place])) if 0 <= place < len(lines) else 0
        drawn = offset in range(6) and length
        rows.append(ink + b"\x50" * length + paper[24 + length :] if drawn else paper)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    about = b"Title\0\0\0\0\0" + "\n".join((title, *lines)).encode()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            _chunk(b"iTXt", about),
            _chunk(b"IDAT", pixels),
            _chunk(b"IEND", b""),
        )
    )


_WRITERS: dict[str, Callable[[str, Sequence[str]], bytes]] = {
    "txt": text_file,
    "pdf": pdf_file,
    "xlsx": xlsx_file,
    "png": png_file,
}


def file_bytes(file_name: str, lines: Sequence[str]) -> bytes:
    """A file of the kind its name tells, titled by its name."""
    title, _, ending = file_name.rpartition(".")
    return _WRITERS[ending](title, lines)


def _wrapped(line: str) -> list[str]:
    return [line[start : start + _WRAP] for start in range(0, len(line), _WRAP)]


def _hex(text: str, *, mark: bool = False) -> str:
    """A PDF hex string of UTF-16; document information wants a byte order mark."""
    return f"<{'FEFF' if mark else ''}{text.encode('utf-16-be').hex().upper()}>"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
