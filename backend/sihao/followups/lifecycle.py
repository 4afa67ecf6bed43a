"""States of interviews, rectifications and referrals (R22, R23), and what each step needs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sihao.core.context import Actor, Role
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
    CARRIED_OVER = "carried_over"
    """Not put right in its year; the next year's goes on with it."""


class ReferralState(StrEnum):
    """提请帮助或调整."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """What stands around an interview."""

    result_published: bool
    rectifications: int
    """Those carried over into a later year are counted there, once."""
    verified: int
    written: bool = False
    """There is a record, and it says something."""


def is_unit_side(actor: Actor, row: Any) -> bool:
    """Tell on which side of the table the actor sits: the unit's, or the committee's."""
    return Role.UNIT_LEAD in actor.roles and actor.unit_id == row.unit_id


def not_proposer(actor: Actor, row: Any, _: object) -> str | None:
    """Four eyes: whoever proposed does not approve."""
    same = actor.id is not None and actor.id == row.proposed_by_id
    return "提出约谈的人不能同时批准，请由另一位同志办理。" if same else None


def result_published(_: Actor, __: Any, facts: InterviewFacts) -> str | None:
    """A notice names the result, so the unit knows it first."""
    return None if facts.result_published else "年度结果公布后才能发出约谈通知。"


def not_received(_: Actor, row: Any, __: object) -> str | None:
    """A receipt is given once."""
    return "通知已经签收。" if row.received_at else None


def record_written(_: Actor, __: Any, facts: InterviewFacts) -> str | None:
    """Nobody confirms an empty record."""
    return None if facts.written else "约谈记录尚未填写。"


def not_confirmed(actor: Actor, row: Any, _: object) -> str | None:
    """Each side confirms once."""
    done = row.unit_confirmed_at if is_unit_side(actor, row) else row.committee_confirmed_at
    return "本方已确认记录，等待另一方确认。" if done else None


def has_rectifications(_: Actor, __: Any, facts: InterviewFacts) -> str | None:
    """Something has to be put right."""
    return None if facts.rectifications else "请先列出约谈提出的整改事项。"


def all_verified(_: Actor, __: Any, facts: InterviewFacts) -> str | None:
    """Every rectification of the interview has been verified."""
    left = facts.rectifications - facts.verified
    return f"还有 {left} 项整改没有核验通过。" if left else None


def not_verifier(actor: Actor, row: Any, _: object) -> str | None:
    """回头看 is another's: nobody looks back at the own verification."""
    same = actor.id is not None and actor.id == row.verified_by_id
    return "核验的人不能自己“回头看”，请由另一位同志办理。" if same else None


def not_rechecked(_: Actor, row: Any, __: object) -> str | None:
    """The later look is noted once."""
    return "已经登记过“回头看”。" if row.rechecked_at else None


def looked_back(_: Actor, row: Any, __: object) -> str | None:
    """A later look that was planned comes before the end."""
    waits = row.recheck_on is not None and row.rechecked_at is None
    return f"定于 {row.recheck_on} 的“回头看”还没有登记。" if waits else None


def way_named(_: Actor, row: Any, __: object) -> str | None:
    """A report says what was done and by whom."""
    complete = row.action and row.owner_id
    return None if complete else "请先填写整改措施和责任人。"


def not_reporter(actor: Actor, row: Any, _: object) -> str | None:
    """Nobody verifies the own report."""
    same = actor.id is not None and actor.id in (row.reported_by_id, row.handler_id)
    return "承办和报告整改的人不能自己核验。" if same else None


def not_drafter(actor: Actor, row: Any, _: object) -> str | None:
    """Four eyes: whoever wrote the draft last does not approve it."""
    same = actor.id is not None and actor.id == row.drafted_by_id
    return "起草的人不能同时批准；可由工委干部修改定稿后再批准。" if same else None


