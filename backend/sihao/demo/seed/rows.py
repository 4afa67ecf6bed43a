"""Many rows at once: gathered as plain values, written table by table with one statement each."""

from functools import cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Table, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.demo.words import dice

_PER_STATEMENT = 10_000


class Rows:
    """Rows that wait to be written. Ids are drawn from a seed: the same at every seeding."""

    def __init__(self) -> None:
        self._dice = dice("ids")
        self._waiting: dict[type[SQLModel], list[dict[str, Any]]] = {}

    def new_id(self) -> UUID:
        """Draw the next id."""
        return UUID(int=self._dice.getrandbits(128), version=4)

    def add(self, table: type[SQLModel], **values: object) -> UUID:
        """Take a row in; what is not given has the model's default. Raises for unknown fields."""
        row = {**_defaults(table), **values}
        if not row.keys() <= table.model_fields.keys():
            raise TypeError(f"{table.__name__} has no {row.keys() - table.model_fields.keys()}")
        ident = row.setdefault("id", self.new_id()) if "id" in table.model_fields else None
        self._waiting.setdefault(table, []).append(row)
        return ident or UUID(int=0)

    async def write(self, db: AsyncSession) -> int:
        """Write what waits, parents before children; tell how many rows it was."""
        await db.flush()
        order = list(SQLModel.metadata.sorted_tables)
        waiting = sorted(self._waiting.items(), key=lambda one: order.index(_table(one[0])))
        self._waiting = {}
        for model, rows in waiting:
            await _insert(db, _table(model), rows)
        return sum(len(rows) for _, rows in waiting)


async def _insert(db: AsyncSession, table: Table, rows: list[dict[str, Any]]) -> None:
    """Let PostgreSQL read the rows from JSON: COPY is not for tables with row-level security."""
    generated = {c.name for c in table.columns if c.identity or c.server_default is not None}
    names = ", ".join(f'"{c.name}"' for c in table.columns if c.name not in generated)
    statement = text(
        f'INSERT INTO "{table.name}" ({names}) SELECT {names}'  # noqa: S608 - our own names
        f' FROM json_populate_recordset(NULL::"{table.name}", CAST(:rows AS json))'
    )
    for start in range(0, len(rows), _PER_STATEMENT):
        part = rows[start : start + _PER_STATEMENT]
        await db.execute(statement, {"rows": orjson.dumps(part, default=str).decode()})


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if name != "id" and not field.is_required()
    }
