"""The embedded PostgreSQL: real starts, real kills."""

import asyncio
import os
import signal
from contextlib import suppress

import asyncpg
import pytest

from sihao.core.embedded import THROW_AWAY, Embedded, embedded, start


async def ask(server: Embedded, statement: str, *values: object, role: str = "sihao_owner"):
    address = server.url(role).replace("+asyncpg", "")
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(statement, *values)
    finally:
        await connection.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(home):
    with embedded(home, THROW_AWAY) as running:
        yield running


async def test_the_app_role_is_neither_owner_nor_superuser_nor_above_policies(server):
    rights = (
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
        " FROM pg_roles WHERE rolname = current_user"
    )
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert await ask(server, rights, role="sihao_app") is False
    assert await ask(server, owner, role="sihao_app") == "sihao_owner"


async def test_trigrams_see_chinese_letters(server):
    await ask(server, "CREATE EXTENSION pg_trgm")
    assert await ask(server, "SELECT cardinality(show_trgm('领导班子'))") > 0


async def test_nobody_enters_without_the_password(server):
    address = f"postgresql://sihao_app:wrong@127.0.0.1:{server.notes.port}/sihao"
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(address)


def test_the_passwords_are_for_the_owner_alone(server, home):
    assert (home / "embedded.json").stat().st_mode & 0o077 == 0


async def test_a_second_start_joins_the_running_server(server, home):
    joined = start(home, THROW_AWAY)
    joined.stop()
    assert joined.process is None
    assert await ask(server, "SELECT 1") == 1


async def test_what_was_committed_survives_kill_9(tmp_path):
    first = start(tmp_path)
    await ask(first, "CREATE TABLE kept (n int)")
    await ask(first, "INSERT INTO kept VALUES (7)")
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()

    with embedded(tmp_path) as second:
        assert second.process is not None
        assert await ask(second, "SELECT n FROM kept") == 7


async def test_a_killed_server_is_started_again_at_the_same_address(tmp_path):
    with embedded(tmp_path) as server:
        await ask(server, "CREATE TABLE kept (n int)")
        server.process.kill()
        async with asyncio.timeout(60):
            while True:
                with suppress(OSError, asyncpg.PostgresError):
                    assert await ask(server, "SELECT count(*) FROM kept") == 0
                    break
                await asyncio.sleep(0.1)

    with pytest.raises(ConnectionRefusedError):
        await ask(server, "SELECT 1")


async def test_a_stale_pid_file_that_names_another_process_does_not_matter(tmp_path):
    with embedded(tmp_path, THROW_AWAY):
        pass
    (tmp_path / "pgdata" / "postmaster.pid").write_text(f"{os.getpid()}\n\n\n\n\n\n\nready\n")

    with embedded(tmp_path, THROW_AWAY) as again:
        assert await ask(again, "SELECT 1") == 1
