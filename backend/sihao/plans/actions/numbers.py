"""Numbers of problems and measures: 1 … n within a plan, without gaps."""

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from sihao.core.errors import Invalid


class Numbered(Protocol):
    """A row with its place in the plan."""

    number: int


def next_number(rows: Sequence[Numbered]) -> int:
    """Give the number of one more row."""
    return max((one.number for one in rows), default=0) + 1


def check_order(known: Collection[UUID], ids: Sequence[UUID]) -> None:
    """Raise `Invalid` unless `ids` names every row exactly once."""
    if len(ids) != len(known) or set(ids) != set(known):
        code, zh = "order.incomplete", "排序须列出本计划的全部序号，每个一次。"
        raise Invalid(code, zh, "Name every row of the plan exactly once.", pointer="/body/ids")
