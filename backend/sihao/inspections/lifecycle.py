"""States of inspections, score sheets and objections (R17)."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class InspectionState(StrEnum):
    """One unit's inspection; the unit sees every deduction from `feedback` on."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    SCORED = "scored"
    FEEDBACK = "feedback"
    FINALIZED = "finalized"


class SheetState(StrEnum):
    """One inspector's sheet."""

    OPEN = "open"
    SUBMITTED = "submitted"


class ObjectionState(StrEnum):
    """Decided by someone who did not score the item."""

    FILED = "filed"
    UNDER_REVIEW = "under_review"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    DISMISSED = "dismissed"


_INSPECTOR = frozenset({Role.INSPECTOR})
_OFFICER = frozenset({Role.OFFICER})
_COMMITTEE = frozenset({Role.OFFICER, Role.LEADER})

INSPECTION = Lifecycle(
    subject="inspection",
    label="检查考核",
    start=InspectionState.PLANNED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "start",
            "开始检查",
            frozenset({InspectionState.PLANNED}),
            InspectionState.IN_PROGRESS,
            by=_INSPECTOR | _OFFICER,
        ),
        Transition(
            "consolidate",
            "完成合议",
            frozenset({InspectionState.IN_PROGRESS}),
            InspectionState.SCORED,
            by=_INSPECTOR,
            signature=True,
        ),
        Transition(
            "give_feedback",
            "反馈单位",
            frozenset({InspectionState.SCORED}),
            InspectionState.FEEDBACK,
            by=_OFFICER,
            signature=True,
            audience=Audience.UNIT,
        ),
        Transition(
            "finalize",
            "定稿",
            frozenset({InspectionState.FEEDBACK}),
            InspectionState.FINALIZED,
            by=_COMMITTEE,
            signature=True,
            audience=Audience.UNIT,
        ),
    ),
)

SHEET = Lifecycle(
    subject="sheet",
    label="评分表",
    start=SheetState.OPEN,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "submit",
            "提交评分",
            frozenset({SheetState.OPEN}),
            SheetState.SUBMITTED,
            by=_INSPECTOR,
            signature=True,
        ),
    ),
)

OBJECTION = Lifecycle(
    subject="objection",
    label="陈述申辩",
    start=ObjectionState.FILED,
    transitions=(
        Transition(
            "take_up",
            "受理",
            frozenset({ObjectionState.FILED}),
            ObjectionState.UNDER_REVIEW,
            by=_COMMITTEE,
        ),
        Transition(
            "uphold",
            "采纳",
            frozenset({ObjectionState.UNDER_REVIEW}),
            ObjectionState.UPHELD,
            by=_COMMITTEE,
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
        Transition(
            "uphold_partly",
            "部分采纳",
            frozenset({ObjectionState.UNDER_REVIEW}),
            ObjectionState.PARTLY_UPHELD,
            by=_COMMITTEE,
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
        Transition(
            "dismiss",
            "不予采纳",
            frozenset({ObjectionState.UNDER_REVIEW}),
            ObjectionState.DISMISSED,
            by=_COMMITTEE,
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
    ),
)
OBJECTION_OPEN = frozenset({ObjectionState.FILED, ObjectionState.UNDER_REVIEW})
