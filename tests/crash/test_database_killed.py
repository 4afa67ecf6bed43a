"""kill -9 of PostgreSQL under the served product: clients that try again finish by themselves.

The server is started again as the product starts it. API and worker are not touched.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import asynccontextmanager, suppress
from hashlib import sha256

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import func, select
from tusclient.client import TusClient

from sihao.core import embedded
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Blob, EvidenceFile
from sihao.imports.models import ImportJob
from sihao.ledgers.models import LedgerEntry
from tests.conftest import ROOT, World
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.process import Place

ROWS = 10_000
HEAD = "台账,外部编号,名称,日期,学习专题,应到人数,实到人数"
CONTENT = "党组中心组学习记录，第三季度。\n".encode() * 1_000_000
"""44 MB: some hundred requests of tuspy."""
API = "/api/v1"


class Base:
    """A PostgreSQL of this test's own, durable as the product's, to be killed."""

    def __init__(self, home) -> None:
        self._home = home
        self.server = embedded.start(home)

    async def kill_server(self) -> None:
        """kill -9 of the server itself; it is started again as the product does."""
        self.server.process.kill()
        self.server.process.wait()
        await asyncio.sleep(2)
        self.server = await asyncio.to_thread(embedded.start, self._home)

    async def kill_session(self) -> None:
        """kill -9 of the session that has worked longest: PostgreSQL then recovers by itself."""
        asked = "SELECT pid FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY xact_start"
        url = self.server.url(embedded.SUPERUSER).replace("+asyncpg", "")
        connection = await asyncpg.connect(url)
        pid = await connection.fetchval(asked)
        connection.terminate()
        os.kill(pid, signal.SIGKILL)

    @asynccontextmanager
    async def world(self):
        engine = create_async_engine(self.server.url(embedded.APP))
        async with engine.connect() as connection:
            yield World(connection)
        await engine.dispose()


@pytest.fixture
def base(tmp_path):
    base = Base(tmp_path / "postgres")
    urls = {
        "SIHAO_DATABASE_URL": base.server.app_url,
        "SIHAO_OWNER_DATABASE_URL": base.server.owner_url,
    }
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **urls}, check=True, capture_output=True)
    yield base
    base.server.stop()


@asynccontextmanager
async def served(base, tmp_path):
    """The API and a worker on it, with a unit's office that hands in."""
    files = tmp_path / "data"
    environment = {
        **os.environ,
        "SIHAO_DATABASE_URL": base.server.app_url,
        "SIHAO_DATA_DIR": str(files),
        "SIHAO_RATE_REQUESTS": "100000",
        "PYTHONPATH": str(ROOT / "backend"),
    }
    async with base.world() as world:
        unit, campaign = await make_unit(world), await make_campaign(world)
        _, token = await make_person(world, Role.UNIT_OFFICE, unit=unit)
        piece = await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)
        (awaited,) = await world.all(select(EvidenceFile))
        place = Place(world, environment, files)
    place.campaign, place.token, place.evidence = campaign, token, piece
    place.file_id = awaited.id
    await place.start()
    try:
        with place.worker() as worker:
            yield place
            assert worker.poll() is None
    finally:
        place.kill()


@pytest.mark.parametrize("killed", ["kill_server", "kill_session"])
async def test_an_import_and_an_upload_outlive_their_database(base, tmp_path, killed):
    rows = tmp_path / "学习.csv"
    lines = (f"T5,OA-{n},学习{n},2026-03-02,学习党章,7,6" for n in range(ROWS))
    rows.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    file = tmp_path / "学习记录.txt"
    file.write_bytes(CONTENT)

    async with served(base, tmp_path) as place, watched(place) as seen:
        importing = sihao_import(place, rows)
        uploading = asyncio.create_task(asyncio.to_thread(tuspy, place, file))
        await under_way(place)
        await getattr(base, killed)()
        output, _ = await asyncio.to_thread(importing.communicate, timeout=90)
        await uploading
        async with place.client(place.token) as client:
            shown = (await client.get(f"{API}/evidence/{place.evidence.id}")).json()
            ticket = (await client.post(f"{API}/evidence/{place.evidence.id}/ticket")).json()
            stored = await client.get(ticket["url"])

    assert importing.returncode == 0, output
    assert (shown["state"], shown["sha256"]) == ("available", sha256(CONTENT).hexdigest())
    assert stored.content == CONTENT
    assert set(seen) <= {200, 503}
    assert seen[503], "the database was away while somebody asked"
    async with base.world() as world:
        told = select(Event).where(Event.name == "ledger_entry.created").subquery()
        (job,) = await world.all(select(ImportJob))
        assert (job.state, job.created) == ("done", ROWS)
        assert await count(world, LedgerEntry) == ROWS
        assert await count(world, told) == ROWS
        assert len({one.sha256 for one in await world.all(select(Blob))}) == 2


async def count(world, rows):
    return (await world.all(select(func.count()).select_from(rows)))[0]


def sihao_import(place, rows) -> subprocess.Popen:
    environment = {k: v for k, v in place.environment.items() if not k.startswith("SIHAO_")}
    environment |= {"SIHAO_URL": place.url, "SIHAO_TOKEN": place.token, "PYTHONUTF8": "1"}
    asked = ["import", "ledger-entries", rows, "--campaign", place.campaign.id]
    return subprocess.Popen(
        [sys.executable, "-m", "sihao", *map(str, asked)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def tuspy(place, file) -> None:
    client = TusClient(
        f"{place.url}{API}/uploads", headers={"Authorization": f"Bearer {place.token}"}
    )
    with file.open("rb") as stream:
        client.uploader(
            file_stream=stream,
            chunk_size=400_000,
            metadata={"filename": file.name, "file_id": str(place.file_id)},
            retries=60,
            retry_delay=1,
        ).upload()


async def under_way(place) -> None:
    """Come back once rows are being read and bytes are coming."""
    async with asyncio.timeout(60), place.client(place.token) as client:
        while True:
            for job in (await client.get(f"{API}/imports")).json()["items"]:
                told = (await client.get(f"{API}/imports/{job['id']}")).json()
                if told["progress"] is not None:
                    return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def watched(place):
    """Ask all the time; every answer is right, or a problem that says when to come again."""
    seen: Counter[int] = Counter()

    async def ask() -> None:
        async with place.client(place.token) as client:
            while True:
                answer = await client.get(f"{API}/ledger-entries")
                seen[answer.status_code] += 1
                if answer.status_code != 200:
                    assert answer.headers["content-type"] == "application/problem+json"
                    assert int(answer.headers["retry-after"]) > 0
                await asyncio.sleep(0.05)

    asking = asyncio.create_task(ask())
    try:
        yield seen
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
