"""Plain text: its encoding, and whether it is a web page or script in disguise."""

import codecs
import re
from typing import BinaryIO

from sihao.evidence.guard.limits import MIB
from sihao.evidence.guard.reading import Reading
from sihao.evidence.guard.refusals import refusal

_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*(?:<(?:!doctype\s+(?:html|svg)|html|head|body|svg|script|iframe|hta|job|"
    r"\?xml|\?php|%)|#!|mime-version:|\{\\rtf|@echo\s|\[internetshortcut\])",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096


def encoding_of(file: BinaryIO) -> str | None:
    """Tell UTF-8, UTF-16 with its mark, or GB18030 from the whole of the file; None: no text."""
    file.seek(0)
    if file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16" if _decodes(file, "utf-16") else None
    return next((one for one in ("utf-8-sig", "gb18030") if _decodes(file, one)), None)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(MIB):
            if "\0" in decoder.decode(block):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def is_markup(file: BinaryIO, encoding: str) -> bool:
    """Tell whether a browser or shell would run this text."""
    file.seek(0)
    head = file.read(_HEAD).decode(encoding, "ignore")
    return _MARKUP.match(head) is not None


def read_text(file: BinaryIO, reading: Reading, encoding: str | None = None) -> None:
    """Read all of it. Raise `Invalid` for an unknown encoding."""
    encoding = encoding or encoding_of(file)
    if encoding is None:
        raise refusal("encoding")
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    reading.begin("")
    while block := file.read(MIB):
        reading.add(decoder.decode(block).replace("\r\n", "\n").replace("\r", "\n"))
    reading.end()
