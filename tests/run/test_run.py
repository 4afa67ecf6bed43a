"""`run.py`: what it counts, what it remembers and what it leaves running."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from runner import install, processes, steps
from runner.steps import Outcome

ROOT = Path(__file__).parents[2]
VITEST = """
 \x1b[31mTest Files\x1b[39m  1 failed | 2 passed (3)
      Tests  3 failed | 10 passed (13)
   Duration  1.2s
"""


def run(*arguments):
    command = [sys.executable, "run.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_alone_it_lists_its_commands_one_line_each():
    listed = run()
    names = [line.split()[2] for line in listed.stdout.splitlines()]
    wanted = ["demo", "test", "check", "fix", "dev", "migrate", "revision", "client", "lock"]
    assert names == [*wanted, "bench"]
    assert listed.returncode == 0


def test_an_unknown_command_lists_them_and_fails():
    assert run("tset").returncode == 1


@pytest.mark.parametrize(
    ("printed", "counts"),
    [
        ("..\n2 passed in 0.1s\n", (2, 0)),
        ("=== 1 failed, 2 passed, 4 skipped in 3s ===\n", (2, 1)),
        ("=== 2 passed, 1 error in 3s ===\n", (2, 1)),
        (VITEST, (10, 3)),
        ("no tests ran in 0.01s\n", (0, 0)),
    ],
)
def test_the_last_counting_line_of_a_runner_is_read(printed, counts):
    assert steps.counted(printed) == counts


@pytest.mark.parametrize(
    ("code", "passed", "failed"),
    [
        ("print('3 passed in 1s')", 3, 0),
        ("print('3 passed in 1s'); exit(1)", 3, 1),
        ("print('nothing to do')", 0, 1),
        ("print('1 failed, 3 passed'); exit(1)", 3, 1),
    ],
)
def test_a_step_fails_by_its_code_by_its_counts_and_when_nothing_ran(code, passed, failed):
    outcome = steps.step("x", [sys.executable, "-c", code], tests=True)
    assert (outcome.passed, outcome.failed) == (passed, failed)


def test_the_report_ends_with_the_counts(capsys):
    code = steps.report([Outcome("a", 1, 4, 0), Outcome("b", 1, 2, 0)])
    assert capsys.readouterr().out.splitlines()[-1] == "6 passed, 0 failed"
    assert code == 0


@pytest.mark.parametrize("outcomes", [[], [Outcome("a", 1, 4, 1)]])
def test_the_report_fails_on_any_failure_and_when_nothing_ran(outcomes):
    assert steps.report(outcomes) == 1


def test_nothing_of_a_stopped_program_goes_on(tmp_path):
    beat = tmp_path / "beat"
    grandchild = f"""
import time
while True:
    open({str(beat)!r}, "a").write("x")
    time.sleep(0.02)
"""
    parent = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {grandchild!r}])
time.sleep(60)
"""
    with processes.program([sys.executable, "-c", parent]):
        while not beat.exists():
            time.sleep(0.02)
    after = beat.stat().st_size
    time.sleep(0.2)
    assert beat.stat().st_size == after


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name, value in {"ROOT": tmp_path, "STATE": tmp_path / ".sihao"}.items():
        monkeypatch.setattr(install, name, value)
    return tmp_path


def test_a_thing_is_made_once_for_the_same_sources_and_again_when_it_is_gone(project):
    target, made = project / "dist", []

    def make():
        made.append(1)
        target.mkdir(exist_ok=True)

    for sources in ("a", "a", "b"):
        install.once(target, sources, make)
    assert len(made) == 2

    target.rmdir()
    install.once(target, "b", make)
    assert len(made) == 3


def test_a_failed_making_is_not_remembered(project):
    def fail():
        (project / "dist").mkdir()
        raise SystemExit(1)

    with pytest.raises(SystemExit):
        install.once(project / "dist", "a", fail)
    made = []
    install.once(project / "dist", "a", lambda: made.append(1))
    assert made == [1]


@pytest.mark.parametrize("folder", ["node_modules", "dist", "shots", ".cache"])
def test_the_fingerprint_sees_sources_and_not_what_is_made_from_them(project, folder):
    source, made = project / "src" / "a.ts", project / folder / "b.js"
    for file in (source, made):
        file.parent.mkdir()
        file.write_text("1", encoding="utf-8")
    first = install.digest(project)

    made.write_text("2", encoding="utf-8")
    assert install.digest(project) == first
    source.write_text("2", encoding="utf-8")
    assert install.digest(project) != first


def test_npm_is_run_by_the_node_of_the_wheel():
    node, npm_cli, *arguments = processes.npm("ci")
    assert Path(node).is_relative_to(processes.VENV)
    assert Path(npm_cli).is_file()
    assert arguments == ["ci"]


def test_without_venv_pip_and_uv_it_says_what_to_install(project, monkeypatch):
    monkeypatch.setattr(install, "has", lambda *_: False)
    monkeypatch.setattr(install.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        install.uv()
