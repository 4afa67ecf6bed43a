"""Alembic's entry point: the same settings and the same models as the product, as the owner."""

import asyncio
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import sihao.slices  # noqa: F401 - completes the metadata
from sihao.core.settings import settings


def render_item(kind: str, item: object, _: Any) -> str | Literal[False]:
    """Write plain SQLAlchemy types, so that a migration outlives today's libraries."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def include_name(name: str | None, kind: str, _: Any) -> bool:
    """Leave the job queue's tables to its library, indexes of words to the migration of search."""
    if kind == "index":
        return not (name or "").startswith("words_of_")
    return kind != "table" or not (name or "").startswith("pgqueuer")


def migrate(connection: Connection) -> None:
    """Run what is asked; two deploys wait for each other, a busy table does not wait for us."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_server_default=True,
        render_item=render_item,
        include_name=include_name,
    )
    with context.begin_transaction():
        connection.execute(text("SET LOCAL lock_timeout = '4s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('alembic'))"))
        context.run_migrations()


async def main() -> None:
    """Connect as the owner of the tables."""
    url = settings().owner_database_url or settings().database_url
    engine = create_async_engine(str(url), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()


if (given := context.config.attributes.get("connection")) is not None:
    migrate(given)
else:
    asyncio.run(main())
