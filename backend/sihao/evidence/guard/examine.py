"""The one door for files: what it is, what it says, or why it may not come in."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

from sihao.evidence.guard import clamd, sandbox

_AT_ONCE = asyncio.Semaphore(2)
"""A parser may take a processor; the rest of the product needs one too."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is: by content; the beginning of its text; pages or slides, where it has any."""

    media_type: str
    text: str
    pages: int | None


async def examine(path: Path, file_name: str) -> Examined:
    """Examine a file that has arrived and is not kept yet.

    Raises `Invalid` with `file.<reason>` for what is not taken, `Unavailable` while the scanner or
    the parser cannot work. The file itself is left to the caller, who keeps or drops it.
    """
    async with _AT_ONCE:
        told = json.loads(await sandbox.run("sihao.evidence.guard.parse", path, file_name))
    await clamd.scan(path)
    return Examined(told["media_type"], told["text"], told["pages"])
