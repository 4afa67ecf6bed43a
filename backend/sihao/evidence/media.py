"""What a file is, by its first bytes, and whether its text carries a mark of secrecy."""

import codecs
import re
from pathlib import Path

from sihao.core.errors import Invalid

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"

_HEAD = 4096
_BLOCK = 256 * 1024
_OVERLAP = 64
_QUOTED = 30
_MARK = re.compile(r"(?:绝密|机密|秘密)[ \t\u3000]*★")
_TEXT_ENDINGS = {".txt": TEXT, ".md": "text/markdown", ".csv": "text/csv"}
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_IN_ZIP = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".ofd": "application/ofd",
}
_IN_OLE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".wps": "application/vnd.ms-works",
}


def inspect_file(path: Path, file_name: str) -> str:
    """Tell the media type by content; raise `Invalid` for a text with a mark of secrecy (§3).

    What is named like a text is read as one, whatever its first bytes say.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    ending = Path(file_name).suffix.lower()
    kind = _media_type(head, ending)
    encoding = _encoding(head)
    if encoding is None and ending in _TEXT_ENDINGS:
        encoding = "gb18030"
    if encoding is None:
        return kind
    if kind == UNKNOWN or ending in _TEXT_ENDINGS:
        _check_not_secret(path, encoding)
    return kind if kind != UNKNOWN else _TEXT_ENDINGS.get(ending, TEXT)


def _media_type(head: bytes, ending: str) -> str:
    if head.startswith(b"PK\x03\x04"):
        return _IN_ZIP.get(ending, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _IN_OLE.get(ending, UNKNOWN)
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), UNKNOWN)


def _encoding(head: bytes) -> str | None:
    """Recognise UTF-8, UTF-16 with its mark, and GB18030; a NUL elsewhere means no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _check_not_secret(path: Path, encoding: str) -> None:
    line, tail = 1, ""
    with path.open(encoding=encoding, errors="replace", newline="\n") as file:
        while block := file.read(_BLOCK):
            text = tail + block
            if found := _MARK.search(text):
                raise _secret(text, found, line + text.count("\n", 0, found.start()))
            tail = text[-_OVERLAP:]
            line += text.count("\n", 0, len(text) - len(tail))


def _secret(text: str, found: re.Match[str], line: int) -> Invalid:
    around = text[max(0, found.start() - _QUOTED) : found.end() + _QUOTED]
    quoted = next(part for part in around.splitlines() if "★" in part).strip()
    return Invalid(
        "evidence.secret",
        f"第 {line} 行有密级标志：“{quoted}”。本系统不得存储国家秘密，文件已拒收，没有留存副本。",
        "The text carries a mark of secrecy; nothing was kept.",
        pointer="/body",
        line=line,
        quoted=quoted,
    )
