"""States of annual results and two-year comparisons."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class ResultState(StrEnum):
    """Recomputed until approved; afterwards the frozen inputs reproduce it bit for bit."""

    COMPUTED = "computed"
    APPROVED = "approved"
    PUBLISHED = "published"


class ComparisonState(StrEnum):
    """集中评比 (R20)."""

    DRAFTED = "drafted"
    FROZEN = "frozen"
    DELIBERATED = "deliberated"
    NOTICED = "noticed"
    ANNOUNCED = "announced"


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
        ),
        Transition(
            "publish",
            "公布",
            frozenset({ResultState.APPROVED}),
            ResultState.PUBLISHED,
            by=_LEADER,
            signature=True,
            audience=Audience.UNIT,
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
            "notice",
            "公示",
            frozenset({ComparisonState.DELIBERATED}),
            ComparisonState.NOTICED,
            by=_OFFICER,
            signature=True,
        ),
        Transition(
            "announce",
            "通报表扬",
            frozenset({ComparisonState.DELIBERATED, ComparisonState.NOTICED}),
            ComparisonState.ANNOUNCED,
            by=_LEADER,
            signature=True,
        ),
    ),
)
