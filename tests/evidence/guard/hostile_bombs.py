"""Small files that unpack to far more than they are."""

import struct
from collections.abc import Iterator

from tests.evidence.guard import make
from tests.evidence.guard.hostile import Case, case


def cases() -> Iterator[Case]:
    zeros = make.zip_of_zeros
    yield case("300 MB of zeros in a ZIP", "材料.zip", lambda: zeros("a.txt", 300 << 20), "bomb")
    yield case("1.2 GB in a ZIP", "材料.zip", make.claiming("a.txt", 1200 << 20), "bomb")
    yield case(
        "200 MB of spaces in a document",
        "纪要.docx",
        lambda: zeros("word/media/a.png", 200 << 20, make.docx_parts()),
        "bomb",
    )
    yield case("shared texts of 200 MB", "台账.xlsx", lambda: _strings_bomb(200), "bomb")
    yield case(
        "a sheet of 1.2 GB",
        "台账.xlsx",
        make.claiming("xl/worksheets/sheet2.xml", 1200 << 20, make.xlsx_parts()),
        "bomb",
    )
    yield case(
        "OpenDocument of 200 MB",
        "纪要.odt",
        lambda: zeros("a.xml", 200 << 20, {"mimetype": "application/vnd.oasis.opendocument.text"}),
        "bomb",
    )
    yield case(
        "ten thousand members",
        "材料.zip",
        lambda: make.zip_of({f"{n}.txt": "" for n in range(10_001)}),
        "bomb",
    )
    yield case(
        "three hundred files",
        "材料.zip",
        lambda: make.zip_of({f"{n}.txt": "a" for n in range(300)}),
        "bomb",
    )
    yield case("members in one place (1:28000)", "材料.zip", _overlapping, "zip_structure")


def _strings_bomb(megabytes: int) -> bytes:
    parts = make.xlsx_parts()
    del parts["xl/sharedStrings.xml"]
    return make.zip_of_zeros("xl/sharedStrings.xml", megabytes << 20, parts)


def _overlapping() -> bytes:
    """A thousand lines of the directory share one packed megabyte."""
    one = make.zip_of({"0000": bytes(1 << 20)})
    at, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    line = one[at:end]
    lines = b"".join(line[:46] + b"%04d" % n for n in range(1000))
    return (
        one[:at]
        + lines
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(lines), at, 0)
    )
