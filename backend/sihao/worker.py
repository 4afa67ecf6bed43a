"""Runs jobs until told to stop; `sihao worker` starts it, any number may run side by side."""

import asyncio
import contextlib
import signal
from datetime import timedelta

import asyncpg
import structlog
from pgqueuer import PgQueuer

import sihao.core.housekeeping
import sihao.slices  # noqa: F401 - registers the slices' jobs
from sihao.core import jobs
from sihao.core.db import engine
from sihao.core.settings import settings

BATCH = 10
POLL = timedelta(seconds=5)
"""New jobs are announced by NOTIFY; this is for an announcement that was lost."""
HEARTBEAT = timedelta(seconds=30)
"""A job whose worker was silent for so long is taken over by another one."""


AGAIN = 2.0
"""Seconds between two tries to reach a database that is away."""
_log = structlog.get_logger()


async def run() -> None:
    """Run jobs until SIGTERM or SIGINT; those that have begun are finished first.

    While the database is away it is tried again and again: what was under way there is taken over.
    """
    stopping = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows ends a program by Ctrl-C alone
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    try:
        while not stopping.is_set():
            try:
                await _work(stopping)
            except Exception as error:
                if not jobs.passes(error):
                    raise
                _log.warning("database", away=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), AGAIN)
    finally:
        await engine().dispose()


async def _work(stopping: asyncio.Event) -> None:
    """Run jobs on a connection of its own, until told to stop or the connection is lost."""
    address = str(settings().database_url).replace("+asyncpg", "")
    connection = await asyncpg.connect(address, server_settings={"application_name": "sihao-jobs"})
    try:
        queue = jobs.worker(connection)
        ending = asyncio.create_task(_end(queue, stopping))
        try:
            await queue.run(
                dequeue_timeout=POLL,
                batch_size=BATCH,
                max_concurrent_tasks=2 * BATCH,
                heartbeat_timeout=HEARTBEAT,
                shutdown_on_listener_failure=True,
            )
        finally:
            ending.cancel()
    finally:
        connection.terminate()


async def _end(queue: PgQueuer, stopping: asyncio.Event) -> None:
    await stopping.wait()
    queue.shutdown.set()


def main() -> None:
    """Run until stopped."""
    asyncio.run(run())