_OFFICER = frozenset({Role.OFFICER})
_EITHER = frozenset({Role.OFFICER, Role.LEADER})
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
            proof=True,
            guards=(not_proposer,),
            audience=Audience.COMMITTEE,
        ),
        Transition(
            "notify",
            "发出通知",
            frozenset({_I.APPROVED}),
            _I.NOTIFIED,
            by=_OFFICER,
            signature=True,
            guards=(result_published,),
        ),
        Transition(
            "acknowledge",
            "签收通知",
            frozenset({_I.NOTIFIED}),
            _I.NOTIFIED,
            by=_LEAD,
            opinion=Opinion.NONE,
            guards=(not_received,),
        ),
        Transition("hold", "登记约谈", frozenset({_I.NOTIFIED}), _I.HELD, by=_EITHER),
        Transition(
            "confirm_record",
            "确认记录",
            frozenset({_I.HELD}),
            _I.HELD,
            leads=frozenset({_I.RECORDED}),
            by=_LEADER | _LEAD,
            signature=True,
            guards=(record_written, not_confirmed),
        ),
        Transition(
            "start_rectifying",
            "转入整改",
            frozenset({_I.RECORDED}),
            _I.RECTIFYING,
            by=_OFFICER,
            guards=(has_rectifications,),
        ),
        Transition(
            "reopen_record",
            "重开记录",
            frozenset({_I.RECORDED}),
            _I.HELD,
            by=_EITHER,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "verify",
            "核验整改",
            frozenset({_I.RECTIFYING}),
            _I.VERIFIED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
            guards=(has_rectifications, all_verified),
        ),
        Transition(
            "look_back",
            "回头看",
            frozenset({_I.VERIFIED}),
            None,
            by=_EITHER,
            opinion=Opinion.REQUIRED,
            guards=(not_rechecked, not_verifier),
        ),
        Transition(
            "close",
            "办结",
            frozenset({_I.VERIFIED}),
            _I.CLOSED,
            by=_LEADER,
            signature=True,
            guards=(all_verified, looked_back),
        ),
        Transition(
            "escalate",
            "提请有关部门",
            frozenset({_I.HELD, _I.RECORDED, _I.RECTIFYING}),
            _I.ESCALATED,
            by=_LEADER,
            opinion=Opinion.REQUIRED,
            signature=True,
            audience=Audience.COMMITTEE,
        ),
    ),
)

RECTIFICATION = Lifecycle(
    subject="rectification",
    label="整改",
    start=RectificationState.ASSIGNED,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "report",
            "报告整改",
            frozenset({RectificationState.ASSIGNED, RectificationState.RETURNED}),
            RectificationState.REPORTED,
            by=_LEAD,
            opinion=Opinion.REQUIRED,
            signature=True,
            guards=(way_named,),
        ),
        Transition(
            "verify",
            "核验通过",
            frozenset({RectificationState.REPORTED}),
            RectificationState.VERIFIED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
            guards=(not_reporter,),
        ),
        Transition(
            "return",
            "退回",
            frozenset({RectificationState.REPORTED}),
            RectificationState.RETURNED,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
        ),
        Transition(
            "look_back",
            "回头看",
            frozenset({RectificationState.VERIFIED}),
            None,
            leads=frozenset({RectificationState.RETURNED}),
            by=_EITHER,
            opinion=Opinion.REQUIRED,
            guards=(not_verifier,),
        ),
        Transition(
            "carry_over",
            "转入下年",
            frozenset({RectificationState.ASSIGNED, RectificationState.RETURNED}),
            RectificationState.CARRIED_OVER,
            by=_OFFICER,
        ),
    ),
)

REFERRAL = Lifecycle(
    subject="referral",
    label="提请帮助或调整",
    start=ReferralState.DRAFTED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "approve",
            "批准提请",
            frozenset({ReferralState.DRAFTED}),
            ReferralState.APPROVED,
            by=_LEADER,
            signature=True,
            proof=True,
            guards=(not_drafter,),
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
            "advise",
            "提出意见",
            frozenset({ReferralState.APPROVED, ReferralState.SENT, ReferralState.ACKNOWLEDGED}),
            None,
            by=frozenset({Role.LEADERSHIP}),
            opinion=Opinion.REQUIRED,
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
