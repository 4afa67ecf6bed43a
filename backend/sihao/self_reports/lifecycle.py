"""States of self-reports (R16)."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class SelfReportState(StrEnum):
    """Signing locks the figures and the evidence links it uses."""

    DRAFT = "draft"
    TEAM_REVIEW = "team_review"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


_WRITERS = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE})
_OFFICER = frozenset({Role.OFFICER})

SELF_REPORT = Lifecycle(
    subject="self_report",
    label="自查报告",
    start=SelfReportState.DRAFT,
    transitions=(
        Transition(
            "present",
            "送班子审议",
            frozenset({SelfReportState.DRAFT}),
            SelfReportState.TEAM_REVIEW,
            by=_WRITERS,
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
