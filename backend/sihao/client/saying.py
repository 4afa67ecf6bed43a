"""What the client says: in Chinese, or in English when the language asks for it."""

import json
import os
import sys
from typing import Any, NoReturn

import typer

OK, SOME_REFUSED, COULD_NOT = 0, 1, 2
"""Exit codes: all done; some rows or files were refused; it could not be done."""


def is_english() -> bool:
    """Tell by `SIHAO_LANG` (which `--lang` sets), else by the terminal's language."""
    spoken = os.environ.get("SIHAO_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return spoken.lower().startswith("en")


def say(zh: str, en: str) -> str:
    """Choose the language."""
    return en if is_english() else zh


class CouldNot(Exception):  # noqa: N818 - it says what happened, and ends the command
    """The whole cannot be done; a sentence says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(say(zh, en))


class Refused(CouldNot):
    """The server refused one request: `status`, `code`, and its own sentence."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        errors = [one.get("detail", "") for one in body.get("errors", [])[:10]]
        told = "\n  ".join([str(body.get("detail") or status), *errors])
        super().__init__(told, told)
        self.status = status
        self.code = str(body.get("code", ""))


def told(text: str) -> None:
    """Print a line for people; results for programs go to standard output."""
    typer.echo(text, err=True)


def finish(result: dict[str, Any], lines: list[str], code: int, *, as_json: bool) -> NoReturn:
    """Print the result, as JSON or as lines, and end with the exit code."""
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else "\n".join(lines))
    raise typer.Exit(code)


def shows_progress(*, as_json: bool) -> bool:
    """Tell whether bars are drawn: on a terminal, and not between JSON."""
    return not as_json and sys.stderr.isatty()
