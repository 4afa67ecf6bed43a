"""Resumable uploads by tus 1.0, word for word; real clients come in test_upload_clients.py."""

import asyncio
import base64
import errno
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlmodel import select
from starlette.requests import ClientDisconnect

from sihao.core.settings import settings
from sihao.core.stores import resumable
from sihao.evidence import jobs
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Upload
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import CONTENT, files_of, make_evidence, make_file, stored_at

URL = "/api/v1/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
STREAM = TUS | {"Content-Type": "application/offset+octet-stream"}
TEXT = "学习笔记\n".encode() * 100_000


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def campaign(world):
    return await make_campaign(world)


@pytest.fixture
async def promised(world, unit, campaign):
    return await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)


@pytest.fixture
async def office(as_, unit):
    return await as_.unit(unit)


def metadata(**pairs) -> str:
    return ",".join(f"{k} {base64.b64encode(str(v).encode()).decode()}" for k, v in pairs.items())


async def begin(client, length, content=b"", **pairs):
    said = metadata(**{"filename": "党组会议纪要.txt", **pairs})
    headers = TUS | {"Upload-Length": str(length), "Upload-Metadata": said}
    if content:
        headers |= STREAM
    return await client.post(URL, content=content, headers=headers)


async def send(client, url, offset, content, **headers):
    wanted = STREAM | {"Upload-Offset": str(offset)} | headers
    return await client.patch(url, content=content, headers=wanted)


async def head(client, url):
    return await client.head(url, headers=TUS)


def spooled():
    folder = settings().data_dir / "incoming" / "uploads"
    return list(folder.iterdir()) if folder.exists() else []


@pytest.fixture(autouse=True)
def empty_spool():
    for path in spooled():
        path.unlink()


async def test_what_is_offered(office):
    answer = await office.options(URL)

    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-checksum-algorithm"] == "sha256"
    assert answer.headers["tus-max-size"] == str(3 * 1024**3)
    offered = set(answer.headers["tus-extension"].split(","))
    assert offered == {
        "creation",
        "creation-with-upload",
        "termination",
        "checksum",
        "expiration",
    }


async def test_a_file_comes_in_parts_and_is_the_same(office, world, unit, promised):
    begun = await begin(office, len(TEXT), evidence_id=promised.id)
    url = begun.headers["location"]
    first = await send(office, url, 0, TEXT[:700_000])
    known = await head(office, url)
    last = await send(office, url, 700_000, TEXT[700_000:])
    done = await head(office, url)
    shown = (await office.get(f"/api/v1/evidence/{promised.id}")).json()

    assert begun.status_code == 201, begun.text
    assert (first.status_code, last.status_code) == (204, 204), last.text
    assert known.headers["upload-offset"] == first.headers["upload-offset"] == "700000"
    assert known.headers["upload-length"] == str(len(TEXT))
    assert known.headers["cache-control"] == "no-store"
    assert "upload-expires" in begun.headers
    assert done.headers["upload-offset"] == str(len(TEXT))
    assert all(one.headers["tus-resumable"] == "1.0.0" for one in (begun, first, known, last))
    assert (shown["state"], shown["sha256"]) == ("available", sha256(TEXT).hexdigest())
    assert stored_at(sha256(TEXT).hexdigest()).read_bytes() == TEXT
    assert spooled() == []


async def test_a_file_comes_with_its_creation(office, world, promised):
    answer = await begin(office, len(CONTENT), CONTENT, evidence_id=promised.id)

    assert answer.status_code == 201, answer.text
    assert answer.headers["upload-offset"] == str(len(CONTENT))
    shown = (await office.get(f"/api/v1/evidence/{promised.id}")).json()
    assert shown["state"] == "available"


async def test_a_creation_may_bring_the_first_part_only(office, promised):
    answer = await begin(office, len(CONTENT), CONTENT[:5], evidence_id=promised.id)
    last = await send(office, answer.headers["location"], 5, CONTENT[5:])

    assert answer.headers["upload-offset"] == "5"
    assert last.status_code == 204, last.text


async def test_a_repeated_creation_with_its_key_begins_one_upload(office, world, promised):
    headers = STREAM | {
        "Idempotency-Key": "one",
        "Upload-Length": str(len(CONTENT)),
        "Upload-Metadata": metadata(filename="纪要.txt", evidence_id=promised.id),
    }
    first = await office.post(URL, content=CONTENT[:4], headers=headers)
    second = await office.post(URL, content=CONTENT[:4], headers=headers)

    assert first.headers["location"] == second.headers["location"]
    assert len(await world.all(select(Upload))) == 1


