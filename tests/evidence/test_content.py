import os
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from sihao.core.settings import settings
from sihao.evidence import jobs
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Blob, DownloadTicket
from tests.evidence.guard import make
from tests.evidence.guard.corpus import corpus
from tests.evidence.guard.hostile import INERT
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import CONTENT, files_of, make_evidence, stored_at

URL = "/api/v1/evidence"
PDF = make.pdf("学习笔记", extra=[make.stream(bytes(3_000_000))])


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def campaign(world):
    return await make_campaign(world)


@pytest.fixture
async def promised(world, unit, campaign):
    return await make_evidence(
        world, unit, campaign, state=EvidenceState.PROMISED, file_name="学习笔记（三季度）.txt"
    )


async def put(client, evidence, content, **headers):
    return await client.put(
        f"{URL}/{evidence.id}/content", content=content, headers={"If-Match": '"1"', **headers}
    )


def left_over():
    folder = settings().data_dir / "incoming"
    return [one for one in folder.iterdir() if one.is_file()] if folder.exists() else []


async def test_bytes_come_in_and_go_out_the_same(as_, world, unit, campaign):
    office = await as_.unit(unit)
    promised = await make_evidence(
        world, unit, campaign, state=EvidenceState.PROMISED, file_name="学习笔记（三季度）.pdf"
    )

    received = await put(office, promised, PDF, **{"X-Content-SHA256": sha256(PDF).hexdigest()})
    ticket = (await office.post(f"{URL}/{promised.id}/ticket")).json()
    file = await office.get(ticket["url"])

    assert received.status_code == 200, received.text
    assert received.headers["etag"] == '"2"'
    shown = received.json()
    assert (shown["state"], shown["size"]) == ("available", len(PDF))
    assert (shown["media_type"], shown["sha256"]) == ("application/pdf", sha256(PDF).hexdigest())
    assert file.content == PDF
    assert not left_over()


async def test_a_download_is_inert_named_and_good_once(as_, client, world, unit, campaign):
    evidence = await make_evidence(
        world, unit, campaign, file_name="“双减”督查.html", media_type="text/plain"
    )
    officer = await as_.officer()
    ticket = (await officer.post(f"{URL}/{evidence.id}/ticket")).json()

    first = await client.get(ticket["url"])
    second = await client.get(ticket["url"])
    unknown = await client.get("/api/v1/files/nothing")

    assert first.status_code == 200
    assert first.headers["content-disposition"].startswith("attachment; filename*=utf-8''%E2%80%9C")
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["content-security-policy"].startswith("sandbox")
    assert (second.status_code, unknown.status_code) == (410, 404)
    assert second.json()["code"] == "ticket.used"


async def test_an_old_ticket_opens_nothing(as_, client, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)
    ticket = (await (await as_.unit(unit)).post(f"{URL}/{evidence.id}/ticket")).json()
    row = (await world.all(select(DownloadTicket)))[0]
    row.expires_at = datetime.now(UTC) - timedelta(minutes=1)
    await world.add(row)

    assert (await client.get(ticket["url"])).status_code == 410


async def test_a_strangers_ticket_is_refused(as_, world, unit, campaign, promised):
    evidence = await make_evidence(world, unit, campaign)

    assert (await (await as_.unit()).post(f"{URL}/{evidence.id}/ticket")).status_code == 404
    nothing = await (await as_.unit(unit)).post(f"{URL}/{promised.id}/ticket")
    assert nothing.json()["code"] == "evidence.no_content"


async def test_equal_bytes_of_two_units_are_kept_once_and_nobody_is_told(
    as_, world, campaign, unit, promised
):
    other = await make_unit(world)
    theirs = await make_evidence(world, other, campaign, state=EvidenceState.PROMISED)
    await put(await as_.unit(unit), promised, CONTENT)

    answer = await put(await as_.unit(other), theirs, CONTENT)

    assert answer.status_code == 200
    assert answer.json()["same"] == []
    digest = sha256(CONTENT).hexdigest()
    assert len(await world.all(select(Blob).where(Blob.sha256 == digest))) == 1


async def test_content_comes_once(as_, unit, promised):
    office = await as_.unit(unit)
    await put(office, promised, CONTENT)

    stale = await put(office, promised, CONTENT)
    again = await put(office, promised, CONTENT, **{"If-Match": '"2"'})

    assert (stale.status_code, again.status_code) == (412, 409)


