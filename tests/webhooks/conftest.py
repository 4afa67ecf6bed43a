"""A server of its own, for what is sent must be committed; and receivers that really listen.

A feed waits for every transaction of its server that began earlier; other tests keep theirs open.
"""

import asyncio
import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.core import embedded, settings
from sihao.core.context import as_system
from sihao.core.events import Audience, emit
from sihao.core.sealing import seal
from sihao.webhooks import keys, queries
from sihao.webhooks.actions import place_of
from sihao.webhooks.models import Signature, Webhook
from tests.conftest import TEMPLATE, start_server, stop_server

NOW = datetime.now(UTC)
STAMPS = {"created_at": NOW, "updated_at": NOW, "updated_by": "测试"}


@pytest.fixture(scope="session")
def server(database, tmp_path_factory):
    """A PostgreSQL with nothing else going on."""
    folder = tmp_path_factory.mktemp("server")
    folder.chmod(0o755)
    server = start_server(folder)
    yield server
    stop_server(server, folder)


@pytest.fixture
async def open_context(server):
    """Committed transactions of the system in an empty database."""
    name = f"webhooks_{os.getpid()}_{uuid4().hex[:6]}"
    admin = await asyncpg.connect(
        server.url(embedded.SUPERUSER, "postgres").replace("+asyncpg", "")
    )
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    engine = create_async_engine(server.url(embedded.APP, name), pool_size=10)

    @asynccontextmanager
    async def open_():
        async with AsyncSession(engine, expire_on_commit=False, autoflush=False) as db:
            yield await as_system(db)
            await db.commit()

    open_.engine = engine
    yield open_
    await engine.dispose()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


class Receiver:
    """Keeps what it accepts; `answer(headers, body)` gives status and further headers."""

    def __init__(self, port, answer):
        self.port, self._answer = port, answer
        self.came, self.accepted = [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/hook"

    async def serve(self, reader, writer):
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")[1:-2]
                headers = {k.lower(): v for k, v in (one.split(": ", 1) for one in lines)}
                body = (await reader.readexactly(int(headers["content-length"]))).decode()
                self.came.append((headers, body))
                status, more = self._answer(headers, body)
                if status < 300:
                    self.accepted.append((headers, body))
                further = "".join(f"{k}: {v}\r\n" for k, v in more.items())
                said = f"HTTP/1.1 {status} X\r\n{further}Content-Length: 2\r\n\r\nok"
                writer.write(said.encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def receiving(monkeypatch):
    """Open receivers, and let them be reached."""
    servers = []

    async def open_(answer=lambda *_: (200, {})):
        receiver = Receiver(0, answer)
        server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
        receiver.port = server.sockets[0].getsockname()[1]
        servers.append(server)
        ports = [one.sockets[0].getsockname()[1] for one in servers]
        allowed = ",".join(f"127.0.0.1/32:{port}" for port in ports)
        monkeypatch.setenv("SIHAO_OUTGOING_ALLOW", allowed)
        settings.settings.cache_clear()
        return receiver

    yield open_
    for server in servers:
        server.close()
    monkeypatch.undo()
    settings.settings.cache_clear()


async def add_webhook(open_context, url, *, signature=Signature.HMAC, **fields):
    """Store an address; give it and its secret."""
    secret, public = keys.draw(signature)
    ident = uuid4()
    async with open_context() as ctx:
        place = await queries.present_place(ctx)
        webhook = Webhook(
            id=ident,
            url=url,
            signature=signature,
            public_key=public,
            txid=place,
            seq=0,
            **{
                "name": "督查系统",
                "events": ["*"],
                "sealed": seal(secret, place_of(ident)),
                **STAMPS,
                **fields,
            },
        )
        ctx.db.add(webhook)
    return webhook, secret


async def happen(open_context, *names, subject=None, unit=None, audience=Audience.UNIT):
    """Let events happen, each in a transaction of its own."""
    for name in names:
        async with open_context() as ctx:
            emit(ctx, name, subject or uuid4(), unit, audience=audience)