async def test_one_more_file_of_a_piece_may_be_begun_by_its_name(office, world, promised):
    answer = await begin(office, 9, filename="签到表.txt", evidence_id=promised.id)

    assert answer.status_code == 201, answer.text
    assert [one.file_name for one in await files_of(world, promised)] == [
        "党组会议纪要.txt",
        "签到表.txt",
    ]


async def test_a_promised_file_is_found_by_its_hash(office, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)
    digest = sha256(TEXT).hexdigest()
    file = await make_file(
        world, evidence, position=2, declared_sha256=digest, declared_size=len(TEXT)
    )

    begun = await begin(office, len(TEXT), sha256=digest)
    unknown = await begin(office, len(TEXT), sha256="0" * 64)
    nothing = await begin(office, len(TEXT))

    assert (await world.all(select(Upload)))[0].file_id == file.id
    assert begun.status_code == 201
    assert (unknown.status_code, nothing.status_code) == (422, 422)
    assert unknown.json()["code"] == nothing.json()["code"] == "upload.whose"


async def test_bytes_of_another_unit_are_never_offered_by_hash(as_, world, campaign, unit, office):
    other = await make_unit(world)
    await make_evidence(world, other, campaign, content=TEXT)
    digest = sha256(TEXT).hexdigest()

    answer = await begin(office, len(TEXT), sha256=digest)

    assert answer.status_code == 422
    assert digest not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "viele"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Length": str(3 * 1024**3 + 1)}, 413),
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Metadata": "filename nobase64!"}, 400),
        ({"Upload-Metadata": ""}, 400),
        ({"Upload-Metadata": metadata(filename="甲.txt", evidence_id="nichts")}, 400),
        ({"Upload-Metadata": metadata(filename="甲.txt", evidence_id=uuid4())}, 404),
        ({"Upload-Metadata": metadata(filename="甲.txt", file_id=uuid4())}, 404),
    ],
)
async def test_a_creation_that_cannot_be_is_refused(office, promised, headers, status):
    said = metadata(filename="甲.txt", evidence_id=promised.id)
    wanted = TUS | {"Upload-Length": "10", "Upload-Metadata": said} | headers

    answer = await office.post(URL, headers=wanted)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert spooled() == []


async def test_the_wrong_offset_is_told_the_right_one(office, promised):
    url = (await begin(office, len(CONTENT), evidence_id=promised.id)).headers["location"]

    answer = await send(office, url, 3, CONTENT[3:])

    assert (answer.status_code, answer.headers["upload-offset"]) == (409, "0")


async def test_a_wrong_type_or_number_is_refused(office, promised):
    url = (await begin(office, len(CONTENT), evidence_id=promised.id)).headers["location"]

    typed = await send(office, url, 0, CONTENT, **{"Content-Type": "application/json"})
    numbered = await send(office, url, 0, CONTENT, **{"Upload-Offset": "zwei"})

    assert (typed.status_code, numbered.status_code) == (415, 400)


async def test_more_than_was_said_is_refused_and_not_kept(office, promised):
    url = (await begin(office, len(CONTENT), evidence_id=promised.id)).headers["location"]

    async def chunks():
        yield CONTENT
        yield b"x"

    declared = await send(office, url, 0, CONTENT + b"x")
    streamed = await send(office, url, 0, chunks())

    assert (declared.status_code, streamed.status_code) == (413, 413)
    assert (await head(office, url)).headers["upload-offset"] == "0"


def checksum(content):
    return {"Upload-Checksum": f"sha256 {base64.b64encode(sha256(content).digest()).decode()}"}


async def test_a_part_that_differs_from_its_checksum_is_thrown_away(office, promised):
    url = (await begin(office, len(CONTENT), evidence_id=promised.id)).headers["location"]

    wrong = await send(office, url, 0, CONTENT[:8], **checksum(b"other"))
    after = await head(office, url)
    right = await send(office, url, 0, CONTENT[:8], **checksum(CONTENT[:8]))
    unknown = await send(office, url, 8, CONTENT[8:], **{"Upload-Checksum": "md5 AAAA"})

    assert wrong.status_code == 460
    assert wrong.json()["code"] == "upload.checksum_mismatch"
    assert after.headers["upload-offset"] == "0"
    assert (right.status_code, right.headers["upload-offset"]) == (204, "8")
    assert unknown.status_code == 400


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
