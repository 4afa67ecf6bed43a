"""States of an address that events are sent to."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class WebhookState(StrEnum):
    """While paused, events are collected and wait."""

    ACTIVE = "active"
    PAUSED = "paused"


WEBHOOK = Lifecycle(
    subject="webhook",
    label="推送地址",
    start=WebhookState.ACTIVE,
    audience=Audience.ADMIN,
    transitions=(
        Transition(
            "pause",
            "暂停",
            frozenset({WebhookState.ACTIVE}),
            WebhookState.PAUSED,
            by=frozenset({Role.ADMIN_SYSTEM, Role.SYSTEM}),
        ),
        Transition(
            "resume",
            "恢复",
            frozenset({WebhookState.PAUSED}),
            WebhookState.ACTIVE,
            by=frozenset({Role.ADMIN_SYSTEM}),
            opinion=Opinion.NONE,
        ),
    ),
)
