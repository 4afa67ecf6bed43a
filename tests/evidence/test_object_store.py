"""The whole way of a file through an S3 bucket: handed in, opened, swept."""

import base64
from hashlib import sha256

import pytest
from pydantic import SecretStr

from sihao.core import stores
from sihao.core.settings import settings
from sihao.evidence import jobs
from sihao.evidence.lifecycle import EvidenceState
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.object_store import ACCESS, BUCKET, SECRET, object_store

CONTENT = "民主生活会情况报告\n".encode() * 100_000
DIGEST = sha256(CONTENT).hexdigest()
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture(scope="module")
def endpoint():
    with object_store() as served:
        yield served


@pytest.fixture
def bucket(endpoint, monkeypatch):
    where = {
        "blob_url": f"s3://{BUCKET}/sihao?endpoint={endpoint}",
        "blob_access_key": ACCESS,
        "blob_secret_key": SecretStr(SECRET),
    }
    monkeypatch.setattr(settings(), "__dict__", {**settings().__dict__, **where})
    stores.store.cache_clear()
    yield stores.store()
    stores.store.cache_clear()


@pytest.fixture
async def piece(world):
    unit, campaign = await make_unit(world), await make_campaign(world)
    return await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED), unit


async def hand_in(office, evidence):
    said = {"filename": "党组会议纪要.txt", "evidence_id": str(evidence.id)}
    pairs = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())
    wanted = TUS | {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": pairs}
    begun = await office.post("/api/v1/uploads", headers=wanted)
    stream = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    return await office.patch(begun.headers["location"], content=CONTENT, headers=TUS | stream)


async def test_a_file_is_handed_in_and_opened_whole_and_in_part(as_, bucket, piece):
    evidence, unit = piece
    office = await as_.unit(unit)

    done = await hand_in(office, evidence)
    tickets = [(await office.post(f"/api/v1/evidence/{evidence.id}/ticket")).json() for _ in "12"]
    whole = await office.get(tickets[0]["url"])
    part = await office.get(tickets[1]["url"], headers={"Range": "bytes=9-17"})

    assert done.status_code == 204, done.text
    assert await bucket.size(DIGEST) == len(CONTENT)
    assert not (settings().blob_dir / DIGEST[:2] / DIGEST).exists()
    assert whole.content == CONTENT
    assert (part.status_code, part.content) == (206, CONTENT[9:18])
    assert part.headers["content-range"] == f"bytes 9-17/{len(CONTENT)}"


async def test_the_sweep_leaves_what_a_row_names(as_, bucket, piece, world, tmp_path, monkeypatch):
    evidence, unit = piece
    await hand_in(await as_.unit(unit), evidence)
    stray = tmp_path / "stray"
    stray.write_bytes(b"nobody's")
    await bucket.put(stray, sha256(b"nobody's").hexdigest())
    monkeypatch.setattr(jobs, "LEFTOVERS_WAIT", -jobs.LEFTOVERS_WAIT)

    await world.act(jobs.sweep)

    assert await bucket.size(DIGEST) == len(CONTENT)
    assert await bucket.size(sha256(b"nobody's").hexdigest()) is None


@pytest.mark.parametrize(
    ("asked", "status", "size"),
    [
        ("bytes=0-", 200, 5),
        ("bytes=1-", 206, 4),
        ("bytes=-2", 206, 2),
        ("bytes=2-99", 206, 3),
        ("bytes=9-", 416, 0),
        ("bytes=3-2", 200, 5),
        ("lines=1-2", 200, 5),
    ],
)
async def test_ranges_are_read_as_the_standard_says(as_, world, asked, status, size):
    unit = await make_unit(world)
    evidence = await make_evidence(world, unit, await make_campaign(world), content=b"12345")
    office = await as_.unit(unit)
    ticket = (await office.post(f"/api/v1/evidence/{evidence.id}/ticket")).json()

    answer = await office.get(ticket["url"], headers={"Range": asked})

    assert (answer.status_code, len(answer.content)) == (status, size)
