"""What moved between two results of one unit, and why, in words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sihao.results.frozen import FrozenDeduction, FrozenItem, Inputs, Node, Outcome
from sihao.results.schemas import Change, Changes

_NOTHING = Decimal(0)
_WHOLE = frozenset({"part", "assessment", "group"})


@dataclass(frozen=True, slots=True)
class Version:
    """A result as it was frozen."""

    inputs: Inputs
    outcome: Outcome

    @classmethod
    def read(cls, inputs: str, outcome: str) -> "Version":
        """Read the frozen texts."""
        return cls(Inputs.model_validate_json(inputs), Outcome.model_validate_json(outcome))


def changes(now: Version, before: Version | None, mapping: Mapping[str, str]) -> Changes:
    """Set a result beside an earlier one; `mapping` is item of now -> item that it continues (B8).

    Within one version of a standard items keep their codes, and nothing is mapped.
    """
    old = before.outcome if before else None
    told = _Reasons(now.inputs, before.inputs if before else None)
    same: Mapping[str, str] = {}
    return Changes(
        year_before=before.inputs.year if before else None,
        total_before=old.total if old else None,
        total=now.outcome.total,
        parts=_beside(_nodes(old, _WHOLE), _nodes(now.outcome, _WHOLE), same, _silent),
        dimensions=_beside(
            _nodes(old, {"dimension"}), _nodes(now.outcome, {"dimension"}), same, _silent
        ),
        items=_beside(_nodes(old, {"item"}), _nodes(now.outcome, {"item"}), mapping, told.why),
    )


def _nodes(outcome: Outcome | None, kinds: Iterable[str]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    waiting = [outcome.tree] if outcome else []
    while waiting:
        node = waiting.pop(0)
        if node.kind in kinds and not node.missing:
            found[node.code] = node
        waiting = node.children + waiting
    return found


def _silent(_: str, __: str) -> list[str]:
    return []


def _beside(
    before: Mapping[str, Node],
    now: Mapping[str, Node],
    mapping: Mapping[str, str],
    why: Callable[[str, str], list[str]],
) -> list[Change]:
    pairs = [(code, mapping.get(code, code)) for code in now]
    continued = {old for _, old in pairs}
    pairs += [("", code) for code in before if code not in continued]
    return [_change(before.get(old), now.get(new), why(new, old)) for new, old in pairs]


def _change(before: Node | None, now: Node | None, reasons: list[str]) -> Change:
    one = now or before
    assert one is not None  # noqa: S101 - the code comes from one of the two
    moved = before and now and before.code != now.code
    return Change(
        code=one.code,
        code_before=before.code if before and moved else None,
        label=one.label,
        before=before.got if before else None,
        now=now.got if now else None,
        change=now.got - before.got if now and before else None,
        reasons=reasons,
    )


class _Reasons:
    """Why an item's points moved: its points, its deductions, what objections gave back."""

    def __init__(self, now: Inputs, before: Inputs | None) -> None:
        self._now = _by_code(now)
        self._before = _by_code(before) if before else {}
        self._points = now.rules.items
        self._points_before = before.rules.items if before else {}

    def why(self, new: str, old: str) -> list[str]:
        """Say it in sentences; nothing for an item of one year alone."""
        now, before = self._now.get(new), self._before.get(old)
        if now is None or before is None:
            return []
        found = []
        if new in self._points and old in self._points_before:
            points, was = self._points[new].points, self._points_before[old].points
            if points != was:
                found.append(f"条目分值由 {_plain(was)} 分改为 {_plain(points)} 分")
        found += _clauses(before.deductions, now.deductions)
        if now.restored != before.restored:
            found += [
                f"{words}陈述申辩后恢复 {_plain(one.restored)} 分"
                for words, one in (("今年", now), ("上年", before))
                if one.restored
            ]
        if not found and now.lost != before.lost:
            found.append(f"扣分由 {_plain(before.lost)} 分变为 {_plain(now.lost)} 分")
        return found


def _by_code(inputs: Inputs) -> dict[str, FrozenItem]:
    return {one.code: one for one in inputs.items}


def _clauses(before: list[FrozenDeduction], now: list[FrozenDeduction]) -> list[str]:
    was, is_ = _sums(before), _sums(now)
    found = [
        f"新增扣分：{clause}（{_plain(points)} 分）"
        for clause, points in is_.items()
        if clause not in was
    ]
    found += [
        f"上年的扣分不再有：{clause}（{_plain(points)} 分）"
        for clause, points in was.items()
        if clause not in is_
    ]
    return found + [
        f"{clause}：由扣 {_plain(was[clause])} 分变为扣 {_plain(points)} 分"
        for clause, points in is_.items()
        if clause in was and was[clause] != points
    ]


def _sums(deductions: list[FrozenDeduction]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: _NOTHING)
    for one in deductions:
        found[one.clause.rstrip("。；")] += one.points
    return dict(found)


def _plain(points: Decimal) -> str:
    """Write 1.5000 as 1.5 and 2.0000 as 2."""
    return f"{points.normalize():f}"
