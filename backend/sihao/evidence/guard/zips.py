"""Files that are ZIPs inside: what the directory says must be what is there, and not too much."""

import re
import struct
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import PurePosixPath
from typing import BinaryIO

from sihao.evidence.guard.limits import MEMBERS, MIB, RATIO, RATIO_FROM, UNPACKED
from sihao.evidence.guard.refusals import refusal

_LOCAL = struct.Struct("<4s5H3I2H")
_END = b"PK\x05\x06"
_END_SIZE = 22
_TAIL = _END_SIZE + 0xFFFF
_DESCRIPTOR = 24
"""The longest record that may stand between two members: a descriptor of a ZIP64 member."""
_ENCRYPTED, _STREAMED, _UTF8 = 0x1, 0x8, 0x800
_ZIP64 = 0xFFFFFFFF
_SYMLINK = 0xA
_UNSAFE = re.compile(r"[\\\x00-\x1f]|^/|^[A-Za-z]:")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """Open a ZIP whose structure holds. Raise `Invalid` for any other."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, struct.error, OverflowError, ValueError, NotImplementedError):
        raise refusal("broken") from None
    members = archive.infolist()
    if not members:
        raise refusal("broken")
    if len(members) > MEMBERS:
        raise refusal("bomb", f"内含 {len(members)} 个文件")
    _check_names(members)
    _check_members(members)
    _check_end(file)
    _check_places(file, archive.start_dir, members)
    return archive


def name_of(member: zipfile.ZipInfo) -> str:
    """Give a member's name; without the mark of UTF-8 it is GB18030, as Chinese Windows writes."""
    if member.flag_bits & _UTF8:
        return member.orig_filename
    try:
        return member.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.orig_filename


def check_sizes(members: list[zipfile.ZipInfo], counted: str = "\0") -> None:
    """Refuse what unpacks to far more than it is; sizes are true, since reading stops at them.

    Members below `counted` may be packed however well: what is in them is counted.
    """
    total = sum(one.file_size for one in members)
    rest = [one for one in members if not one.filename.startswith(counted)]
    packed = sum(one.compress_size for one in rest)
    unpacked = sum(one.file_size for one in rest)
    if total > UNPACKED or (unpacked > RATIO_FROM and unpacked > RATIO * packed):
        raise refusal("bomb", f"{total // MIB} MB")


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    for one in members:
        name = name_of(one)
        if _UNSAFE.search(name) or ".." in PurePosixPath(name).parts:
            raise refusal("zip_names", name)
        if one.external_attr >> 28 == _SYMLINK:
            raise refusal("zip_names", f"符号链接 {name}")
    name, times = Counter(name_of(one).casefold() for one in members).most_common(1)[0]
    if times > 1:
        raise refusal("zip_names", f"重名 {name}")


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if any(one.flag_bits & _ENCRYPTED for one in members):
        raise refusal("encrypted")
    if any(one.compress_type not in _METHODS for one in members):
        raise refusal("broken")


def _check_end(file: BinaryIO) -> None:
    """The file ends with its end record; nothing stands behind."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    at = tail.rfind(_END)
    (comment,) = struct.unpack_from("<H", tail, at + _END_SIZE - 2)
    if at + _END_SIZE + comment != len(tail):
        raise refusal("zip_structure", "尾部有多余内容")


def _check_places(file: BinaryIO, directory: int, members: list[zipfile.ZipInfo]) -> None:
    """Members stand one after the other from the first byte to the directory."""
    places = sorted((one.header_offset, _end_of(file, one)) for one in members)
    if places[0][0] != 0:
        raise refusal("zip_structure", "头部有多余内容")
    for (_, end), (start, _) in pairwise([*places, (directory, directory)]):
        if start < end:
            raise refusal("zip_structure", "内容互相重叠")
        if start - end > _DESCRIPTOR:
            raise refusal("zip_structure", "有目录之外的内容")


def _end_of(file: BinaryIO, member: zipfile.ZipInfo) -> int:
    """Compare a member's own header with the directory's line; tell where its bytes end."""
    file.seek(member.header_offset)
    raw = file.read(_LOCAL.size)
    if len(raw) < _LOCAL.size or not raw.startswith(b"PK\x03\x04"):
        raise refusal("zip_structure", "目录指向空处")
    _, _, flags, method, _, _, _, packed, unpacked, name_size, extra = _LOCAL.unpack(raw)
    name = file.read(name_size).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    sizes = (packed, unpacked)
    same = (
        name == member.orig_filename
        and method == member.compress_type
        and flags == member.flag_bits
        and (
            flags & _STREAMED
            or _ZIP64 in sizes
            or sizes == (member.compress_size, member.file_size)
        )
    )
    if not same:
        raise refusal("zip_structure", "目录与内容不一致")
    return int(member.header_offset + _LOCAL.size + name_size + extra + member.compress_size)
