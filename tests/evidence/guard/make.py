"""Small files of every kind, made from their parts, the same bytes each time."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

from PIL import Image

_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX = f"{_OFFICE}wordprocessingml.document.main+xml"
_XLSX = f"{_OFFICE}spreadsheetml.sheet.main+xml"
_PPTX = f"{_OFFICE}presentationml.presentation.main+xml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_REL_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="urn:p"'
_X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

Parts = dict[str, str | bytes]


def zip_of(parts: Parts, *, stored: bool = False, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, kind, 9)
    return out.getvalue()


def zip_of_zeros(name: str, size: int, parts: Parts | None = None) -> bytes:
    """A ZIP with one member of so many zeros, written as a stream."""
    return zip_of_much(name, iter([bytes(1 << 20)] * (size >> 20)), parts)


def zip_of_much(name: str, blocks, parts: Parts | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, content in (parts or {}).items():
            archive.writestr(zipfile.ZipInfo(other), content, zipfile.ZIP_DEFLATED)
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as member:
            for block in blocks:
                member.write(block)
    return out.getvalue()


def claiming(name: str, size: int, parts: Parts | None = None) -> bytes:
    """A ZIP whose last member says in both places that it is so large."""
    whole = bytearray(zip_of({**(parts or {}), name: "x"}))
    for place in (whole.rindex(b"PK\x03\x04") + 22, whole.rindex(b"PK\x01\x02") + 24):
        whole[place : place + 4] = struct.pack("<I", size)
    return bytes(whole)


def _types(main: str, part: str, more: str = "") -> str:
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>{more}</Types>'
    )


def rels(*targets: tuple[str, str, bool]) -> str:
    """Relationships of `(type, target, external)`."""
    lines = "".join(
        f'<Relationship Id="r{at}" Type="{_REL_TYPE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for at, (kind, target, external) in enumerate(targets)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{lines}</Relationships>'


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{one}</w:t></w:r>" for one in runs) + "</w:p>"


def w_part(tag: str, inner: str, head: str = _HEAD) -> str:
    return f"{head}<w:{tag} {_W}>{inner}</w:{tag}>"


def docx_parts(
    body: str = paragraph("党组会议纪要"), parts: Parts | None = None, **more: str
) -> Parts:
    document = w_part("document", f"<w:body>{body}</w:body>")
    return {
        "[Content_Types].xml": _types(
            more.get("main", _DOCX), "word/document.xml", more.get("types", "")
        ),
        "_rels/.rels": rels(("officeDocument", "word/document.xml", False)),
        "word/document.xml": document,
        **(parts or {}),
    }


def docx(body: str = paragraph("党组会议纪要"), parts: Parts | None = None, **more: str) -> bytes:
    return zip_of(docx_parts(body, parts, **more))


def sheet(rows: str, after: str = "") -> str:
    return f"{_HEAD}<worksheet {_X}><sheetData>{rows}</sheetData>{after}</worksheet>"


def xlsx_parts(
    strings: Sequence[str] = ("序号", "内容"),
    parts: Parts | None = None,
    name: str = "台账",
    **more: str,
) -> Parts:
    cells = "".join(f'<c r="A{at + 1}" t="s"><v>{at}</v></c>' for at in range(len(strings)))
    items = "".join(f"<si><t>{one}</t></si>" for one in strings)
    return {
        "[Content_Types].xml": _types(
            more.get("main", _XLSX), "xl/workbook.xml", more.get("types", "")
        ),
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml", False)),
        "xl/workbook.xml": f"{_HEAD}<workbook {_X}><sheets>"
        f'<sheet name="{name}" sheetId="1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet(f"<row>{cells}</row>"),
        "xl/sharedStrings.xml": f"{_HEAD}<sst {_X}>{items}</sst>",
        **(parts or {}),
    }


def xlsx(
    strings: Sequence[str] = ("序号", "内容"), parts: Parts | None = None, **more: str
) -> bytes:
    return zip_of(xlsx_parts(strings, parts, **more))


def slide(text: str) -> str:
    return f"{_HEAD}<p:sld {_A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"


def pptx(*texts: str, parts: Parts | None = None) -> bytes:
    slides = {f"ppt/slides/slide{at}.xml": slide(one) for at, one in enumerate(texts, 1)}
    return zip_of(
        {
            "[Content_Types].xml": _types(_PPTX, "ppt/presentation.xml"),
            "_rels/.rels": rels(("officeDocument", "ppt/presentation.xml", False)),
            "ppt/presentation.xml": f"{_HEAD}<p:presentation {_A}/>",
            **slides,
            **(parts or {}),
        }
    )


def odf(content: str, kind: str = "text", parts: Parts | None = None, head: str = _HEAD) -> bytes:
    names = " ".join(
        f'xmlns:{one}="urn:{one}"' for one in ("office", "text", "table", "draw", "xlink", "script")
    )
    body = f"{head}<office:document-content {names}>{content}</office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zip_of({"mimetype": mimetype, "content.xml": body, **(parts or {})})


def ofd(text: str, parts: Parts | None = None, head: str = _HEAD) -> bytes:
    return zip_of(
        {
            "OFD.xml": f'{head}<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>',
            "Doc_0/Pages/Page_0/Content.xml": '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">'
            f"<ofd:TextCode>{text}</ofd:TextCode></ofd:Page>",
            **(parts or {}),
        }
    )


def pdf(
    *pages: str, catalog: str = "", page: str = "", extra: Sequence[bytes] = (), **more
) -> bytes:
    """One page for each text, in the reader's own Song face; `extra` are further objects.

    They are numbered from 10 on, and pages from 100 on.
    """
    count = more.get("count", len(pages))
    kids = more.get("kids") or " ".join(f"{100 + 2 * at} 0 R" for at in range(len(pages)))
    objects: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
        b" /DescendantFonts [4 0 R] >>",
        4: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor 5 0 R >>",
        5: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
        b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 93 >>",
    }
    objects |= {10 + at: body for at, body in enumerate(extra)}
    for at, text in enumerate(pages):
        number = 100 + 2 * at
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> {page} >>"
        ).encode()
        shown = text.encode("utf-16-be").hex()
        objects[number + 1] = stream(f"BT /F1 12 Tf 60 740 Td <{shown}> Tj ET".encode())
    return pdf_of(objects, more.get("trailer", ""))


def pdf_of(objects: dict[int, bytes], trailer: str = "") -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe5\x9b\x9b\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        used = number in places
        out += b"%010d %05d %s \n" % (
            places.get(number, 0),
            0 if used else 65535,
            b"n" if used else b"f",
        )
    out += (
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    )
    return bytes(out)


def stream(content: bytes, words: str = "") -> bytes:
    return f"<< /Length {len(content)} {words} >>\nstream\n".encode() + content + b"\nendstream"


def packed_objects(content: bytes, words: str = "/Filter /FlateDecode") -> bytes:
    """An object stream that holds one object, number 50."""
    raw = b"50 0 " + content
    return stream(zlib.compress(raw, 9), f"/Type /ObjStm /N 1 /First 5 {words}")


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return out.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width: int, height: int) -> bytes:
    """A tiny PNG that says it is large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", zlib.compress(bytes(1 << 16)))
        + png_chunk(b"IEND", b"")
    )


