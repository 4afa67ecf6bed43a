"""The command line, `sihao`: one small module for each command, loaded when it is called.

Importing the product takes a second; `sihao --help` does not.
"""

from pathlib import Path
from typing import Annotated

import typer

from sihao.client.commands import COMMANDS

cli = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)

Check = Annotated[bool, typer.Option(help="Write nothing; fail when the file is not current.")]


@cli.callback()
def main() -> None:
    """四好: serve, maintain and look at the product."""


@cli.command()
def serve(
    *,
    workers: Annotated[int, typer.Option(min=1, help="API processes.")] = 1,
) -> None:
    """Serve the API (and the pages, when SIHAO_SPA_DIR names them)."""
    from sihao.cli import serving

    serving.serve(workers)


@cli.command()
def worker(
    *,
    with_parent: Annotated[bool, typer.Option(help="Stop when standard input ends.")] = False,
) -> None:
    """Run jobs until stopped."""
    from sihao.cli import serving

    serving.work(with_parent=with_parent)


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from sihao.cli import database

    with database.at_hand():
        database.migrate()


@cli.command()
def revision(purpose: str) -> None:
    """Write a migration from the difference between models and tables."""
    from sihao.cli import database

    with database.at_hand():
        database.migrate()
        database.revision(purpose)


@cli.command()
def init(
    superuser_url: Annotated[
        str | None,
        typer.Option(
            envvar="SIHAO_SUPERUSER_DATABASE_URL",
            help="Make roles and database there first; postgresql+asyncpg://…",
        ),
    ] = None,
) -> None:
    """Prepare a place to run: roles, database, tables, key, standard, the first account's code."""
    from sihao.cli import first_run

    first_run.init(superuser_url)


@cli.command()
def demo(
    *,
    fresh: Annotated[bool, typer.Option(help="Throw the demo's data away first.")] = False,
    reload: Annotated[bool, typer.Option(help="Restart when the code changes.")] = False,
    unit: Annotated[
        list[int] | None,
        typer.Option(min=1, max=96, help="Only these units in a new city; repeat it."),
    ] = None,
) -> None:
    """Serve a demo city with its own database, pages and a worker; Ctrl-C stops all of it."""
    from sihao.cli.demo_city import run

    run(fresh=fresh, reload=reload, numbers=unit or ())


@cli.command()
def doctor() -> None:
    """Say what is wrong with settings, roles, tables and files; exit code 1 if anything is."""
    from sihao.cli.diagnosis import run

    run()


@cli.command()
def fsck() -> None:
    """Look whether every file is in the store, whole; exit code 1 for damage, 2 for no answer."""
    from sihao.cli import integrity

    integrity.fsck()


@cli.command()
def scrub(
    *,
    rate: Annotated[int, typer.Option(min=1, help="Megabytes read in a second.")] = 50,
) -> None:
    """Read every file of the store and hash it again; exit codes as of fsck."""
    from sihao.cli import integrity

    integrity.scrub(rate)


@cli.command()
def openapi(*, check: Check = False, path: Path = Path("openapi.json")) -> None:
    """Write the API's contract."""
    from sihao.cli import generated

    generated.write(path, generated.contract(), check=check)


@cli.command()
def lifecycles(*, check: Check = False, path: Path = Path("docs/lifecycles.md")) -> None:
    """Draw the state machines."""
    from sihao.cli import generated

    generated.write(path, generated.drawn_lifecycles(), check=check)


@cli.command()
def errors(*, check: Check = False, path: Path = Path("docs/errors.md")) -> None:
    """List the codes of all refusals."""
    from sihao.cli import generated

    generated.write(path, generated.listed_errors(), check=check)


for _name, _command in COMMANDS.items():
    cli.command(_name)(_command)
