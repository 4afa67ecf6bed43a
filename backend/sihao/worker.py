"""Runs jobs until told to stop; `sihao worker` starts it, any number may run side by side."""

import asyncio
import contextlib
import signal
from datetime import timedelta

import asyncpg

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


async def run() -> None:
    """Run jobs until SIGTERM or SIGINT; those that have begun are finished first."""
    address = str(settings().database_url).replace("+asyncpg", "")
    connection = await asyncpg.connect(address, server_settings={"application_name": "sihao-jobs"})
    try:
        queue = jobs.worker(connection)
        with contextlib.suppress(NotImplementedError):  # Windows ends a program by Ctrl-C alone
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, queue.shutdown.set)
        await queue.run(
            dequeue_timeout=POLL,
            batch_size=BATCH,
            max_concurrent_tasks=2 * BATCH,
            heartbeat_timeout=HEARTBEAT,
            shutdown_on_listener_failure=True,
        )
    finally:
        await connection.close()
        await engine().dispose()


def main() -> None:
    """Run until stopped."""
    asyncio.run(run())
