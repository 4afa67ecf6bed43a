"""Jobs: a real queue on a real PostgreSQL, run by the real worker."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.domain.types import QueueExecutionMode
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.core import jobs
from sihao.core.context import as_system


@pytest.fixture
async def connection(database):
    opened = await asyncpg.connect(database.replace("+asyncpg", ""))
    yield opened
    await opened.execute("DELETE FROM pgqueuer")
    await opened.close()


@pytest.fixture
async def look(database):
    """A second connection, for looking while the worker has the first."""
    opened = await asyncpg.connect(database.replace("+asyncpg", ""))
    yield opened
    await opened.close()


@pytest.fixture
def open_context(database):
    engine = create_async_engine(database, poolclass=NullPool)

    @asynccontextmanager
    async def open_():
        async with AsyncSession(engine, expire_on_commit=False) as db:
            yield await as_system(db)
            await db.commit()

    return open_


@pytest.fixture
def registered(monkeypatch):
    """An empty registry, so that a test sees its own jobs only."""
    handlers, schedules = {}, {}
    monkeypatch.setattr(jobs, "HANDLERS", handlers)
    monkeypatch.setattr(jobs, "SCHEDULES", schedules)
    return handlers


async def until(holds) -> None:
    """Wait until the database says so, five seconds at most."""
    async with asyncio.timeout(5):
        while not await holds():
            await asyncio.sleep(0.02)


async def work(connection, open_context) -> None:
    """Run what is waiting, then end."""
    queue = jobs.worker(connection, open_context)
    await queue.qm.run(mode=QueueExecutionMode.drain, dequeue_timeout=timedelta(seconds=0.1))


async def test_a_job_runs_with_its_arguments_in_a_context_of_the_system(
    connection, open_context, registered
):
    seen = []

    @jobs.job("test.note")
    async def note(ctx, plan_id):
        seen.append((ctx.actor.name, plan_id))

    plan_id = uuid4()
    async with open_context() as ctx:
        await jobs.enqueue(ctx, "test.note", plan_id=plan_id)
    await work(connection, open_context)

    assert seen == [("系统", str(plan_id))]


async def test_a_rolled_back_transaction_leaves_no_job(connection, open_context, registered):
    @jobs.job("test.note")
    async def note(ctx): ...

    with suppress(ZeroDivisionError):
        async with open_context() as ctx:
            await jobs.enqueue(ctx, "test.note")
            assert await ctx.db.scalar(text("SELECT count(*) FROM pgqueuer")) == 1
            raise ZeroDivisionError

    assert await connection.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def test_once_adds_no_second_job_while_the_first_waits(connection, open_context, registered):
    @jobs.job("test.note")
    async def note(ctx): ...

    async with open_context() as ctx:
        await jobs.enqueue(ctx, "test.note", once="a")
        await jobs.enqueue(ctx, "test.note", once="a")
        await jobs.enqueue(ctx, "test.note", once="b")

    assert await connection.fetchval("SELECT count(*) FROM pgqueuer") == 2


async def test_an_unknown_name_is_refused_at_once(open_context, registered):
    async with open_context() as ctx:
        with pytest.raises(LookupError):
            await jobs.enqueue(ctx, "test.unknown")


async def test_a_job_that_keeps_failing_is_tried_again_and_then_held(
    connection, open_context, registered, monkeypatch
):
    monkeypatch.setattr(
        jobs,
        "DatabaseRetryEntrypointExecutor",
        lambda parameters: DatabaseRetryEntrypointExecutor(
            parameters, max_attempts=2, initial_delay=timedelta(0)
        ),
    )
    tries = []

    @jobs.job("test.fail")
    async def fail(ctx):
        tries.append(1)
        raise ValueError("坏")

    async with open_context() as ctx:
        await jobs.enqueue(ctx, "test.fail")
    await work(connection, open_context)

    held = await connection.fetchrow("SELECT status::text, attempts FROM pgqueuer")
    assert (held["status"], len(tries)) == ("failed", 3)


async def test_what_a_failed_handler_wrote_is_rolled_back(
    connection, look, open_context, registered
):
    @jobs.job("test.half")
    async def half(ctx):
        await jobs.enqueue(ctx, "test.half", once="child")
        raise ValueError("坏")

    async with open_context() as ctx:
        await jobs.enqueue(ctx, "test.half")
    queue = jobs.worker(connection, open_context)
    running = asyncio.create_task(queue.qm.run(dequeue_timeout=timedelta(seconds=0.1)))
    await until(lambda: look.fetchval("SELECT max(attempts) > 0 FROM pgqueuer"))
    queue.shutdown.set()
    await running

    assert await look.fetchval("SELECT count(*) FROM pgqueuer") == 1


async def test_a_due_schedule_becomes_a_job(connection, look, open_context, registered):
    @jobs.job("test.nightly", cron="0 19 * * *")
    async def nightly(ctx): ...

    await connection.execute(
        "INSERT INTO pgqueuer_schedules (expression, entrypoint, next_run)"
        " VALUES ('0 19 * * *', 'test.nightly', now())"
    )
    queue = jobs.worker(connection, open_context)
    running = asyncio.create_task(queue.sm.run())
    await until(lambda: look.fetchval("SELECT count(*) > 0 FROM pgqueuer"))
    queue.shutdown.set()
    await running

    assert await look.fetchval("SELECT entrypoint FROM pgqueuer") == "test.nightly"
