"""What offends GB/T 9704-2012 in a document before it is made (B10)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sihao.documents.layout.blocks import (
    Block,
    Heading,
    Official,
    PageBreak,
    Paragraph,
    Table,
    Violation,
)

MOST_CHARACTERS = 4000
_HAN = "\u4e00-\u9fff"
_NUMBER = re.compile(r"^[^\s〔〕]+〔\d{4}〕[1-9]\d*号$")
_OWN_NUMBER = re.compile(
    r"^([一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[.．、])"
)
_WORDING = (
    (
        "bracket",
        re.compile(r"[\[［(（【]\s*\d{4}\s*[\]］)）】]\s*\d+\s*号"),
        "发文字号的年份要用六角括号，请改为“〔2026〕18号”的样式",
    ),
    ("spaces", re.compile(r"[ \u3000]{2,}"), "有连续空格，请删去"),
    (
        "punctuation",
        re.compile(rf"(?<=[{_HAN}])[,;:?!.](?=[{_HAN}]|$)|(?<=[{_HAN}])\(|\((?=[{_HAN}])"),
        "汉字之间用了半角标点，请改为全角",
    ),
    (
        "date",
        re.compile(
            r"[〇零一二三四五六七八九]{4}年|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
            r"|\d{4}年0\d月|\d{4}年\d{1,2}月0\d日"
        ),
        "日期要用阿拉伯数字写全，月、日不加零，请改为“2026年11月4日”的样式",
    ),
)


def check(document: Official) -> list[Violation]:
    """All offences, in reading order; none for a document that may be issued."""
    return [*_parts(document), *_blocks(document.blocks, "正文"), *_length(document)] + [
        found
        for number, one in enumerate(document.attachments, 1)
        for found in (
            *title(one.title, f"附件{number}标题"),
            *_blocks(one.blocks, f"附件{number}"),
        )
    ]


def title(text: str, place: str = "标题") -> Iterator[Violation]:
    """What offends in a title."""
    if not text.strip():
        yield Violation("title.missing", place, "没有标题，请填写。")
    if text.rstrip().endswith(("。", ".")):
        yield Violation("title.stop", place, "标题末尾不用句号，请删去。")
    yield from wording(text, place)


def wording(text: str, place: str) -> Iterator[Violation]:
    """What offends in the words themselves, each kind once a place, with the words."""
    for code, pattern, sentence in _WORDING:
        if found := pattern.search(text):
            around = text[max(0, found.start() - 6) : found.end() + 6].strip()
            yield Violation(f"words.{code}", place, f"“{around}”：{sentence}。")


def too_long(characters: int) -> Iterator[Violation]:
    """A text above the most characters that a document may have."""
    if characters > MOST_CHARACTERS:
        said = f"正文有{characters}字，超过{MOST_CHARACTERS}字，请压缩，或把细节移入附件。"
        yield Violation("text.long", "正文", said)


def _parts(document: Official) -> Iterator[Violation]:
    """The parts a document must have, and how they are written."""
    yield from title(document.title)
    if not document.organ.strip():
        yield Violation("organ.missing", "发文机关", "没有发文机关，请填写。")
    if document.number is not None and not _NUMBER.match(document.number):
        said = f"“{document.number}”不合规范，请写成“某政发〔2026〕18号”，序号不加“第”、不补零。"
        yield Violation("number.form", "发文字号", said)
    if document.number is None and document.red_heading:
        yield Violation("number.missing", "发文字号", "印发的公文要有发文字号，请取号。")
    if not (document.addressee or "").strip():
        yield Violation("addressee.missing", "主送机关", "没有主送机关，请填写。")
    if not document.signature.strip():
        yield Violation("signature.missing", "署名", "没有发文机关署名，请填写。")
    if document.dated is None:
        yield Violation("date.missing", "成文日期", "没有成文日期，请填写。")
    places = (("主送机关", document.addressee), ("署名", document.signature))
    for place, text in (*places, ("附注", document.contact)):
        yield from wording(text or "", place)
    for text in document.copies_to:
        yield from wording(text, "抄送机关")


def _blocks(blocks: Sequence[Block], place: str) -> Iterator[Violation]:
    yield from _levels(blocks, place)
    tables = 0
    for at, one in enumerate(blocks, 1):
        if isinstance(one, Table):
            tables += 1
            yield from _table(one, f"{place}表{tables}")
        elif not isinstance(one, PageBreak):
            yield from wording(one.text, f"{place}第{at}段")


def _levels(blocks: Sequence[Block], place: str) -> Iterator[Violation]:
    """Headings go down one level at a time and bring no number of their own."""
    headings = [(at, one) for at, one in enumerate(blocks, 1) if isinstance(one, Heading)]
    levels = [0, *(one.level for _, one in headings)]
    for (at, one), (before, level) in zip(headings, pairwise(levels), strict=True):
        where = f"{place}第{at}段"
        if not 1 <= level <= len(("一、", "（一）", "1.", "（1）")):
            yield Violation("heading.level", where, f"“{one.text}”：标题只有四级，请改为一至四级。")
        elif level > before + 1:
            said = f"“{one.text}”：标题层次跳级，应当按一、（一）1.（1）逐级编排，请补上一级。"
            yield Violation("heading.skipped", where, said)
        if _OWN_NUMBER.match(one.text):
            said = f"“{one.text}”：序号由系统编排，请删去自带的序号。"
            yield Violation("heading.number", where, said)


def _table(table: Table, place: str) -> Iterator[Violation]:
    columns = len(table.headings)
    if len(table.widths_mm) != columns or (table.aligns and len(table.aligns) != columns):
        yield Violation("table.columns", place, "列宽或对齐的个数与表头不符，请逐列给出。")
    for number, row in enumerate(table.rows, 1):
        if len(row) != columns:
            said = f"有{len(row)}格，表头有{columns}列，请补齐。"
            yield Violation("table.cells", f"{place}第{number}行", said)


def _length(document: Official) -> Iterator[Violation]:
    texts = [one.text for one in document.blocks if isinstance(one, Heading | Paragraph)]
    yield from too_long(sum(len("".join(one.split())) for one in texts))
