"""The local store: bytes under their SHA-256, written so that a crash leaves a whole file or none.

Bytes arrive in `incoming/`, are hashed on the way and made durable there; `keep` then renames them
to their address. Whatever waits for a disk runs in a pool of a few threads, never on the loop.
"""

import asyncio
import hashlib
import os
import secrets
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from sihao.core.errors import TooLarge
from sihao.core.settings import settings

T = TypeVar("T")

_POOL = ThreadPoolExecutor(max_workers=8, thread_name_prefix="files")
_BUFFER = 1024 * 1024
_make_durable = getattr(os, "fdatasync", os.fsync)
_SHA256 = 64


async def in_thread(work: Callable[..., T], *args: object) -> T:
    """Run what waits for a disk beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, work, *args)


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that are here and durable, but not yet at their address."""

    path: Path
    sha256: str
    size: int

    async def keep(self) -> None:
        """Move the bytes to their address; equal bytes that stand there are replaced by these."""
        await in_thread(_move, self.path, address(self.sha256))


def address(sha256: str) -> Path:
    """Tell where the bytes of this hash stand."""
    return settings().blob_dir / sha256[:2] / sha256


def check_length(declared: str | None) -> None:
    """Raise `TooLarge` before the first byte when the client declares more than is taken."""
    if declared is not None and declared.isdigit() and int(declared) > settings().max_upload_bytes:
        raise _too_large()


@asynccontextmanager
async def receive(chunks: AsyncIterable[bytes]) -> AsyncGenerator[Received, None]:
    """Take a body in; what is not kept inside the block is gone after it.

    Memory stays flat whatever the size. Raises `TooLarge` at the first byte beyond the limit.
    """
    path = _incoming() / secrets.token_hex(16)
    try:
        sha256, size = await _write(path, chunks)
        yield Received(path, sha256, size)
    finally:
        await asyncio.shield(in_thread(_drop, path))


async def _write(path: Path, chunks: AsyncIterable[bytes]) -> tuple[str, int]:
    limit = settings().max_upload_bytes
    digest, size, waiting = hashlib.sha256(), 0, bytearray()
    file = await in_thread(_create, path)
    try:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise _too_large()
            waiting += chunk
            if len(waiting) >= _BUFFER:
                await in_thread(_append, file, digest, bytes(waiting))
                waiting.clear()
        await in_thread(_finish, file, digest, bytes(waiting))
    finally:
        await asyncio.shield(in_thread(file.close))
    return digest.hexdigest(), size


def forget_incoming(before: datetime) -> int:
    """Remove what cut connections and crashes left in `incoming/`; tell how many files."""
    left = [path for path in _files(_incoming()) if _changed_before(path, before)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def stored_before(before: datetime) -> list[str]:
    """List the hashes of stored files that have stood at their address since before then."""
    return [
        path.name
        for folder in settings().blob_dir.iterdir()
        if folder.is_dir() and folder != _incoming()
        for path in _files(folder)
        if len(path.name) == _SHA256 and _changed_before(path, before)
    ]


def remove_stored(sha256: str, before: datetime) -> bool:
    """Remove the bytes of a hash unless they came again meanwhile; tell whether they are gone."""
    path = address(sha256)
    if not path.exists() or not _changed_before(path, before):
        return False
    path.unlink()
    return True


def _incoming() -> Path:
    return settings().blob_dir / "incoming"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else iter(())


def _changed_before(path: Path, before: datetime) -> bool:
    return path.stat().st_mtime < before.timestamp()


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb")


def _append(file: BinaryIO, digest: "hashlib._Hash", part: bytes) -> None:
    digest.update(part)
    file.write(part)


def _finish(file: BinaryIO, digest: "hashlib._Hash", part: bytes) -> None:
    _append(file, digest, part)
    file.flush()
    _make_durable(file.fileno())


def _move(path: Path, target: Path) -> None:
    if not target.parent.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync_folder(target.parent.parent)
    path.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened, and a rename is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop(path: Path) -> None:
    path.unlink(missing_ok=True)


def _too_large() -> TooLarge:
    limit = settings().max_upload_bytes // (1024 * 1024)
    return TooLarge(
        "file.too_large",
        f"单个文件不能超过 {limit} MB，请压缩或拆分后再传。",
        f"A file may have at most {limit} MiB.",
    )
