"""What is inside: the members of a ZIP, the documents embedded in a document."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from sihao.core.errors import Invalid
from sihao.evidence.guard import kinds
from sihao.evidence.guard.limits import DEPTH, MIB
from sihao.evidence.guard.refusals import refusal
from sihao.evidence.guard.zips import check_sizes, name_of

_PER_ARCHIVE = 200
_BESIDE = {b"\0\5\x16\7", b"\0\0\0\1"}
"""What the Mac's archiver puts beside the files: `._name` and `.DS_Store`."""
Inspect = Callable[[BinaryIO, str, int], str]


def check_archive(archive: zipfile.ZipFile, inspect: Inspect, depth: int) -> None:
    """Check each file in a ZIP as if it had come alone. Raise `Invalid` for an archive in it."""
    members = [one for one in archive.infolist() if not (one.is_dir() or _is_beside(archive, one))]
    if depth or any(kinds.ending_of(name_of(one)) == ".zip" for one in members):
        raise refusal("nested")
    if len(members) > _PER_ARCHIVE:
        raise refusal("bomb", f"内含 {len(members)} 个文件")
    check_sizes(members)
    for member in members:
        _inside(archive, member, name_of(member), inspect, depth + 1)


def _is_beside(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if not member.filename.rpartition("/")[2].startswith((".DS_Store", "._")):
        return False
    with archive.open(member) as stream:
        return stream.read(4) in _BESIDE


def check_embedded(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], inspect: Inspect, depth: int
) -> None:
    """Check the documents embedded in one, by content alone: Office names them as it likes."""
    if members and depth >= DEPTH:
        raise refusal("nested")
    for member in members:
        try:
            _inside(archive, member, "", inspect, depth + 1)
        except Invalid as found:
            if found.code != "file.type":
                raise
            raise refusal("embedded", name_of(member).rpartition("/")[2]) from found


def _inside(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, inspect: Inspect, depth: int
) -> None:
    """Unpack a member into a nameless file that vanishes with the process."""
    with tempfile.TemporaryFile() as inner, archive.open(member) as stream:
        shutil.copyfileobj(stream, inner, MIB)
        inspect(inner, name, depth)
