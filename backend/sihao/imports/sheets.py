"""Read a file in a process of its own, batch by batch."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson

from sihao.core.errors import Conflict, Invalid
from sihao.core.sandbox import running
from sihao.core.stores import store
from sihao.core.stores.spool import drop, receive
from sihao.core.stores.threads import in_thread
from sihao.imports.models import ImportFormat

AT_ONCE = 2
WALL_SECONDS = 300
_LONGEST = 256 * 1024 * 1024
_places = asyncio.Semaphore(AT_ONCE)


@asynccontextmanager
async def _beside(module: str, *arguments: str) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """Run a module of ours beside the worker; two at most, and not for ever."""
    async with _places, running(module, *arguments) as process:
        try:
            async with asyncio.timeout(WALL_SECONDS):
                yield process
        except TimeoutError as error:
            zh = "文件过于复杂，没有在限定时间内处理完，请拆分后再试。"
            raise Invalid("import.timeout", zh, "It took too long.") from error


async def read_parts(path: Path, kind: ImportFormat) -> AsyncGenerator[dict[str, Any], None]:
    """Give headings and rows as they are read; raise `Invalid` for what cannot be read."""
    async with _beside("sihao.imports.reader", str(path), kind.value) as reading:
        assert reading.stdout is not None  # noqa: S101 - asked for above
        while length := await _length(reading.stdout):
            part = orjson.loads(await reading.stdout.readexactly(length))
            if "zh" in part:
                raise Invalid(part["code"], part["zh"], "The file cannot be read.")
            if "end" in part:
                return
            yield part
    zh = "文件过于复杂，没有读完，请拆分后再导入。"
    raise Invalid("import.unreadable", zh, "The file was not read to its end.")


async def marked(sha256: str, kind: ImportFormat, errors: bytes) -> bytes:
    """Give a stored file back as a workbook with its wrong cells marked."""
    async with receive(store().read(sha256)) as copy, receive(_whole(errors)) as told:
        target = copy.path.with_name(f"{copy.path.name}.xlsx")
        arguments = (str(copy.path), kind.value, str(told.path), str(target))
        try:
            async with _beside("sihao.imports.marking", *arguments) as marking:
                code = await marking.wait()
            if code:
                zh = "文件无法读取，不能标注，请按错误清单修改。"
                raise Conflict("import.unreadable", zh, "The file cannot be read.")
            return await in_thread(target.read_bytes)
        finally:
            await in_thread(drop, target)


async def _whole(content: bytes) -> AsyncGenerator[bytes, None]:
    yield content


async def _length(stream: asyncio.StreamReader) -> int:
    """Read how long the next part is; 0 when the process ended without saying so."""
    try:
        length = int.from_bytes(await stream.readexactly(4), "big")
    except asyncio.IncompleteReadError:
        return 0
    return length if length <= _LONGEST else 0
