"""The client's commands, for people and for service accounts; they speak to the public API only."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sihao.client import credentials as kept
from sihao.client.saying import COULD_NOT, CouldNot, say, told

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Language = Annotated[str | None, typer.Option("--lang", help="zh or en.")]
Campaign = Annotated[str | None, typer.Option(help="Year or id; by default the one going on.")]
_MIB = 1024 * 1024


class Mode(StrEnum):
    """Whether good rows are written when others are wrong."""

    ATOMIC = "atomic"
    PARTIAL = "partial"


@contextmanager
def _told(language: str | None) -> Iterator[None]:
    """Turn what could not be done into a sentence and exit code 2."""
    if language:
        os.environ["SIHAO_LANG"] = language
    try:
        yield
    except CouldNot as error:
        told(f"✗ {error}")
        raise typer.Exit(COULD_NOT) from error


def login(
    url: Annotated[str, typer.Argument(envvar="SIHAO_URL", help="https://sihao.example")],
    *,
    name: Annotated[str | None, typer.Option(help="Account; asked for otherwise.")] = None,
    client_id: Annotated[
        str | None, typer.Option(envvar="SIHAO_CLIENT_ID", help="Of a service account.")
    ] = None,
    lang: Language = None,
) -> None:
    """Log in and keep the credentials in a file that only you can read."""
    from sihao.client.connection import log_in  # noqa: PLC0415 - a command loads what it needs

    with _told(lang):
        if client_id:
            secret = os.environ.get("SIHAO_CLIENT_SECRET") or _ask(say("密钥", "Secret"))
            form = {
                "grant_type": "client_credentials",
                "client_id": client_id,
                "client_secret": secret,
            }
        else:
            name = name or typer.prompt(say("账号", "Account"), err=True)
            password = _ask(say("密码", "Password"))
            form = {"grant_type": "password", "username": name, "password": password}
        kept.write(log_in(url, form))
        told(say(f"已登录 {url}", f"logged in at {url}"))


def _ask(what: str) -> str:
    answer: str = typer.prompt(what, hide_input=True, err=True)
    return answer


def import_file(  # noqa: PLR0913 - a command has the options it has
    kind: Annotated[str, typer.Argument(help="ledger-entries, measures, units, members, …")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, NDJSON or JSON.")],
    *,
    campaign: Campaign = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    mode: Annotated[Mode, typer.Option(help="All rows or none, or the good ones.")] = Mode.ATOMIC,
    not_secret: Annotated[
        bool, typer.Option("--not-secret", help="No file of a manifest holds a state secret.")
    ] = False,
    errors_out: Annotated[
        Path | None, typer.Option(help="Where the workbook with marked cells goes.")
    ] = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Import a file and wait for it; exit code 1 when a row was refused."""
    from sihao.client import importing  # noqa: PLC0415 - a command loads what it needs
    from sihao.client.connection import Connection  # noqa: PLC0415 - the same

    with _told(lang), Connection(kept.read()) as connection:
        importing.run(
            connection,
            kind,
            file,
            campaign=campaign,
            dry_run=dry_run,
            mode=mode.value,
            not_secret=not_secret,
            errors_out=errors_out,
            as_json=as_json,
        )


def upload(  # noqa: PLR0913 - a command has the options it has
    folder: Annotated[Path, typer.Argument(help="Folder of evidence.")],
    *,
    index: Annotated[
        Path | None, typer.Option(help="CSV or XLSX with path, title, codes; else by folders.")
    ] = None,
    campaign: Campaign = None,
    state: Annotated[Path | None, typer.Option(help="Where to remember what was sent.")] = None,
    parallel: Annotated[int, typer.Option(min=1, max=8, help="Files at once.")] = 4,
    piece: Annotated[int, typer.Option(min=1, max=64, help="MiB in one request.")] = 8,
    not_secret: Annotated[
        bool, typer.Option("--not-secret", help="No file holds a state secret.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent.")] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Promise the files of a folder, then send them; the same again goes on where it was cut."""
    from sihao.client import uploading  # noqa: PLC0415 - a command loads what it needs
    from sihao.client.connection import Connection  # noqa: PLC0415 - the same

    wanted = uploading.Wanted(
        folder=folder,
        index=index,
        campaign=campaign,
        state=state,
        parallel=parallel,
        piece=piece * _MIB,
        not_secret=not_secret,
        dry_run=dry_run,
        as_json=as_json,
    )
    with _told(lang), Connection(kept.read()) as connection:
        uploading.run(connection, wanted)


def export(
    kind: Annotated[str, typer.Argument(help="ledger-entries, plans, evidence-pack, …")],
    *,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write.")] = None,
    form: Annotated[str | None, typer.Option("--format", help="xlsx, csv or zip.")] = None,
    campaign: Campaign = None,
    filters: Annotated[
        list[str] | None, typer.Option("--filter", help="name=value, as the list takes it.")
    ] = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Have a list made into a file and fetch it."""
    from sihao.client import exporting  # noqa: PLC0415 - a command loads what it needs
    from sihao.client.connection import Connection  # noqa: PLC0415 - the same

    with _told(lang), Connection(kept.read()) as connection:
        exporting.run(
            connection,
            kind,
            out=out,
            form=form,
            campaign=campaign,
            filters=filters or [],
            as_json=as_json,
        )


def people(
    file: Annotated[Path, typer.Argument(help="CSV: login, name, active, groups (a; b).")],
    *,
    keep_missing: Annotated[
        bool, typer.Option("--keep-missing", help="Shut out nobody who is missing.")
    ] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Make accounts and roles as a list says; whoever is missing from it is shut out."""
    from sihao.client import people as listed  # noqa: PLC0415 - a command loads what it needs
    from sihao.client.connection import Connection  # noqa: PLC0415 - the same

    with _told(lang), Connection(kept.read()) as connection:
        listed.run(connection, file, keep_missing=keep_missing, as_json=as_json)


COMMANDS: dict[str, Callable[..., None]] = {
    "login": login,
    "import": import_file,
    "upload": upload,
    "export": export,
    "people": people,
}
