"""Installing what is missing into the project; stamps tell when there is nothing to do."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from runner.fonts import FONTS, fetch_fonts
from runner.processes import (
    EXE,
    FRONTEND,
    PYTHON,
    ROOT,
    SCRIPTS,
    STATE,
    VENV,
    must,
    npm,
    stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

UV_VERSION = "0.13.9"
MADE = {"node_modules", "dist", "shots", "coverage", ".cache"}
NO_VENV = """This Python can make no environment and has no pip. Do one of these and start again:
  Debian, Ubuntu:  apt-get install python3-venv
  Fedora, Rocky:   dnf install python3-pip
  anywhere:        put the program `uv` on PATH"""


def digest(*parts: Path | str) -> str:
    """A fingerprint of texts and of files with their names, folders without what is made there."""
    seen = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            seen.update(part.encode())
            continue
        for file in sorted(source_files(part)):
            seen.update(str(file.relative_to(ROOT)).encode())
            seen.update(file.read_bytes())
    return seen.hexdigest()


def source_files(place: Path) -> Iterator[Path]:
    """The file itself, or the files below a folder that people write."""
    if place.is_file():
        yield place
    elif place.is_dir() and place.name not in MADE:
        for inner in place.iterdir():
            yield from source_files(inner)


def once(target: Path, made_from: str, make: Callable[[], None]) -> None:
    """Make the target unless its stamp says that it was made from the very same things."""
    stamp = STATE / "stamps" / target.name
    if target.exists() and stamp.exists() and stamp.read_text() == made_from:
        return
    stamp.unlink(missing_ok=True)
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep a second run.py in this project waiting while something is being installed."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "lock").open("a+") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def uv() -> str:
    """The program uv: from PATH, else installed into the project with venv or pip."""
    found = shutil.which("uv")
    own = STATE / "uv" / SCRIPTS / f"uv{EXE}"
    if found:
        return found
    if own.exists():
        return str(own)
    wanted, where = f"uv=={UV_VERSION}", STATE / "uv"
    shutil.rmtree(where, ignore_errors=True)
    if has("venv", "ensurepip"):
        must("making an environment for uv", [sys.executable, "-m", "venv", where])
        pip = [str(where / SCRIPTS / f"python{EXE}"), "-m", "pip", "install", "--quiet"]
    elif has("pip"):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(where)]
    else:
        stop(NO_VENV)
    must("installing uv, which installs the rest", [*pip, "--disable-pip-version-check", wanted])
    return str(own)


def has(*modules: str) -> bool:
    """Whether this Python comes with the modules; Debian leaves some of them out."""
    command = [sys.executable, "-c", f"import {', '.join(modules)}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def install_python() -> None:
    """Bring `.venv` to what requirements-dev.lock says and the package itself into it."""
    same_place = f"{ROOT} {sys.version_info[:2]}"
    place = VENV / "place"
    if not PYTHON.exists() or not place.exists() or place.read_text() != same_place:
        must("making .venv", [uv(), "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
        place.write_text(same_place)
    lock = ["--require-hashes", "requirements-dev.lock"]
    must("installing Python packages into .venv", [uv(), "pip", "sync", "--quiet", *lock])
    own = ["--quiet", "--no-deps", "--no-build-isolation", "--offline", "--editable", "."]
    must("adding the package sihao to .venv", [uv(), "pip", "install", *own])


def prepare(*, frontend: bool = False, built: bool = False) -> None:
    """Install what is missing: Python packages, and if wanted Node's and the built pages."""
    version = str(sys.version_info[:2])
    locks = digest(ROOT / "requirements-dev.lock", ROOT / "pyproject.toml", str(ROOT), version)
    with alone():
        once(VENV, locks, install_python)
        once(FONTS, digest(ROOT / "runner" / "fonts.py"), fetch_fonts)
        if frontend or built:
            packages = digest(FRONTEND / "package-lock.json", FRONTEND / "package.json", locks)
            ci = npm("ci", "--no-audit", "--no-fund")
            what = "installing the front end's packages"
            once(FRONTEND / "node_modules", packages, lambda: must(what, ci, FRONTEND))
        if built:
            build = npm("run", "build")
            what = "building the pages"
            made_from = digest(FRONTEND, ROOT / "openapi.json")
            once(FRONTEND / "dist", made_from, lambda: must(what, build, FRONTEND))
