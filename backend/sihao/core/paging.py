"""Pages as JSON straight from PostgreSQL: a scoped SELECT of labelled columns in, bytes out."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    or_,
    tuple_,
)
from sqlalchemy import Numeric as SaNumeric
from sqlalchemy import select as sa_select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

from sihao.core.context import Context
from sihao.core.errors import Invalid

T = TypeVar("T")


class PageQuery(BaseModel):
    """Inherit it; name filters after fields and give `sort` a `Literal` of allowed keys."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(default=None, max_length=600)
    count: Literal["exact"] | None = None


class Page(BaseModel, Generic[T]):
    """`next_cursor` is null on the last page; `total` comes with `?count=exact`."""

    items: list[T]
    next_cursor: str | None
    total: int | None = None


def row_of(schema: type[BaseModel], table: Any, *more: Any) -> Select[Any]:
    """Start a page's SELECT: the columns of `table` that `schema` shows, and labelled `more`.

    Build it once, at import; a request only adds its conditions.
    """
    given = {column.key for column in more}
    own = [
        getattr(table, name)
        for name in schema.model_fields
        if name not in given and hasattr(table, name)
    ]
    return sa_select(*own, *more)


def rows_of(*columns: Any) -> Select[Any]:
    """Select many columns at once, where the typed `select` would need an overload for each."""
    return sa_select(*columns)


def matches(q: str, *columns: Any) -> ColumnElement[bool]:
    """Find `q` anywhere in the columns; its wildcards mean themselves."""
    return or_(*(column.icontains(q, autoescape=True) for column in columns))


class _Row(ColumnElement[str]):
    """The JSON of a row as one node: a request finds the compiled statement without walking it."""

    inherit_cache = True
    type = Text()
    _traverse_internals = [("number", InternalTraversal.dp_plain_obj)]  # noqa: RUF012 - as declared
    _numbers = count()

    def __init__(self, json: ColumnElement[Any]) -> None:
        self.json = json
        self.number = next(self._numbers)


@compiles(_Row)
def _write_row(row: _Row, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(row.json, **options)


def fixed(rows: Select[Any]) -> Select[Any]:
    """Settle what a page shows of each row; only conditions may follow.

    For constants of a module alone: each call makes a statement of its own to compile and to keep.
    """
    made = rows.with_only_columns(_Row(_text(rows)).label("j"), maintain_column_froms=True)
    return made.execution_options(fixed=True)


async def json_page(
    ctx: Context,
    rows: Select[Any],
    query: PageQuery,
    sorts: Mapping[str, Any],
    ident: Any,
) -> Response:
    """Answer one page of `rows` in one statement.

    `rows` selects labelled columns, or is `fixed`; `sorts` maps sort keys to columns that are never
    null; `ident` breaks ties, so that pages are stable. Raises `Invalid` for a cursor that is not
    ours.
    """
    sort: str = query.sort  # type: ignore[attr-defined]  # every XQuery names its own
    key = sorts[sort.removeprefix("-")]
    down = sort.startswith("-")
    db = await ctx.db.connection()
    total = ""
    if query.count:
        counted = sa_select(func.count()).select_from(rows.order_by(None).subquery())
        total = f',"total":{(await db.execute(counted)).scalar_one()}'
    if not rows.get_execution_options().get("fixed"):
        rows = rows.with_only_columns(_text(rows).label("j"), maintain_column_froms=True)
    cut = rows.add_columns(cast(key, Text).label("k"), cast(ident, Text).label("i"))
    if query.cursor:
        after = tuple_(*_read_cursor(query.cursor, sort, key))
        cut = cut.where(tuple_(key, ident) < after if down else tuple_(key, ident) > after)
    order = (key.desc(), ident.desc()) if down else (key.asc(), ident.asc())
    page = cut.order_by(None).order_by(*order).limit(query.limit + 1)
    found = (await db.execute(page)).all()
    shown = found[: query.limit]
    more = len(found) > query.limit
    cursor = json.dumps(_write_cursor(sort, shown[-1].k, shown[-1].i) if more else None)
    items = ",".join([row.j for row in shown])
    return json_response(f'{{"items":[{items}],"next_cursor":{cursor}{total}}}')


def _text(rows: Select[Any]) -> ColumnElement[str]:
    return cast(json_object(rows), Text)


def json_object(rows: Select[Any]) -> ColumnElement[Any]:
    """Build one JSON object of a SELECT's labelled columns; decimals become strings."""
    pairs: list[Any] = []
    for column in rows.selected_columns:
        value = cast(column, Text) if isinstance(column.type, SaNumeric) else column
        pairs += [literal_column(f"'{column.key}'"), value]
    return func.json_build_object(*pairs)


def json_response(text: str) -> Response:
    """Answer text that already is JSON."""
    return Response(text.encode(), media_type="application/json")


def _write_cursor(sort: str, key: str, ident: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, key, ident]).encode()).decode()


def _read_cursor(cursor: str, sort: str, key: ColumnElement[Any]) -> tuple[Any, ColumnElement[Any]]:
    try:
        made_for, value, ident = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        known = _parse(value, key.type.python_type), UUID(ident)
    except (ValueError, TypeError, binascii.Error, ArithmeticError, AttributeError) as error:
        code, zh = "page.cursor", "翻页标记无效，请从第一页重新查询。"
        raise Invalid(code, zh, "Not a cursor of this list.", pointer="/query/cursor") from error
    if made_for != sort:
        code, zh = "page.cursor_sort", "排序方式已改变，请从第一页重新查询。"
        raise Invalid(code, zh, "The cursor belongs to another order.", pointer="/query/cursor")
    return bindparam(None, known[0], key.type), literal(known[1])


def _parse(value: str, kind: type) -> object:
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind in (int, Decimal, UUID):
        return kind(value)
    return str(value)
