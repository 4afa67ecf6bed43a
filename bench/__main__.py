"""`python3 run.py bench`: list, create and dashboard beside the floor, in one run, as ratios."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from sihao.core import embedded
from sihao.core.context import system_context
from sihao.core.db import engine
from sihao.core.tokens import new_signing_key

PASSWORD = "bench-password-1"  # noqa: S105 - of a city that lives for a minute
UNITS = (1, 2, 20, 33, 34, 36)
REQUESTS, AT_ONCE = 600, 8
Call = Callable[[httpx.AsyncClient], Any]


async def main() -> None:
    """Build a city, serve product and floor, measure, print."""
    with (
        tempfile.TemporaryDirectory(prefix="sihao-bench-") as folder,
        embedded.embedded(Path(folder) / "postgres") as server,
    ):
        os.environ |= {
            "SIHAO_DATABASE_URL": server.app_url,
            "SIHAO_OWNER_DATABASE_URL": server.owner_url,
            "SIHAO_DATA_DIR": folder,
            "SIHAO_SIGNING_KEY": new_signing_key(),
            "BENCH_FLOOR_URL": server.url(embedded.SUPERUSER).replace("+asyncpg", ""),
        }
        migrate = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(migrate, check=True, capture_output=True)  # noqa: S603, ASYNC221 - once
        await _measure()


async def _measure() -> None:
    from sihao.demo.seed import build  # noqa: PLC0415 - after the settings

    async with system_context() as ctx:
        town = await build(ctx, PASSWORD, lambda _: None, UNITS)
        year = town.years[max(town.years)].campaign.id
    await engine().dispose()
    async with _served("sihao.main:app") as product, _served("bench.floor:app") as floor:
        office = await _enter(product, "unit20.office")
        officer = await _enter(product, "officer")
        unit = (await office.get("/api/v1/me")).json()["unit"]["id"]
        entry = {
            "title": "第三季度中心组学习",
            "happened_on": f"{max(town.years)}-07-01",
            "details": {"topic": "党的创新理论", "expected": 7, "attended": 7},
        }
        ours = {**entry, "campaign_id": str(year), "kind": "T5"}
        raw = httpx.AsyncClient(base_url=floor)
        theirs = {**entry, "unit": unit, "campaign": str(year)}
        await _compare(
            "list, 50 rows", office, _get("/api/v1/ledger-entries"), raw, _get(f"/list?unit={unit}")
        )
        await _compare(
            "create", office, _post("/api/v1/ledger-entries", ours), raw, _post("/create", theirs)
        )
        await _compare(
            "dashboard",
            officer,
            _get("/api/v1/dashboards/committee"),
            raw,
            _get(f"/dashboard?campaign={year}"),
        )


def _get(path: str) -> Call:
    return lambda client: client.get(path)


def _post(path: str, body: dict[str, Any]) -> Call:
    return lambda client: client.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})


async def _compare(
    name: str, client: httpx.AsyncClient, ours: Call, raw: httpx.AsyncClient, floor: Call
) -> None:
    product, bottom = await _rate(client, ours), await _rate(raw, floor)
    print(f"{name:14} {product:7.0f}/s   floor {bottom:7.0f}/s   ratio {product / bottom:5.2f}")


async def _rate(client: httpx.AsyncClient, call: Call) -> float:
    """Give the requests a second of one server process, after a warm-up."""

    async def some(number: int) -> None:
        for _ in range(number):
            (await call(client)).raise_for_status()

    await some(20)
    began = time.perf_counter()
    await asyncio.gather(*(some(REQUESTS // AT_ONCE) for _ in range(AT_ONCE)))
    return REQUESTS / (time.perf_counter() - began)


async def _enter(address: str, name: str) -> httpx.AsyncClient:
    client = httpx.AsyncClient(base_url=address)
    body = {"name": name, "password": PASSWORD}
    answer = (await client.post("/api/v1/auth/login", json=body)).raise_for_status()
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return client


@asynccontextmanager
async def _served(app: str) -> AsyncGenerator[str, None]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen([*command, "--no-access-log"])  # noqa: S603, ASYNC220 - our own
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            await asyncio.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


asyncio.run(main())
