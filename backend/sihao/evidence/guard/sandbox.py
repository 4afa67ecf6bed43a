"""Run a parser in a process of its own, with little memory, little time and no secrets."""

import asyncio
import contextlib
import json
import signal
from pathlib import Path

import structlog

from sihao.core.errors import Invalid, NotFound, Problem, Unavailable
from sihao.core.sandbox import running
from sihao.core.settings import settings
from sihao.evidence.guard.limits import MIB, OUTPUT
from sihao.evidence.guard.process import DONE, REFUSED
from sihao.evidence.guard.refusals import refusal

_log = structlog.get_logger("sihao.guard")
_PER_SECOND = 10 * MIB
"""Bytes that a parser surely reads in a second: large files get more time."""
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 24)
_PROBLEMS: dict[int, type[Invalid] | type[NotFound]] = {
    one.status: one for one in (Invalid, NotFound)
}


async def run(module: str, path: Path, *words: str, memory: int = 1) -> bytes:
    """Let a module work on a file and give its answer; a refusal comes as the problem it is.

    Raises `Invalid` too when the process dies or takes too long: the file is to blame for that.
    Raises `Unavailable` when no process can be started. `memory` multiplies what it may take.
    """
    size = (await asyncio.to_thread(path.stat)).st_size
    seconds = settings().guard_seconds + size // _PER_SECOND
    limits = (str(memory * settings().guard_memory_bytes), str(seconds))
    answer = REFUSED
    try:
        async with running(module, *limits, str(path), *words) as process:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2 * seconds):
                    answer = await _all_of(process)
    except OSError as error:
        raise _unavailable() from error
    return _understood(answer, process.returncode, module)


def _unavailable() -> Unavailable:
    code, zh = "file.guard_down", "文件检查暂时不可用，文件没有留存，请稍后重试。"
    return Unavailable(code, zh, "No process can be started to check it.")


async def _all_of(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    try:
        await process.stdout.readexactly(OUTPUT)
    except asyncio.IncompleteReadError as whole:
        await process.wait()
        return whole.partial
    return b""


def _understood(answer: bytes, code: int | None, module: str) -> bytes:
    if answer.startswith(DONE) and code == 0:
        return answer[1:]
    if answer.startswith(REFUSED) and code == 0:
        told = json.loads(answer[1:])
        if told["cause"]:
            _log.warning("parser failed", module=module, cause=told["cause"])
        raise _problem(told)
    _log.warning("parser died", module=module, code=code)
    if code is not None and code > 0:  # it did not come to reading the file
        raise _unavailable()
    raise refusal("exhausting" if answer == REFUSED or code == _OUT_OF_TIME else "broken")


def _problem(told: dict[str, object]) -> Problem:
    kind = _PROBLEMS[int(str(told["status"]))]
    extra = told["extra"]
    assert isinstance(extra, dict)  # noqa: S101 - our own process wrote it
    pointer = "/body" if kind is Invalid else "/query/page"
    return kind(str(told["code"]), str(told["zh"]), str(told["en"]), pointer=pointer, **extra)
