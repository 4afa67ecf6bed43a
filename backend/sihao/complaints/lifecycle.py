"""States of complaints and suggestions."""

from enum import StrEnum
from typing import Any

from sihao.core.context import Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class ComplaintState(StrEnum):
    """The committee answers every one."""

    RECEIVED = "received"
    ANSWERED = "answered"


def not_author(actor: Actor, row: Any, _: object) -> str | None:
    """Nobody answers himself."""
    return "本人提出的意见由其他同志答复。" if actor.id == row.author_id else None


COMPLAINT = Lifecycle(
    subject="complaint",
    label="投诉建议",
    start=ComplaintState.RECEIVED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "answer",
            "答复",
            frozenset({ComplaintState.RECEIVED}),
            ComplaintState.ANSWERED,
            by=frozenset({Role.OFFICER, Role.LEADER}),
            opinion=Opinion.REQUIRED,
            guards=(not_author,),
        ),
    ),
)
