"""The local store: a folder in which a crash leaves a whole file or none."""

import os
import secrets
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sihao.core.stores.threads import in_thread

PIECE = 1024 * 1024
_SHA256 = 64


class LocalStore:
    """Files named by their hash, in 256 folders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def address(self, sha256: str) -> Path:
        """Tell where the bytes of this hash stand."""
        return self._folder / sha256[:2] / sha256

    async def put(self, path: Path, sha256: str) -> None:
        """Link the file to its address, or copy it where the two lie on different disks."""
        await in_thread(_put, path, self.address(sha256))

    async def size(self, sha256: str) -> int | None:
        """Tell how many bytes stand under a hash."""
        return await in_thread(_size, self.address(sha256))

    async def read(
        self, sha256: str, start: int = 0, end: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """Give the bytes piece by piece."""
        file: BinaryIO = await in_thread(_open, self.address(sha256))
        try:
            await in_thread(file.seek, start)
            left = None if end is None else end - start
            while left is None or left > 0:
                piece = await in_thread(file.read, PIECE if left is None else min(PIECE, left))
                if not piece:
                    return
                left = None if left is None else left - len(piece)
                yield piece
        finally:
            file.close()

    async def remove(self, sha256: str, before: datetime) -> bool:
        """Remove a file that has stood at its address since before then."""
        return await in_thread(_remove, self.address(sha256), before)

    async def list_before(self, before: datetime) -> AsyncIterator[tuple[str, int]]:
        """List folder by folder, so that memory stays flat."""
        for folder in await in_thread(_folders, self._folder):
            for found in await in_thread(_list, folder, before):
                yield found


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _put(path: Path, target: Path) -> None:
    if not target.parent.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(target.parent.parent)
    arriving = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    try:
        try:
            os.link(path, arriving)
        except OSError:  # another disk, or one without links
            _copy(path, arriving)
        os.utime(arriving)
        arriving.replace(target)
    finally:
        arriving.unlink(missing_ok=True)
    sync_folder(target.parent)


def _copy(path: Path, target: Path) -> None:
    with path.open("rb") as source, target.open("xb") as copy:
        shutil.copyfileobj(source, copy, PIECE)
        copy.flush()
        os.fsync(copy.fileno())


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _remove(path: Path, before: datetime) -> bool:
    if not path.exists() or path.stat().st_mtime >= before.timestamp():
        return False
    path.unlink()
    return True


def _folders(root: Path) -> list[Path]:
    return sorted(root.glob("??")) if root.is_dir() else []


def _list(folder: Path, before: datetime) -> list[tuple[str, int]]:
    found = [(path.name, path.stat()) for path in folder.iterdir() if len(path.name) == _SHA256]
    return [(name, one.st_size) for name, one in found if one.st_mtime < before.timestamp()]


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable."""
    if os.name != "posix":  # elsewhere a folder cannot be opened, and a rename is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
