"""States of plans, problems and measures."""

from enum import StrEnum

from sihao.core.context import Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition
from sihao.plans.checks import MeasureFacts, PlanFacts, PlanText, ProblemFacts, defects


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


SIGNED = frozenset({PlanState.FILED, PlanState.RETURNED, PlanState.IN_FORCE, PlanState.CLOSED})
"""States in which the living plan reads as it was signed; in the others it is a draft."""
EDITABLE = frozenset({PlanState.DRAFT})
_NAMED = 6


def _is_complete(_: Actor, plan: PlanText, facts: PlanFacts) -> str | None:
    found = [one.detail for one in defects(plan, facts)]
    if not found:
        return None
    rest = " 等" if len(found) > _NAMED else ""
    return f"还有 {len(found)} 处要改：{'；'.join(found[:_NAMED])}{rest}。"


def _nothing_waits(_: Actor, __: object, facts: PlanFacts) -> str | None:
    return f"还有 {facts.waiting} 项提请等待确认，请先办理。" if facts.waiting else None


def _is_in_force(_: Actor, __: object, facts: ProblemFacts | MeasureFacts) -> str | None:
    return None if facts.in_force else "计划签发执行后才能办理。"


def _measures_are_done(_: Actor, __: object, facts: ProblemFacts) -> str | None:
    if facts.unfinished:
        return f"这个问题还有 {facts.unfinished} 条措施没有认定完成。"
    return None


_LEAD = frozenset({Role.UNIT_LEAD})
_LEAD_DEPUTY = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY})
_WRITERS = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE})
_OFFICER = frozenset({Role.OFFICER})

PLAN = Lifecycle(
    subject="plan",
    label="年度计划",
    start=PlanState.DRAFT,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "present",
            "送班子审议",
            frozenset({PlanState.DRAFT}),
            PlanState.TEAM_REVIEW,
            by=_WRITERS,
            guards=(_is_complete,),
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
            guards=(_nothing_waits,),
        ),
    ),
)

PROBLEM = Lifecycle(
    subject="problem",
    label="问题",
    start=ProblemState.OPEN,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "request_closing",
            "提请销号",
            frozenset({ProblemState.OPEN}),
            ProblemState.CLOSING_REQUESTED,
            by=_WRITERS,
            opinion=Opinion.REQUIRED,
            guards=(_is_in_force, _measures_are_done),
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
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "start",
            "开始实施",
            frozenset({MeasureState.PLANNED}),
            MeasureState.IN_PROGRESS,
            by=_WRITERS,
            guards=(_is_in_force,),
        ),
        Transition(
            "request_completion",
            "提请认定完成",
            frozenset({MeasureState.IN_PROGRESS}),
            MeasureState.COMPLETION_REQUESTED,
            by=_WRITERS,
            opinion=Opinion.REQUIRED,
            guards=(_is_in_force,),
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
