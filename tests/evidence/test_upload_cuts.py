"""Resumable uploads when something goes wrong: cuts, crashes, full disks, other writers."""

import asyncio
import errno
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlmodel import select
from starlette.requests import ClientDisconnect

from sihao.core.stores import resumable
from sihao.evidence import jobs
from sihao.evidence.models import Upload
from tests.evidence.uploading import STREAM, TEXT, TUS, URL, begin, checksum, head, send, spooled
from tests.factories_evidence import CONTENT, stored_at

pytestmark = pytest.mark.usefixtures("empty_spool")


async def cut_after(content):
    yield content
    raise ClientDisconnect


async def test_what_came_before_a_cut_is_kept(office, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]

    await send(office, url, 0, cut_after(TEXT[:123_457]))

    assert (await head(office, url)).headers["upload-offset"] == "123457"


async def test_what_came_before_a_cut_is_not_kept_when_it_was_to_be_checked(office, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]

    await send(office, url, 0, cut_after(TEXT[:123_457]), **checksum(TEXT))

    assert (await head(office, url)).headers["upload-offset"] == "0"


async def test_a_creation_that_is_cut_leaves_nothing(office, world, promised):
    await begin(office, len(TEXT), cut_after(TEXT[:100_000]), evidence_id=promised.id)

    assert await world.all(select(Upload)) == []
    assert spooled() == []


async def test_an_upload_that_is_being_written_is_locked_at_once(office, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]

    async with resumable.hold(UUID(url.rsplit("/", 1)[1])):
        begun = asyncio.get_running_loop().time()
        answers = [
            await send(office, url, 0, TEXT),
            await head(office, url),
            await office.delete(url, headers=TUS),
        ]
        took = asyncio.get_running_loop().time() - begun

    assert [one.status_code for one in answers] == [423, 423, 423]
    assert took < 2
    assert (await send(office, url, 0, TEXT)).status_code == 204


async def test_somebody_elses_upload_does_not_exist(as_, office, unit, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]
    missing = f"{URL}/{uuid4()}"
    for stranger in (await as_.unit(), await as_.unit(unit), await as_.officer()):
        for method in ("HEAD", "PATCH", "DELETE"):
            headers = STREAM | {"Upload-Offset": "0"}
            foreign = await stranger.request(method, url, headers=headers)
            unknown = await stranger.request(method, missing, headers=headers)
            assert (foreign.status_code, unknown.status_code) == (404, 404)


async def test_an_upload_can_be_given_up(office, world, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]
    await send(office, url, 0, TEXT[:100])

    answer = await office.delete(url, headers=TUS)

    assert answer.status_code == 204
    assert (await head(office, url)).status_code == 404
    assert spooled() == []


async def test_a_refused_file_leaves_nothing_and_says_why(office, world, promised):
    secret = "机密★10年\n".encode()
    url = (await begin(office, len(secret), evidence_id=promised.id)).headers["location"]

    answer = await send(office, url, 0, secret)

    assert answer.status_code == 422, answer.text
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert (await head(office, url)).status_code == 404
    assert spooled() == []
    assert not stored_at(sha256(secret).hexdigest()).exists()
    shown = (await office.get(f"/api/v1/evidence/{promised.id}")).json()
    assert shown["state"] == "promised"


async def test_the_whole_is_held_against_its_hash(office, promised):
    begun = await begin(office, len(CONTENT), evidence_id=promised.id, sha256="0" * 64)

    answer = await send(office, begun.headers["location"], 0, CONTENT)

    assert (answer.status_code, answer.json()["code"]) == (422, "evidence.hash")


async def test_an_upload_expires_and_is_swept(office, world, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]
    (row,) = await world.all(select(Upload))
    row.expires_at = datetime.now(UTC) - timedelta(minutes=1)
    await world.add(row)

    before = await head(office, url)
    await world.act(jobs.sweep_uploads)
    after = await head(office, url)

    assert (before.status_code, after.status_code) == (410, 404)
    assert spooled() == []


async def test_the_sweep_drops_what_no_upload_needs_and_nothing_else(office, world, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]
    going_on = resumable.place(UUID(url.rsplit("/", 1)[1]))
    stray = resumable.place(uuid4())
    stray.write_bytes(b"x")
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for path in (going_on, stray):
        os.utime(path, (old, old))

    await world.act(jobs.sweep_uploads)

    assert going_on.exists()
    assert not stray.exists()


async def test_bytes_that_are_gone_begin_anew(office, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]
    resumable.place(UUID(url.rsplit("/", 1)[1])).unlink()

    answer = await head(office, url)

    assert answer.status_code == 410


async def test_a_full_disk_is_told_and_heals(office, promised, monkeypatch):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]
    await send(office, url, 0, TEXT[:1000])

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(resumable, "make_durable", full)
        answer = await send(office, url, 1000, TEXT[1000:])
    after = await head(office, url)
    again = await send(office, url, int(after.headers["upload-offset"]), TEXT[1000:])

    assert (answer.status_code, answer.json()["code"]) == (507, "storage.full")
    assert after.headers["upload-offset"] == "1000"
    assert again.status_code == 204, again.text


@pytest.mark.parametrize(
    ("beyond", "kept"),
    [(0, 0), (1, 0), (resumable.STEP, 0), (resumable.STEP + 1, 1), (3 * resumable.STEP, 2)],
)
async def test_after_a_crash_all_steps_but_the_last_are_good(office, promised, beyond, kept):
    length = 10 * resumable.STEP
    url = (await begin(office, length, evidence_id=promised.id)).headers["location"]
    await send(office, url, 0, b"x" * 1000)
    path = resumable.place(UUID(url.rsplit("/", 1)[1]))
    with path.open("ab") as file:
        file.write(bytes(beyond))

    known = await head(office, url)

    assert known.headers["upload-offset"] == str(1000 + kept * resumable.STEP)


async def test_after_a_crash_nothing_unchecked_is_good(office, promised):
    url = (await begin(office, len(TEXT), evidence_id=promised.id)).headers["location"]
    path = resumable.place(UUID(url.rsplit("/", 1)[1]))
    path.write_bytes(bytes(3 * resumable.STEP))
    path.with_suffix(".unsure").touch()

    assert (await head(office, url)).headers["upload-offset"] == "0"
