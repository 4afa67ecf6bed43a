"""Holds the store against the database: what is missing, wrong, or nobody's."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import NamedTuple

import typer
from sqlalchemy.exc import DBAPIError

from sihao.cli import database
from sihao.core.context import system_context
from sihao.core.db import engine
from sihao.core.errors import Unavailable
from sihao.core.stores import store
from sihao.evidence import queries
from sihao.evidence.jobs import LEFTOVERS_WAIT
from sihao.evidence.queries import Kept

DAMAGED, UNCHECKED = 1, 2
"""Exit codes; 0 means that all is there and right."""
_MEGABYTE = 1024 * 1024


class Found(NamedTuple):
    """What a look at the store came to."""

    looked_at: int
    damaged: int


def fsck() -> None:
    """Compare names and sizes."""
    _run(compare)


def scrub(megabytes_a_second: int) -> None:
    """Read every byte and hash it again."""
    _run(lambda: rehash(megabytes_a_second))


def _run(look: Callable[[], Coroutine[None, None, Found]]) -> None:
    try:
        with database.at_hand():
            found = asyncio.run(_closing(look()))
    except (OSError, DBAPIError, Unavailable) as error:
        typer.echo(f"✗ could not be checked: {error}")
        raise typer.Exit(UNCHECKED) from error
    if found.damaged:
        typer.echo(f"✗ {found.damaged} of {found.looked_at} files are damaged")
        raise typer.Exit(DAMAGED)
    typer.echo(f"✓ {found.looked_at} files are there and right")


async def _closing(look: Coroutine[None, None, Found]) -> Found:
    try:
        return await look
    finally:
        await engine().dispose()


async def compare() -> Found:
    """Say which rows have no bytes or bytes of another size, and which bytes have no row."""
    async with system_context() as ctx:
        here = {sha256: size async for sha256, size in store().list_before(ctx.now)}
        old = {sha256 async for sha256, _ in store().list_before(ctx.now - LEFTOVERS_WAIT)}
    looked_at = damaged = 0
    async for kept in _kept():
        looked_at += 1
        size = here.pop(kept.sha256, None)
        old.discard(kept.sha256)
        if size is None:  # it may have come since the store was listed
            size = await store().size(kept.sha256)
        if size != kept.size:
            damaged += 1
            await _tell(kept, "is missing" if size is None else f"has {size} bytes")
    if old:
        typer.echo(f"- {len(old)} files in the store are nobody's; the nightly sweep removes them")
    return Found(looked_at, damaged)


async def rehash(megabytes_a_second: int) -> Found:
    """Say which bytes do not come to their hash any more."""
    looked_at = damaged = read = 0
    begun = time.monotonic()
    async for kept in _kept():
        looked_at += 1
        digest = hashlib.sha256()
        try:
            async for piece in store().read(kept.sha256):
                digest.update(piece)
                read += len(piece)
                ahead = read / (megabytes_a_second * _MEGABYTE) - (time.monotonic() - begun)
                await asyncio.sleep(max(ahead, 0))
        except FileNotFoundError:
            damaged += 1
            await _tell(kept, "is missing")
            continue
        if digest.hexdigest() != kept.sha256:
            damaged += 1
            await _tell(kept, f"comes to {digest.hexdigest()}")
    return Found(looked_at, damaged)


async def _kept() -> AsyncIterator[Kept]:
    """Read what should be there, page by page, without holding a transaction."""
    after = ""
    while True:
        async with system_context() as ctx:
            page = await queries.list_kept(ctx, after)
        for one in page:
            yield one
            after = one.sha256
        if not page:
            return


async def _tell(kept: Kept, what: str) -> None:
    typer.echo(f"✗ {kept.sha256} ({kept.size} bytes) {what}")
    async with system_context() as ctx:
        for use in await queries.list_users(ctx, kept.sha256):
            typer.echo(f"    {use.unit}: {use.title} / {use.file_name}")
