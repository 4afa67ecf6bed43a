"""Have papers drawn as Word or PDF, in a process of its own: the API stays small and quick."""

import asyncio
import contextlib
import shutil
import tempfile
from pathlib import Path

from sihao.core.errors import Problem, Unavailable
from sihao.core.sandbox import running
from sihao.core.settings import settings
from sihao.documents.models import DocumentTicket
from sihao.documents.paper import Paper
from sihao.documents.schemas import FileFormat

MEDIA_TYPES: dict[str, str] = {
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
ENDINGS: dict[str, str] = {"word": "docx", "pdf": "pdf"}
_AT_ONCE = asyncio.Semaphore(2)
_SECONDS = 60
"""Of the wall; a large annex takes two."""
_PIECE = 1024 * 1024


def media_type(form: str) -> str:
    """Tell what a file is; a template is a Word file too."""
    return MEDIA_TYPES.get(form, MEDIA_TYPES["word"])


async def draw(ticket: DocumentTicket, template: bytes | None) -> bytes:
    """Make the file that a ticket stands for."""
    if ticket.format == "template":
        return template or await render("", "starting")
    return await render(ticket.content, ticket.format, template)


async def render(
    paper: Paper | str, form: FileFormat | str, template: bytes | None = None
) -> bytes:
    """Draw a paper; a template is used for Word only.

    Raises `Unavailable` when it cannot be drawn now.
    """
    written = paper if isinstance(paper, str) else paper.model_dump_json()
    async with _AT_ONCE:
        place = Path(await asyncio.to_thread(_put, written, template))
        try:
            words = (str(place), form, *_fonts())
            return await _draw(words)
        finally:
            await asyncio.to_thread(shutil.rmtree, place)


def _put(written: str, template: bytes | None) -> str:
    folder = settings().data_dir / "previews"
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(dir=folder))
    (place / "paper.json").write_text(written, encoding="utf-8")
    if template is not None:
        (place / "template.docx").write_bytes(template)
    return str(place)


def _fonts() -> tuple[str, ...]:
    folder = settings().font_dir
    return (str(folder.absolute()),) if folder else ()


async def _draw(words: tuple[str, ...]) -> bytes:
    drawn = b""
    try:
        async with running("sihao.documents.draw", *words) as process:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SECONDS):
                    while piece := await process.stdout.read(_PIECE):
                        drawn += piece
                    await process.wait()
        if process.returncode == 0 and drawn:
            return drawn
    except OSError as error:
        raise _failed() from error
    raise _failed()


def _failed() -> Problem:
    code, zh = "document.not_drawn", "文件暂时无法生成，请稍后重试；反复出现时请联系系统管理员。"
    return Unavailable(code, zh, "The file cannot be made.")
