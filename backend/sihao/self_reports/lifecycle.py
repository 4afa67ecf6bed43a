"""States of self-reports (R16)."""

from dataclasses import dataclass
from enum import StrEnum

from sihao.core.context import Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class SelfReportState(StrEnum):
    """Signing locks the figures and the evidence links it uses."""

    DRAFT = "draft"
    TEAM_REVIEW = "team_review"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What guards look at: the errors among the checks before handing in."""

    errors: tuple[str, ...]


_SHOWN = 3


def no_errors(_: Actor, _row: object, facts: ReportFacts) -> str | None:
    """A report with errors is neither presented nor signed."""
    if not facts.errors:
        return None
    more = f"等 {len(facts.errors)} 处" if len(facts.errors) > _SHOWN else ""
    return f"请先处理：{'；'.join(facts.errors[:_SHOWN])}{more}。"


_WRITERS = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE})
_OFFICER = frozenset({Role.OFFICER})

SELF_REPORT = Lifecycle(
    subject="self_report",
    label="自查报告",
    start=SelfReportState.DRAFT,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "present",
            "送班子审议",
            frozenset({SelfReportState.DRAFT}),
            SelfReportState.TEAM_REVIEW,
            by=_WRITERS,
            guards=(no_errors,),
        ),
        Transition(
            "withdraw",
            "退回起草",
            frozenset({SelfReportState.TEAM_REVIEW}),
            SelfReportState.DRAFT,
            by=frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY}),
        ),
        Transition(
            "sign",
            "签发报送",
            frozenset({SelfReportState.TEAM_REVIEW}),
            SelfReportState.SUBMITTED,
            by=frozenset({Role.UNIT_LEAD}),
            signature=True,
            guards=(no_errors,),
        ),
        Transition(
            "accept",
            "接收",
            frozenset({SelfReportState.SUBMITTED}),
            SelfReportState.ACCEPTED,
            by=_OFFICER,
        ),
        Transition(
            "return",
            "退回修改",
            frozenset({SelfReportState.SUBMITTED}),
            SelfReportState.RETURNED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "revise",
            "开始修改",
            frozenset({SelfReportState.RETURNED}),
            SelfReportState.DRAFT,
            by=_WRITERS,
        ),
    ),
)
