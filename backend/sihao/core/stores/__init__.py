"""Where bytes stay for good, under their SHA-256: a local folder, or an S3 bucket.

A whole, durable file is `put`; what reads it later asks by hash alone. Putting equal bytes again is
harmless and renews their age, so the collector never takes what has just come. Who else has the
same bytes is nobody's business: nothing here tells.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from sihao.core.settings import settings
from sihao.core.stores.local import LocalStore

__all__ = ["Store", "store"]


class Store(Protocol):
    """What both stores can do. A store that cannot be reached raises `Unavailable`."""

    async def put(self, path: Path, sha256: str) -> None:
        """Keep a copy of a durable file under its hash; the file itself stays where it is."""

    async def size(self, sha256: str) -> int | None:
        """Tell how many bytes stand under a hash; None when there are none."""

    def read(
        self, sha256: str, start: int = 0, end: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """Give the bytes from `start` up to but without `end`, piece by piece."""

    async def remove(self, sha256: str, before: datetime) -> bool:
        """Remove bytes that were put before then; tell whether they are gone."""

    def list_before(self, before: datetime) -> AsyncIterator[tuple[str, int]]:
        """List hash and size of what was put before then."""


@cache
def store() -> Store:
    """The store of `SIHAO_BLOB_URL`, else the local one; tests clear the cache."""
    if not settings().blob_url:
        return LocalStore(settings().blob_dir)
    from sihao.core.stores.s3 import S3Store  # noqa: PLC0415 - only those with a bucket pay for it

    return S3Store(settings())
