"""A look at a page without the file: a picture with the looker's name, unit and time across it.

Office files are drawn by LibreOffice when the server has it, otherwise from their text.
"""

import asyncio
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sihao.core.settings import settings
from sihao.evidence.guard import kinds, sandbox

_AT_ONCE = asyncio.Semaphore(1)
"""Looking may wait; handing in has its own processes."""
_NAMED = {kind: ending for ending, kind in kinds.OFFICE.items()}
_KEPT = 200
"""Converted Office files that stay, newest first: turning a page does not convert again."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A WebP picture of one page, and how many pages can be looked at."""

    image: bytes
    pages: int


async def render_page(path: Path, media_type: str, page: int, stamp: str) -> PageImage:
    """Draw a page, counted from 1, with the stamp across it.

    Raises `NotFound` for a page that is not there, `Invalid` for a kind that cannot be shown.
    """
    async with _AT_ONCE:
        converter = shutil.which("soffice") or shutil.which("libreoffice")
        if converter and media_type in _NAMED:
            path = await _converted(path, media_type, converter)
            media_type = kinds.PDF
        words = (media_type, str(page), stamp)
        answer = await sandbox.run("sihao.evidence.guard.draw", path, *words)
    return PageImage(answer[4:], int.from_bytes(answer[:4], "big"))


async def _converted(path: Path, media_type: str, converter: str) -> Path:
    folder = settings().data_dir / "previews"
    kept = folder / f"{await asyncio.to_thread(_digest, path)}.pdf"
    if await asyncio.to_thread(kept.exists):
        return kept
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        words = (place, _NAMED[media_type], converter)
        await sandbox.run("sihao.evidence.guard.convert", path, *words, memory=3)
        await asyncio.to_thread(Path(place, "page.pdf").replace, kept)
    await asyncio.to_thread(_forget_oldest, folder)
    return kept


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.pdf"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in files[_KEPT:]:
        old.unlink(missing_ok=True)
