"""States of annual results and two-year comparisons."""

from enum import StrEnum
from typing import Any

from sihao.core.context import Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class ResultState(StrEnum):
    """Recomputed until approved; afterwards the frozen inputs reproduce it bit for bit."""

    COMPUTED = "computed"
    APPROVED = "approved"
    PUBLISHED = "published"


class CorrectionState(StrEnum):
    """更正: a published result changes only by a new version with its reason."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    DISMISSED = "dismissed"


class NoticeObjectionState(StrEnum):
    """公示异议: open until somebody else has answered it."""

    FILED = "filed"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class ComparisonState(StrEnum):
    """集中评比 (R20)."""

    DRAFTED = "drafted"
    FROZEN = "frozen"
    DELIBERATED = "deliberated"
    NOTICED = "noticed"
    ANNOUNCED = "announced"


def another_person(actor: Actor, row: Any, _: object) -> str | None:
    """Four eyes: whoever computed does not approve."""
    same = actor.id is not None and actor.id == row.computed_by_id
    return "计算结果的人不能同时审定，请由另一位同志办理。" if same else None


def another_person_corrects(actor: Actor, row: Any, _: object) -> str | None:
    """Four eyes: whoever drafted a correction does not publish it."""
    same = actor.id is not None and actor.id == row.drafted_by_id
    return "拟制更正的人不能同时审定公布，请由另一位同志办理。" if same else None


def another_person_answers(actor: Actor, row: Any, _: object) -> str | None:
    """Whoever objected, or entered a letter, does not answer it."""
    same = actor.id is not None and actor.id == row.filed_by_id
    return "登记异议的人不能答复，请由另一位同志办理。" if same else None


def nothing_against(_: Actor, __: Any, facts: object) -> str | None:
    """What was looked up says in a sentence why not yet: see `why_not` of the actions."""
    return facts if isinstance(facts, str) else None


_OFFICER = frozenset({Role.OFFICER})
_LEADER = frozenset({Role.LEADER})

RESULT = Lifecycle(
    subject="result",
    label="年度结果",
    start=ResultState.COMPUTED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "approve",
            "审定",
            frozenset({ResultState.COMPUTED}),
            ResultState.APPROVED,
            by=_LEADER,
            signature=True,
            proof=True,
            guards=(another_person,),
        ),
        Transition(
            "publish",
            "公布",
            frozenset({ResultState.APPROVED}),
            ResultState.PUBLISHED,
            by=_LEADER,
            signature=True,
            proof=True,
            audience=Audience.UNIT,
        ),
    ),
)

CORRECTION = Lifecycle(
    subject="correction",
    label="结果更正",
    start=CorrectionState.DRAFTED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "publish",
            "审定并公布更正",
            frozenset({CorrectionState.DRAFTED}),
            CorrectionState.PUBLISHED,
            by=_LEADER,
            signature=True,
            proof=True,
            audience=Audience.UNIT,
            guards=(another_person_corrects, nothing_against),
        ),
        Transition(
            "dismiss",
            "不予更正",
            frozenset({CorrectionState.DRAFTED}),
            CorrectionState.DISMISSED,
            by=_OFFICER | _LEADER,
            opinion=Opinion.REQUIRED,
        ),
    ),
)

COMPARISON = Lifecycle(
    subject="comparison",
    label="集中评比",
    start=ComparisonState.DRAFTED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "freeze",
            "固定数据",
            frozenset({ComparisonState.DRAFTED}),
            ComparisonState.FROZEN,
            by=_OFFICER,
            signature=True,
            guards=(nothing_against,),
        ),
        Transition(
            "deliberate",
            "记录审议",
            frozenset({ComparisonState.FROZEN}),
            ComparisonState.DELIBERATED,
            by=_LEADER,
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
        Transition(
            "advise",
            "提出意见",
            frozenset({ComparisonState.DELIBERATED, ComparisonState.NOTICED}),
            None,
            by=frozenset({Role.LEADERSHIP}),
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
        Transition(
            "notice",
            "公示",
            frozenset({ComparisonState.DELIBERATED}),
            ComparisonState.NOTICED,
            by=_OFFICER,
            signature=True,
            proof=True,
            audience=Audience.UNIT,
        ),
        Transition(
            "announce",
            "通报表扬",
            frozenset({ComparisonState.NOTICED}),
            ComparisonState.ANNOUNCED,
            by=_LEADER,
            signature=True,
            proof=True,
            audience=Audience.UNIT,
            guards=(nothing_against,),
        ),
    ),
)

NOTICE_OBJECTION = Lifecycle(
    subject="notice_objection",
    label="公示异议",
    start=NoticeObjectionState.FILED,
    audience=Audience.COMMITTEE,
    transitions=tuple(
        Transition(
            name,
            label,
            frozenset({NoticeObjectionState.FILED}),
            target,
            by=_OFFICER | _LEADER,
            opinion=Opinion.REQUIRED,
            signature=True,
            audience=Audience.UNIT,
            guards=(another_person_answers,),
        )
        for name, label, target in (
            ("uphold", "异议成立", NoticeObjectionState.UPHELD),
            ("dismiss", "异议不成立", NoticeObjectionState.DISMISSED),
        )
    ),
)
