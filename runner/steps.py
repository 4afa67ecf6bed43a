"""The steps of `check` and `test`: each is run whatever the others came to, and counted."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from runner.processes import FRONTEND, PYTHON, ROOT, STATE, npm, program, say, sihao, stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

READY_SECONDS = 300
CITIES = 2
TWO_AT_A_TIME = ["-n", "2", "--dist", "worksteal"]  # the last long test keeps nobody waiting
COUNT = re.compile(r"\b(\d+) (passed|failed|errors?)\b")
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
BROWSERS = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"]
BROWSERS += ["microsoft-edge", "msedge", "chrome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step of `test` came to; passed and failed are counts of tests or checks."""

    step: str
    seconds: float
    passed: int
    failed: int


def counted(printed: str) -> tuple[int, int]:
    """Passed and failed (with errors) from the last line in which a test runner counts."""
    for line in reversed(ANSI.sub("", printed).splitlines()):
        found = COUNT.findall(line)
        counts = {word: int(number) for number, word in found}
        if counts:
            failed = sum(count for word, count in counts.items() if word != "passed")
            return counts.get("passed", 0), failed
    return 0, 0


def step(
    name: str,
    command: Sequence[str | Path],
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    *,
    tests: bool = False,
    aside: bool = False,
) -> Outcome:
    """Run one step, showing its output; a step of tests in which none ran has failed.

    `aside`: others run beside it, so its output comes in one piece when it is done.
    """
    say(f"\n=== {name}")
    began, lines = time.monotonic(), []
    with program(command, cwd, env, subprocess.PIPE) as child:
        for line in child.stdout or ():
            lines.append(line)
            if not aside:
                sys.stdout.write(line)
                sys.stdout.flush()
        code = child.wait()
    if aside:
        say(f"\n=== {name}, what it said\n{''.join(lines)}")
    passed, failed = counted("".join(lines)) if tests else (int(code == 0), int(code != 0))
    if failed == 0 and (code != 0 or passed == 0):
        failed = 1
    return Outcome(name, time.monotonic() - began, passed, failed)


def checks() -> Iterator[Outcome]:
    """Everything that reads the code without running it."""
    imports = "from importlinter.cli import lint_imports_command as main; main()"
    yield step("format", [PYTHON, "-m", "ruff", "format", "--check", "."])
    yield step("lint", [PYTHON, "-m", "ruff", "check", "."])
    yield step("types", [PYTHON, "-m", "mypy"])
    yield step("imports", [PYTHON, "-c", imports])
    yield step("openapi.json is current", sihao("openapi", "--check"))
    yield step("docs/lifecycles.md is current", sihao("lifecycles", "--check"))
    yield step("docs/errors.md is current", sihao("errors", "--check"))
    yield step("front end: checks", npm("run", "check"), FRONTEND)


def back_end_tests(arguments: Sequence[str]) -> Outcome:
    """The tests in tests/ on an embedded PostgreSQL, two at a time."""
    return step("back end: tests", [PYTHON, "-m", "pytest", *TWO_AT_A_TIME, *arguments], tests=True)


def browser() -> str:
    """A Chromium-like browser: SIHAO_BROWSER, one on PATH, else the one among npm's packages."""
    found = os.environ.get("SIHAO_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or str(unpacked_browser())


def unpacked_browser() -> Path:
    """Unpack npm's Chromium with the libraries and fonts that a bare machine lacks.

    The package brings these along for the machines of one cloud only, hence the name of one.
    """
    place = STATE / "browser"
    starter = place / "start"
    if starter.exists():
        return starter
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    say("- unpacking a browser …")
    unpack = "import c from '@sparticuz/chromium'; await c.executablePath()"
    command = [npm()[0], "--input-type=module", "--eval", unpack]
    env = {"TMPDIR": str(place), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x"}
    with program(command, FRONTEND, env, subprocess.PIPE) as child:
        printed, _ = child.communicate()
    if child.returncode != 0:
        stop(f"no browser found; set SIHAO_BROWSER to a Chrome, Chromium or Edge\n{printed}")
    fonts = "" if Path("/etc/fonts").is_dir() else f"FONTCONFIG_PATH={place}/fonts "
    libraries = f"LD_LIBRARY_PATH={place}/al2023/lib"
    starter.write_text(f'#!/bin/sh\n{fonts}{libraries} exec {place}/chromium "$@"\n')
    starter.chmod(0o755)
    return starter


@contextlib.contextmanager
def served(name: str) -> Iterator[dict[str, str]]:
    """The demo on a port and in a folder of its own; yields the settings that lead to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        "SIHAO_PORT": str(port),
        "SIHAO_DATA_DIR": str(STATE / name),
        "SIHAO_DEMO_PASSWORD": secrets.token_urlsafe(12),
        "SIHAO_E2E_URL": f"http://127.0.0.1:{port}",
    }
    log = STATE / f"{name}.log"
    with (
        log.open("w", encoding="utf-8") as output,
        program(sihao("demo", "--fresh"), env=env, output=output) as child,
    ):
        end = time.monotonic() + READY_SECONDS
        while not answers(f"{env['SIHAO_E2E_URL']}/health/ready"):
            if child.poll() is not None or time.monotonic() > end:
                stop(f"the demo did not start\n{log.read_text(encoding='utf-8')[-4000:]}")
            time.sleep(0.2)
        yield env


def answers(url: str) -> bool:
    """Whether the address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


def browser_journeys() -> list[Outcome]:
    """The journeys of people through demo cities that are served for this run alone.

    A browser waits a third of its time, so two cities are walked through side by side.
    """
    program_of_it = browser()
    with ThreadPoolExecutor(CITIES) as beside:
        return list(beside.map(lambda part: _journeys(part, program_of_it), range(1, CITIES + 1)))


def _journeys(part: int, browser_path: str) -> Outcome:
    name, began = f"browser journeys, city {part} of {CITIES}", time.monotonic()
    try:
        with served(f"e2e-{part}") as env:
            env |= {"SIHAO_BROWSER": browser_path, "SIHAO_PICTURES": "failures"}
            command = npm("run", "e2e", "--", f"--shard={part}/{CITIES}")
            return step(name, command, FRONTEND, env, tests=True, aside=True)
    except SystemExit as reason:
        say(str(reason))
        return Outcome(name, time.monotonic() - began, 0, 1)


def report(outcomes: Sequence[Outcome]) -> int:
    """Print the table and the closing line of counts; answer the exit code."""
    say("\nstep                              seconds  passed  failed")
    for one in outcomes:
        say(f"{one.step:<34}{one.seconds:>7.1f}{one.passed:>8}{one.failed:>8}")
    passed, failed = sum(one.passed for one in outcomes), sum(one.failed for one in outcomes)
    say(f"\n{passed} passed, {failed} failed")
    return int(failed > 0 or passed == 0)
