"""Uploads that go on after a cut: one file each in the spool, held by one writer at a time.

An offset is told only for bytes that are durable. While bytes come they are made durable at every
`STEP`, and a step begins only once the one before it is. So after a process was killed, the size of
the file tells by itself how far it is good: all steps but the last, which may be half or not yet on
disk. No more than one step has to be sent again, and nothing about it needs to be written down.
"""

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from starlette.requests import ClientDisconnect

from sihao.core.errors import Gone, Locked, TooLarge
from sihao.core.stores.local import sync_folder
from sihao.core.stores.spool import incoming, make_durable
from sihao.core.stores.threads import in_thread

STEP = 4 * 1024 * 1024
"""Bytes; at most so many are sent again after a crash."""
_PIECE = 512 * 1024


class Held:
    """The bytes of one upload, held against every other writer."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        self._unsure = path.with_suffix(".unsure")

    async def offset(self, recorded: int) -> int:
        """Tell how many bytes are durable, of which `recorded` are known to the database.

        Raises `Gone` when the spool has fewer: it is another machine's, or was emptied.
        """
        return await in_thread(self._offset, recorded)

    async def take(
        self,
        chunks: AsyncIterable[bytes],
        start: int,
        length: int,
        digest: "hashlib._Hash | None" = None,
    ) -> tuple[int, bool]:
        """Write what comes from `start` on; give the new offset, and whether a cut came before it.

        All before the offset is durable.
        A cut connection keeps what arrived. With a `digest` it keeps nothing: half of what was to
        be checked cannot be. Raises `TooLarge` for more than `length` bytes in all.
        """
        await in_thread(self._begin, start, digest is not None)
        came, waiting, cut = start, bytearray(), False
        written: asyncio.Future[None] | None = None
        try:
            async for chunk in chunks:
                came += len(chunk)
                _check_fits(came, length)
                waiting += chunk
                while len(waiting) >= _PIECE:  # one piece is written while the next one comes
                    await _done(written)
                    at, piece = came - len(waiting), bytes(waiting[:_PIECE])
                    del waiting[:_PIECE]
                    written = asyncio.ensure_future(
                        in_thread(self._write, piece, at - start, digest)
                    )
        except (ClientDisconnect, TooLarge) as error:
            await _done(written)
            if digest is not None or isinstance(error, TooLarge):
                await self.cut_back(start)
                raise
            cut = True
        finally:
            await _done(written)
        await in_thread(self._write, bytes(waiting), came - len(waiting) - start, digest)
        await in_thread(make_durable, self._file.fileno())
        return came, cut

    async def cut_back(self, offset: int) -> None:
        """Throw away what came after an offset."""
        await in_thread(self._cut_back, offset)

    async def trust(self) -> None:
        """Say that what came with a checksum is right."""
        await in_thread(self._trust)

    async def discard(self) -> None:
        """Throw the bytes away."""
        await in_thread(discard, self.path)

    def _offset(self, recorded: int) -> int:
        beyond = os.fstat(self._file.fileno()).st_size - recorded
        if beyond < 0:
            raise _lost()
        if beyond == 0 or self._unsure.exists():
            return recorded
        return recorded + (beyond - 1) // STEP * STEP

    def _begin(self, start: int, unsure: bool) -> None:
        self._file.truncate(start)
        self._file.seek(start)
        if unsure:
            self._unsure.touch()

    def _write(self, part: bytes, after: int, digest: "hashlib._Hash | None") -> None:
        """Write what comes `after` so many bytes of this request."""
        rest = memoryview(part)
        while rest:  # a disk that is filling up takes less than it is given
            rest = rest[self._file.write(rest) :]
        if digest is not None:
            digest.update(part)
        if (after + len(part)) % STEP == 0:
            make_durable(self._file.fileno())

    def _cut_back(self, offset: int) -> None:
        self._file.truncate(offset)
        self._trust()

    def _trust(self) -> None:
        self._unsure.unlink(missing_ok=True)


def _check_fits(came: int, length: int) -> None:
    if came > length:
        code, zh = "upload.too_long", "收到的内容超过登记的大小，请重新上传。"
        raise TooLarge(code, zh, "More came than Upload-Length says.")


async def _done(written: "asyncio.Future[None] | None") -> None:
    """Wait for the piece that is being written, whoever else has been waiting for it."""
    if written is not None:
        await asyncio.shield(written)


def place(upload_id: UUID) -> Path:
    """Tell where the bytes of an upload wait."""
    return _folder() / upload_id.hex


async def begin(upload_id: UUID) -> None:
    """Make the file of a new upload."""
    await in_thread(_create, place(upload_id))


@asynccontextmanager
async def hold(upload_id: UUID) -> AsyncGenerator[Held, None]:
    """Hold an upload, or raise `Locked` at once: nobody waits for a connection that may be dead.

    The lock is the system's: it ends with the process, however that ends.
    """
    path = place(upload_id)
    file = await in_thread(_open_locked, path)
    try:
        yield Held(path, file)
    finally:
        file.close()


def discard(path: Path) -> None:
    """Remove the file of an upload."""
    path.unlink(missing_ok=True)
    path.with_suffix(".unsure").unlink(missing_ok=True)


def list_old(before: datetime) -> list[UUID]:
    """List uploads whose bytes were last written before then."""
    folder = _folder()
    if not folder.is_dir():
        return []
    old = [path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()]
    return [UUID(hex=path.name) for path in old if not path.suffix]


def _folder() -> Path:
    return incoming() / "uploads"


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(exist_ok=False)
    sync_folder(path.parent)


def _open_locked(path: Path) -> BinaryIO:
    try:
        file = path.open("r+b", buffering=0)
    except FileNotFoundError:
        raise _lost() from None
    try:
        _lock(file)
    except OSError:
        file.close()
        code, zh = "upload.locked", "这个文件正在由另一个连接上传，请稍候。"
        raise Locked(code, zh, "Another request is writing this upload.") from None
    return file


def _lock(file: Any) -> None:
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - only there

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt  # noqa: PLC0415 - only Windows has it

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)


def _lost() -> Gone:
    code, zh = "upload.lost", "已上传的部分找不到了，请重新上传这个文件。"
    return Gone(code, zh, "The bytes so far are not here any more.")
