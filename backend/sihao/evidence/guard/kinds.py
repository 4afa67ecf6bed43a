"""What a file is: by its content, which its name must not contradict."""

import unicodedata
import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import filetype

from sihao.evidence.guard import ole, texts
from sihao.evidence.guard.refusals import refusal
from sihao.evidence.guard.zips import name_of, open_zip

PDF, OFD, ZIP = "application/pdf", "application/ofd", "application/zip"
TEXT = "text/plain"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
PPTX = f"{_OFFICE}presentationml.presentation"
OOXML = {DOCX, XLSX, PPTX}
_OASIS = "application/vnd.oasis.opendocument."
ODF = {f"{_OASIS}{one}" for one in ("text", "spreadsheet", "presentation")}
OFFICE = {
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".pptx": PPTX,
    ".odt": f"{_OASIS}text",
    ".ods": f"{_OASIS}spreadsheet",
    ".odp": f"{_OASIS}presentation",
    ".doc": ole.DOC,
    ".xls": ole.XLS,
    ".ppt": ole.PPT,
    ".wps": ole.WORKS,
}
PACKED = {ZIP, OFD, *OOXML, *ODF}
PICTURES = {f"image/{one}" for one in ("jpeg", "png", "gif", "bmp", "tiff", "webp")}
INERT = {"image/heic", "video/mp4", "audio/mpeg"}
"""Kept and handed out, never opened here."""
TEXTS = {".txt": TEXT, ".md": "text/markdown", ".csv": "text/csv"}


def _words(said: str) -> frozenset[str]:
    return frozenset(said.split())


_FAMILIES: dict[str, str] = {
    **dict.fromkeys((".pdf",), "PDF"),
    **dict.fromkeys((".ofd",), "OFD"),
    **dict.fromkeys((".docx", ".doc", ".wps", ".odt"), "Office 文档"),
    **dict.fromkeys((".xlsx", ".xls", ".et", ".ods"), "Office 文档"),
    **dict.fromkeys((".pptx", ".ppsx", ".ppt", ".pps", ".dps", ".odp"), "Office 文档"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff"), "图片"),
    **dict.fromkeys((".webp", ".heic", ".heif"), "图片"),
    **dict.fromkeys(TEXTS, "文本"),
    **dict.fromkeys((".zip",), "ZIP 压缩包"),
    **dict.fromkeys((".mp4", ".m4v"), "视频"),
    **dict.fromkeys((".mp3",), "音频"),
}
_PROGRAMS = _words(
    ".exe .dll .com .scr .pif .cpl .msi .msp .mst .msix .appx .sys .drv .ocx .bat .cmd .ps1 .psm1"
    " .vbs .vbe .js .mjs .jse .wsf .wsh .wsc .hta .jar .class .war .apk .aab .dex .ipa .app .dmg"
    " .pkg .deb .rpm .run .sh .bash .zsh .csh .fish .py .pyc .pyw .pl .php .phtml .asp .aspx .jsp"
    " .rb .lua .lnk .url .desktop .reg .inf .scf .gadget .chm .hlp .iso .img .vhd .vhdx .elf .so"
    " .dylib .o .bin .action .workflow .settingcontent-ms .library-ms .search-ms .application .xbap"
    " .appref-ms .diagcab .vsto .xll .wll .ade .adp .mde .accde .mdb .accdb .swf"
)
_SCRIPTS = _words(".html .htm .xhtml .shtml .mht .mhtml .svg .svgz .xml .xsl .xslt .rtf")
_MACROS = _words(".docm .dotm .xlsm .xltm .xlam .xlsb .pptm .potm .ppsm .ppam .sldm")
_ARCHIVES = _words(".rar .7z .gz .tgz .bz2 .tbz2 .xz .txz .zst .tar .cab .arj .lzh .z .lz .ace")
_PROGRAM_TYPES = frozenset(
    f"application/{one}"
    for one in (
        "x-msdownload",
        "x-executable",
        "x-shockwave-flash",
        "x-google-chrome-extension",
        "vnd.android.dex",
        "vnd.android.dey",
        "x-deb",
        "x-rpm",
        "wasm",
    )
)
_ARCHIVE_TYPES = frozenset(
    f"application/{one}"
    for one in (
        "x-rar-compressed",
        "x-7z-compressed",
        "gzip",
        "x-bzip2",
        "x-xz",
        "x-tar",
        "x-compress",
        "x-lzip",
        "x-unix-archive",
        "vnd.ms-cab-compressed",
        "zstd",
    )
)
_PROGRAM_HEADS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",  # Java, and programs of two processors
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"L\0\0\0\x01\x14\x02\0",  # a shortcut
    b"ITSF",
    b"dex\n",
    b"!<arch>",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS = {
    "wordprocessingml.document.main+xml": DOCX,
    "wordprocessingml.template.main+xml": DOCX,
    "spreadsheetml.sheet.main+xml": XLSX,
    "spreadsheetml.template.main+xml": XLSX,
    "presentationml.presentation.main+xml": PPTX,
    "presentationml.slideshow.main+xml": PPTX,
}
_MACRO_PARTS = ("macroenabled", "vbaproject", "ms-excel.sheet.binary", "macrosheet")
_HEAD = 8192
_CONTENT_TYPES = 4 * 1024 * 1024


def media_type_of(path: Path, file_name: str) -> str:
    """Tell the media type of a file on disk; raise `Invalid` for a kind that is not taken."""
    with path.open("rb") as file:
        return recognise(file, file_name)


def recognise(file: BinaryIO, file_name: str) -> str:
    """Tell the media type by content. Raise `Invalid` for other kinds, or a name that says else."""
    ending = ending_of(file_name)
    if ending and ending not in _FAMILIES:
        raise refusal("type")
    kind = _by_content(file, ending)
    said, is_ = _FAMILIES.get(ending), _FAMILY_OF[kind]
    if said not in {None, is_}:
        raise refusal("mismatch", is_)
    return kind


def ending_of(file_name: str) -> str:
    """Give a name's ending as a system that opens the file would see it.

    Raise `Invalid` for endings of programs, scripts, macros and archives, and for names whose
    invisible signs hide the ending.
    """
    if any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in file_name):
        raise refusal("name")
    ending = PurePosixPath(file_name.strip().rstrip(". ")).suffix.lower()
    if ending in _PROGRAMS:
        raise refusal("program", ending)
    if ending in _SCRIPTS:
        raise refusal("script")
    if ending in _MACROS:
        raise refusal("macros", ending)
    if ending in _ARCHIVES:
        raise refusal("archive")
    return ending


