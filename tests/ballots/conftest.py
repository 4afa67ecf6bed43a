"""A database of its own for what must really be committed: races, and what a thief of it sees."""

import os
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.accounts import auth
from sihao.core import embedded
from sihao.core.context import as_system
from sihao.core.settings import settings
from tests.conftest import TEMPLATE, As, World, _client


class CommittedWorld(World):
    """As `World`, on connections of its own; what it adds stays."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def ctx(self):
        self.db = AsyncSession(self._engine, expire_on_commit=False, autoflush=False)
        return await as_system(self.db)


@dataclass
class City:
    """The product on a database that commits, and whoever looks at the database itself."""

    app: FastAPI
    world: CommittedWorld
    as_: As
    client: object
    superuser: asyncpg.Connection


@pytest.fixture(scope="module")
async def city(product: FastAPI) -> AsyncGenerator[City, None]:
    server = embedded.start(Path(os.environ["SIHAO_TEST_SERVER"]), embedded.THROW_AWAY)
    name = f"sihao_ballots_{uuid4().hex[:12]}"

    def as_superuser(database: str) -> str:
        return server.url(embedded.SUPERUSER, database).replace("+asyncpg", "")

    keeper = await asyncpg.connect(as_superuser("postgres"))
    await keeper.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    engine = create_async_engine(server.url(embedded.APP, name), pool_size=16, max_overflow=0)
    superuser = await asyncpg.connect(as_superuser(name))
    world = CommittedWorld(engine)

    async def committed() -> AsyncGenerator[AsyncSession, None]:
        async with AsyncSession(engine, expire_on_commit=False, autoflush=False) as db:
            yield db
            await db.commit()

    product.dependency_overrides[auth.open_session] = committed
    with pytest.MonkeyPatch.context() as patch:
        # A thousand voters come from one address here, and all in a minute.
        patch.setattr(settings(), "__dict__", {**settings().__dict__, "rate_requests": 10**6})
        yield City(product, world, As(product, world), _client(product, {}), superuser)
    await superuser.close()
    await engine.dispose()
    await keeper.execute(f"DROP DATABASE {name}")
    await keeper.close()
