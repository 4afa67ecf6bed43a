"""Rate limits: more than so many a minute are answered 429 with `Retry-After`.

What costs (log-ins, jobs, uploads, searches) is counted in an unlogged table, so that it holds for
all processes together; its commit comes before the request's own transaction and waits for no disk.
Everything else is counted in the process, which costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import time
from uuid import UUID

from fastapi import Request
from sqlalchemy import DateTime, text
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.core.addresses import address_of
from sihao.core.context import commit_apart
from sihao.core.errors import TooMany
from sihao.core.settings import settings

WINDOW = 60
"""Seconds."""
PER_ACCOUNT = 10
"""An account may log in a tenth as often as its address, which a whole unit shares."""


class RateCount(SQLModel, table=True):
    """How often something was asked for in the minute that began then."""

    __tablename__ = "rate_count"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: str = Field(max_length=200, primary_key=True)
    began_at: datetime = Field(sa_type=DateTime(timezone=True), index=True)
    used: int


_COUNT = text(
    "INSERT INTO rate_count AS c (key, began_at, used)"
    " SELECT key, now(), 1 FROM unnest(CAST(:keys AS text[])) key ORDER BY key"
    " ON CONFLICT (key) DO UPDATE SET"
    "  used = CASE WHEN c.began_at > now() - interval '1 minute' THEN c.used + 1 ELSE 1 END,"
    "  began_at = CASE WHEN c.began_at > now() - interval '1 minute' THEN c.began_at"
    "   ELSE now() END"
    " RETURNING key, used, 60 - extract(epoch FROM now() - began_at)::int AS left"
)


@dataclass(slots=True)
class _Minute:
    """Requests of each principal in this minute, in this process."""

    number: int
    used: dict[UUID, int]


_minute = _Minute(0, {})


def count_request(principal: UUID) -> None:
    """Count any request of a principal; raise `TooMany` beyond `SIHAO_RATE_REQUESTS`."""
    number, passed = divmod(int(time()), WINDOW)
    if _minute.number != number:
        _minute.number, _minute.used = number, {}
    used = _minute.used[principal] = _minute.used.get(principal, 0) + 1
    if used > settings().rate_requests:
        raise _too_many(WINDOW - passed)


def costs(setting: str) -> Callable[[Request], None]:
    """Mark a route whose use is counted against a setting, by `dependencies=[Depends(...)]`.

    It only marks, because who asks is not known yet.
    """

    def mark(request: Request) -> None:
        request.state.costs = setting

    return mark


async def count_costly(db: AsyncSession, request: Request, principal: UUID) -> None:
    """Count what a route is marked with, for its principal; else the database is not touched."""
    setting = getattr(request.state, "costs", None)
    if setting is not None:
        await _count(db, {f"{setting}:{principal}": getattr(settings(), setting)})


async def count_log_in(db: AsyncSession, request: Request) -> None:
    """Count a log-in for its address and, where a form names it, for the account."""
    wide = settings().rate_log_ins
    limits = {f"address:{address_of(request)}": wide}
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form = await request.form()
        for field in ("client_id", "username"):
            if name := form.get(field):
                limits[f"{field}:{str(name)[:64]}"] = max(1, wide // PER_ACCOUNT)
    await _count(db, limits)


async def _count(db: AsyncSession, limits: dict[str, int]) -> None:
    connection = await db.connection()
    counted = (await connection.execute(_COUNT, {"keys": list(limits)})).all()
    await commit_apart(db)
    waits = [one.left for one in counted if one.used > limits[one.key]]
    if waits:
        raise _too_many(max(waits))


def _too_many(seconds: int) -> TooMany:
    seconds = max(1, seconds)
    zh = f"请求太频繁，请 {seconds} 秒后再试。"
    return TooMany("rate.exceeded", zh, "Too many requests; please wait.", retry_after=seconds)