def _by_content(file: BinaryIO, ending: str) -> str:
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return _in_zip(file)
    if head.startswith(_OLE):
        return ole.kind_of(file)
    if head.startswith(b"%PDF-"):
        return PDF
    if ending in TEXTS and (encoding := texts.encoding_of(file)):
        return _text(file, encoding, ending)
    guessed = filetype.guess_mime(head) or ""
    if guessed in _FAMILY_OF:
        return guessed
    if guessed in _PROGRAM_TYPES or head.startswith(_PROGRAM_HEADS):
        raise refusal("program", guessed.rpartition("/")[2])
    if guessed in _ARCHIVE_TYPES:
        raise refusal("archive")
    if encoding := texts.encoding_of(file):
        return _text(file, encoding, ending)
    raise refusal("encoding" if ending in TEXTS else "type")


def _text(file: BinaryIO, encoding: str, ending: str) -> str:
    if texts.is_markup(file, encoding):
        raise refusal("script")
    return TEXTS.get(ending, TEXT)


def _in_zip(file: BinaryIO) -> str:
    """Tell the Office formats, OFD and programs from a plain ZIP by their members."""
    with open_zip(file) as archive:
        names = {name_of(one) for one in archive.infolist()}
        if "[Content_Types].xml" in names:
            return _ooxml(archive)
        if "OFD.xml" in names:
            return OFD
        if "mimetype" in names:
            return _odf(archive)
    if "AndroidManifest.xml" in names or "META-INF/MANIFEST.MF" in names:
        raise refusal("program", "JAR / APK")
    return ZIP


def _ooxml(archive: zipfile.ZipFile) -> str:
    with archive.open("[Content_Types].xml") as part:
        said = part.read(_CONTENT_TYPES).decode("utf-8", "ignore")
    if any(one in said.lower() for one in _MACRO_PARTS):
        raise refusal("macros", "VBA")
    for part_type, kind in _MAIN_PARTS.items():
        if part_type in said:
            return kind
    raise refusal("type")


def _odf(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        kind = part.read(200).decode("ascii", "ignore").strip()
    if kind not in ODF:
        raise refusal("type")
    return kind


_FAMILY_OF = {
    PDF: "PDF",
    OFD: "OFD",
    ZIP: "ZIP 压缩包",
    **dict.fromkeys(OFFICE.values(), "Office 文档"),
    **dict.fromkeys((*PICTURES, "image/heic"), "图片"),
    **dict.fromkeys(TEXTS.values(), "文本"),
    "video/mp4": "视频",
    "audio/mpeg": "音频",
}
