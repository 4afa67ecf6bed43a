"""What the documents say, held against the repository: links, settings, words."""

import re

import pytest

from sihao.core.settings import Settings
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerKind
from sihao.slices import LIFECYCLES
from tests.conftest import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "frontend/README.md"]
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
LINK = re.compile(r"]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"`((?:backend|docs|frontend|runner|tests)/[\w./-]+)`")
COMMAND = re.compile(r"python3 run\.py ([a-z]+)")
VARIABLE = re.compile(r"\bSIHAO_[A-Z0-9_]+\b")
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \|", re.MULTILINE)
READMES = ["README.md", "README.zh-CN.md"]
MADE = {"frontend/node_modules/", "frontend/dist"}
"""Paths that commands make; a fresh clone has none of them."""
TEST_ONLY = {"SIHAO_TEST_SERVER"}
GLOSSARY = (ROOT / "docs/glossary.md").read_text()
WORDS = (ROOT / "frontend/src/domain/words.ts").read_text()


def without_fences(text: str) -> str:
    return FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", without_fences(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_links_lead_somewhere(document):
    for link in LINK.findall(without_fences(document.read_text())):
        if link.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path) if path else document
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target.read_text()), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_paths_and_commands_exist(document):
    text = document.read_text()
    for path in set(PATH.findall(text)) - MADE:
        assert (ROOT / path).exists(), path
    commands = set(re.findall(r"^def ([a-z]+)\(", (ROOT / "run.py").read_text(), re.MULTILINE))
    assert set(COMMAND.findall(text)) <= commands


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_documents_know_no_single_machine(document):
    assert not re.search(r"/(?:work|root)/|/home/\w", document.read_text())


def variables() -> set[str]:
    read = {f"SIHAO_{name.upper()}" for name in Settings.model_fields}
    places = [
        ROOT / "run.py",
        *(ROOT / "runner").glob("*.py"),
        *(ROOT / "backend/sihao/cli").glob("*.py"),
        *(ROOT / "backend/sihao/client").glob("*.py"),
        *(ROOT / "frontend").glob("vite*.config.ts"),
        *(ROOT / "frontend/tests/e2e/support").glob("*.ts"),
    ]
    for place in places:
        read |= set(VARIABLE.findall(place.read_text()))
    return {name for name in read if not name.endswith("_")} - TEST_ONLY


@pytest.mark.parametrize("name", READMES)
def test_settings_tables_name_exactly_the_settings_there_are(name):
    own = (ROOT / ".env.example").read_text()
    of_compose = set(re.findall(r"^([A-Z_]+)=", own, re.MULTILINE))
    rows = ROW.findall((ROOT / name).read_text())
    assert sorted(rows) == sorted(variables() | of_compose)


@pytest.mark.parametrize("name", READMES)
def test_settings_tables_give_the_real_defaults(name):
    text = (ROOT / name).read_text()
    for field, info in Settings.model_fields.items():
        if info.default and not info.is_required():
            row = re.search(rf"^\| `SIHAO_{field.upper()}` \| `([^`]+)` \|", text, re.MULTILINE)
            assert row, field
            assert row[1] == str(info.default), field


def state_words() -> dict[str, dict[str, str]]:
    block = WORDS[WORDS.index("export const STATE") : WORDS.index("} as const satisfies")]
    subjects = re.findall(r"^  (\w+): \{(.*?)\},$", block, re.MULTILINE | re.DOTALL)
    return {name: dict(re.findall(r"(\w+): \w+\('([^']+)'\)", body)) for name, body in subjects}


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.subject)
def test_the_glossary_has_every_state_and_button(lifecycle):
    words = state_words()[lifecycle.subject]
    states = " · ".join(f"`{one.value}` {words[one.value]}" for one in type(lifecycle.start))
    buttons = " · ".join(f"`{one.name}` {one.label}" for one in lifecycle.transitions)
    row = f"| {lifecycle.label} | `{lifecycle.subject}` | {states} | {buttons} |"
    assert row in GLOSSARY.splitlines(), f"docs/glossary.md wants the line\n{row}"


@pytest.mark.parametrize("kind", LedgerKind)
def test_the_glossary_has_every_ledger(kind):
    one = KINDS[kind]
    row = f"| {kind.value} | {one.name} | `{one.details.__name__}` | {one.hint} |"
    assert row in GLOSSARY.splitlines(), f"docs/glossary.md wants the line\n{row}"
