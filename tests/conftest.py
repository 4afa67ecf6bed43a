"""A real PostgreSQL, migrated once; each test runs in a transaction that is rolled back.

The process that runs pytest starts one throw-away server and makes a migrated template; every
worker copies it. A test's requests, its rows and its checks share one connection of the app's
role, so row-level security holds in tests as it does in production.
"""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.core import embedded, logs
from sihao.core.context import Context, Role, as_system

ROOT = Path(__file__).parents[1]
TEMPLATE = "sihao_template"
_SERVER = "SIHAO_TEST_SERVER"


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before any worker; workers find it in the environment."""
    logs.configure(logging.ERROR)
    if _SERVER in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="sihao-test-"))
    os.environ["SIHAO_DATA_DIR"] = str(folder / "data")
    server = start_server(folder)
    config.add_cleanup(lambda: stop_server(server, folder))
    os.environ[_SERVER] = str(folder)


def start_server(folder: Path) -> embedded.Embedded:
    """Start a PostgreSQL in the folder, with a migrated template to copy."""
    server = embedded.start(folder, embedded.THROW_AWAY)
    _run(server, f"CREATE DATABASE {TEMPLATE} OWNER {embedded.OWNER}")
    urls = {
        "SIHAO_DATABASE_URL": server.url(embedded.APP, TEMPLATE),
        "SIHAO_OWNER_DATABASE_URL": server.url(embedded.OWNER, TEMPLATE),
    }
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **urls}, check=True, capture_output=True)
    return server


def stop_server(server: embedded.Embedded, folder: Path) -> None:
    """Stop it and leave nothing of it."""
    import shutil  # noqa: PLC0415 - used once, at the end

    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _run(server: embedded.Embedded, statement: str) -> None:
    import asyncio  # noqa: PLC0415 - pytest's own loop is not running yet

    async def run() -> None:
        url = server.url(embedded.SUPERUSER, "postgres").replace("+asyncpg", "")
        connection = await asyncpg.connect(url)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


@pytest.fixture(scope="session", autouse=True)
def database() -> str:
    """Copy the template for this process and point the settings at the copy."""
    from sihao.core import settings, tokens  # noqa: PLC0415 - after the environment is set

    server = embedded.start(Path(os.environ[_SERVER]), embedded.THROW_AWAY)
    name = f"sihao_{os.getpid()}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    os.environ["SIHAO_DATABASE_URL"] = server.url(embedded.APP, name)
    os.environ["SIHAO_OWNER_DATABASE_URL"] = server.url(embedded.OWNER, name)
    os.environ["SIHAO_SIGNING_KEY"] = tokens.new_signing_key()
    os.environ["SIHAO_DATA_DIR"] = str(Path(os.environ[_SERVER]) / f"data-{os.getpid()}")
    settings.settings.cache_clear()
    return os.environ["SIHAO_DATABASE_URL"]


@pytest.fixture(scope="session")
async def connection_pool(database: str) -> AsyncGenerator[Callable[[], AsyncConnection], None]:
    engine = create_async_engine(database, pool_size=2)
    yield engine.connect
    await engine.dispose()


@pytest.fixture
async def connection(
    connection_pool: Callable[[], AsyncConnection],
) -> AsyncGenerator[AsyncConnection, None]:
    async with connection_pool() as connection:
        outer = await connection.begin()
        yield connection
        await outer.rollback()


def _session(connection: AsyncConnection) -> AsyncSession:
    return AsyncSession(
        bind=connection,
        expire_on_commit=False,
        autoflush=False,
        join_transaction_mode="create_savepoint",
    )


class World:
    """What a test looks at and sets up with: everything, as the system.

    `await world.add(row)` stores a row; `world.ctx()` opens the system's context on the test's
    transaction again (a request in between has changed it).
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ctx(self) -> Context:
        self.db = _session(self._connection)
        return await as_system(self.db)

    async def add(self, *rows: object) -> None:
        ctx = await self.ctx()
        for row in rows:
            ctx.db.add(row)
            await ctx.db.flush()
        await ctx.db.commit()
        await ctx.db.close()

    async def all(self, statement: object) -> list:
        ctx = await self.ctx()
        found = (await ctx.db.execute(statement)).scalars().all()
        await ctx.db.close()
        return list(found)

    async def act(self, action: Callable, *args: object, **kwargs: object) -> object:
        """Run an action of the product as the system and commit."""
        ctx = await self.ctx()
        done = await action(ctx, *args, **kwargs)
        await ctx.db.commit()
        await ctx.db.close()
        return done


