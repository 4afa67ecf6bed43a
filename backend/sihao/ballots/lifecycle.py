"""States of ballots."""

from enum import StrEnum
from typing import Any

from sihao.core.context import Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class BallotState(StrEnum):
    """Votes come in while it is open; a counted one is published."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    LOCKED = "locked"


PUBLISHED = (BallotState.COUNTED, BallotState.LOCKED)


def not_issuer(actor: Actor, row: Any, _: object) -> str | None:
    """Whoever had the codes in hand does not count what was voted with them."""
    same = actor.id == row.issued_by
    return "发放投票码的同志不能开箱计票，请由其他同志办理。" if same else None


def hand_counts_agree(_: Actor, _row: Any, unsettled: tuple[str, ...] | None) -> str | None:
    """Totals of votes on paper count only when two people have entered the same."""
    if not unsettled:
        return None
    return f"{'、'.join(unsettled)}的纸质票数还没有由两人录入一致。"


BALLOT = Lifecycle(
    subject="ballot",
    label="民主测评",
    start=BallotState.DRAFTED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "issue",
            "制发投票码",
            frozenset({BallotState.DRAFTED, BallotState.ISSUED}),
            BallotState.ISSUED,
            by=frozenset({Role.OFFICER}),
            opinion=Opinion.NONE,
            signature=True,
        ),
        Transition(
            "open",
            "开始投票",
            frozenset({BallotState.ISSUED}),
            BallotState.OPEN,
            by=frozenset({Role.OFFICER}),
            opinion=Opinion.NONE,
        ),
        Transition(
            "close",
            "结束投票",
            frozenset({BallotState.OPEN}),
            BallotState.CLOSED,
            by=frozenset({Role.OFFICER}),
        ),
        Transition(
            "count",
            "开箱计票并公布",
            frozenset({BallotState.CLOSED}),
            BallotState.COUNTED,
            by=frozenset({Role.OFFICER, Role.LEADER}),
            signature=True,
            guards=(not_issuer, hand_counts_agree),
            audience=Audience.UNIT,
        ),
        Transition(
            "lock",
            "锁定结果",
            frozenset({BallotState.COUNTED}),
            BallotState.LOCKED,
            by=frozenset({Role.OFFICER, Role.LEADER}),
            guards=(not_issuer,),
            audience=Audience.UNIT,
        ),
    ),
)
