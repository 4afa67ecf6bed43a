"""Documents for the tests of layout, and how a page is measured."""

import ctypes
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pypdfium2
from pypdfium2 import raw

from sihao.documents.layout.blocks import Attachment, Heading, Official, Paragraph, Table

SENTENCE = (
    "根据《某某市年度考核工作办法》，市考核办对全市12个区县、156个镇街开展了年度考核，"
    "共收到佐证材料48,210件，现场核查320次，访谈干部群众1,560人。"
)
MM = 72 / 25.4
PITCH = 28.95
HEIGHT = 297 * MM


def letter(**changes: Any) -> Official:
    made = Official(
        organ="某某市人民政府",
        title="关于2026年度区县镇街绩效考核结果的通报",
        blocks=(
            Paragraph(SENTENCE),
            Heading(1, "总体情况"),
            Heading(2, "组织情况"),
            Paragraph(SENTENCE),
            Heading(3, "现场核查"),
            Heading(4, "访谈"),
            Paragraph(SENTENCE),
            Heading(1, "考核结果"),
            Paragraph(SENTENCE),
        ),
        number="某政发〔2026〕18号",
        addressee="各区县人民政府，市政府各部门",
        signature="某某市人民政府",
        dated=date(2026, 11, 24),
        copies_to=("市委各部门",),
        printed_by="某某市人民政府办公室",
        printed_on=date(2026, 11, 25),
        red_heading=True,
        contact="联系人：张三",
    )
    return replace(made, **changes)


def annex(rows: int) -> Attachment:
    cells = tuple(
        (str(row), f"第{row}街道办事处", f"{row / 100:.2f}") for row in range(1, rows + 1)
    )
    return Attachment("年度考核结果一览表", (Table(("序号", "单位", "得分"), (15, 95, 30), cells),))


@dataclass(frozen=True)
class Glyph:
    """One character on a page: left edge, lower edge of its cell and its size, in points."""

    char: str
    left: float
    base: float
    size: float
    right: float


class Pages:
    """The pages of a PDF as they are seen."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self.pdf)

    def text(self, page: int) -> str:
        return self.pdf[page].get_textpage().get_text_range().replace("\r\n", "\n")

    def glyphs(self, page: int) -> list[Glyph]:
        text = self.pdf[page].get_textpage()
        found = []
        for at in range(text.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(text, at))
            if char.strip():
                left, _, right, _ = text.get_charbox(at, loose=True)
                x, y = ctypes.c_double(), ctypes.c_double()
                raw.FPDFText_GetCharOrigin(text, at, x, y)
                size = raw.FPDFText_GetFontSize(text, at)
                found.append(Glyph(char, left, y.value, size, right))
        return found

    def fonts(self, page: int) -> dict[str, str]:
        """The font's name by character."""
        text = self.pdf[page].get_textpage()
        found = {}
        for at in range(text.count_chars()):
            name = ctypes.create_string_buffer(200)
            raw.FPDFText_GetFontInfo(text, at, name, 200, ctypes.c_int())
            found[chr(raw.FPDFText_GetUnicode(text, at))] = name.value.decode()
        return found

    def lines(self, page: int) -> list[list[Glyph]]:
        """Glyphs by their base line, from the top."""
        rows: dict[float, list[Glyph]] = {}
        for one in self.glyphs(page):
            near = next((base for base in rows if abs(base - one.base) < 2), one.base)
            rows.setdefault(near, []).append(one)
        return [sorted(rows[base], key=lambda one: one.left) for base in sorted(rows, reverse=True)]

    def red_share(self, page: int) -> float:
        """Share of clearly red points on the page's picture."""
        picture = self.pdf[page].render(scale=1).to_pil().convert("RGB")
        points = picture.tobytes()
        red = sum(
            points[at] > 180 and points[at + 1] < 90 and points[at + 2] < 90
            for at in range(0, len(points), 3)
        )
        return red / (len(points) / 3)
