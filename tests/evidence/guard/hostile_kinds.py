"""Programs, scripts, disguises, archives, broken and booby-trapped ZIPs, pictures, texts."""

import gzip
import io
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from tests.evidence.guard import make
from tests.evidence.guard.hostile import INERT, Case, case

MZ = (
    b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"
    + bytes(200)
    + b"This program cannot be run in DOS mode"
)
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
MACH_O = b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(200)
CLASS = b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(200)
LNK = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(200)
SWF = b"CWS\x0a" + bytes(200)
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(100)
RAR = b"Rar!\x1a\x07\x01\0" + bytes(100)
CAB = b"MSCF\0\0\0\0" + bytes(100)
HTML = "<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
NOISE = random.Random(4).randbytes(20_000)
MSI = bytes.fromhex("84100C0000000000C000000000000046")
JAR = make.zip_of({"META-INF/MANIFEST.MF": "Main-Class: Evil\n", "Evil.class": CLASS})
APK = make.zip_of({"AndroidManifest.xml": b"\x03\0\x08\0", "classes.dex": b"dex\n035\0"})
_PROGRAMS = [
    "exe",
    "dll",
    "com",
    "scr",
    "msi",
    "bat",
    "cmd",
    "ps1",
    "vbs",
    "js",
    "jse",
    "wsf",
    "hta",
    "jar",
    "apk",
    "lnk",
    "url",
    "sh",
    "py",
    "php",
    "jsp",
    "reg",
    "chm",
    "iso",
    "pif",
    "cpl",
    "desktop",
    "scf",
    "swf",
    "xll",
]


def cases() -> Iterator[Case]:
    yield from _programs()
    yield from _scripts()
    yield from _disguises()
    yield from _archives()
    yield from _zips()
    yield from _pictures()
    yield from _texts()


def _programs() -> Iterator[Case]:
    for ending in _PROGRAMS:
        yield case(f"a program named .{ending}", f"会议纪要.{ending}", MZ, "program")
    yield case("a double ending", "会议纪要.pdf.exe", MZ, "program")
    yield case("an upper-case ending", "会议纪要.EXE", MZ, "program")
    yield case("dots behind an ending", "会议纪要.exe. .", MZ, "program")
    yield case("a stream behind a name", "会议纪要.pdf:a.exe", MZ, "program")
    yield case("an ending turned round", "会议纪要\u202efdp.exe", MZ, "name")
    yield case("an ending turned round to look like one", "会议\u202excod.pdf", MZ, "name")
    yield case("a sign without width in a name", "会议\u200b.pdf", MZ, "name")
    for ending in ("pdf", "docx", "jpg", "doc", "txt", "csv", "mp4"):
        yield case(f"a program named .{ending}", f"会议纪要.{ending}", MZ, "program")
    yield case("a program without an ending", "会议纪要", MZ, "program")
    yield case("a Linux program as a picture", "照片.png", ELF, "program")
    yield case("a Mac program as a PDF", "纪要.pdf", MACH_O, "program")
    yield case("a Java class as a document", "纪要.doc", CLASS, "program")
    yield case("a shortcut as a document", "纪要.doc", LNK, "program")
    yield case("Flash as a video", "录像.mp4", SWF, "program")
    yield case(
        "an installer as a document", "纪要.doc", make.ole({"x": b"x"}, clsid=MSI), "program"
    )
    yield case("a JAR as an archive", "材料.zip", JAR, "program")
    yield case("a JAR as a document", "材料.docx", JAR, "program")
    yield case("an APK as an archive", "材料.zip", APK, "program")
    yield case("a program in a ZIP", "材料.zip", make.zip_of({"说明/setup.exe": MZ}), "program")
    yield case("a program in a ZIP as text", "材料.zip", make.zip_of({"说明.txt": MZ}), "program")


