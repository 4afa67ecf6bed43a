"""Files as honest units hand them in: every one must pass, with its kind, text and pages."""

import io
import zipfile
from collections.abc import Iterator

import xlsxwriter

from sihao.demo.files import file_bytes
from tests.evidence.guard import make

OFFICE = "application/vnd.openxmlformats-officedocument."
OASIS = "application/vnd.oasis.opendocument."
WORDS = "学习《保守国家秘密法》，机密文件按规定管理，绝密级无。"
LINES = ("关于开展四好班子创建的通知", WORDS)


def good() -> Iterator[tuple[str, bytes, str, str, int | None]]:
    """File name, bytes, media type, a piece of its text, pages."""
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        yield f"说明-{encoding}.txt", WORDS.encode(encoding), "text/plain", WORDS, None
    yield "说明-be.txt", b"\xfe\xff" + WORDS.encode("utf-16-be"), "text/plain", WORDS, None
    yield "BM25 和 MZ.txt", b"BM25, MZ, PK and GIF8\n", "text/plain", "BM25", None
    yield "说明", WORDS.encode(), "text/plain", WORDS, None
    yield "纪要.md", f"# 纪要\n\n- {WORDS}".encode(), "text/markdown", WORDS, None
    yield "台账.csv", f"序号,内容\n001,{WORDS}\n".encode("gb18030"), "text/csv", "001", None
    yield (
        "★号说明.txt",
        "★一、总体要求\n保守国家秘密\n★二、措施".encode(),
        "text/plain",
        "★二",
        None,
    )
    for ending, kind, pages in (
        ("txt", "text/plain", None),
        ("pdf", "application/pdf", 1),
        ("xlsx", f"{OFFICE}spreadsheetml.sheet", None),
    ):
        yield f"通知.{ending}", file_bytes(f"通知.{ending}", LINES), kind, LINES[0], pages
    yield "两页.pdf", make.pdf("第一页", "第二页"), "application/pdf", "第二页", 2
    yield "大写.PDF", make.pdf(WORDS), "application/pdf", WORDS, 1
    yield (
        "纪要.docx",
        make.docx(make.paragraph(WORDS)),
        f"{OFFICE}wordprocessingml.document",
        WORDS,
        None,
    )
    yield (
        "流式.docx",
        streamed(make.docx_parts()),
        f"{OFFICE}wordprocessingml.document",
        "纪要",
        None,
    )
    yield (
        "存储.docx",
        make.zip_of(make.docx_parts(), stored=True),
        f"{OFFICE}wordprocessingml.document",
        "",
        None,
    )
    embedded = {"word/embeddings/a.xlsx": make.xlsx((WORDS,))}
    yield "嵌入.docx", make.docx(parts=embedded), f"{OFFICE}wordprocessingml.document", WORDS, None
    yield "台账.xlsx", styled(), f"{OFFICE}spreadsheetml.sheet", "合计", None
    yield "介绍.pptx", make.pptx("第一张", WORDS), f"{OFFICE}presentationml.presentation", WORDS, 2
    yield "纪要.odt", make.odf(f"<text:p>{WORDS}</text:p>"), f"{OASIS}text", WORDS, None
    yield (
        "台账.ods",
        make.odf(f"<text:p>{WORDS}</text:p>", "spreadsheet"),
        f"{OASIS}spreadsheet",
        WORDS,
        None,
    )
    yield "公文.ofd", make.ofd(WORDS), "application/ofd", WORDS, 1
    for name, stream, kind in (
        ("旧.doc", "WordDocument", "application/msword"),
        ("旧.wps", "WordDocument", "application/msword"),
        ("旧.xls", "Workbook", "application/vnd.ms-excel"),
        ("旧.et", "Workbook", "application/vnd.ms-excel"),
        ("旧.ppt", "PowerPoint Document", "application/vnd.ms-powerpoint"),
    ):
        raw = bytes(512) + LINES[0].encode("utf-16-le")
        yield name, make.ole({stream: raw, "1Table": b"x"}), kind, LINES[0], None
    for ending, kind in (
        ("jpg", "JPEG"),
        ("png", "PNG"),
        ("gif", "GIF"),
        ("bmp", "BMP"),
        ("tif", "TIFF"),
        ("webp", "WEBP"),
    ):
        said = {"jpg": "jpeg", "tif": "tiff"}.get(ending, ending)
        yield f"照片.{ending}", make.picture(kind), f"image/{said}", "", None
    yield "照片改名.jpg", make.picture(), "image/png", "", None
    yield "照片.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "image/heic", "", None
    yield "录像.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(100), "video/mp4", "", None
    yield "录音.mp3", b"ID3\x03" + bytes(100), "audio/mpeg", "", None
    both = {"通知.txt": WORDS, "纪要/纪要.docx": make.docx(), "纪要/照片.jpg": make.picture("JPEG")}
    yield "材料.zip", make.zip_of(both), "application/zip", WORDS, None
    yield "windows.zip", chinese_windows(), "application/zip", "内容", None
    mac = {
        "a.txt": "内容",
        "__MACOSX/._a.txt": b"\0\5\x16\7" + bytes(20),
        ".DS_Store": b"\0\0\0\1Bud1",
    }
    yield "mac.zip", make.zip_of(mac), "application/zip", "内容", None


def streamed(parts: make.Parts) -> bytes:
    """A ZIP as writers make it that cannot go back: sizes stand behind each member."""

    class OneWay(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, part: bytes) -> int:
            self.written += part
            return len(part)

    out = OneWay()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return bytes(out.written)


def styled() -> bytes:
    """A workbook with what people put in: formats, formulas, links, pictures, comments."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    one = book.add_worksheet("一季度")
    one.write(0, 0, "合计", book.add_format({"bold": True}))
    one.write_formula(1, 0, "=SUM(A3:A9)", None, 7)
    one.write_url(2, 0, "https://www.12371.cn/", string="共产党员网")
    one.write_comment(3, 0, "核对")
    one.insert_image(4, 0, "a.png", {"image_data": io.BytesIO(make.picture())})
    one.set_header("&C台账")
    book.add_chart({"type": "column"}).add_series({"values": "=一季度!$A$2:$A$3"})
    book.close()
    return out.getvalue()


def chinese_windows() -> bytes:
    """Names in GB18030, as Chinese Windows packs them; one holds the byte of a backslash."""
    whole = make.zip_of({"AAAA.txt": "内容"})
    return whole.replace(b"AAAA", "誠信".encode("gb18030"))
