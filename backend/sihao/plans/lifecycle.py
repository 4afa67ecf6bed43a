"""States of plans, problems and measures."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class PlanState(StrEnum):
    """While an amendment is drafted, the signed version before it stays in force."""

    DRAFT = "draft"
    TEAM_REVIEW = "team_review"
    FILED = "filed"
    RETURNED = "returned"
    IN_FORCE = "in_force"
    CLOSED = "closed"


class ProblemState(StrEnum):
    """A problem ends closed or goes over into next year's plan."""

    OPEN = "open"
    CLOSING_REQUESTED = "closing_requested"
    CLOSED = "closed"
    CARRIED_OVER = "carried_over"


class MeasureState(StrEnum):
    """Overdue is derived, never stored."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    COMPLETION_REQUESTED = "completion_requested"
    COMPLETED = "completed"


_LEAD = frozenset({Role.UNIT_LEAD})
_LEAD_DEPUTY = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY})
_WRITERS = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE})
_OFFICER = frozenset({Role.OFFICER})

PLAN = Lifecycle(
    subject="plan",
    label="年度计划",
    start=PlanState.DRAFT,
    transitions=(
        Transition(
            "present",
            "送班子审议",
            frozenset({PlanState.DRAFT}),
            PlanState.TEAM_REVIEW,
            by=_WRITERS,
        ),
        Transition(
            "withdraw",
            "退回起草",
            frozenset({PlanState.TEAM_REVIEW}),
            PlanState.DRAFT,
            by=_LEAD_DEPUTY,
        ),
        Transition(
            "sign",
            "签发",
            frozenset({PlanState.TEAM_REVIEW}),
            PlanState.IN_FORCE,
            leads=frozenset({PlanState.FILED}),
            by=_LEAD,
            signature=True,
        ),
        Transition(
            "accept",
            "同意备案",
            frozenset({PlanState.FILED}),
            PlanState.IN_FORCE,
            by=_OFFICER,
        ),
        Transition(
            "return",
            "退回修改",
            frozenset({PlanState.FILED}),
            PlanState.RETURNED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "revise", "开始修改", frozenset({PlanState.RETURNED}), PlanState.DRAFT, by=_WRITERS
        ),
        Transition(
            "amend",
            "调整计划",
            frozenset({PlanState.IN_FORCE}),
            PlanState.DRAFT,
            by=_LEAD_DEPUTY,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "close",
            "结束计划",
            frozenset({PlanState.IN_FORCE}),
            PlanState.CLOSED,
            by=_LEAD,
            signature=True,
        ),
    ),
)
EDITABLE = frozenset({PlanState.DRAFT})

PROBLEM = Lifecycle(
    subject="problem",
    label="问题",
    start=ProblemState.OPEN,
    transitions=(
        Transition(
            "request_closing",
            "提请销号",
            frozenset({ProblemState.OPEN}),
            ProblemState.CLOSING_REQUESTED,
            by=_WRITERS,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "confirm",
            "确认销号",
            frozenset({ProblemState.CLOSING_REQUESTED}),
            ProblemState.CLOSED,
            by=_LEAD_DEPUTY,
        ),
        Transition(
            "reject",
            "不予销号",
            frozenset({ProblemState.CLOSING_REQUESTED}),
            ProblemState.OPEN,
            by=_LEAD_DEPUTY,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "carry_over",
            "转入下年",
            frozenset({ProblemState.OPEN, ProblemState.CLOSING_REQUESTED}),
            ProblemState.CARRIED_OVER,
            by=_WRITERS,
        ),
    ),
)

MEASURE = Lifecycle(
    subject="measure",
    label="措施",
    start=MeasureState.PLANNED,
    transitions=(
        Transition(
            "start",
            "开始实施",
            frozenset({MeasureState.PLANNED}),
            MeasureState.IN_PROGRESS,
            by=_WRITERS,
        ),
        Transition(
            "request_completion",
            "提请认定完成",
            frozenset({MeasureState.IN_PROGRESS}),
            MeasureState.COMPLETION_REQUESTED,
            by=_WRITERS,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "confirm",
            "认定完成",
            frozenset({MeasureState.COMPLETION_REQUESTED}),
            MeasureState.COMPLETED,
            by=_LEAD_DEPUTY,
        ),
        Transition(
            "reject",
            "退回继续实施",
            frozenset({MeasureState.COMPLETION_REQUESTED}),
            MeasureState.IN_PROGRESS,
            by=_LEAD_DEPUTY,
            opinion=Opinion.REQUIRED,
        ),
    ),
)
