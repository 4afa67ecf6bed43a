"""How one version of a scheme differs from another, in sentences for people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from sihao.campaigns.scheme import Clause, ItemRules, Level, Rules
from sihao.campaigns.scheme_sheets import HEAD, KINDS, ROUNDING

_FIGURES = {name: label for name, label in HEAD.items() if name in Rules.model_fields}
_WEIGHTS = {"dimensions": "分值", "co_weights": "并入考核权数", "rater_groups": "测评分组权数"}
_SHARES = {"co_share", "ballot_share"}
_WORDS: Mapping[str, str] = ROUNDING | KINDS
_NOTHING = "无"


def describe(before: Rules, after: Rules) -> list[str]:
    """Say every difference; an empty list when there is none."""
    return [
        *_moved(before, after, _FIGURES),
        *_moved(before.interview, after.interview, {"below": "约谈低于", "findings": "约谈问题数"}),
        *(
            line
            for name, label in _WEIGHTS.items()
            for line in _keyed(getattr(before, name), getattr(after, name), label)
        ),
        *_turned(before.rater_groups, after.rater_groups, "测评分组次序"),
        *_items(before.items, after.items),
        *_keyed(_listed(before.not_for), _listed(after.not_for), "不适用条目"),
        *_named(before.extras, after.extras, "加减分事项", lambda one: one.code),
        *_named(before.vetoes, after.vetoes, "否决事项", lambda one: one.code),
        *_named(before.grades, after.grades, "等次", lambda one: one.name),
        *_named(before.quotas, after.quotas, "名额", lambda one: f"{one.grade}{one.unit_class}"),
    ]


def _moved(before: BaseModel, after: BaseModel, labels: Mapping[str, str]) -> Iterator[str]:
    for name, label in labels.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            say = _percent if name in _SHARES else _said
            yield f"{label} {say(old)} → {say(new)}"


def _percent(share: Decimal) -> str:
    return f"{_said(share * 100)}%"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, StrEnum):
        return _WORDS[value]
    if isinstance(value, list):
        return "、".join(map(str, value)) or _NOTHING
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if value not in {None, ""} else _NOTHING


def _keyed(before: Mapping[str, Any], after: Mapping[str, Any], label: str) -> Iterator[str]:
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield f"{key} {label} {_said(before.get(key))} → {_said(after.get(key))}"


def _turned(before: Mapping[str, Any], after: Mapping[str, Any], label: str) -> Iterator[str]:
    """Say that the same keys stand in another order."""
    if before.keys() == after.keys() and list(before) != list(after):
        yield f"{label} {_said(list(before))} → {_said(list(after))}"


def _listed(not_for: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: list(codes) for name, codes in not_for.items() if codes}


def _items(before: Mapping[str, ItemRules], after: Mapping[str, ItemRules]) -> Iterator[str]:
    for code in dict.fromkeys([*before, *after]):
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            yield f"{'新增' if old is None else '删去'}条目 {code}"
            continue
        yield from (
            f"{code} {line}" for line in _moved(old, new, {"points": "分值", "floor": "保底分"})
        )
        yield from _each(code, "扣分情形", _clauses(old.clauses), _clauses(new.clauses))
        yield from _each(code, "档次", _levels(old.levels), _levels(new.levels))


def _clauses(clauses: Sequence[Clause]) -> dict[str, str]:
    return {str(one.number): f"{one.text}（{_said(one.points)} 分）" for one in clauses}


def _levels(levels: Sequence[Level]) -> dict[str, str]:
    return {one.name: f"{one.text or one.name}（{_said(one.points)} 分）" for one in levels}


def _each(
    code: str, what: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[str]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is None:
            yield f"{code} 新增{what} {key}：{new}"
        elif new is None:
            yield f"{code} 删去{what} {key}：{old}"
        else:
            yield f"{code} {what} {key}：{old} → {new}"


def _named(
    before: Sequence[Any], after: Sequence[Any], what: str, key: Callable[[Any], str]
) -> Iterator[str]:
    old, new = ({key(one): one for one in rows} for rows in (before, after))
    for name in dict.fromkeys([*old, *new]):
        if name not in old:
            yield f"新增{what} {name}"
        elif name not in new:
            yield f"删去{what} {name}"
        elif old[name] != new[name]:
            labels = {field: _LABELS.get(field, "") for field in type(new[name]).model_fields}
            parts = _moved(old[name], new[name], labels)
            yield f"{what} {name}：{'，'.join(part.strip() for part in parts)}"


_LABELS = {
    "points": "分值",
    "times_most": "最多次数",
    "notice_days": "公示工作日",
    "grade": "最高等次",
    "assessment": "提出部门",
    "percent": "比例",
    "kind": "类别",
    "at_least": "不低于",
    "no_zero_item": "不得有零分条目",
    "dimension_percent": "各方面不低于%",
}
