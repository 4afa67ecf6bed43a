"""Programs of ours that look into files somebody sent, with none of our secrets around them.

Inside, they bound themselves by `core/confine.py`.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import sihao

_PACKAGE = Path(sihao.__file__).parents[1]
_BUFFER = 1024 * 1024


@contextlib.asynccontextmanager
async def running(module: str, *words: str) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """Run a module for the length of a block; it is killed with whatever it started.

    Raises `OSError` when no process can be started.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-s", "-m", module, *words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
        limit=_BUFFER,
    )
    try:
        yield process
    finally:
        await asyncio.shield(_end(process))


def _environment() -> dict[str, str]:
    """What Python needs to start, and nothing that is ours."""
    kept = ("PATH", "LANG", "TMPDIR", "SYSTEMROOT", "TEMP")
    given = {name: os.environ[name] for name in kept if name in os.environ}
    return given | {"PYTHONPATH": str(_PACKAGE), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):  # it has ended, and nobody has told us yet
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        await process.wait()
