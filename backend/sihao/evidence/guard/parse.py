"""Look at one file, in a process of its own: `python -m sihao.evidence.guard.parse … PATH NAME`.

The answer is what the file is, or why it is refused. This process has no settings, no database and
no keys, and little memory and time.
"""

import json
import zipfile
from pathlib import Path
from typing import BinaryIO

from sihao.evidence.guard import kinds, process, texts
from sihao.evidence.guard.archives import check_archive, check_embedded
from sihao.evidence.guard.ole import KINDS as OLE
from sihao.evidence.guard.ole import check_ole
from sihao.evidence.guard.ooxml import check_ooxml
from sihao.evidence.guard.open_formats import check_open_format
from sihao.evidence.guard.reading import Reading
from sihao.evidence.guard.refusals import refusal
from sihao.evidence.guard.zips import open_zip


def inspect(path: Path, file_name: str, reading: Reading) -> str:
    """Tell the media type and read the text. Raise `Invalid` for a file that is not taken."""
    with path.open("rb") as file:
        return _inspect(file, file_name, 0, reading)


def _inspect(file: BinaryIO, file_name: str, depth: int, reading: Reading) -> str:
    kind = kinds.recognise(file, file_name)
    if kind in kinds.TEXTS.values():
        texts.read_text(file, reading)
    elif kind in kinds.PACKED:
        _look_inside(file, kind, depth, reading)
    elif zipfile.is_zipfile(file):
        raise refusal("polyglot", "ZIP")
    elif kind in OLE:
        check_ole(file, reading)
    elif kind == kinds.PDF:
        from sihao.evidence.guard.pdf import check_pdf  # noqa: PLC0415 - only PDFs pay for PDFium

        check_pdf(file, reading)
    elif kind in kinds.PICTURES:
        from sihao.evidence.guard.pictures import check_picture  # noqa: PLC0415 - the same

        check_picture(file)
    return kind


def _look_inside(file: BinaryIO, kind: str, depth: int, reading: Reading) -> None:
    def one(inner: BinaryIO, name: str, deeper: int) -> str:
        return _inspect(inner, name, deeper, reading)

    with open_zip(file) as archive:
        if kind == kinds.ZIP:
            check_archive(archive, one, depth)
        elif kind in kinds.OOXML:
            check_embedded(archive, check_ooxml(archive, reading), one, depth)
        else:
            check_open_format(archive, reading)


def _answer(path: str, file_name: str) -> bytes:
    reading = Reading()
    kind = inspect(Path(path), file_name, reading)
    answer = {"media_type": kind, "text": reading.text, "pages": reading.pages}
    return json.dumps(answer).encode()


if __name__ == "__main__":
    process.serve(_answer)
