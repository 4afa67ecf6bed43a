"""Documents as Word files that offices go on editing: official font names, grid, page numbers."""

from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Mm

from sihao.documents.layout import flow, pdf
from sihao.documents.layout import word_xml as xml
from sihao.documents.layout.blocks import Block, Official, PageBreak, Table

_NUMBER_MM = 25
"""From the lower edge of the page to its number, whose dash is 7 mm below the text."""


def render_word(document: Official) -> bytes:
    """Write the document; what its PDF shows stands here in the same words and lines."""
    document, word = flow.printable(document), Document()
    _prepare(word, document)
    _fill(word, [*_head(document), *_text(document), *_annexes(document)])
    if flow.has_imprint(document):
        if not pdf.shares_last_page(document):
            _start_even_page(word)
        foot = parse_xml(xml.wrapped([xml.imprint(document)]))[0]
        word.element.body.get_or_add_sectPr().addprevious(foot)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _fill(word: Word, pieces: list[str]) -> None:
    """Put paragraphs and tables into the empty document.

    The body is exchanged as a whole: lxml moves the cells of a large table one by one otherwise,
    each time looking through all before it.
    """
    empty = word.element.body
    body = parse_xml(xml.wrapped(pieces))
    body.append(empty.get_or_add_sectPr())
    word.element.replace(empty, body)


def _prepare(word: Word, document: Official) -> None:
    """Page, grid, styles, page numbers, and what the file says of itself."""
    said = word.core_properties
    said.title, said.author = document.title, document.organ
    said.comments, said.language = "", "zh-CN"
    made = flow.made(document)
    said.created = said.modified = made
    styles = word.styles.element
    styles.remove(word.styles["Normal"].element)
    for style in parse_xml(xml.wrapped(xml.styles())):
        styles.append(style)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(_NUMBER_MM)
    settings = word.element.body.get_or_add_sectPr()
    for old in settings.findall(xml.qn("w:docGrid")):
        settings.remove(old)
    settings.append(parse_xml(xml.GRID))
    word.settings.odd_and_even_pages_header_footer = True
    _number_pages(section)


def _number_pages(section: Section) -> None:
    """Outside: right on odd pages, left on even ones."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        old = footer.paragraphs[0]._element  # noqa: SLF001 - python-docx removes none itself
        old.addprevious(parse_xml(xml.page_number(side)))
        old.getparent().remove(old)


def _start_even_page(word: Word) -> None:
    """Go to the next even page; neither it nor an empty one before it bears a number."""
    section = word.add_section(WD_SECTION.EVEN_PAGE)
    xml.flatten(word.paragraphs[-1])
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = False


def _head(document: Official) -> list[str]:
    pieces = []
    if document.red_heading:
        text, size = flow.red_heading(document)
        pieces += [xml.red_heading(text, size), *xml.blank(2)]
    elif document.mark:
        pieces += [xml.paragraph(document.mark, "黑体", "left"), *xml.blank(1)]
    if document.number:
        number = xml.paragraph(document.number, align="center", ruled=document.red_heading)
        pieces += [number, *xml.blank(2 if document.red_heading else 1)]
    elif document.red_heading:
        pieces += [xml.paragraph("", ruled=True), *xml.blank(2)]
    pieces += [xml.title(document.title), *xml.blank(1)]
    if address := flow.addressee(document):
        pieces.append(xml.paragraph(address))
    return pieces


def _text(document: Official) -> list[str]:
    """The text and what closes it: 附件说明, signature, date and note, which keep together."""
    blocks = document.blocks
    ends_in_words = bool(blocks) and not isinstance(blocks[-1], Table | PageBreak)
    return [*_blocks(blocks, keep_last=ends_in_words), *_closing(document)]


def _closing(document: Official) -> list[str]:
    pieces = []
    if document.attachments:
        pieces += xml.blank(1, keep=True)
        for at, (head, title) in enumerate(flow.attachment_names(document.attachments)):
            text = title if at else head + title
            hanging = 0 if at else 3
            pieces.append(xml.paragraph(text, align="left", left=5, hanging=hanging, keep=True))
    organ, dated = flow.signature_indents(document)
    if document.signature or document.dated:
        pieces += xml.blank(2, keep=True)
    if document.signature:
        pieces.append(xml.paragraph(document.signature, align="right", right=organ, keep=True))
    if document.dated:
        day, noted = flow.day(document.dated), bool(document.contact)
        pieces.append(xml.paragraph(day, align="right", right=dated, keep=noted))
    if note := flow.contact(document):
        pieces.append(xml.paragraph(note, first=2))
    return pieces


def _annexes(document: Official) -> list[str]:
    pieces, count = [], len(document.attachments)
    for number, one in enumerate(document.attachments, 1):
        head = flow.attachment_label(number, count)
        pieces.append(xml.paragraph(head, "黑体", "left", new_page=True))
        pieces += [*xml.blank(1), xml.title(one.title), *xml.blank(1)]
        pieces += _blocks(one.blocks)
    return pieces


def _blocks(blocks: tuple[Block, ...], *, keep_last: bool = False) -> list[str]:
    lines, pieces = list(flow.numbered(blocks)), []
    for one, following in zip(lines, [*lines[1:], None], strict=True):
        pieces.append(_piece(one, keep=keep_last and following is None))
        if isinstance(one, Table) and (following is None or isinstance(following, Table)):
            # Word makes one table of two that touch, and ends no part with a table.
            pieces.append(xml.paragraph("", line_pt=1))
    return pieces


def _piece(one: flow.Line, *, keep: bool) -> str:
    if isinstance(one, PageBreak):
        return xml.PAGE_BREAK
    if isinstance(one, Table):
        return xml.table(one)
    style = xml.HEADING_STYLES[one.font] if one.heading else "正文"
    first = 2 if one.indent else 0
    return xml.paragraph(one.text, style, one.align, first=first, keep=keep or one.heading)