def png_with(kind: bytes, body: bytes) -> bytes:
    """A sound PNG with one more chunk before its pixels."""
    whole = picture()
    at = whole.index(b"IDAT") - 4
    return whole[:at] + png_chunk(kind, body) + whole[at:]


def ole(
    streams: dict[str, bytes], *, storages: Sequence[str] = (), clsid: bytes = bytes(16)
) -> bytes:
    """A compound file of streams below its root; `storages` are empty folders."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    names = [*storages, *streams]
    bodies = [body.ljust(4096, b"\0") for body in streams.values()]
    directory_size = -(-(len(names) + 1) // 4)
    table: list[int] = [*range(1, directory_size), end]
    starts = []
    for body in bodies:
        starts.append(len(table))
        count = -(-len(body) // sector)
        table += [*range(len(table) + 1, len(table) + count), end]
    fat_size = 1
    while fat_size * 128 < len(table) + fat_size:
        fat_size += 1
    fat_at = len(table)
    table += [0xFFFFFFFD] * fat_size
    table += [free] * (fat_size * 128 - len(table))

    def entry(
        name: str, kind: int, child: int, right: int, at: int, size: int, root: bytes = b""
    ) -> bytes:
        raw = name.encode("utf-16-le")
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBB3I", len(raw) + 2 if raw else 0, kind, 1, free, right, child)
            + root.ljust(16, b"\0")
            + bytes(20)
            + struct.pack("<IQ", at, size)
        )

    entries = [entry("Root Entry", 5, 1 if names else free, free, end, 0, clsid)]
    for at, name in enumerate(names, 1):
        right = at + 1 if at < len(names) else free
        if at <= len(storages):
            entries.append(entry(name, 1, free, right, 0, 0))
        else:
            which = at - len(storages) - 1
            entries.append(entry(name, 2, free, right, starts[which], len(bodies[which])))
    directory = b"".join(entries).ljust(directory_size * sector, b"\0")
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        fat_size,
        0,
        0,
        4096,
        end,
        0,
        end,
        0,
    )
    places = [*range(fat_at, fat_at + fat_size)]
    head += struct.pack("<109I", *places, *[free] * (109 - fat_size))
    body = b"".join(one.ljust(-(-len(one) // sector) * sector, b"\0") for one in bodies)
    return head + directory + body + struct.pack(f"<{len(table)}I", *table)
