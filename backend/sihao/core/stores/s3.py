"""The store in an S3 bucket: SeaweedFS, Ceph, OBS, MinIO or Amazon's own."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store as Bucket

from sihao.core.errors import Unavailable
from sihao.core.settings import Settings

_PIECE = 1024 * 1024
_PART, _PARTS_AT_ONCE = 8 * 1024 * 1024, 3
_SHA256 = 64
_GIVE_UP = timedelta(seconds=60)


class S3Store:
    """Objects named by their hash below a prefix: `s3://bucket/prefix?endpoint=…&region=…`."""

    def __init__(self, wanted: Settings) -> None:
        url = urlsplit(wanted.blob_url or "")
        given = {name: values[-1] for name, values in parse_qs(url.query).items()}
        secret = wanted.blob_secret_key
        named = {
            "endpoint": given.get("endpoint"),
            "region": given.get("region", "us-east-1"),
            "access_key_id": wanted.blob_access_key,
            "secret_access_key": secret.get_secret_value() if secret else None,
        }
        options: Any = {name: value for name, value in named.items() if value}
        self._bucket = Bucket(
            url.netloc,
            prefix=url.path.strip("/") or None,
            config=options,
            client_options={"allow_http": given.get("endpoint", "").startswith("http://")},
            retry_config={"max_retries": 4, "retry_timeout": _GIVE_UP},
        )

    async def put(self, path: Path, sha256: str) -> None:
        """Send the file in parts; the object appears when it is whole."""
        with _reached():
            await obstore.put_async(
                self._bucket, _key(sha256), path, chunk_size=_PART, max_concurrency=_PARTS_AT_ONCE
            )

    async def size(self, sha256: str) -> int | None:
        """Tell how many bytes stand under a hash."""
        found = await self._head(sha256)
        return int(found["size"]) if found else None

    async def read(
        self, sha256: str, start: int = 0, end: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """Give the bytes piece by piece."""
        wanted: Any = {"range": {"offset": start} if end is None else (start, end)}
        with _reached():
            found = await obstore.get_async(
                self._bucket, _key(sha256), options=wanted if start or end is not None else None
            )
            async for piece in found.stream(min_chunk_size=_PIECE):
                yield bytes(piece)

    async def remove(self, sha256: str, before: datetime) -> bool:
        """Remove an object that was put before then."""
        found = await self._head(sha256)
        if found is None or found["last_modified"] >= before:
            return False
        with _reached():
            await obstore.delete_async(self._bucket, _key(sha256))
        return True

    async def list_before(self, before: datetime) -> AsyncIterator[tuple[str, int]]:
        """List in pages of a thousand, so that memory stays flat."""
        with _reached():
            async for page in obstore.list(self._bucket, chunk_size=1000):
                for one in page:
                    name = one["path"].rsplit("/", 1)[-1]
                    if len(name) == _SHA256 and one["last_modified"] < before:
                        yield name, one["size"]

    async def _head(self, sha256: str) -> Any:
        try:
            with _reached():
                return await obstore.head_async(self._bucket, _key(sha256))
        except FileNotFoundError:
            return None


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


@contextmanager
def _reached() -> Iterator[None]:
    """Turn what the bucket could not do into an answer that asks to come again."""
    try:
        yield
    except BaseError as error:
        code, zh = "store.down", "材料存储暂时不可用，请稍后重试。"
        raise Unavailable(code, zh, "The store cannot be reached.") from error
