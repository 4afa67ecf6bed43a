"""A server process of its own on a database of its own, for tests that kill it."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
from sqlalchemy.ext.asyncio import create_async_engine

import sihao.slices  # noqa: F401 - every table is known
from sihao.core import embedded
from tests.conftest import _SERVER, ROOT, TEMPLATE, World, _run

WORKER = (
    "from datetime import timedelta; import sihao.worker as w;"
    "w.HEARTBEAT = timedelta(seconds=2); w.main()"
)
"""The real worker, but for how long a silent one is waited for."""


class Place:
    """`world` commits for real; `start()` serves it over HTTP, `kill()` is kill -9."""

    def __init__(self, world: World, environment: dict[str, str], files: Path) -> None:
        self.world, self.files = world, files
        self.environment = environment
        self.inside: list[str] = []
        """Words before each command, by which it sees other mounts."""
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._launch()
        async with httpx.AsyncClient() as client:
            while True:
                try:
                    if (await client.get(f"{self.url}/health/live")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.1)

    def _launch(self) -> None:
        serve = [sys.executable, "-m", "uvicorn", "sihao.main:app", "--port", str(self.port)]
        command = [*self.inside, *serve]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run jobs for the length of a block."""
        quiet = subprocess.DEVNULL
        command = [*self.inside, sys.executable, "-c", WORKER]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def children(self) -> list[str]:
        """Command lines of what the server has started just now."""
        assert self._process is not None
        told = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        found = [Path(f"/proc/{pid}/cmdline") for pid in told.split()]
        return [one.read_text().replace("\0", " ") for one in found if one.exists()]

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def client(self, token: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, headers={"Authorization": f"Bearer {token}"})


@asynccontextmanager
async def place_of_its_own() -> AsyncGenerator[Place, None]:
    """Copy the migrated template and give it a world and a server that is not started yet."""
    server = embedded.start(Path(os.environ[_SERVER]), embedded.THROW_AWAY)
    name = f"sihao_{uuid4().hex[:12]}"
    await asyncio.to_thread(_run, server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    url = server.url(embedded.APP, name)
    files = Path(os.environ[_SERVER]) / name
    environment = {
        **os.environ,
        "SIHAO_DATABASE_URL": url,
        "SIHAO_DATA_DIR": str(files),
        "PYTHONPATH": str(ROOT / "backend"),
    }
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        place = Place(World(connection), environment, files)
        try:
            yield place
        finally:
            place.kill()
    await engine.dispose()
