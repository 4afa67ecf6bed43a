"""States of collections of material."""

from enum import StrEnum
from typing import Any

from sihao.core.context import Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class CollectionState(StrEnum):
    """Nothing is asked of a unit before it is sent."""

    DRAFTED = "drafted"
    SENT = "sent"
    CLOSED = "closed"


def asks_nothing_twice(_: Actor, _row: Any, flagged: tuple[str, ...]) -> str | None:
    """What units have already handed in is left out, or asked again with a reason."""
    if not flagged:
        return None
    return f"{'、'.join(flagged)} 已有单位报送，请剔除，或者说明再次收集的理由。"


MATERIAL_COLLECTION = Lifecycle(
    subject="material_collection",
    label="材料收集",
    start=CollectionState.DRAFTED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "send",
            "下发",
            frozenset({CollectionState.DRAFTED}),
            CollectionState.SENT,
            by=frozenset({Role.OFFICER}),
            opinion=Opinion.NONE,
            guards=(asks_nothing_twice,),
        ),
        Transition(
            "close",
            "结束",
            frozenset({CollectionState.SENT}),
            CollectionState.CLOSED,
            by=frozenset({Role.OFFICER}),
        ),
    ),
)
