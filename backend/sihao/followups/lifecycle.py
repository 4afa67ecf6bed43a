"""States of interviews, rectifications and referrals (R22, R23)."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class InterviewState(StrEnum):
    """集体约谈."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    NOTIFIED = "notified"
    HELD = "held"
    RECORDED = "recorded"
    RECTIFYING = "rectifying"
    VERIFIED = "verified"
    CLOSED = "closed"
    ESCALATED = "escalated"
    """Went over into a referral."""


class RectificationState(StrEnum):
    """整改."""

    ASSIGNED = "assigned"
    REPORTED = "reported"
    RETURNED = "returned"
    VERIFIED = "verified"


class ReferralState(StrEnum):
    """提请帮助或调整."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    CONCLUDED = "concluded"


_OFFICER = frozenset({Role.OFFICER})
_LEADER = frozenset({Role.LEADER})
_LEAD = frozenset({Role.UNIT_LEAD})
_RECEIVER = frozenset({Role.RECEIVER})
_I = InterviewState

INTERVIEW = Lifecycle(
    subject="interview",
    label="集体约谈",
    start=_I.PROPOSED,
    audience=Audience.RESTRICTED,
    transitions=(
        Transition(
            "approve",
            "批准约谈",
            frozenset({_I.PROPOSED}),
            _I.APPROVED,
            by=_LEADER,
            signature=True,
        ),
        Transition(
            "notify", "发出通知", frozenset({_I.APPROVED}), _I.NOTIFIED, by=_OFFICER, signature=True
        ),
        Transition(
            "acknowledge",
            "签收通知",
            frozenset({_I.NOTIFIED}),
            _I.NOTIFIED,
            by=_LEAD,
            opinion=Opinion.NONE,
        ),
        Transition("hold", "登记约谈", frozenset({_I.NOTIFIED}), _I.HELD, by=_OFFICER | _LEADER),
        Transition(
            "confirm_record",
            "确认记录",
            frozenset({_I.HELD}),
            _I.HELD,
            leads=frozenset({_I.RECORDED}),
            by=_LEADER | _LEAD,
            signature=True,
        ),
        Transition(
            "start_rectifying",
            "转入整改",
            frozenset({_I.RECORDED}),
            _I.RECTIFYING,
            by=_OFFICER,
        ),
        Transition(
            "verify",
            "核验整改",
            frozenset({_I.RECTIFYING}),
            _I.VERIFIED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "close", "办结", frozenset({_I.VERIFIED}), _I.CLOSED, by=_LEADER, signature=True
        ),
        Transition(
            "escalate",
            "提请有关部门",
            frozenset({_I.HELD, _I.RECORDED, _I.RECTIFYING}),
            _I.ESCALATED,
            by=_LEADER,
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
    ),
)

RECTIFICATION = Lifecycle(
    subject="rectification",
    label="整改",
    start=RectificationState.ASSIGNED,
    transitions=(
        Transition(
            "report",
            "报告整改",
            frozenset({RectificationState.ASSIGNED, RectificationState.RETURNED}),
            RectificationState.REPORTED,
            by=_LEAD,
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
        Transition(
            "verify",
            "核验通过",
            frozenset({RectificationState.REPORTED}),
            RectificationState.VERIFIED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "return",
            "退回",
            frozenset({RectificationState.REPORTED}),
            RectificationState.RETURNED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
        ),
    ),
)

REFERRAL = Lifecycle(
    subject="referral",
    label="提请帮助或调整",
    start=ReferralState.DRAFTED,
    audience=Audience.RESTRICTED,
    transitions=(
        Transition(
            "approve",
            "批准提请",
            frozenset({ReferralState.DRAFTED}),
            ReferralState.APPROVED,
            by=_LEADER,
            signature=True,
        ),
        Transition(
            "send",
            "送有关部门",
            frozenset({ReferralState.APPROVED}),
            ReferralState.SENT,
            by=_OFFICER,
            signature=True,
        ),
        Transition(
            "acknowledge",
            "签收",
            frozenset({ReferralState.SENT}),
            ReferralState.ACKNOWLEDGED,
            by=_RECEIVER,
            opinion=Opinion.NONE,
        ),
        Transition(
            "conclude",
            "办结答复",
            frozenset({ReferralState.ACKNOWLEDGED}),
            ReferralState.CONCLUDED,
            by=_RECEIVER,
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
    ),
)
