"""Files that are written from the code and compared with it in every check."""

import json
import os
from pathlib import Path

import typer


def contract() -> str:
    """The OpenAPI document. No database is asked for it, so any address will do."""
    os.environ.setdefault("SIHAO_DATABASE_URL", "postgresql+asyncpg://nobody@localhost/none")
    from sihao.main import create_app  # noqa: PLC0415 - it reads the settings, which come first

    return json.dumps(create_app().openapi(), ensure_ascii=False, indent=2) + "\n"


def drawn_lifecycles() -> str:
    """The state machines as Mermaid diagrams."""
    from sihao.slices import lifecycles_markdown  # noqa: PLC0415 - every slice comes with it

    return lifecycles_markdown()


def listed_errors() -> str:
    """The codes of all refusals with their sentences."""
    os.environ.setdefault("SIHAO_DATABASE_URL", "postgresql+asyncpg://nobody@localhost/none")
    from sihao.cli.error_codes import markdown  # noqa: PLC0415 - every slice comes with it

    return markdown()


def write(path: Path, text: str, *, check: bool) -> None:
    """Write the file, or with `check` fail when it says something else."""
    current = path.read_text(encoding="utf-8") if path.exists() else ""
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    elif current != text:
        typer.echo(f"{path} is not what the code says; run `python3 run.py client`", err=True)
        raise typer.Exit(1)
