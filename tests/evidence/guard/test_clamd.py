"""The scanner: asked when it is configured, and nothing passes without its word."""

import asyncio
import struct
from contextlib import asynccontextmanager

import pytest

from sihao.core.errors import Invalid, Unavailable
from sihao.core.settings import settings
from sihao.evidence.guard.examine import examine

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@asynccontextmanager
async def clamd(where: str, *, limit: int = 1 << 30, answer: bytes | None = None):
    """Speak clamd's side of INSTREAM; it finds the test virus and nothing else."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", await reader.readexactly(4))[0]:
            content += await reader.readexactly(size)
            if len(content) > limit:
                writer.write(b"INSTREAM size limit exceeded. ERROR\0")
                writer.close()
                return
        found = b"stream: Eicar-Signature FOUND\0" if VIRUS in content else b"stream: OK\0"
        writer.write(found if answer is None else answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_unix_server(serve, where):
        yield


@pytest.fixture
def where(tmp_path, monkeypatch):
    place = str(tmp_path / "clamd.sock")
    monkeypatch.setattr(settings(), "__dict__", {**settings().__dict__, "clamd": place})
    return place


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text"
    path.write_bytes("党组会议纪要\n".encode() * 100_000)
    return path


async def test_what_the_scanner_calls_clean_passes(where, text):
    async with clamd(where):
        assert (await examine(text, "纪要.txt")).media_type == "text/plain"


async def test_what_the_scanner_finds_is_refused_by_its_name(where, tmp_path):
    path = tmp_path / "virus"
    path.write_bytes(VIRUS)
    async with clamd(where):
        with pytest.raises(Invalid) as refused:
            await examine(path, "纪要.txt")

    assert refused.value.code == "file.virus"
    assert refused.value.extra["about"] == "Eicar-Signature"


async def test_a_file_beyond_the_scanners_limit_is_refused(where, text):
    async with clamd(where, limit=1000):
        with pytest.raises(Invalid) as refused:
            await examine(text, "纪要.txt")

    assert refused.value.code == "file.scan_limit"


@pytest.mark.parametrize("answer", [b"", b"stream: OK", b"UNKNOWN COMMAND\0", b"x" * 10_000])
async def test_without_the_scanners_word_nothing_passes(where, text, answer):
    async with clamd(where, answer=answer):
        with pytest.raises(Unavailable) as down:
            await examine(text, "纪要.txt")

    assert (down.value.code, down.value.headers["Retry-After"]) == ("file.scanner_down", "60")


async def test_a_scanner_that_is_not_there_is_no_clean_bill(where, text):
    with pytest.raises(Unavailable):
        await examine(text, "纪要.txt")
