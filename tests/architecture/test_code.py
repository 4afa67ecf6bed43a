"""The rules of the house that no linter knows, asked of the source itself."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from sihao.core.context import Role
from sihao.slices import JOBS, LIFECYCLES, MODELS, lifecycles_markdown
from tests.architecture.test_routes import iterate
from tests.conftest import ROOT

SOURCE = ROOT / "backend/sihao"
FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
WRITTEN = [
    path
    for folder in ("backend", "tests", "runner", "bench")
    for path in (ROOT / folder).rglob("*.py")
]
LONGEST = 400
AVOIDED = re.compile(r"\w*(Service|Repository|Manager|DTO|Helper|Utils?)")
ALLOWED = re.compile(r"\w*ServiceAccount\w*")
EXCEPTION = re.compile(r"# noqa: [A-Z0-9, ]+|# type: ignore\[[a-z-]+\]")
REASONED = re.compile(r"# noqa: [A-Z0-9, ]+ - \w|# type: ignore\[[a-z-]+\]  # \w")
IGNORED = re.compile(r"""^\s*"([A-Z]+[0-9]+)",(.*)$""", re.MULTILINE)
BLOCKING = {"hash_now", "read_standard", "write_xlsx", "write_yaml", "CalamineWorkbook", "Workbook"}
"""What hashes passwords or reads and writes workbooks: for threads, never for the loop."""

Rule = Callable[[ast.AST], bool]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def found(rule: Rule, *exempt: str) -> list[str]:
    """List where a rule is broken, but for these files and folders."""
    return [
        f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
        for path in FILES
        if not any(path.is_relative_to(SOURCE / one) for one in exempt)
        for node in ast.walk(tree(path))
        if rule(node)
    ]


def called(node: ast.AST) -> str:
    """Tell the last word of what is called: `values` for `update(Plan).values(…)`."""
    return ast.unparse(node.func).rsplit(".", 1)[-1] if isinstance(node, ast.Call) else ""


def moves(node: ast.AST) -> bool:
    """Find `row.state = …`, `setattr(row, "state", …)` and `update(…).values(state=…)`."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(one, ast.Attribute) and one.attr == "state" for one in targets)
    if called(node) == "setattr":
        return ast.unparse(node.args[1]) == "'state'"
    return called(node) == "values" and "state" in {one.arg for one in node.keywords}


def commits(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "commit"


def streams(node: ast.AST) -> bool:
    if called(node) in {"stream_scalars", "yield_per"}:
        return True
    return called(node) == "stream" and ast.unparse(node.func).endswith("db.stream")


def blocks(node: ast.AST) -> bool:
    inside = ast.walk(node) if isinstance(node, ast.AsyncFunctionDef) else ()
    return any(called(one) in BLOCKING for one in inside)


def hides_what_it_is(node: ast.AST) -> bool:
    named = node.name if isinstance(node, ast.ClassDef) else ""
    return bool(AVOIDED.fullmatch(named)) and not ALLOWED.fullmatch(named)


def test_no_file_is_longer_than_a_reader_holds():
    read = [path for path in WRITTEN if path.parent.name != "versions"]
    long = [path for path in read if len(path.read_text().splitlines()) > LONGEST]
    assert [str(path.relative_to(ROOT)) for path in long] == []


def test_state_is_assigned_in_one_place():
    assert found(moves, "core/lifecycle.py") == []


def test_nothing_commits_but_the_transaction():
    assert found(commits, "core/context.py", "cli") == []


def test_nothing_streams_from_a_session():
    assert found(streams) == []


def test_nothing_blocks_the_loop():
    assert found(blocks, "cli", "demo") == []


def test_names_say_what_a_thing_is():
    assert found(hides_what_it_is) == []


def having(rule: Rule) -> Iterator[tuple[str, ast.AST]]:
    for path in FILES:
        if not path.is_relative_to(SOURCE / "core"):
            module = "sihao." + ".".join(path.relative_to(SOURCE).with_suffix("").parts)
            yield from ((module, node) for node in ast.walk(tree(path)) if rule(node))


def is_table(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and "table" in {one.arg for one in node.keywords}


def test_every_table_is_on_the_list_of_slices():
    written = {module for module, _ in having(is_table)}
    assert written - {one.__name__ for one in MODELS} == set()


def test_every_job_is_on_the_list_of_slices():
    written = {module for module, _ in having(lambda node: called(node) == "job")}
    assert written - {one.__name__ for one in JOBS} == set()


def test_every_lifecycle_is_on_the_list_of_slices():
    written = {
        next(ast.literal_eval(one.value) for one in node.keywords if one.arg == "subject")
        for _, node in having(lambda node: called(node) == "Lifecycle")
    }
    assert written - {one.subject for one in LIFECYCLES} == set()


def test_every_router_is_on_the_list_of_slices(app):
    served = {one.endpoint.__module__ for one in iterate(app.routes) if isinstance(one, APIRoute)}
    written = {module for module, _ in having(lambda node: called(node) == "Router")}
    assert {one for one in written if not one.endswith("__init__")} - served == set()


def test_every_exception_from_a_rule_has_its_reason():
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in WRITTEN
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if EXCEPTION.search(line) and not REASONED.search(line)
    ]
    assert bare == []


def test_every_rule_that_is_off_has_its_reason():
    rules = IGNORED.findall((ROOT / "pyproject.toml").read_text())
    assert [rule for rule, rest in rules if not re.search(r"# \w", rest)] == []


def test_the_drawn_lifecycles_are_the_real_ones():
    assert (ROOT / "docs/lifecycles.md").read_text() == lifecycles_markdown()


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.subject)
def test_every_state_can_be_reached(lifecycle):
    states = set(type(lifecycle.start))
    reached = {lifecycle.start}
    for one in lifecycle.transitions:
        reached |= {one.target or lifecycle.start, *one.leads}
    assert states - reached == set()


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.subject)
def test_who_only_reads_moves_nothing(lifecycle):
    readers = {Role.LEADERSHIP, Role.UNIT_MEMBER, Role.ADMIN_AUDIT, Role.ADMIN_SYSTEM}
    for one in lifecycle.transitions:
        if lifecycle.subject not in {"evidence", "import", "webhook"} and one.target is not None:
            assert not readers & one.by, one.name


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.subject)
def test_the_office_signs_nothing(lifecycle):
    for one in lifecycle.transitions:
        if one.name in {"sign", "report", "confirm_record"}:
            assert Role.UNIT_OFFICE not in one.by, f"{lifecycle.subject}.{one.name} (R3)"
