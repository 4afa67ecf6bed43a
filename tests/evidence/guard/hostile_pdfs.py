"""PDFs that act, carry, burst or lie."""

import zlib
from collections.abc import Iterator

from tests.evidence.guard.hostile import INERT, Case, case
from tests.evidence.guard.hostile_kinds import HTML, MZ, NOISE
from tests.evidence.guard.make import packed_objects, pdf, stream

_PACKED = "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode"


def cases() -> Iterator[Case]:
    yield from _pdf_actions()
    yield from _pdf_shapes()


def _pdf_actions() -> Iterator[Case]:
    script = "/S /JavaScript /JS (app.alert\\(1\\))"
    hidden = "/S /J#61vaScript /JS (app.alert\\(1\\))"
    for what, content, expected in (
        (
            "a script that runs on opening",
            pdf("x", catalog=f"/OpenAction << {script} >>"),
            "active",
        ),
        (
            "a script under another spelling",
            pdf("x", catalog=f"/OpenAction << {hidden} >>"),
            "active",
        ),
        (
            "a script in its names",
            pdf("x", catalog=f"/Names << /JavaScript << /Names [(a) << {script} >>] >> >>"),
            "active",
        ),
        ("a script on a page", pdf("x", page=f"/AA << /O << {script} >> >>"), "active"),
        (
            "a script in a packed object",
            pdf("x", extra=[packed_objects(f"<< {script} >>".encode())]),
            "active",
        ),
        (
            "a respelled script in a packed object",
            pdf("x", extra=[packed_objects(f"<< {hidden} >>".encode())]),
            "active",
        ),
        (
            "a program that starts on opening",
            pdf("x", catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"),
            "active",
        ),
        (
            "a program in a packed object",
            pdf("x", extra=[packed_objects(b"<< /S /Launch /F (cmd.exe) >>")]),
            "active",
        ),
        (
            "a program behind a link",
            pdf("x", page="/Annots [<< /Subtype /Link /A << /S /La#75nch >> >>]"),
            "active",
        ),
        ("rich media", pdf("x", page="/Annots [<< /Subtype /RichMedia >>]"), "active"),
        ("a film", pdf("x", page="/Annots [<< /Subtype /Movie >>]"), "active"),
        (
            "a file pinned to a page",
            pdf("x", page="/Annots [<< /Subtype /FileAttachment >>]"),
            "embedded",
        ),
        ("a program attached", _attached("a.exe", MZ), "program"),
        ("a program attached as text", _attached("a.txt", MZ), "program"),
        ("a page attached", _attached("a.html", HTML.encode()), "script"),
        ("an invoice's data attached", _attached("invoice.xml", b"<x/>"), INERT),
        (
            "a password",
            pdf("x", trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >>"),
            "encrypted",
        ),
        (
            "objects packed twice",
            pdf("x", extra=[packed_objects(b"<< >>", "/Filter [/ASCIIHexDecode /FlateDecode]")]),
            "broken",
        ),
        ("objects packed as noise", pdf("x", extra=[stream(NOISE, _PACKED)]), "broken"),
    ):
        yield case(f"a PDF with {what}", "纪要.pdf", content, expected)


def _attached(name: str, content: bytes) -> bytes:
    names = f"/Names << /EmbeddedFiles << /Names [({name}) 10 0 R] >> >>"
    spec = f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F 11 0 R >> >>".encode()
    return pdf("x", catalog=names, extra=[spec, stream(content, "/Type /EmbeddedFile")])


def _pdf_shapes() -> Iterator[Case]:
    zeros = zlib.compress(bytes(100 << 20), 1)
    again = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>"
    )
    for what, content, expected in (
        ("no pages", pdf(), "broken"),
        ("nothing behind its first line", b"%PDF-1.7\n", "broken"),
        ("noise behind its first line", b"%PDF-1.7\n" + NOISE, "broken"),
        ("2001 pages", pdf(kids="100 0 R " * 2001, count=2001), "pages"),
        ("a billion pages in its own words", pdf("x", count=1_000_000_000), INERT),
        ("pages that hold themselves", pdf(kids="2 0 R", count=1), INERT),
        ("objects that unpack to 100 MB", pdf("x", extra=[stream(zeros, _PACKED)]), "bomb"),
        ("a form that holds itself", pdf("x", extra=[stream(b"/X Do", again[2:])]), INERT),
        ("a page a kilometre wide", pdf("x", page="/MediaBox [0 0 3000000 3000000]"), INERT),
        ("its end cut off", pdf("x")[:-60], "broken"),
        ("a table that follows itself", pdf("x", trailer="/Prev 9"), INERT),
    ):
        yield case(f"a PDF with {what}", "纪要.pdf", content, expected)
