"""`sihao init` and `sihao doctor` on a PostgreSQL that nobody prepared."""

import asyncio
import os

import asyncpg
import pytest
import typer

from sihao.cli import database, diagnosis, first_run, generated
from sihao.core.db import engine
from sihao.core.embedded import APP, OWNER, SUPERUSER, embedded
from sihao.core.settings import settings

VARIABLES = ("SIHAO_DATABASE_URL", "SIHAO_OWNER_DATABASE_URL", "SIHAO_SIGNING_KEY")


@pytest.fixture(autouse=True)
def own_settings(monkeypatch, tmp_path):
    """Settings of an empty machine; those of the other tests come back afterwards."""
    before = dict(os.environ)
    for name in VARIABLES:
        os.environ.pop(name, None)
    os.environ["SIHAO_DATA_DIR"] = str(tmp_path / "data")
    settings.cache_clear()
    yield
    os.environ.clear()
    os.environ.update(before)
    settings.cache_clear()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with embedded(tmp_path_factory.mktemp("bare")) as running:
        yield running


@pytest.fixture
async def superuser_url(server):
    """A server without our roles and our database."""
    address = server.url(SUPERUSER, "postgres")
    connection = await asyncpg.connect(address.replace("+asyncpg", ""))
    for statement in ("DATABASE IF EXISTS sihao", f"ROLE IF EXISTS {APP}, {OWNER}"):
        await connection.execute(f"DROP {statement}")
    await connection.close()
    return address


async def test_roles_are_made_once_and_neither_is_above_policies(superuser_url, capsys):
    await first_run.make_roles(superuser_url)
    told = capsys.readouterr().out
    await first_run.make_roles(superuser_url)

    assert os.environ["SIHAO_DATABASE_URL"] in told
    assert capsys.readouterr().out == ""
    assert [one async for one in diagnosis.tables_and_roles()] == [
        "the database has no tables: run `sihao init`"
    ]


async def test_a_given_password_is_used_and_not_printed(superuser_url, server, capsys):
    given = f"postgresql+asyncpg://{APP}:it's-given@127.0.0.1:{server.notes.port}/sihao"
    os.environ["SIHAO_DATABASE_URL"] = given
    await first_run.make_roles(superuser_url)

    assert "it's-given" not in capsys.readouterr().out
    connection = await asyncpg.connect(given.replace("+asyncpg", ""))
    await connection.close()


async def test_the_doctor_names_a_role_that_policies_do_not_bind(superuser_url):
    os.environ["SIHAO_DATABASE_URL"] = superuser_url
    findings = [one async for one in diagnosis.tables_and_roles()]
    assert findings[0] == "the application's role is above row-level security: use sihao_app"


async def test_the_doctor_names_what_is_missing():
    os.environ["SIHAO_DATABASE_URL"] = f"postgresql+asyncpg://{APP}:x@127.0.0.1:1/sihao"
    data, key, server = await diagnosis.everything()
    assert "data folder" in data
    assert "signing-key.pem is missing" in key
    assert server.startswith("database:")


async def test_the_doctor_names_the_setting_that_is_wrong():
    os.environ["SIHAO_DATABASE_URL"] = "mysql://here"
    [finding] = await diagnosis.everything()
    assert finding.startswith("settings: SIHAO_DATABASE_URL")


def test_a_signing_key_is_drawn_once_for_its_owner_alone():
    os.environ["SIHAO_DATABASE_URL"] = f"postgresql+asyncpg://{APP}:x@127.0.0.1:1/sihao"
    first_run.ensure_signing_key()
    path = database.data_dir() / "signing-key.pem"
    drawn = path.read_text(encoding="utf-8")
    first_run.ensure_signing_key()

    assert path.read_text(encoding="utf-8") == drawn
    assert list(diagnosis.secret(path)) == []
    path.chmod(0o644)
    assert "can be read by others" in next(diagnosis.secret(path))


def test_a_stale_generated_file_fails_the_check_and_is_left_alone(tmp_path):
    path = tmp_path / "lifecycles.md"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(typer.Exit):
        generated.write(path, "new", check=True)
    assert path.read_text(encoding="utf-8") == "old"

    generated.write(path, "new", check=False)
    generated.write(path, "new", check=True)


async def test_an_empty_database_gets_its_standard_and_a_code_for_the_first_account(
    superuser_url, server, capsys
):
    await first_run.make_roles(superuser_url)
    await asyncio.to_thread(database.migrate)
    capsys.readouterr()
    engine.cache_clear()
    await first_run.fill()
    first = capsys.readouterr().out
    engine.cache_clear()
    await first_run.fill()
    second = capsys.readouterr().out
    engine.cache_clear()

    connection = await asyncpg.connect(server.url(SUPERUSER, "sihao").replace("+asyncpg", ""))
    items = await connection.fetchval(
        "SELECT count(*) FROM criterion c JOIN standard s ON s.id = c.standard_id"
        " WHERE s.state = 'published'"
    )
    await connection.close()
    assert items == 52
    assert "published" in first
    assert "published" not in second
    assert "one-time code" in second
    assert first.splitlines()[1] != second.splitlines()[0]
