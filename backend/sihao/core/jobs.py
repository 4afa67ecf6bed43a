"""Work for later: enqueued in the caller's transaction, run by the worker at least once.

The queue is a table (pgqueuer), so a job exists exactly when the change that wants it is committed.
A handler gets a context of the system and runs in one transaction of its own. It may run again
after a crash or an error, hence it must be safe to run twice. A job that fails five times is held:
it stays in the table with its traceback until somebody looks at it.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar, cast

import asyncpg
import orjson
from pgqueuer import Job, PgQueuer, Queries
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.domain.models import Schedule
from sqlalchemy.exc import DBAPIError

from sihao.core.context import Context, system_context
from sihao.core.errors import DISK_FULL, is_disk_full

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[None]])
OpenContext = Callable[[], AbstractAsyncContextManager[Context]]

HANDLERS: dict[str, Callable[..., Awaitable[None]]] = {}
SCHEDULES: dict[str, str] = {}
"""Cron lines, in UTC, of the jobs that come by themselves."""


def job(name: str, *, cron: str | None = None) -> Callable[[Handler], Handler]:
    """Register `async def handler(ctx, **arguments)` under a name, `slice.verb`.

    With `cron` (UTC) it is also enqueued at these times, without arguments.
    """

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        if cron:
            SCHEDULES[name] = cron
        return handler

    return register


async def enqueue(
    ctx: Context,
    name: str,
    *,
    after: timedelta = timedelta(0),
    once: str | None = None,
    **arguments: object,
) -> None:
    """Run the named job after this transaction is committed, not before `after` has passed.

    Arguments travel as JSON: ids and instants reach the handler as texts. While a job with the same
    `once` is waiting or running, nothing is added. Raises `LookupError` for an unknown name.
    """
    if name not in HANDLERS:
        message = f"no job is called {name}"
        raise LookupError(message)
    pooled = await (await ctx.db.connection()).get_raw_connection()
    connection = cast("asyncpg.Connection[asyncpg.Record]", pooled.driver_connection)
    await Queries(AsyncpgDriver(connection)).enqueue(
        [name],
        [orjson.dumps(arguments)],
        [0],
        [after],
        [once and f"{name}:{once}"],
        on_conflict="skip",
    )


_PASSING = ("08", "40", "53", "57", "23505")
"""SQLSTATEs after which the queue tries the same once more."""


def passes(error: Exception) -> bool:
    """Tell what goes away by itself from what is wrong for good; a full disk is for people."""
    if is_disk_full(error):
        return False
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        state = getattr(error.orig, "sqlstate", None) or ""
    elif isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
    else:
        return isinstance(error, ConnectionError | asyncpg.InterfaceError)
    return state.startswith(_PASSING)


def reason_of(error: Exception) -> tuple[str, str]:
    """Give code and sentence for whoever asked for a job that has failed for good."""
    if is_disk_full(error):
        code, zh, _ = DISK_FULL
        return code, f"{zh}腾出空间后请重新提交。"
    return (
        "job.failed",
        "系统出错，已记录，没有写入任何内容。请稍后重新提交，仍不成功请联系管理员。",
    )


def worker(
    connection: "asyncpg.Connection[asyncpg.Record]", open_context: OpenContext = system_context
) -> PgQueuer:
    """Everything that runs jobs, on a connection of its own; call `run`, set `shutdown` to end."""
    queue = PgQueuer(AsyncpgDriver(connection))
    for name in HANDLERS:
        register = queue.entrypoint(
            name,
            accepts_context=False,
            on_failure="hold",
            executor_factory=DatabaseRetryEntrypointExecutor,
        )
        register(partial(_run, open_context))
    for name, cron in SCHEDULES.items():
        queue.schedule(name, cron, accepts_context=False)(partial(_enqueue_due, open_context))
    return queue


async def _run(open_context: OpenContext, waiting: Job) -> None:
    """Run one job in one transaction."""
    arguments: dict[str, Any] = orjson.loads(waiting.payload or b"{}")
    async with open_context() as ctx:
        await HANDLERS[waiting.entrypoint](ctx, **arguments)


async def _enqueue_due(open_context: OpenContext, due: Schedule) -> None:
    """Turn a due time into a job, which then is retried and held like any other."""
    async with open_context() as ctx:
        await enqueue(ctx, due.entrypoint, once="scheduled")
