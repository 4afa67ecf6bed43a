"""The floor: Starlette + asyncpg + orjson doing the same work on the same rows, nothing else."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

LIST = """
SELECT e.id, e.unit_id, u.name AS unit_name, e.campaign_id, e.kind, e.title, e.happened_on,
       e.ended_on, e.external_code, e.details, e.version, e.created_at, e.updated_at, e.updated_by
  FROM ledger_entry e JOIN unit u ON u.id = e.unit_id
 WHERE e.unit_id = $1 ORDER BY e.happened_on DESC, e.id DESC LIMIT 50
"""
COUNTS = [
    f"SELECT state, count(*) FROM {table} WHERE campaign_id = $1 GROUP BY state"  # noqa: S608 - our own tables
    for table in ("plan", "self_report", "inspection", "annual_result", "rectification")
]
ENTRY = """
INSERT INTO ledger_entry (id, unit_id, campaign_id, kind, title, happened_on, details, version,
                          created_at, updated_at, updated_by)
VALUES ($1, $2, $3, 'T5', $4, $5, $6, 1, $7, $7, 'floor')
"""
EVENT = """
INSERT INTO event (id, name, subject_id, unit_id, audience, actor, at, data)
VALUES ($1, 'ledger_entry.created', $2, $3, 'unit', 'floor', $4, '{}')
"""


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncGenerator[None, None]:
    async with asyncpg.create_pool(os.environ["BENCH_FLOOR_URL"], min_size=10) as pool:
        app.state.pool = pool
        yield


def _json(value: object) -> Response:
    return Response(orjson.dumps(value, default=str), media_type="application/json")


async def _list(request: Request) -> Response:
    rows = await request.app.state.pool.fetch(LIST, UUID(request.query_params["unit"]))
    return _json([dict(row) for row in rows])


async def _create(request: Request) -> Response:
    body = orjson.loads(await request.body())
    unit, campaign, ident, now = (
        UUID(body["unit"]),
        UUID(body["campaign"]),
        uuid4(),
        datetime.now(UTC),
    )
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        day = date.fromisoformat(body["happened_on"])
        details = orjson.dumps(body["details"]).decode()
        await connection.execute(ENTRY, ident, unit, campaign, body["title"], day, details, now)
        await connection.execute(EVENT, uuid4(), ident, unit, now)
    return _json({"id": ident})


async def _dashboard(request: Request) -> Response:
    campaign = UUID(request.query_params["campaign"])
    async with request.app.state.pool.acquire() as connection:
        found = [await connection.fetch(count, campaign) for count in COUNTS]
    return _json([[dict(row) for row in rows] for rows in found])


app = Starlette(
    lifespan=_lifespan,
    routes=[
        Route("/list", _list),
        Route("/create", _create, methods=["POST"]),
        Route("/dashboard", _dashboard),
    ],
)
