"""States of complaints and suggestions."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class ComplaintState(StrEnum):
    """The committee answers every one."""

    RECEIVED = "received"
    ANSWERED = "answered"


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
        ),
    ),
)