async def test_bytes_that_differ_from_their_hash_are_refused(as_, unit, promised):
    office = await as_.unit(unit)

    answer = await put(office, promised, PDF, **{"X-Content-SHA256": "0" * 64})

    assert answer.status_code == 422
    assert answer.json()["code"] == "evidence.hash"
    assert (await office.get(f"{URL}/{promised.id}")).json()["state"] == "promised"
    assert not left_over()
    assert not stored_at(sha256(PDF).hexdigest() + "x").exists()


async def test_an_empty_file_is_refused(as_, unit, promised):
    assert (await put(await as_.unit(unit), promised, b"")).json()["code"] == "evidence.empty"


async def test_a_file_beyond_the_limit_is_refused_before_and_while_it_comes(
    as_, unit, promised, monkeypatch
):
    monkeypatch.setattr(settings(), "__dict__", {**settings().__dict__, "max_upload_bytes": 1000})
    office = await as_.unit(unit)

    async def chunks():
        for _ in range(3):
            yield b"x" * 500

    declared = await put(office, promised, b"x" * 1001)
    streamed = await put(office, promised, chunks())

    assert (declared.status_code, streamed.status_code) == (413, 413)
    assert streamed.json()["code"] == "file.too_large"
    assert not left_over()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
async def test_a_text_with_a_mark_of_secrecy_is_refused_and_leaves_no_copy(
    as_, unit, promised, encoding
):
    content = ("正文一行\n" * 40_000 + "机密★10年\n附件").encode(encoding)
    office = await as_.unit(unit)

    answer = await put(office, promised, content)

    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "file.secret"
    assert (problem["line"], problem["quoted"]) == (40_001, "机密★10年")
    assert not stored_at(sha256(content).hexdigest()).exists()
    assert not left_over()
    assert (await office.get(f"{URL}/{promised.id}")).json()["state"] == "promised"


@pytest.mark.parametrize("one", list(corpus())[::30], ids=lambda one: one.what)
async def test_a_refused_file_leaves_nothing(as_, world, unit, campaign, one):
    promised = await make_evidence(
        world, unit, campaign, state=EvidenceState.PROMISED, file_name=one.file_name
    )
    content = one.make()

    answer = await put(await as_.unit(unit), promised, content)

    kept = one.expected == INERT
    assert answer.status_code == (200 if kept else 422), answer.text
    assert kept or answer.json()["code"] == one.expected
    assert stored_at(sha256(content).hexdigest()).exists() == kept
    assert not left_over()


async def test_the_words_alone_are_no_mark(as_, unit, promised):
    content = "学习《保守国家秘密法》，机密文件按规定管理。".encode()

    assert (await put(await as_.unit(unit), promised, content)).status_code == 200


async def test_a_cut_connection_leaves_a_promise_and_no_file(as_, unit, promised):
    office = await as_.unit(unit)

    async def cut():
        yield b"x" * 100_000
        raise ConnectionResetError

    answer = await put(office, promised, cut())

    assert answer.status_code == 503
    assert not left_over()
    assert (await office.get(f"{URL}/{promised.id}")).json()["state"] == "promised"
    assert (await put(office, promised, CONTENT)).status_code == 200


async def test_somebody_who_is_shut_out_meanwhile_is_refused_at_the_end(as_, world, unit, promised):
    from sqlalchemy import update  # noqa: PLC0415 - of this test alone

    from sihao.accounts.models import Person  # noqa: PLC0415 - of this test alone

    office = await as_.unit(unit)

    async def slow():
        yield CONTENT
        ctx = await world.ctx()
        await ctx.db.execute(
            update(Person).where(Person.id == office.person_id).values(disabled_at=ctx.now)
        )
        await ctx.db.commit()
        await ctx.db.close()

    answer = await put(office, promised, slow())

    assert answer.status_code == 401
    assert not left_over()


async def test_the_nightly_sweep_drops_leftovers_and_nothing_else(world, unit, campaign):
    kept = await make_evidence(world, unit, campaign, content=b"kept")
    (file,) = await files_of(world, kept)
    old = time.time() - 3 * 86_400
    orphan, fresh = sha256(b"orphan").hexdigest(), sha256(b"fresh").hexdigest()
    incoming = settings().data_dir / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    for path in (stored_at(orphan), stored_at(fresh), incoming / "cut"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path in (stored_at(orphan), stored_at(file.sha256), incoming / "cut"):
        os.utime(path, (old, old))

    await world.act(jobs.sweep)

    assert not stored_at(orphan).exists()
    assert not (incoming / "cut").exists()
    assert stored_at(fresh).exists()
    assert stored_at(file.sha256).exists()
