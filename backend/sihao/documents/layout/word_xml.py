"""Pieces of WordprocessingML: paragraphs, tables and styles by the standard.

Written as text and parsed at once: a table of 2,000 rows takes tenths of a second so, and many
seconds cell by cell.
"""

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from sihao.documents.layout import flow
from sihao.documents.layout.blocks import Official, Table

__all__ = ["qn"]

PITCH = 28.95
GRID = f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{round(PITCH * 20)}"/>'
FONTS = {
    "fang": "仿宋_GB2312",
    "hei": "黑体",
    "kai": "楷体_GB2312",
    "title": "方正小标宋简体",
    "song": "宋体",
}
LATIN = "Times New Roman"
HEADING_STYLES = {"hei": "一级标题", "kai": "二级标题", "fang": "三级标题"}
PAGE_BREAK = (
    '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:r><w:br w:type="page"/></w:r></w:p>'
)
_RED = "E60012"
_TWIPS_MM = 1440 / 25.4
_CHARACTER_TWIPS = 315  # 16 pt, tightened by a quarter so that 28 stand in 156 mm
_TIGHTER = "-5"
_EMU_TWIP = 635
_COPIES_CHARACTERS = 26  # of 14 pt beside 抄送
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_JC = {"justify": "both"}
_STYLES = (
    # name, font, points, height of the line in points, spacing of characters, outline level
    ("公文标题", "title", 22, PITCH, "0", None),
    ("一级标题", "hei", 16, PITCH, _TIGHTER, 0),
    ("二级标题", "kai", 16, PITCH, _TIGHTER, 1),
    ("三级标题", "fang", 16, PITCH, _TIGHTER, 2),
    ("黑体", "hei", 16, PITCH, _TIGHTER, None),
    ("红头", "title", 36, 40, "0", None),
    ("页码", "song", 14, 18, "0", None),
    ("版记", "fang", 14, 24, "0", None),
    ("表头", "hei", 12, 18, "0", None),
    ("表文", "fang", 12, 18, "0", None),
)
_HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def wrapped(pieces: Sequence[str]) -> str:
    """One element with all pieces in it, to be parsed at once."""
    return f"<w:body {nsdecls('w')}>{''.join(pieces)}</w:body>"


def styles() -> list[str]:
    """The styles that offices find in Word's list, each by its Chinese name."""
    plain = _style("Normal", "正文", "fang", 16, PITCH, _TIGHTER, None, default=True)
    return [plain, *(_style(one[0], *one) for one in _STYLES)]


def _style(  # noqa: PLR0913 - what a style consists of
    key: str,
    name: str,
    font: str,
    size: float,
    line: float,
    spacing: str,
    outline: int | None,
    *,
    default: bool = False,
) -> str:
    """A paragraph style, with lines of exact height and without space around."""
    head = f'<w:name w:val="{"Normal" if default else name}"/>'
    if not default:
        head += '<w:basedOn w:val="Normal"/><w:qFormat/>'
    snap = f'<w:snapToGrid w:val="{int(line == PITCH)}"/>'
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    family, kind = FONTS[font], 'w:default="1"' if default else 'w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}" {kind}>'
        f'{head}<w:pPr><w:widowControl w:val="0"/>'
        f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{snap}'
        f'<w:spacing w:before="0" w:after="0" w:line="{round(line * 20)}" w:lineRule="exact"/>'
        f'<w:jc w:val="both"/>{level}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" '
        f'w:eastAsia="{family}"/><w:spacing w:val="{spacing}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def paragraph(  # noqa: PLR0913 - each is one of Word's own settings
    text: str,
    style: str = "正文",
    align: str = "justify",
    *,
    first: float = 0,
    left: float = 0,
    hanging: float = 0,
    right: float = 0,
    keep: bool = False,
    new_page: bool = False,
    ruled: bool = False,
    line_pt: float | None = None,
) -> str:
    """A paragraph; indents are in characters, `keep` holds it to what follows."""
    settings = "" if style == "正文" else f'<w:pStyle w:val="{style}"/>'
    settings += "<w:keepNext/>" * keep + "<w:pageBreakBefore/>" * new_page
    if ruled:
        below = f'<w:bottom w:val="single" w:sz="11" w:space="5" w:color="{_RED}"/>'
        settings += f"<w:pBdr>{below}</w:pBdr>"
    if line_pt is not None:
        settings += f'<w:spacing w:line="{round(line_pt * 20)}" w:lineRule="exact"/>'
    indents = {"firstLine": first, "left": left, "right": right, "hanging": hanging}
    if any(indents.values()):
        words = [
            f'w:{name}Chars="{round(value * 100)}" w:{name}="{round(value * _CHARACTER_TWIPS)}"'
            for name, value in indents.items()
            if value
        ]
        settings += f"<w:ind {' '.join(words)}/>"
    settings += f'<w:jc w:val="{_JC.get(align, align)}"/>'
    return f"<w:p><w:pPr>{settings}</w:pPr>{_run(text)}</w:p>"


