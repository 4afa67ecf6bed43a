"""Each rule bites: a copy of the project with a defect is red, and the copy without it is green.

That the untouched project passes the tests which turn red here, the suite itself shows.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.seeded import TOOLS, TREES, Defect, Tree
from tests.conftest import ROOT

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".sihao", ".*cache*", ".cache", ".hypothesis", "node_modules", "dist", "shots"
)
RUN_TESTS = ("-m", "pytest", "-p", "no:cacheprovider", "-vv", "--tb=no", "-rf")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory) -> Path:
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("tree") / "untouched", ignore=LEFT_OUT)


@pytest.fixture
def seeded(untouched, tmp_path):
    def seed(tree: Tree) -> Path:
        place = shutil.copytree(untouched, tmp_path / "seeded")
        for one in tree.defects:
            put(place / one.file, one.old, one.new)
        return place

    return seed


def put(file: Path, old: str, new: str) -> None:
    text = file.read_text() if file.exists() else ""
    assert old in text, f"{file.name} does not say {old!r} any more: seed the defect anew"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(old, new, 1) if old else text + new)


def run(place: Path, command: tuple[str, ...], *, own_server: bool = False) -> tuple[int, str]:
    env = {**os.environ, "PYTHONPATH": str(place / "backend"), "COLUMNS": "4000"}
    env = {name: value for name, value in env.items() if not name.startswith("PYTEST_")}
    if own_server:
        del env["SIHAO_TEST_SERVER"]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=place,
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("tree", TREES, ids=[tree.name for tree in TREES])
def test_every_seeded_defect_turns_its_rule_red(seeded, tree):
    place = seeded(tree)
    if tree.first:
        code, printed = run(place, tree.first)
        assert code == 0, printed
    code, printed = run(place, tree.command or nodes_of(tree), own_server=tree.own_server)

    assert code != 0, printed
    lines = printed.splitlines()
    missed = [one.rule for one in tree.defects if not any(tells(line, one) for line in lines)]
    assert missed == [], printed


def nodes_of(*trees: Tree) -> tuple[str, ...]:
    tests = {one.test: None for tree in trees for one in tree.defects if one.test}
    return (*RUN_TESTS, *tests)


def tells(line: str, defect: Defect) -> bool:
    return defect.red in line and (not defect.test or f"FAILED {defect.test} - " in line)


@pytest.mark.parametrize("tree", TOOLS, ids=[tree.name for tree in TOOLS])
def test_without_the_defects_the_tools_are_green(untouched, tree):
    code, printed = run(untouched, tree.command)
    assert code == 0, printed
