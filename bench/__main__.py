"""`python3 run.py bench`: list, create and dashboard beside the floor, in one run, as ratios."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from bench.client import Server, compare
from bench.place import PASSWORD, throw_away
from sihao.core.context import system_context
from sihao.core.db import engine

UNITS = (1, 2, 20, 33, 34, 36)
ENTRIES = "/api/v1/ledger-entries"


async def main() -> None:
    """Build a city, serve product and floor, measure, print."""
    with throw_away() as server:
        os.environ["BENCH_FLOOR_URL"] = server.app_url.replace("+asyncpg", "")
        await _measure()


async def _measure() -> None:
    from sihao.demo.seed import build

    async with system_context() as ctx:
        town = await build(ctx, PASSWORD, lambda _: None, UNITS)
        year = town.years[max(town.years)].campaign
        entry = {
            "campaign_id": str(year.id),
            "kind": "T5",
            "title": "第三季度中心组学习",
            "happened_on": f"{year.year}-07-01",
            "details": {"topic": "党的创新理论", "expected": 7, "attended": 7},
        }
    await engine().dispose()
    async with _served("product") as product, _served("floor") as floor:
        office, officer = await _enter(product, "unit20.office"), await _enter(product, "officer")
        work: dict[str, Callable[[Server], bytes]] = {
            "list of a unit": lambda one: one.get(ENTRIES, office),
            "list of all": lambda one: one.get(ENTRIES, officer),
            "create": lambda one: one.post(ENTRIES, office, entry),
            "dashboard": lambda one: one.get("/api/v1/dashboards/committee", officer),
        }
        print(f"{'':16}{'product':>20}{'floor':>22}   ratio")
        for name, request in work.items():
            ours, raw = await compare(product, floor, request)
            print(
                f"{name:16}{ours.rate:7.0f}/s {ours.cpu:6.2f} ms CPU"
                f"{raw.rate:9.0f}/s {raw.cpu:6.2f} ms CPU{ours.rate / raw.rate:8.2f}"
            )


async def _enter(server: Server, name: str) -> str:
    body = {"name": name, "password": PASSWORD}
    answer = await server.answers([server.post("/api/v1/auth/login", "", body)])
    token: str = json.loads(answer)["access_token"]
    return token


@asynccontextmanager
async def _served(app: str) -> AsyncGenerator[Server, None]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        f"bench.watched:{app}",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    process = subprocess.Popen([*command, "--no-access-log"])  # noqa: S603, ASYNC220 - our own
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            await asyncio.sleep(0.05)
        yield Server(port)
    finally:
        process.terminate()
        process.wait()


asyncio.run(main())
subprocess.run([sys.executable, "-m", "bench.imports"], check=True)
