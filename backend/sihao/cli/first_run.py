"""What has to be there before the first start."""

import asyncio
import os
import secrets
from pathlib import Path

import asyncpg
import typer
from sqlalchemy import make_url

from sihao.accounts.actions import bootstrap
from sihao.campaigns.actions import standards
from sihao.cli import database
from sihao.core.context import system_context
from sihao.core.db import engine
from sihao.core.embedded import APP, DATABASE, OWNER
from sihao.core.settings import settings
from sihao.core.tokens import new_signing_key, signing_key_path

BOOTSTRAP = "/api/v1/auth/bootstrap"
RIGHTS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"


def init(superuser_url: str | None) -> None:
    """Make roles and database if asked to, then tables, key, standard; what is there is kept."""
    if superuser_url:
        asyncio.run(make_roles(superuser_url))
    with database.at_hand():
        database.migrate()
        if settings().signing_key is None:
            ensure_signing_key()
        asyncio.run(fill())
    typer.echo("ready: `sihao doctor` looks it over, `sihao serve` and `sihao worker` run it")


async def fill() -> None:
    """Publish the built-in standard and print the code that makes the first account, if needed."""
    async with system_context() as ctx:
        if standard := await standards.install_built_in(ctx):
            typer.echo(f"published: {standard.name}（{standard.year}）")
        code = await bootstrap.draw_code(ctx)
    await engine().dispose()
    if code:
        typer.echo(f"one-time code for the first account, good for 24 hours: {code}")
        typer.echo(f"POST {BOOTSTRAP} with code, name, display_name and password")


async def make_roles(superuser_url: str) -> None:
    """Make the two roles and the database unless they are there.

    A role gets the password of the address that the settings give for it. Where they give none,
    one is drawn and the address printed, once.
    """
    place = make_url(superuser_url)
    plain = place.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    try:
        for role, variable in ((OWNER, "SIHAO_OWNER_DATABASE_URL"), (APP, "SIHAO_DATABASE_URL")):
            if await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                continue
            if variable not in os.environ:
                drawn = place.set(
                    username=role, password=secrets.token_urlsafe(24), database=DATABASE
                )
                os.environ[variable] = drawn.render_as_string(hide_password=False)
                typer.echo(f"{variable}={os.environ[variable]}")
            password = await connection.fetchval(
                "SELECT quote_literal($1)", make_url(os.environ[variable]).password
            )
            await connection.execute(f"CREATE ROLE {role} {RIGHTS} PASSWORD {password}")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    finally:
        await connection.close()


def ensure_signing_key() -> None:
    """Draw the key that signs access tokens unless there is one; only the owner may read it."""
    path = signing_key_path()
    if not path.exists():
        write_privately(path, new_signing_key())


def write_privately(path: Path, text: str) -> None:
    """Write a secret so that nobody else could read it at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
