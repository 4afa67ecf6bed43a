"""Every code that a problem can carry, read from the source: docs/errors.md for integrators.

Codes are literals beside their sentences (`code, zh = "plan.taken", "…"`), so they are found
without running anything; only those of state machines and of refused files are put together.
"""

import ast
import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sihao
from sihao.core import errors
from sihao.core.lifecycle import Lifecycle, Opinion
from sihao.evidence.guard.refusals import REASONS
from sihao.slices import LIFECYCLES

_CODE = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)+|constraint")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_STATUS = {
    name: int(one.status)
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, errors.Problem) and one is not errors.Problem
}
_PUT_TOGETHER: dict[str, tuple[int, str]] = {
    "auth.wrong": (401, "账号或密码不对。"),
    "auth.totp.wrong": (401, "验证码不对。"),
    "file.unreadable": (422, "工作簿或 YAML 文件无法读取；句子说明在哪里。"),
    "request.invalid": (422, "提交的内容有 … 处不对，见 `errors`。"),
    **{
        f"file.{reason}": (422, sentence.format(about="…"))
        for reason, (sentence, _) in REASONS.items()
    },
}
"""Those whose code or sentence does not stand anywhere as a whole."""
_HEAD = """# Error codes

Written from the code by `sihao errors`. Do not edit. Every refusal is `application/problem+json`
(RFC 9457) with one of these `code`s; codes are never renamed within `/api/v1`, new ones may come.
`…` stands for what the answer names; codes without a status are those of rows and jobs. The
sentence comes in English with `Accept-Language: en`.

| code | status | sentence |
|---|---|---|
"""
_MOVES = """
## State machines

A transition `subject.name` is refused by one of four codes; `GET` tells beforehand in `actions`.

| code | status | why |
|---|---|---|
| `<subject>.<name>.role` | 403 | the role may not do it |
| `<subject>.<name>.state` | 409 | the state does not allow it |
| `<subject>.<name>.opinion` | 422 | it needs an opinion |
| `<subject>.<name>.blocked` | 409 | something is missing; the sentence says what |

| subject | transitions (those with * need an opinion) |
|---|---|
"""

_MACHINES: tuple[Lifecycle[Any], ...] = LIFECYCLES
Found = dict[str, tuple[set[int], set[str]]]


def markdown() -> str:
    """The page."""
    rows = "".join(
        f"| `{code}` | {'/'.join(map(str, sorted(statuses))) or '–'} | {' / '.join(sorted(said))} |"
        "\n"
        for code, (statuses, said) in sorted(codes().items())
    )
    moves = "".join(
        f"| `{one.subject}` {one.label} | "
        + ", ".join(
            f"`{move.name}`{'*' if move.opinion is Opinion.REQUIRED else ''}"
            for move in one.transitions
        )
        + " |\n"
        for one in sorted(_MACHINES, key=lambda each: each.subject)
    )
    return _HEAD + rows + _MOVES + moves


def is_listed(code: str) -> bool:
    """Whether the page names it, by itself or as a refusal of a transition."""
    *subject, name, why = ["", *code.split(".")]
    moves = {(one.subject, move.name) for one in _MACHINES for move in one.transitions}
    is_move = ("".join(subject), name) in moves and why in {"role", "state", "opinion", "blocked"}
    return is_move or code in codes()


@functools.cache
def codes() -> Found:
    """All codes with their statuses and sentences."""
    found: Found = defaultdict(lambda: (set(), set()))
    for file in sorted(Path(sihao.__file__).parent.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for part in _parts(tree):
            raised = sorted((call.lineno, _STATUS[_name(call)]) for call in _raised(part))
            for line, status, code, sentence in _pairs(part):
                # `code, zh = …` stands above the problem that is made of it.
                made = status or next((one for at, one in raised if at >= line), None)
                found[code][0].update([made] if made else [])
                found[code][1].add(sentence)
    for code, (status, sentence) in _PUT_TOGETHER.items():
        found[code][0].add(status)
        found[code][1].add(sentence)
    return found


def _parts(tree: ast.Module) -> Iterator[ast.AST]:
    """Functions, each alone, and what stands outside of them."""
    inside = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    yield from inside
    yield ast.Module(
        [node for node in tree.body if node not in inside and not isinstance(node, ast.ClassDef)],
        [],
    )


def _raised(part: ast.AST) -> Iterator[ast.Call]:
    """Problems made from a code that was named before."""
    for node in ast.walk(part):
        if not isinstance(node, ast.Call) or _name(node) not in _STATUS or not node.args:
            continue
        if not isinstance(node.args[0], ast.Constant):
            yield node


def _pairs(part: ast.AST) -> Iterator[tuple[int, int | None, str, str]]:
    """Line, status (where it stands beside), code, sentence."""
    said = {
        target.id: _text(node.value)
        for node in ast.walk(part)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(part):
        for status, row in _rows(node):
            for code, told in itertools.pairwise(row):
                sentence = said.get(told.id, "") if isinstance(told, ast.Name) else _text(told)
                is_said = sentence.endswith("。") or (status and _CHINESE.search(sentence))
                if _CODE.fullmatch(_text(code)) and is_said:
                    yield code.lineno, status, _text(code), sentence


def _rows(node: ast.AST) -> Iterator[tuple[int | None, Sequence[ast.expr]]]:
    """What may hold a code and its sentence: a call, a tuple, a table by status."""
    if isinstance(node, ast.Call):
        yield _STATUS.get(_name(node)), node.args
    elif isinstance(node, ast.Tuple):
        status = node.elts[0].value if node.elts and isinstance(node.elts[0], ast.Constant) else ""
        yield (status, node.elts[1:]) if isinstance(status, int) else (None, node.elts)
    elif isinstance(node, ast.Dict):
        for key, row in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, int):
                yield key.value, row.elts if isinstance(row, ast.Tuple) else []


def _text(node: ast.expr) -> str:
    """A literal's text, `…` for what is filled in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values
        )
    return ""


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""
