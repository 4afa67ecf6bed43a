"""PDF: pages and text by PDFium; scripts, launches and packed programs by a look at the objects."""

import re
import zlib
from contextlib import closing
from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw as pdfium

from sihao.evidence.guard.kinds import ending_of
from sihao.evidence.guard.limits import MIB, PAGES
from sihao.evidence.guard.reading import Reading
from sihao.evidence.guard.refusals import refusal

_OVERLAP = 4096
_OBJECTS = 64 * MIB
"""Bytes that one packed table of objects may unpack to."""
_INFLATED = 512 * MIB
_ATTACHMENTS = 100


def _spelled(word: str) -> bytes:
    """A pattern of a name as PDF lets it be written: any letter also as #xx."""
    signs = (f"(?:{sign}|#{ord(sign):02x}|#{ord(sign):02X})" for sign in word)
    return f"{''.join(signs)}(?![A-Za-z0-9])".encode()


_WORDS = ("JavaScript", "Launch", "RichMedia", "FileAttachment", "Movie")
_FORBIDDEN = re.compile(
    b"/(?:%s)" % b"|".join(b"(?P<%s>%s)" % (one.encode(), _spelled(one)) for one in _WORDS)
)
_PACKED = re.compile(b"/" + _spelled("ObjStm"))
_STREAM = re.compile(rb">>[\s\0]*stream\r?\n")
_FLATE = re.compile(b"/" + _spelled("FlateDecode"))
_FILTER = re.compile(b"/" + _spelled("Filter") + rb"[\s\0]*\[?[\s\0]*(/[\w#]+)[\s\0]*(/[\w#]+)?")
_ENCRYPTED = re.compile(b"/" + _spelled("Encrypt") + rb"[\s\0]*(?:\d+[\s\0]+\d+[\s\0]+R|<<)")


def check_pdf(file: BinaryIO, reading: Reading) -> None:
    """Read all pages. Raise `Invalid` for scripts, programs, encryption, too many pages, a mark."""
    _check_objects(file)
    with closing(open_pdf(file)) as document:
        _check_document(document)
        reading.pages = len(document)
        for number in range(len(document)):
            reading.begin(f"第 {number + 1} 页")
            reading.add(_page_text(document, number))
            reading.end()


def open_pdf(file: BinaryIO) -> pypdfium2.PdfDocument:
    """Open a PDF; raise `Invalid` when it is damaged or wants a password."""
    file.seek(0)
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise refusal("encrypted" if "password" in str(error).lower() else "broken") from error


def _check_document(document: pypdfium2.PdfDocument) -> None:
    if not 0 < len(document) <= PAGES:
        raise refusal("pages" if len(document) else "broken")
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise refusal("active", "JavaScript")
    count = document.count_attachments()
    if count > _ATTACHMENTS:
        raise refusal("embedded", f"{count} 个附件")
    for number in range(count):
        attachment = document.get_attachment(number)
        name = attachment.get_name()
        if name.lower().endswith(".xml"):  # e-invoices carry their data so
            continue
        ending_of(name)
        if bytes(attachment.get_data()[:4]).startswith((b"MZ", b"\x7fELF")):
            raise refusal("program", name)


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    with closing(page), closing(page.get_textpage()) as text:
        return str(text.get_text_bounded()).replace("\r\n", "\n")


def _check_objects(file: BinaryIO) -> None:
    """Look at all bytes, and into packed tables of objects, for what may not be there."""
    file.seek(0)
    left, at = _INFLATED, 0
    before = b""
    while block := file.read(MIB):
        window = before + block
        _check_words(window)
        if _ENCRYPTED.search(window):
            raise refusal("encrypted")
        for found in _PACKED.finditer(window):
            if found.end() > len(before) or not before:
                left -= _check_packed(file, at - len(before) + found.start(), left)
        at += len(block)
        file.seek(at)
        before = window[-_OVERLAP:]


def _check_words(raw: bytes) -> None:
    if found := _FORBIDDEN.search(raw):
        what = found.lastgroup or ""
        raise refusal("embedded" if what == "FileAttachment" else "active", what)


def _check_packed(file: BinaryIO, at: int, left: int) -> int:
    """Unpack the table of objects whose dictionary stands around `at`; give its size."""
    start = max(0, at - _OVERLAP)
    file.seek(start)
    around = file.read(2 * _OVERLAP)
    found = _STREAM.search(around, at - start)
    if found is None:
        return 0
    said = around[around.rfind(b"obj", 0, at - start) + 3 : found.start()]
    filters = _FILTER.search(said)
    if filters is None:
        return 0  # it stands there as it is, and was looked at
    if filters[2] or not _FLATE.fullmatch(filters[1]):
        raise refusal("broken")
    file.seek(start + found.end())
    return _inflate(file, min(left, _OBJECTS))


def _inflate(file: BinaryIO, left: int) -> int:
    unpacker, size, before = zlib.decompressobj(), 0, b""
    waiting = file.read(64 * 1024)
    while waiting and not unpacker.eof:
        try:
            part = unpacker.decompress(waiting, MIB)
        except zlib.error as error:
            raise refusal("broken") from error
        size += len(part)
        if size > left:
            raise refusal("bomb", f"{size // MIB} MB")
        window = before + part
        _check_words(window)
        before = window[-_OVERLAP:]
        waiting = unpacker.unconsumed_tail or file.read(64 * 1024)
    return size
