"""Looks an installation over and says what is wrong and why."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import typer
from alembic.script import ScriptDirectory
from pydantic import ValidationError

from sihao.cli import database
from sihao.core.settings import settings
from sihao.core.tokens import signing_key_path
from sihao.documents.layout import fonts

OTHERS = 0o077
LEAST_FREE_BYTES = 1024**3
RIGHTS = """
SELECT r.rolsuper OR r.rolbypassrls AS above, pg_get_userbyid(d.datdba) = current_user AS owns,
       current_setting('fsync') = 'off' AS forgets
  FROM pg_roles r, pg_database d
 WHERE r.rolname = current_user AND d.datname = current_database()
"""


def run() -> None:
    """Print every finding; exit code 1 if there is any."""
    with database.at_hand():
        findings = asyncio.run(everything())
    for finding in findings:
        typer.echo(f"✗ {finding}")
    if findings:
        raise typer.Exit(1)
    typer.echo("✓ settings, roles, tables and files are as they should be")
    if note := fonts.stand_ins(fonts.families()):
        typer.echo(f"· {note}")


async def everything() -> list[str]:
    """All findings, as sentences that say what and why."""
    try:
        settings()
    except ValidationError as error:
        return [
            f"settings: SIHAO_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}"
            for one in error.errors()
        ]
    return [*files(), *[finding async for finding in tables_and_roles()]]


def files() -> Iterator[str]:
    """What is wrong with folders, secrets and pages."""
    home, key, pages = settings().data_dir, signing_key_path(), settings().spa_dir
    if not home.is_dir():
        yield f"data folder {home} is missing: run `sihao init`"
    elif shutil.disk_usage(home).free < LEAST_FREE_BYTES:
        yield f"data folder {home} has less than 1 GiB free: uploads will be refused soon"
    if settings().signing_key is None:
        yield from secret(key)
    if pages and not (pages / "index.html").is_file():
        yield f"SIHAO_SPA_DIR {pages} has no index.html: build the pages"


def secret(path: Path) -> Iterator[str]:
    """What is wrong with a file that only its owner may read."""
    if not path.is_file():
        yield f"{path} is missing: run `sihao init` or set SIHAO_SIGNING_KEY"
    elif sys.platform != "win32" and path.stat().st_mode & OTHERS:
        yield f"{path} can be read by others: chmod 600 it and draw a new key"


async def tables_and_roles() -> AsyncIterator[str]:
    """What is wrong with the database, seen as the application."""
    try:
        connection = await asyncpg.connect(str(settings().database_url).replace("+asyncpg", ""))
    except (OSError, asyncpg.PostgresError) as error:
        yield f"database: {error}"
        return
    try:
        [role] = await connection.fetch(RIGHTS)
        if role["above"]:
            yield "the application's role is above row-level security: use sihao_app"
        if role["owns"]:
            yield "the application's role owns the database: row-level security would not hold"
        if role["forgets"]:
            yield "PostgreSQL runs with fsync=off: a power cut loses what was acknowledged"
        newest = ScriptDirectory(str(database.MIGRATIONS)).get_current_head()
        current = await connection.fetchval("SELECT version_num FROM alembic_version")
        if current != newest:
            yield f"tables are at {current}, the code wants {newest}: run `sihao migrate`"
    except asyncpg.UndefinedTableError:
        yield "the database has no tables: run `sihao init`"
    finally:
        await connection.close()
