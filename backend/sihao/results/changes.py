"""What moved between two years' results of one unit."""

from decimal import Decimal

from sihao.results.frozen import Inputs, Node, Outcome
from sihao.results.schemas import Change, Changes


def changes(outcome: str, inputs_before: str | None, outcome_before: str | None) -> Changes:
    """Compare the explanation of a result with last year's, if there is one."""
    now = Outcome.model_validate_json(outcome)
    before = Outcome.model_validate_json(outcome_before) if outcome_before else None
    year = Inputs.model_validate_json(inputs_before).year if inputs_before else None
    return Changes(
        year_before=year,
        total_before=before.total if before else None,
        total=now.total,
        dimensions=_beside(_nodes(before, "dimension"), _nodes(now, "dimension")),
        items=_beside(_nodes(before, "item"), _nodes(now, "item")),
    )


def _nodes(outcome: Outcome | None, kind: str) -> dict[str, Node]:
    found: dict[str, Node] = {}
    waiting = [outcome.tree] if outcome else []
    while waiting:
        node = waiting.pop(0)
        if node.kind == kind:
            found[node.code] = node
        waiting = node.children + waiting
    return found


def _beside(before: dict[str, Node], now: dict[str, Node]) -> list[Change]:
    return [
        _change(code, before.get(code), now.get(code)) for code in dict.fromkeys([*now, *before])
    ]


def _change(code: str, before: Node | None, now: Node | None) -> Change:
    one = now or before
    assert one is not None  # noqa: S101 - the code comes from one of the two
    difference: Decimal | None = now.got - before.got if now and before else None
    return Change(
        code=code,
        label=one.label,
        before=before.got if before else None,
        now=now.got if now else None,
        change=difference,
    )
