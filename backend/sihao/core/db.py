"""The engine, and the column mixins every table is built from."""

import json
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Enum, ForeignKeyConstraint, UniqueConstraint, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig

from sihao.core.settings import settings

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@cache
def engine() -> AsyncEngine:
    """Return the pool for the app's role; `jit=off` because short statements lose by it.

    Compiled and prepared statements are kept for all lists and pages of the product, with their
    filters: some thousand.
    """
    made = create_async_engine(
        str(settings().database_url),
        pool_size=settings().pool_size,
        max_overflow=settings().pool_size,
        pool_recycle=1800,
        connect_args={
            "server_settings": {"application_name": "sihao", "jit": "off"},
            "command_timeout": 60,
            "prepared_statement_cache_size": 1000,
            "statement_cache_size": 0,
        },
        query_cache_size=2000,
        json_serializer=_dumps,
    )
    event.listen(made.sync_engine, "checkout", _refuse_broken)
    return made


def _refuse_broken(connection: Any, *_: object) -> None:
    """Let the pool try another connection where the server has gone; costs no message to it."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def choice(kind: type[StrEnum], name: str | None = None) -> Enum:
    """Store an enum by value, as text with a CHECK: adding a value stays a plain migration.

    `name` tells two columns of one kind in one table apart.
    """
    return Enum(
        kind,
        name=name or kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda k: [member.value for member in k],
    )


def instant() -> DateTime:
    """Give the column type of every instant: `timestamptz`."""
    return DateTime(timezone=True)


def within_unit(table: str, column: str) -> ForeignKeyConstraint:
    """Point to a row of the *same unit*; a plain foreign key would accept a foreign parent."""
    return ForeignKeyConstraint(["unit_id", column], [f"{table}.unit_id", f"{table}.id"])


def unit_key() -> UniqueConstraint:
    """Let children point here with `within_unit`."""
    return UniqueConstraint("unit_id", "id")


class Identified(SQLModel):
    """A row with a random UUID.

    What checks a table's values is built when it is first used: most tables are only read, and all
    of them together are megabytes.
    """

    model_config = SQLModelConfig(defer_build=True)
    id: UUID = Field(default_factory=uuid4, primary_key=True)


class Versioned(SQLModel):
    """A row that people change: `version` is its ETag, `updated_by` tells who changed it last."""

    version: int = Field(default=1, ge=1)
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    updated_at: datetime = Field(sa_type=DateTime(timezone=True))
    updated_by: str = Field(default="", max_length=200)


class UnitOwned(SQLModel):
    """A row that belongs to one unit: its table has row-level security."""

    unit_id: UUID = Field(foreign_key="unit.id", index=True)