def _scripts() -> Iterator[Case]:
    for ending in ("html", "htm", "svg", "mht", "xml", "rtf", "xhtml"):
        yield case(f"a page named .{ending}", f"通知.{ending}", HTML.encode(), "script")
    for ending in ("txt", "md", "csv", "doc", "pdf", "jpg", "xls"):
        yield case(f"a page named .{ending}", f"通知.{ending}", HTML.encode(), "script")
    yield case("a page without an ending", "通知", HTML.encode(), "script")
    yield case("a page in UTF-16", "通知.txt", HTML.encode("utf-16"), "script")
    yield case(
        "a page behind a mark of UTF-8", "通知.txt", b"\xef\xbb\xbf" + HTML.encode(), "script"
    )
    yield case("a page behind a comment", "通知.txt", b"<!-- x -->\n\n" + HTML.encode(), "script")
    yield case("SVG with a script as a picture", "照片.png", SVG.encode(), "script")
    yield case(
        "SVG behind a declaration", "照片.jpg", f"<?xml version='1.0'?>{SVG}".encode(), "script"
    )
    yield case("SVG packed", "照片.svgz", gzip.compress(SVG.encode(), mtime=0), "script")
    yield case("a shell script", "说明.txt", b"#!/bin/sh\nrm -rf /\n", "script")
    yield case("PHP", "说明.txt", b"<?php system($_GET['c']); ?>", "script")
    yield case("RTF as a document", "纪要.doc", rb"{\rtf1{\object\objdata 0105}}", "script")
    yield case("a mail as a document", "纪要.doc", b"MIME-Version: 1.0\n\n<html>", "script")
    yield case("a batch file", "说明.txt", b"@echo off\r\ndel *.*\r\n", "script")
    yield case("an internet shortcut", "说明.txt", b"[InternetShortcut]\nURL=file://x", "script")
    yield case("a page in a ZIP", "材料.zip", make.zip_of({"a.html": HTML}), "script")
    yield case("SVG in a ZIP", "材料.zip", make.zip_of({"a.png": SVG}), "script")