def _run(text: str) -> str:
    """Words in the paragraph's font; quotation marks take the full width of a Chinese one."""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in text.split("\n")
    )
    return f"<w:r>{_HINT}{lines}</w:r>" if text else ""


def blank(lines: int, *, keep: bool = False) -> list[str]:
    """Empty lines."""
    return [paragraph("", keep=keep)] * lines


def title(text: str) -> str:
    """The title, its lines broken where words end."""
    return paragraph("\n".join(flow.title_lines(text)), "公文标题", "center")


def red_heading(text: str, size: float) -> str:
    """The issuing organ's mark, its upper edge 35 mm below that of the text block."""
    line, before = size * 1.1, 35 * 72 / 25.4 - size * 0.05
    return (
        '<w:p><w:pPr><w:pStyle w:val="红头"/>'
        f'<w:spacing w:before="{round(before * 20)}" w:line="{round(line * 20)}"'
        ' w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:color w:val="{_RED}"/>'
        f'<w:sz w:val="{round(size * 2)}"/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>'
    )


def page_number(side: str) -> str:
    """— 1 — at the outer side, one character from the edge."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="页码"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>'
        f"{_run('— ')}{field}{_run(' —')}</w:p>"
    )


def table(one: Table) -> str:
    """A table whose first row is repeated on each page; no row is broken."""
    widths = [round(width * _TWIPS_MM) for width in flow.widths(one)]
    centred = ("center",) * len(widths)
    rule = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    sides = "".join(f'<w:{side} w:w="80" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{rule}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>{_columns(widths)}"
        f"{_row(one.headings, widths, centred, '表头', '<w:tblHeader/>')}"
        f"{''.join(_row(row, widths, flow.aligns(one), '表文') for row in flow.rows(one))}</w:tbl>"
    )


def _columns(widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _row(
    cells: Sequence[str], widths: Sequence[int], aligns: Sequence[str], style: str, more: str = ""
) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(text, style, align)}</w:tc>"
        for text, width, align in zip(cells, widths, aligns, strict=True)
    )
    height = '<w:trHeight w:val="460" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{more}</w:trPr>{inner}</w:tr>"


def imprint(document: Official) -> str:
    """版记: a box without border at the foot of the text block, its lines between rules."""
    whole = round(flow.LINE_MM * _TWIPS_MM)
    printed = f"{flow.day(document.printed_on)}印发" if document.printed_on else ""
    lines, height = [], 1
    if copies := flow.copies(document):
        height += math.ceil(flow.ems(copies) / _COPIES_CHARACTERS)
        hanging = '<w:ind w:left="1120" w:hanging="1120"/>'
        lines.append((hanging, _run(f"\u3000抄送：{copies}")))
    if document.printed_by or printed:
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{whole - 280}"/></w:tabs>'
        by = _run(f"\u3000{document.printed_by}")
        lines.append((tab, f"{by}<w:r><w:tab/></w:r>{_run(printed)}"))
    words = "".join(
        '<w:p><w:pPr><w:pStyle w:val="版记"/>'
        f"{_rules(first=at == 0, last=at == len(lines) - 1)}{settings}"
        f'<w:jc w:val="left"/></w:pPr>{words}</w:p>'
        for at, (settings, words) in enumerate(lines)
    )
    return _foot_box(words, whole * _EMU_TWIP, (height * 24 + 6) * 20 * _EMU_TWIP)


def _foot_box(words: str, width: int, height: int) -> str:
    """A text box at the lower edge of the text block; sizes are in EMU."""
    size = f'cx="{width}" cy="{height}"'
    place = (
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>center'
        '</wp:align></wp:positionH><wp:positionV relativeFrom="margin"><wp:align>bottom'
        f"</wp:align></wp:positionV><wp:extent {size}/>"
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>'
    )
    shape = (
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
    )
    return (
        '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:drawing>'
        f'<wp:anchor {nsdecls("wp", "a")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">'
        f'{place}<a:graphic><a:graphicData uri="{_SHAPES}">'
        f'<wps:wsp xmlns:wps="{_SHAPES}">{shape}</wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


def _rules(*, first: bool, last: bool) -> str:
    """Thick above the first and below the last line of the imprint, thinner between."""
    rule = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="000000"/>'
    above, below = rule.format("top", 8 if first else 6), rule.format("bottom", 8)
    return f"<w:pBdr>{above}{below if last else ''}</w:pBdr>"


def flatten(paragraph_: Paragraph) -> None:
    """Take the height from a paragraph that only ends a section."""
    paragraph_.paragraph_format.line_spacing = 12700 // 2
