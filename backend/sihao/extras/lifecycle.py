"""States of bonuses, penalties and vetoes, and what must hold to move them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import CHINA, UNIT_WRITERS, Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class ExtraState(StrEnum):
    """What is `effective` counts in the result; the unit sees it from the public notice on."""

    RAISED = "raised"
    NOTICED = "noticed"
    EFFECTIVE = "effective"
    DISMISSED = "dismissed"
    LIFTED = "lifted"
    WITHDRAWN = "withdrawn"


LIVE = frozenset({ExtraState.RAISED, ExtraState.NOTICED, ExtraState.EFFECTIVE})
"""What counts, or still may."""


class ExtraOrigin(StrEnum):
    """Whose proposal it is."""

    UNIT = "unit"
    COMMITTEE = "committee"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class ExtraFacts:
    """What the guards look at besides the row."""

    now: datetime
    phase: CampaignState
    approved: bool
    """The unit's result of the year is approved or published."""
    left: int
    """How many times the clause may still take effect for this unit."""


def _collecting(_: Actor, __: Any, facts: ExtraFacts) -> str | None:
    if facts.phase in {CampaignState.OPEN, CampaignState.INSPECTING}:
        return None
    return "创建年度已经进入结果审定阶段，只能确认、不予认定或者撤销。"


def _not_closed(_: Actor, __: Any, facts: ExtraFacts) -> str | None:
    return "创建年度已经结束，不能再办理。" if facts.phase is CampaignState.CLOSED else None


def _not_approved(_: Actor, __: Any, facts: ExtraFacts) -> str | None:
    if not facts.approved:
        return None
    return "该单位的年度结果已经审定，加减分和否决事项不能再变动。"


def _another_person(actor: Actor, row: Any, _: ExtraFacts) -> str | None:
    """Four eyes: whoever raised it or gave notice of it does not decide."""
    if actor.id is None or actor.id not in {row.raised_by_id, row.noticed_by_id}:
        return None
    return "提出或者公示的同志不能同时认定，请由另一位同志办理。"


def _notice_over(_: Actor, row: Any, facts: ExtraFacts) -> str | None:
    if facts.now >= row.notice_until:
        return None
    last = row.notice_until.astimezone(CHINA)
    return f"公示到 {last.month} 月 {last.day} 日，期满后才能认定生效。"


def _view_answered(_: Actor, row: Any, __: ExtraFacts) -> str | None:
    unanswered = row.view and not row.answer
    return "单位陈述的意见还没有答复，请先答复。" if unanswered else None


def _view_open(_: Actor, row: Any, __: ExtraFacts) -> str | None:
    return "单位的意见已经答复，不能再改。" if row.answer else None


def _view_there(_: Actor, row: Any, __: ExtraFacts) -> str | None:
    if row.answer:
        return "单位的意见已经答复。"
    return None if row.view else "单位没有陈述意见。"


def _times_left(_: Actor, row: Any, facts: ExtraFacts) -> str | None:
    if row.times <= facts.left:
        return None
    return f"{row.code} 本年度对该单位最多还能计 {facts.left} 次，本件为 {row.times} 次。"


def _own_proposal(actor: Actor, row: Any, _: ExtraFacts) -> str | None:
    theirs = {
        ExtraOrigin.UNIT: actor.unit_id == row.unit_id and actor.has(UNIT_WRITERS),
        ExtraOrigin.COMMITTEE: actor.has({Role.OFFICER}),
        ExtraOrigin.DEPARTMENT: actor.has({Role.COASSESSOR}),
    }
    return None if theirs[row.origin] else "只有提出的一方能撤回。"


_OFFICER = frozenset({Role.OFFICER})
_LEADER = frozenset({Role.LEADER})
_RAISED = frozenset({ExtraState.RAISED})
_NOTICED = frozenset({ExtraState.NOTICED})
RAISERS = frozenset({Role.OFFICER, Role.COASSESSOR, Role.UNIT_OFFICE, Role.UNIT_DEPUTY})

EXTRA = Lifecycle(
    subject="extra",
    label="加减分和否决事项",
    start=ExtraState.RAISED,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "publish_notice",
            "公示",
            _RAISED,
            ExtraState.NOTICED,
            by=_OFFICER,
            signature=True,
            audience=Audience.UNIT,
            guards=(_collecting,),
        ),
        Transition(
            "state_view",
            "陈述意见",
            _NOTICED,
            None,
            by=frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY}),
            opinion=Opinion.REQUIRED,
            audience=Audience.UNIT,
            guards=(_not_closed, _view_open),
        ),
        Transition(
            "answer_view",
            "答复意见",
            _NOTICED,
            None,
            by=_OFFICER,
            opinion=Opinion.REQUIRED,
            audience=Audience.UNIT,
            guards=(_not_closed, _view_there),
        ),
        Transition(
            "confirm",
            "认定生效",
            _NOTICED,
            ExtraState.EFFECTIVE,
            by=_LEADER,
            signature=True,
            audience=Audience.UNIT,
            guards=(
                _not_closed,
                _not_approved,
                _another_person,
                _notice_over,
                _view_answered,
                _times_left,
            ),
        ),
        Transition(
            "dismiss",
            "不予认定",
            _RAISED | _NOTICED,
            ExtraState.DISMISSED,
            by=_LEADER,
            opinion=Opinion.REQUIRED,
            signature=True,
            audience=Audience.UNIT,
            guards=(_not_closed, _not_approved, _another_person),
        ),
        Transition(
            "lift",
            "撤销",
            frozenset({ExtraState.EFFECTIVE}),
            ExtraState.LIFTED,
            by=_LEADER,
            opinion=Opinion.REQUIRED,
            signature=True,
            audience=Audience.UNIT,
            guards=(_not_closed, _not_approved),
        ),
        Transition(
            "withdraw",
            "撤回",
            _RAISED,
            ExtraState.WITHDRAWN,
            by=RAISERS | {Role.UNIT_LEAD},
            guards=(_collecting, _own_proposal),
        ),
    ),
)