def _disguises() -> Iterator[Case]:
    yield case("a picture as a PDF", "纪要.pdf", make.picture(), "mismatch")
    yield case("a PDF as a document", "纪要.docx", make.pdf("x"), "mismatch")
    yield case("a document as a picture", "照片.jpg", make.docx(), "mismatch")
    yield case("an archive as a document", "纪要.docx", make.zip_of({"a.txt": "a"}), "mismatch")
    yield case("a text as a PDF", "纪要.pdf", "只是文字".encode(), "mismatch")
    yield case("a document as an archive", "材料.zip", make.docx(), "mismatch")
    yield case("a document as text", "纪要.txt", make.docx(), "mismatch")
    yield case("sound as a PDF", "纪要.pdf", b"ID3\x03" + bytes(200), "mismatch")
    for name in ("数据.dat", "文档.pages", "模型.dwg", "纪要.eml"):
        yield case(f"a kind that is not taken: {name}", name, NOISE, "type")
    for name in ("纪要.pdf", "纪要.docx", "照片.jpg", "纪要"):
        yield case(f"noise as {name}", name, NOISE, "type")
    yield case("a PDF behind noise", "纪要.pdf", NOISE[:500] + make.pdf("x"), "type")
    yield case(
        "ZIP with an unknown main part", "纪要.docx", make.docx(main="application/x"), "type"
    )
    yield case("OpenDocument of a drawing", "图.odt", make.odf("", "graphics"), "type")
    yield case("a compound file of nothing known", "纪要.doc", make.ole({"x": b"x"}), "type")
    for kind, file_name, content in (
        ("PNG", "照片.png", make.picture()),
        ("JPEG", "照片.jpg", make.picture("JPEG")),
        ("GIF", "照片.gif", make.picture("GIF")),
        ("BMP", "照片.bmp", make.picture("BMP")),
        ("PDF", "纪要.pdf", make.pdf("x")),
        ("old Word", "纪要.doc", make.ole({"WordDocument": b"\xec\xa5"})),
        ("MP4", "录像.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(100)),
    ):
        inner = make.zip_of({"Evil.class": CLASS})
        yield case(f"{kind} and ZIP in one", file_name, content + inner, "polyglot")
    yield case("a PDF with a page behind it", "纪要.pdf", make.pdf("x") + HTML.encode(), INERT)
    yield case("a picture with a page behind it", "照片.png", make.picture() + HTML.encode(), INERT)
    yield case(
        "a picture with PHP in its text",
        "照片.png",
        make.png_with(b"tEXt", b"c\0<?php x();"),
        INERT,
    )
    page = b"\xff\xd8\xff\xfe\0\x20<script>alert(1)</script>     " + make.picture("JPEG")[2:]
    yield case("a picture with a script in its comment", "照片.jpg", page, INERT)


def _archives() -> Iterator[Case]:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    packed = gzip.compress(b"x" * 100, mtime=0)
    for ending, content in (
        ("rar", RAR),
        ("7z", SEVEN_ZIP),
        ("gz", packed),
        ("tar", out.getvalue()),
        ("cab", CAB),
    ):
        yield case(f"an archive named .{ending}", f"材料.{ending}", content, "archive")
        yield case(f".{ending} named .zip", "材料.zip", content, "archive")
    yield case(
        "an archive in an archive",
        "材料.zip",
        make.zip_of({"a.zip": make.zip_of({"a": "a"})}),
        "nested",
    )
    yield case(
        "an archive in an archive, named as text",
        "材料.zip",
        make.zip_of({"a": make.zip_of({"a": "a"})}),
        "nested",
    )
    yield case("RAR in a ZIP", "材料.zip", make.zip_of({"a.rar": RAR}), "archive")
    yield case("noise in a ZIP", "材料.zip", make.zip_of({"a.pdf": NOISE}), "type")
    yield case("macros in a ZIP", "材料.zip", make.zip_of({"a.docm": make.docx()}), "macros")


def _zips() -> Iterator[Case]:
    good = make.zip_of({"a.txt": "第一份", "b.txt": "第二份"}, stored=True)
    directory = good.index(b"PK\x01\x02")
    end = good.index(b"PK\x05\x06")

    def changed(at: int, new: bytes) -> bytes:
        return good[:at] + new + good[at + len(new) :]

    structure = {
        "bytes before the first member": b"PK\x03\x04" + bytes(40) + good,
        "bytes behind the end": good + b"x" * 50,
        "two members in one place": changed(
            good.index(b"PK\x01\x02", directory + 4) + 42, bytes(4)
        ),
        "another name in the member's own header": changed(30, b"c.txt"),
        "another size in the member's own header": changed(22, b"\x01\0\0\0"),
        "another method in the member's own header": changed(8, b"\x08\0"),
        "a directory that points nowhere": changed(directory + 42, b"\x07\0\0\0"),
        "a member that the directory does not name": _hidden_member(),
    }
    for what, content in structure.items():
        yield case(f"a ZIP with {what}", "材料.zip", content, "zip_structure")
    for what, content in {
        "cut off": good[:-30],
        "only its directory": good[directory:],
        "ambiguous, with a second end in its comment": make.zip_of(
            {"a.txt": "a"}, comment=good[end:] + b"x"
        ),
        "empty": make.zip_of({}),
        "noise behind its first bytes": b"PK\x03\x04" + NOISE,
        "a wrong checksum": changed(good.index("第一份".encode()), b"abc"),
        "an unknown method": _with_method(good, 99),
    }.items():
        yield case(f"a ZIP that is {what}", "材料.zip", content, "broken")
    for name in (
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "C:/a.txt",
        "a\\..\\b.txt",
        "a/../../b.txt",
        "a\x07.txt",
    ):
        yield case(f"a member named {name!r}", "材料.zip", make.zip_of({name: "a"}), "zip_names")
    yield case(
        "two members of one name",
        "材料.zip",
        make.zip_of({"a.txt": "a", "A.TXT": "b"}),
        "zip_names",
    )
    yield case("a link in a ZIP", "材料.zip", _link(), "zip_names")
    yield case("an encrypted ZIP", "材料.zip", _encrypted(good), "encrypted")
    yield case(
        "a document with a member twice",
        "纪要.docx",
        make.docx(parts={"Word/Document.xml": "<x/>"}),
        "zip_names",
    )
    yield case(
        "a document with a path upwards",
        "纪要.docx",
        make.docx(parts={"../x.xml": "<x/>"}),
        "zip_names",
    )


def _hidden_member() -> bytes:
    """Two members of which the directory names one."""
    two = make.zip_of({"a.txt": "a", "b.txt": "b" * 100}, stored=True)
    at = two.index(b"PK\x01\x02")
    second = two.index(b"PK\x01\x02", at + 4)
    end = two.index(b"PK\x05\x06")
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, second - at, at, 0)
    return two[:second] + tail if end else b""


