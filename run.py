#!/usr/bin/env python3
"""The project's commands, on any machine with Python >= 3.11: `python3 run.py` lists them.

Only the standard library is used. Whatever is missing is installed into the project: `uv` into
`.sihao/`, Python packages from the hashed locks into `.venv/`, Node from a wheel among these, the
front end's packages into `frontend/node_modules/`. A stamp remembers what each was made from,
so that a second start has nothing to do.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from runner.install import prepare, uv
from runner.processes import (
    FRONTEND,
    PYTHON,
    ROOT,
    WINDOWS,
    call,
    environment,
    must,
    npm,
    program,
    say,
    sihao,
)
from runner.steps import back_end_tests, browser_journeys, checks, report, step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def demo(*arguments: str) -> int:
    """Serve the demo city with a running year; --fresh starts over."""
    prepare(built=True)
    if not WINDOWS:
        os.chdir(ROOT)
        os.execve(PYTHON, [str(word) for word in sihao("demo", *arguments)], environment())
    return call(sihao("demo", *arguments))


def test(*arguments: str) -> int:
    """Run every check and test; with pytest arguments the back-end tests alone."""
    prepare(frontend=True, built=not arguments)
    if arguments:
        return report([back_end_tests(arguments)])
    outcomes = [*checks(), back_end_tests(())]
    outcomes.append(step("front end: tests", npm("test"), FRONTEND, tests=True))
    outcomes += browser_journeys()
    return report(outcomes)


def check() -> int:
    """Run format, lint, types, import rules and see that generated files are current."""
    prepare(frontend=True)
    return report(list(checks()))


def fix() -> int:
    """Format the code and repair what the linters can repair."""
    prepare(frontend=True)
    code = call([PYTHON, "-m", "ruff", "check", "--fix", "."])
    code |= call([PYTHON, "-m", "ruff", "format", "."])
    return code | call(npm("run", "fix", "--if-present"), FRONTEND)


def dev() -> int:
    """Serve the demo with reload, and the pages from Vite beside it."""
    prepare(frontend=True, built=True)
    api = f"http://127.0.0.1:{os.environ.get('SIHAO_PORT', '8000')}"
    with program(npm("run", "dev"), FRONTEND, {"SIHAO_API": api}):
        return call(sihao("demo", "--reload"))


def migrate() -> int:
    """Bring the database's tables up to date."""
    prepare()
    return call(sihao("migrate"))


def revision(*words: str) -> int:
    """Write a migration from the models; the words say what it is for."""
    prepare()
    return call(sihao("revision", " ".join(words)))


def client() -> int:
    """Write openapi.json, docs/lifecycles.md, docs/errors.md and the front end's client again."""
    prepare(frontend=True)
    for command in (sihao("openapi"), sihao("lifecycles"), sihao("errors")):
        if code := call(command):
            return code
    return call(npm("run", "gen"), FRONTEND)


def lock() -> int:
    """Resolve all dependencies anew and write the locks with their hashes."""
    prepare()
    settings = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    settings += ["--python-version", "3.11", "--quiet", "--upgrade"]
    resolve = [uv(), "pip", "compile", *settings]
    run_time, all_of_it = "requirements.lock", "requirements-dev.lock"
    must("locking what it runs on", [*resolve, "pyproject.toml", "-o", run_time])
    dev_group = ["--group", "dev", "--constraint", run_time, "-o", all_of_it]
    must("locking the tools too", [*resolve, "pyproject.toml", *dev_group])
    must("locking the front end", npm("update", "--package-lock-only"), FRONTEND)
    return 0


def bench() -> int:
    """Measure the hot endpoints beside a raw floor on the same data."""
    prepare()
    return call([PYTHON, "-m", "bench"])


COMMANDS = (demo, test, check, fix, dev, migrate, revision, client, lock, bench)


def main(arguments: Sequence[str]) -> int:
    """Run the named command; without one, list them."""
    commands: dict[str, Callable[..., int]] = {one.__name__: one for one in COMMANDS}
    if not arguments or arguments[0] not in commands:
        for name, one in commands.items():
            say(f"python3 run.py {name:<9} {one.__doc__}")
        return int(bool(arguments) and arguments[0] not in {"help", "-h", "--help"})
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return commands[arguments[0]](*arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
