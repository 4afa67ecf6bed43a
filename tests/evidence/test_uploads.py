"""Resumable uploads by tus 1.0, word for word; real clients come in test_upload_clients.py."""

from hashlib import sha256
from uuid import uuid4

import pytest
from sqlmodel import select

from sihao.evidence.models import Upload
from tests.evidence.uploading import (
    STREAM,
    TEXT,
    TUS,
    URL,
    begin,
    checksum,
    head,
    metadata,
    send,
    spooled,
)
from tests.factories import make_unit
from tests.factories_evidence import CONTENT, files_of, make_evidence, make_file, stored_at

pytestmark = pytest.mark.usefixtures("empty_spool")


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
