"""A virus scanner beside us: clamd over INSTREAM. When it is configured, nothing passes without."""

import asyncio
import struct
from contextlib import suppress
from pathlib import Path

import structlog

from sihao.core.errors import Unavailable
from sihao.core.settings import settings
from sihao.evidence.guard.limits import MIB
from sihao.evidence.guard.refusals import refusal

_log = structlog.get_logger("sihao.guard")
_NO_ANSWER = (
    OSError,
    TimeoutError,
    ValueError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
)
_PART = 256 * 1024
_ANSWER = 4096
_SECONDS = 60
_PER_SECOND = 5 * MIB
_RETRY_AFTER = 60


async def scan(path: Path) -> None:
    """Send a file to clamd. Raise `Invalid` for a finding, `Unavailable` when it cannot say.

    Without `SIHAO_CLAMD` nothing is scanned.
    """
    where = settings().clamd
    if where is None:
        return
    size = (await asyncio.to_thread(path.stat)).st_size
    try:
        async with asyncio.timeout(_SECONDS + size // _PER_SECOND):
            said = await _ask(where, path)
    except _NO_ANSWER as error:
        _log.error("clamd", cause=repr(error))
        code, zh = "file.scanner_down", "病毒扫描暂时不可用，文件没有留存，请稍后重传。"
        raise Unavailable(
            code, zh, "The virus scanner cannot be reached.", retry_after=_RETRY_AFTER
        ) from error
    if said.endswith(" FOUND"):
        raise refusal("virus", said.removeprefix("stream: ").removesuffix(" FOUND"))
    if "size limit exceeded" in said:
        raise refusal("scan_limit")


async def _ask(where: str, path: Path) -> str:
    """Raise `ValueError` for an answer that is neither a finding nor a clean bill.

    The answer is awaited while the file goes out: at its size limit clamd says so and hangs up.
    """
    reader, writer = await _connect(where)
    answer = asyncio.ensure_future(reader.readuntil(b"\0"))
    try:
        with suppress(ConnectionError):
            await _send(writer, path, answer)
        said = (await answer)[:-1].decode("utf-8", "replace")
    finally:
        answer.cancel()
        writer.close()
    if said == "stream: OK" or said.endswith(" FOUND") or "size limit exceeded" in said:
        return said
    raise ValueError(said)


async def _connect(where: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if where.startswith("/"):
        return await asyncio.open_unix_connection(where, limit=_ANSWER)
    host, _, port = where.rpartition(":")
    return await asyncio.open_connection(host.strip("[]"), int(port), limit=_ANSWER)


async def _send(writer: asyncio.StreamWriter, path: Path, answer: asyncio.Future[bytes]) -> None:
    writer.write(b"zINSTREAM\0")
    with await asyncio.to_thread(path.open, "rb") as file:
        while not answer.done() and (part := await asyncio.to_thread(file.read, _PART)):
            writer.write(struct.pack("!I", len(part)) + part)
            await writer.drain()
    writer.write(struct.pack("!I", 0))
    await writer.drain()
