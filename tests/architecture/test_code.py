"""The rules of the house that no linter knows, asked of the source itself."""

import ast
import re
from pathlib import Path

import pytest

from sihao.core.context import Role
from sihao.slices import LIFECYCLES, lifecycles_markdown
from tests.conftest import ROOT

SOURCE = ROOT / "backend/sihao"
FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
NAMES = [str(path.relative_to(SOURCE)) for path in FILES]
LONGEST = 400
AVOIDED = re.compile(r"\b\w*(Service|Repository|Manager|DTO|Helper|Utils?)\b")
ALLOWED = {"ServiceAccount"}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_file_is_longer_than_a_reader_holds(path: Path):
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_state_is_assigned_in_one_place(path: Path):
    if path == SOURCE / "core/lifecycle.py":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            assert not (isinstance(target, ast.Attribute) and target.attr == "state"), (
                f"{path.name}:{node.lineno} moves a thing without its lifecycle"
            )


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_commits_but_the_transaction(path: Path):
    if path == SOURCE / "core/context.py" or path.is_relative_to(SOURCE / "cli"):
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr == "commit":
            pytest.fail(f"{path.name}:{node.lineno} commits")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_names_say_what_a_thing_is(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef) and AVOIDED.fullmatch(node.name):
            assert node.name in ALLOWED or "ServiceAccount" in node.name, node.name


def test_the_drawn_lifecycles_are_the_real_ones():
    assert (ROOT / "docs/lifecycles.md").read_text() == lifecycles_markdown()


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.subject)
def test_every_state_can_be_reached(lifecycle):
    states = set(type(lifecycle.start))
    reached = {lifecycle.start}
    for one in lifecycle.transitions:
        reached |= {one.target, *one.leads}
    assert reached == states


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.subject)
def test_who_only_reads_moves_nothing(lifecycle):
    readers = {Role.LEADERSHIP, Role.UNIT_MEMBER, Role.ADMIN_AUDIT, Role.ADMIN_SYSTEM}
    for one in lifecycle.transitions:
        if lifecycle.subject != "evidence":
            assert not readers & one.by, one.name


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.subject)
def test_the_office_signs_nothing(lifecycle):
    for one in lifecycle.transitions:
        if one.name in {"sign", "report", "confirm_record"}:
            assert Role.UNIT_OFFICE not in one.by, f"{lifecycle.subject}.{one.name} (R3)"
