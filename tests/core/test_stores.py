"""Both stores keep the same promises: the local folder, and a real S3 server."""

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from pydantic import SecretStr

from sihao.core.errors import Unavailable
from sihao.core.settings import settings
from sihao.core.stores import s3
from sihao.core.stores.local import LocalStore
from sihao.core.stores.s3 import S3Store
from tests.object_store import ACCESS, BUCKET, SECRET, object_store

BIG = os.urandom(1024) * 20_000


def bucket(endpoint: str, **changes) -> S3Store:
    url = f"s3://{BUCKET}/sihao/four?endpoint={endpoint}"
    keys = {"blob_access_key": ACCESS, "blob_secret_key": SecretStr(SECRET)}
    return S3Store(settings().model_copy(update={"blob_url": url, **keys, **changes}))


@pytest.fixture(scope="module")
def endpoint():
    with object_store() as served:
        yield served


@pytest.fixture(params=["local", "s3"])
async def store(request, tmp_path):
    if request.param == "local":
        return LocalStore(tmp_path / "blobs")
    return bucket(request.getfixturevalue("endpoint"))


@pytest.fixture
def spooled(tmp_path):
    def spool(content: bytes) -> tuple[Path, str]:
        path = tmp_path / "spooled"
        path.write_bytes(content)
        return path, sha256(content).hexdigest()

    return spool


async def everything(store, digest, *part) -> bytes:
    return b"".join([piece async for piece in store.read(digest, *part)])


async def stored(store, before) -> dict[str, int]:
    return {digest: size async for digest, size in store.list_before(before)}


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=60)


async def test_what_is_put_can_be_read_and_the_spool_keeps_its_own(store, spooled):
    path, digest = spooled(BIG)

    await store.put(path, digest)

    assert await store.size(digest) == len(BIG)
    assert await everything(store, digest) == BIG
    assert path.read_bytes() == BIG


@pytest.mark.parametrize("part", [(0, 1), (5, 5_000_000), (20_479_999, 20_480_000), (7,)])
async def test_a_part_can_be_read(store, spooled, part):
    path, digest = spooled(BIG)
    await store.put(path, digest)

    assert await everything(store, digest, *part) == BIG[slice(part[0], *part[1:] or (None,))]


async def test_what_is_not_there_has_no_size(store):
    assert await store.size("0" * 64) is None
    assert await store.remove("0" * 64, soon()) is False
    with pytest.raises(FileNotFoundError):
        await everything(store, "0" * 64)


async def test_equal_bytes_may_come_again(store, spooled):
    path, digest = spooled(b"again")
    await store.put(path, digest)
    path.unlink()
    path, _ = spooled(b"again")

    await store.put(path, digest)

    assert await everything(store, digest) == b"again"


async def test_the_list_tells_hashes_and_sizes_of_what_is_old_enough(store, spooled):
    path, digest = spooled(b"listed")
    await store.put(path, digest)

    assert (await stored(store, soon()))[digest] == 6
    assert digest not in await stored(store, datetime.now(UTC) - timedelta(hours=1))


async def test_only_what_is_old_enough_is_removed(store, spooled):
    path, digest = spooled(b"removed")
    await store.put(path, digest)

    young = await store.remove(digest, datetime.now(UTC) - timedelta(hours=1))
    old = await store.remove(digest, soon())

    assert (young, old) == (False, True)
    assert await store.size(digest) is None


async def test_coming_again_renews_the_age(store, spooled):
    path, digest = spooled(b"renewed")
    await store.put(path, digest)
    await asyncio.sleep(1.1)  # S3 tells whole seconds
    between = datetime.now(UTC)
    await asyncio.sleep(1.1)

    await store.put(path, digest)

    assert await store.remove(digest, between) is False


async def test_another_disk_gets_a_copy(tmp_path, spooled, monkeypatch):
    def no_link(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", no_link)
    store, (path, digest) = LocalStore(tmp_path / "blobs"), spooled(b"copied")

    await store.put(path, digest)

    assert await everything(store, digest) == b"copied"
    assert [one.name for one in store.address(digest).parent.iterdir()] == [digest]


async def test_a_bucket_that_cannot_be_reached_asks_to_come_again(spooled, monkeypatch):
    monkeypatch.setattr(s3, "_GIVE_UP", timedelta(seconds=1))
    path, digest = spooled(b"x")
    begun = time.monotonic()

    with pytest.raises(Unavailable):
        await bucket("http://127.0.0.1:9").put(path, digest)

    assert time.monotonic() - begun < 30


async def test_wrong_keys_are_told_apart_from_missing_bytes(endpoint):
    with pytest.raises(Unavailable):
        await bucket(endpoint, blob_secret_key=SecretStr("wrong")).size("0" * 64)