@pytest.fixture
def world(connection: AsyncConnection) -> World:
    return World(connection)


@pytest.fixture(scope="session")
def product(database: str) -> FastAPI:
    """Build the application once: it keeps nothing between requests."""
    from sihao.main import create_app  # noqa: PLC0415 - after the settings

    return create_app()


@pytest.fixture
def app(product: FastAPI, connection: AsyncConnection) -> FastAPI:
    from sihao.accounts import auth  # noqa: PLC0415 - after the settings

    product.dependency_overrides[auth.open_session] = open_session(connection)
    return product


def open_session(connection: AsyncConnection) -> Callable[[], AsyncGenerator[AsyncSession, None]]:
    """Give a request its session on a test's connection: its commit is a savepoint's."""

    async def request_session() -> AsyncGenerator[AsyncSession, None]:
        async with _session(connection) as db:
            yield db
            await db.commit()

    return request_session


@pytest.fixture
def client(app: FastAPI) -> httpx.AsyncClient:
    """Nobody: a client without a token."""
    return _client(app, {})


def _client(app: FastAPI, headers: dict[str, str]) -> "Client":
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return Client(transport=transport, base_url="http://sihao.test", headers=headers)


class Client(httpx.AsyncClient):
    """An HTTP client that sends an `Idempotency-Key` with each POST, as real clients do."""

    async def post(self, url: str, **kwargs: object) -> httpx.Response:
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Idempotency-Key", str(uuid4()))
        return await super().post(url, headers=headers, **kwargs)

    async def move(self, thing: dict, url: str, name: str, opinion: str = "", **body: object):
        """Make a transition on what was read last: its version goes along as If-Match."""
        headers = {"If-Match": f'"{thing["version"]}"'}
        return await self.post(f"{url}/{name}", json={"opinion": opinion, **body}, headers=headers)

    async def edit(self, thing: dict, url: str, **changes: object) -> httpx.Response:
        """PATCH what was read last."""
        return await self.patch(url, json=changes, headers={"If-Match": f'"{thing["version"]}"'})


class As:
    """A client per role: `await as_.unit(unit)`, `await as_.officer()`, `await as_.leadership()`.

    `client.person_id` tells who it is.
    """

    def __init__(self, app: FastAPI, world: World) -> None:
        self._app, self._world = app, world

    async def role(self, *roles: Role, unit=None, member=None) -> Client:
        from tests.factories import make_person  # noqa: PLC0415 - it needs the settings

        person, token = await make_person(self._world, *roles, unit=unit, member=member)
        client = _client(self._app, {"Authorization": f"Bearer {token}"})
        client.person_id = person.id
        return client

    async def unit(self, unit=None, role: Role = Role.UNIT_OFFICE) -> Client:
        from tests.factories import make_unit  # noqa: PLC0415 - it needs the settings

        return await self.role(role, unit=unit or await make_unit(self._world))

    async def lead(self, unit) -> Client:
        return await self.unit(unit, Role.UNIT_LEAD)

    async def deputy(self, unit) -> Client:
        return await self.unit(unit, Role.UNIT_DEPUTY)

    async def officer(self) -> Client:
        return await self.role(Role.OFFICER)

    async def leader(self) -> Client:
        return await self.role(Role.LEADER)

    async def inspector(self) -> Client:
        return await self.role(Role.INSPECTOR)

    async def leadership(self) -> Client:
        return await self.role(Role.LEADERSHIP)

    async def service(self, *scopes: str, unit=None) -> Client:
        from tests.factories import make_service  # noqa: PLC0415 - it needs the settings

        token = await make_service(self._world, *scopes, unit=unit)
        return _client(self._app, {"Authorization": f"Bearer {token}"})


@pytest.fixture
def as_(app: FastAPI, world: World) -> As:
    return As(app, world)