def _with_method(content: bytes, method: int) -> bytes:
    both = content.replace(
        b"PK\x03\x04\x14\0\0\0\0\0", b"PK\x03\x04\x14\0\0\0" + struct.pack("<H", method)
    )
    return both.replace(
        b"PK\x01\x02\x14\x03\x14\0\0\0\0\0",
        b"PK\x01\x02\x14\x03\x14\0\0\0" + struct.pack("<H", method),
    )


def _encrypted(content: bytes) -> bytes:
    both = content.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\x01\0")
    return both.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def _pictures() -> Iterator[Case]:
    jpeg = bytearray(make.picture("JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    gif = bytearray(make.picture("GIF"))
    gif[6:10] = struct.pack("<HH", 65_535, 65_535)
    bmp = bytearray(make.picture("BMP"))
    bmp[18:26] = struct.pack("<ii", 30_000, 30_000)
    webp = b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0" + bytes(16)
    tiff = make.picture("TIFF")
    for name, content, expected in (
        ("a.png", make.png_claiming(60_000, 60_000), "pixels"),
        ("b.png", make.png_claiming(12_000, 11_000), "pixels"),
        ("a.jpg", bytes(jpeg), "pixels"),
        ("a.gif", bytes(gif), "pixels"),
        ("a.bmp", bytes(bmp), "pixels"),
        ("a.webp", webp, "pixels"),
        ("none.png", make.png_claiming(0, 0), "broken"),
        ("cut.png", make.picture()[:60], "broken"),
        ("sum.png", make.picture().replace(b"IDAT", b"IDAU"), "broken"),
        ("cut.jpg", make.picture("JPEG")[:30], "broken"),
        ("cut.tif", tiff[:100], "broken"),
        (
            "text.png",
            make.png_with(b"zTXt", b"a\0\0" + zlib.compress(bytes(100 << 20), 1)),
            "broken",
        ),
        ("circle.tif", tiff[:-4] + tiff[4:8], INERT),
    ):
        yield case(f"a picture: {name}", name, content, expected)


def _texts() -> Iterator[Case]:
    yield case("noise as text", "说明.txt", NOISE, "encoding")
    yield case("text with zero bytes", "说明.txt", "说明\0\0说明".encode(), "encoding")
    yield case("text in UTF-32", "说明.txt", "说明".encode("utf-32"), "encoding")
    yield case("UTF-16 that is cut", "说明.txt", "说明".encode("utf-16")[:-1], "encoding")
    yield case("half a sign at the end", "说明.txt", "说明".encode()[:-1] + b"\xff", "encoding")
    formula = "=cmd|'/c calc'!A0,+1,@SUM(1),-2\n\t=1+1\n"
    yield case("formulas in a CSV", "台账.csv", formula.encode(), INERT)
    yield case("formulas in a CSV of Excel", "台账.csv", formula.encode("utf-16"), INERT)
    yield case("signs that steer a terminal", "说明.txt", b"\x1b]0;x\x07\x1b[2J", INERT)
    yield case("signs that turn a line round", "说明.md", "说明\u202etxt\u2066".encode(), INERT)
    yield case("a line of ten million signs", "说明.txt", lambda: b"a" * 10_000_000, INERT)
    yield case("a script inside a text", "说明.md", f"# 说明\n\n{HTML}".encode(), INERT)
    yield case("a virus's test sign", "说明.txt", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", INERT)
