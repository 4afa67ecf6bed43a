"""The spool: where bytes arrive, are hashed and made durable before a store keeps them."""

import asyncio
import hashlib
import os
import secrets
from collections.abc import AsyncGenerator, AsyncIterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sihao.core.errors import TooLarge
from sihao.core.settings import settings
from sihao.core.stores.threads import in_thread

_BUFFER = 1024 * 1024
make_durable = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True, slots=True)
class Received:
    """A whole file that is here and durable, but not yet in the store."""

    path: Path
    sha256: str
    size: int


def incoming() -> Path:
    """The folder of the spool."""
    return settings().data_dir / "incoming"


def check_length(declared: str | int | None) -> None:
    """Raise `TooLarge` before the first byte when the client declares more than is taken."""
    if declared is not None and str(declared).isdigit():
        _check_size(int(declared))


def _check_size(size: int) -> None:
    if size > settings().max_upload_bytes:
        limit = settings().max_upload_bytes // (1024 * 1024)
        zh = f"单个文件不能超过 {limit} MB，请压缩或拆分后再传。"
        raise TooLarge("file.too_large", zh, f"A file may have at most {limit} MiB.")


@asynccontextmanager
async def receive(chunks: AsyncIterable[bytes]) -> AsyncGenerator[Received, None]:
    """Take a body in; what the store has not kept inside the block is gone after it.

    Memory stays flat whatever the size. Raises `TooLarge` at the first byte beyond the limit.
    """
    path = incoming() / secrets.token_hex(16)
    try:
        sha256, size = await _write(path, chunks)
        yield Received(path, sha256, size)
    finally:
        await asyncio.shield(in_thread(drop, path))


async def _write(path: Path, chunks: AsyncIterable[bytes]) -> tuple[str, int]:
    digest, size, waiting = hashlib.sha256(), 0, bytearray()
    file = await in_thread(_create, path)
    try:
        async for chunk in chunks:
            size += len(chunk)
            _check_size(size)
            waiting += chunk
            if len(waiting) >= _BUFFER:
                await in_thread(_append, file, digest, bytes(waiting))
                waiting.clear()
        await in_thread(_finish, file, digest, bytes(waiting))
    finally:
        await asyncio.shield(in_thread(file.close))
    return digest.hexdigest(), size


def hash_file(path: Path) -> str:
    """Hash a file piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_incoming(before: datetime) -> int:
    """Remove what cut connections and crashes left behind; tell how many files."""
    left = [path for path in _files(incoming()) if path.stat().st_mtime < before.timestamp()]
    for path in left:
        drop(path)
    return len(left)


def drop(path: Path) -> None:
    """Remove a file of the spool, if it is there."""
    path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else iter(())


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb")


def _append(file: BinaryIO, digest: "hashlib._Hash", part: bytes) -> None:
    digest.update(part)
    file.write(part)


def _finish(file: BinaryIO, digest: "hashlib._Hash", part: bytes) -> None:
    _append(file, digest, part)
    file.flush()
    make_durable(file.fileno())
