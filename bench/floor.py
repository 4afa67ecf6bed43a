"""The floor: Starlette + asyncpg + orjson doing the same work on the same rows, nothing else.

The same work: the token is verified, the context opened by the product's own function and role, so
that row-level security holds; columns, order and page are the product's. What is missing is what a
product adds: validation, contract, lifecycle words, problems.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sihao.core.tokens import tokens

LIST = """
SELECT e.id, e.unit_id, e.campaign_id, e.kind, e.title, e.happened_on, e.ended_on, e.external_code,
       e.details, e.version, e.updated_at, e.updated_by, u.name AS unit_name,
       (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name)
                                 ORDER BY m.rank_order, m.id), '[]'::json)
          FROM ledger_entry_member t JOIN member m ON m.id = t.member_id
         WHERE t.entry_id = e.id) AS members
  FROM ledger_entry e JOIN unit u ON u.id = e.unit_id
 WHERE {scope} ORDER BY e.happened_on DESC, e.id DESC LIMIT 51
"""
OWN, ALL = LIST.format(scope="e.unit_id = $1"), LIST.format(scope="true")
STATES = [
    f"SELECT state, count(*) FROM {table} WHERE campaign_id = $1 GROUP BY state"  # noqa: S608 - our own tables
    for table in ("plan", "self_report", "inspection", "annual_result", "rectification")
]
COUNTS = [
    "SELECT count(*) FROM plan WHERE campaign_id = $1 AND late",
    "SELECT count(*) FROM self_report WHERE campaign_id = $1 AND late",
    (
        "SELECT count(*) FROM measure m JOIN plan p ON p.id = m.plan_id"
        " WHERE p.campaign_id = $1 AND m.state <> 'completed' AND m.due_on < current_date"
    ),
    (
        "SELECT count(*) FROM objection o JOIN inspection i ON i.id = o.inspection_id"
        " WHERE i.campaign_id = $1 AND o.state IN ('filed', 'under_review')"
    ),
]
YEAR = "SELECT * FROM campaign WHERE state <> 'drafted' ORDER BY year DESC LIMIT 1"
WINDOWS = "SELECT * FROM campaign_window WHERE campaign_id = $1"
WHOLE = [
    "SELECT count(*) FROM unit WHERE active AND kind = 'unit'",
    "SELECT count(*) FROM complaint WHERE state = 'received'",
]
LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7))"
KNOWN = "SELECT * FROM idempotency_key WHERE principal_id = $1 AND key = $2"
PHASE = """
SELECT u.name AS unit_name, c.state FROM campaign c, unit u
 WHERE c.id = $1 AND u.id = $2 FOR SHARE OF c
"""
ENTRY = """
INSERT INTO ledger_entry (id, unit_id, campaign_id, kind, title, happened_on, details, version,
                          created_at, updated_at, updated_by)
VALUES ($1, $2, $3, 'T5', $4, $5, $6, 1, $7, $7, $8) RETURNING *
"""
EVENT = """
INSERT INTO event (id, name, subject_id, unit_id, audience, actor_id, actor, at, data)
VALUES ($1, 'ledger_entry.created', $2, $3, 'unit', $4, $5, $6, $7)
"""
KEEP = """
INSERT INTO idempotency_key (principal_id, key, request_hash, status, content_type, headers, body,
                             created_at)
VALUES ($1, $2, $3, 201, 'application/json', '', $4, $5)
"""


async def _prepare(connection: Any) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=bytes.decode, decoder=_embedded
        )


def _embedded(text: str) -> orjson.Fragment:
    return orjson.Fragment(text)


async def _keep_as_is(_: Any) -> None:
    """Ask for no reset: everything that was set ends with its transaction, as in the product."""


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncGenerator[None, None]:
    url = os.environ["BENCH_FLOOR_URL"]
    settings = {"jit": "off"}
    async with asyncpg.create_pool(
        url, min_size=10, init=_prepare, reset=_keep_as_is, server_settings=settings
    ) as pool:
        app.state.pool = pool
        yield


@asynccontextmanager
async def _opened(request: Request) -> AsyncGenerator[tuple[Any, Any, UUID], None]:
    """A connection in a transaction, who asks, and his id."""
    claims = tokens().read(request.headers["Authorization"].removeprefix("Bearer "))
    subject, session = UUID(claims["sub"]), UUID(claims["sid"])
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        opened = await connection.fetchrow("SELECT * FROM open_context($1, $2)", subject, session)
        yield connection, opened, subject


def _json(value: object, status: int = 200) -> Response:
    body = orjson.dumps(value, default=str)
    return Response(body, status, media_type="application/json")


async def _list(request: Request) -> Response:
    async with _opened(request) as (connection, who, _):
        found = await (
            connection.fetch(OWN, who["unit_id"]) if who["unit_id"] else connection.fetch(ALL)
        )
    items = [dict(row) for row in found[:50]]
    last = items[-1]
    cursor = f"{last['happened_on']} {last['id']}" if len(found) > len(items) else None
    return _json({"items": items, "next_cursor": cursor})


async def _create(request: Request) -> Response:
    sent, key = await request.body(), request.headers["Idempotency-Key"]
    body = orjson.loads(sent)
    campaign, ident, now = UUID(body["campaign_id"]), uuid4(), datetime.now(UTC)
    day, details = date.fromisoformat(body["happened_on"]), orjson.dumps(body["details"])
    async with _opened(request) as (connection, who, subject):
        unit, name = who["unit_id"], who["name"]
        await connection.fetchval(LOCK, f"{subject}:{key}")
        await connection.fetchrow(KNOWN, subject, key)
        phase = await connection.fetchrow(PHASE, campaign, unit)
        made = await connection.fetchrow(
            ENTRY, ident, unit, campaign, body["title"], day, details, now, name
        )
        data = orjson.dumps({"kind": body["kind"], "title": body["title"]})
        await connection.execute(EVENT, uuid4(), ident, unit, subject, name, now, data)
        answer = _json({**made, "unit_name": phase["unit_name"], "members": []}, 201)
        digest = sha256(request.url.path.encode() + sent).hexdigest()
        await connection.execute(KEEP, subject, key, digest, answer.body, now)
    return answer


async def _dashboard(request: Request) -> Response:
    async with _opened(request) as (connection, _, _):
        whole = [await connection.fetchval(count) for count in WHOLE]
        year = await connection.fetchrow(YEAR)
        windows = await connection.fetch(WINDOWS, year["id"])
        states = [await connection.fetch(count, year["id"]) for count in STATES]
        counts = [await connection.fetchval(count, year["id"]) for count in COUNTS]
    return _json(
        {
            "campaign": dict(year),
            "stages": [dict(row) for row in windows],
            "states": [[dict(row) for row in rows] for rows in states],
            "counts": [*whole, *counts],
        }
    )


app = Starlette(
    lifespan=_lifespan,
    routes=[
        Route("/api/v1/ledger-entries", _list),
        Route("/api/v1/ledger-entries", _create, methods=["POST"]),
        Route("/api/v1/dashboards/committee", _dashboard),
    ],
)
