"""Marks of secrecy, wherever a person could write one."""

from collections.abc import Iterator

from tests.evidence.guard import make
from tests.evidence.guard.hostile import Case, case
from tests.evidence.guard.make import docx, ole, paragraph, xlsx

_ALONE = {
    "plain": "机密★10年",
    "with spaces": "绝 密 ★ 长期",
    "with wide spaces": "秘　密　★",
    "with hard spaces": "秘\u00a0密\u00a0★",
    "without a period": "秘密★",
    "with signs without width": "机\u200b密\u2060★\ufeff10年",
    "in old letters": "絕密★",
    "one letter a line": "机\n密\n★\n10年",
    "the star on a line of its own": "秘密\n★10年",
}


def cases() -> Iterator[Case]:
    for what, mark in _ALONE.items():
        yield case(f"a mark {what}", "通知.txt", f"某单位文件\n{mark}\n正文".encode(), "secret")
    text = "某单位文件\n机密★10年\n正文"
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        yield case(f"a mark in {encoding}", "通知.txt", text.encode(encoding), "secret")
    big_endian = b"\xfe\xff" + text.encode("utf-16-be")
    yield case("a mark in UTF-16, big end first", "通知.txt", big_endian, "secret")
    yield case(
        "a mark across a block's edge", "通知.txt", ("字" * 65_534 + "机密★").encode(), "secret"
    )
    yield case(
        "a mark behind a megabyte", "通知.txt", ("字" * 800_000 + "\n机密★").encode(), "secret"
    )
    for ending in ("md", "csv"):
        yield case(f"a mark in .{ending}", f"通知.{ending}", text.encode(), "secret")
    yield from _in_word()
    yield from _in_others()


def _in_word() -> Iterator[Case]:
    mark = paragraph("机密★10年")
    for what, body in {
        "in its text": mark,
        "in pieces": paragraph("机", "密", "★", "10年"),
        "in a table": f"<w:tbl><w:tr><w:tc>{mark}</w:tc></w:tr></w:tbl>",
        "in cells side by side": "".join(
            f"<w:tc>{paragraph(one)}</w:tc>" for one in ("机密", "★10年")
        ),
        "in a text box": f"<w:p><w:pict><w:txbxContent>{mark}</w:txbxContent></w:pict></w:p>",
        "deleted, but there": "<w:p><w:del><w:delText>机密★10年</w:delText></w:del></w:p>",
        "with a tab": "<w:p><w:r><w:t>机密</w:t><w:tab/><w:t>★10年</w:t></w:r></w:p>",
    }.items():
        yield case(f"a mark {what}, Word", "通知.docx", docx(body), "secret")
    for part, tag in (
        ("header1", "hdr"),
        ("footer2", "ftr"),
        ("footnotes", "footnotes"),
        ("comments", "comments"),
    ):
        parts = {f"word/{part}.xml": make.w_part(tag, mark)}
        yield case(f"a mark in {part}, Word", "通知.docx", docx(parts=parts), "secret")
    title = '<x xmlns:dc="urn:dc"><dc:title>机密★10年 通知</dc:title></x>'
    yield case(
        "a mark in the title, Word", "通知.docx", docx(parts={"docProps/core.xml": title}), "secret"
    )
    utf_16 = make.w_part("document", mark, '<?xml version="1.0"?>').encode("utf-16")
    yield case(
        "a mark in UTF-16, Word", "通知.docx", docx(parts={"word/document.xml": utf_16}), "secret"
    )
    embedded = {"word/embeddings/a.xlsx": xlsx(("机密★10年",))}
    yield case("a mark in a workbook in Word", "通知.docx", docx(parts=embedded), "secret")
    for name, stream in (
        ("doc", "WordDocument"),
        ("wps", "WordDocument"),
        ("xls", "Workbook"),
        ("ppt", "PowerPoint Document"),
    ):
        for shift in (30, 31):
            raw = b"\xec\xa5" + bytes(shift) + "秘密★5年".encode("utf-16-le")
            raw = raw if stream == "WordDocument" else bytes(shift) + raw[shift + 2 :]
            yield case(
                f"a mark at {shift}, old format", f"通知.{name}", ole({stream: raw}), "secret"
            )


def _in_others() -> Iterator[Case]:
    mark = "机密★10年"
    yield case("a mark in a cell", "台账.xlsx", xlsx(("序号", mark)), "secret")
    yield case("a mark in the sheet's name", "台账.xlsx", xlsx(name=mark), "secret")
    pieces = "<sst><si><r><t>机</t></r><r><t>密★</t></r></si></sst>"
    yield case(
        "a mark in pieces in a cell",
        "台账.xlsx",
        xlsx(parts={"xl/sharedStrings.xml": pieces}),
        "secret",
    )
    for what, rows, after in (
        ("in a cell's own text", f'<row><c t="inlineStr"><is><t>{mark}</t></is></c></row>', ""),
        ("that a formula gives", f'<row><c t="str"><f>A1</f><v>{mark}</v></c></row>', ""),
        (
            "in the head of a print",
            "",
            f"<headerFooter><oddHeader>&amp;C{mark}</oddHeader></headerFooter>",
        ),
    ):
        parts = {"xl/worksheets/sheet1.xml": make.sheet(rows, after)}
        yield case(f"a mark {what}", "台账.xlsx", xlsx(parts=parts), "secret")
    note = {
        "xl/comments1.xml": f"<comments><comment><text><t>{mark}</t></text></comment></comments>"
    }
    yield case("a mark in a comment, Excel", "台账.xlsx", xlsx(parts=note), "secret")
    box = {"xl/drawings/drawing1.xml": make.slide(mark)}
    yield case("a mark in a text box, Excel", "台账.xlsx", xlsx(parts=box), "secret")
    yield case("a mark on a slide", "介绍.pptx", make.pptx("第一页", mark), "secret")
    notes = {"ppt/notesSlides/notesSlide1.xml": make.slide(mark)}
    yield case("a mark in a slide's notes", "介绍.pptx", make.pptx("第一页", parts=notes), "secret")
    yield case("a mark on a PDF's page", "通知.pdf", make.pdf("第一页", mark), "secret")
    yield case("a mark in OpenDocument", "通知.odt", make.odf(f"<text:p>{mark}</text:p>"), "secret")
    spans = "<text:p><text:span>机</text:span><text:span>密★</text:span></text:p>"
    yield case("a mark in pieces, OpenDocument", "通知.odt", make.odf(spans), "secret")
    styles = {"styles.xml": f"<x><p>{mark}</p></x>"}
    yield case("a mark in a head, OpenDocument", "通知.odt", make.odf("", parts=styles), "secret")
    yield case(
        "a mark in a cell, OpenDocument",
        "台账.ods",
        make.odf(f"<text:p>{mark}</text:p>", "spreadsheet"),
        "secret",
    )
    yield case("a mark in OFD", "通知.ofd", make.ofd(mark), "secret")
    yield case("a mark in a text in a ZIP", "材料.zip", make.zip_of({"a.txt": mark}), "secret")
    yield case(
        "a mark in Word in a ZIP",
        "材料.zip",
        make.zip_of({"a.docx": docx(paragraph(mark))}),
        "secret",
    )
