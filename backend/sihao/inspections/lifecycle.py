"""States of inspections, score sheets and objections (R17), and what must hold to move them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sihao.core.context import Actor, Role
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


@dataclass(frozen=True, slots=True)
class InspectionFacts:
    """What the guards of an inspection look at besides its row."""

    now: datetime
    inspecting: bool
    """The campaign is in its inspection phase."""
    inspectors: frozenset[UUID]
    """The group's members, without those who stand aside for this unit."""
    leader_id: UUID | None
    waiting: tuple[str, ...] = ()
    """Names of inspectors whose sheet is not submitted."""
    undecided: tuple[str, ...] = ()
    """Codes of items the group has not decided."""
    objections_open: int = 0
    scorers: int = 1
    """How many independent words the scheme wants on each item."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the guards of a sheet look at besides its row."""

    unjudged: tuple[str, ...] = ()
    """Codes of the inspector's items without a judgement."""
    leader_id: UUID | None = None
    running: bool = True
    """The inspection is in progress."""


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """What the guards of an objection look at besides its row."""

    scorers: frozenset[UUID] = field(default_factory=frozenset)
    """Everybody of the group, with a sheet for the unit, or who ever judged or decided the item."""
    aside: frozenset[UUID] = field(default_factory=frozenset)
    """Everybody who stands aside for the unit."""


def _is_phase(_: Actor, __: Any, facts: InspectionFacts) -> str | None:
    return None if facts.inspecting else "创建年度尚未进入检查考核阶段，或者已经结束检查。"


def _is_inspector(actor: Actor, _: Any, facts: InspectionFacts) -> str | None:
    if Role.OFFICER in actor.roles or actor.id in facts.inspectors:
        return None
    return "只有本检查组成员或者工委干部能开始检查，回避的除外。"


def _has_inspectors(_: Actor, __: Any, facts: InspectionFacts) -> str | None:
    if facts.leader_id not in facts.inspectors:
        return "检查组没有组长，或者组长须回避本单位，请先调整检查组。"
    if len(facts.inspectors) < facts.scorers:
        return f"评分方案要求 {facts.scorers} 人独立评分，本组可以检查该单位的人数不足。"
    return None


def _is_group_leader(actor: Actor, _: Any, facts: InspectionFacts) -> str | None:
    leads = actor.id == facts.leader_id and actor.id in facts.inspectors
    return None if leads else "合议由检查组组长办理。"


def _all_submitted(_: Actor, __: Any, facts: InspectionFacts) -> str | None:
    if not facts.waiting:
        return None
    return f"还有 {len(facts.waiting)} 人没有提交评分表：{'、'.join(facts.waiting)}。"


def _all_decided(_: Actor, __: Any, facts: InspectionFacts) -> str | None:
    return f"还有 {_few(facts.undecided)}没有合议。" if facts.undecided else None


def _objections_answered(_: Actor, __: Any, facts: InspectionFacts) -> str | None:
    if not facts.objections_open:
        return None
    return f"还有 {facts.objections_open} 件陈述申辩没有答复。"


def _may_end(_: Actor, row: Any, facts: InspectionFacts) -> str | None:
    over = row.objections_until is not None and facts.now > row.objections_until
    if row.confirmed_at is not None or over:
        return None
    return "陈述申辩期限未满，单位也没有确认反馈意见。"


def _not_confirmed(_: Actor, row: Any, __: InspectionFacts) -> str | None:
    return "本单位已经确认反馈意见。" if row.confirmed_at is not None else None


def _is_own_sheet(actor: Actor, row: Any, _: SheetFacts) -> str | None:
    return None if actor.id == row.inspector_id else "评分表由评分人本人提交。"


def _all_judged(_: Actor, __: Any, facts: SheetFacts) -> str | None:
    return f"还有 {_few(facts.unjudged)}没有评。" if facts.unjudged else None


def _leads(actor: Actor, _: Any, facts: SheetFacts) -> str | None:
    return None if actor.id == facts.leader_id else "退回评分表由检查组组长办理。"


def _is_running(_: Actor, __: Any, facts: SheetFacts) -> str | None:
    return None if facts.running else "合议已经完成，不能再退回评分表。"


def _did_not_score(actor: Actor, _: Any, facts: ObjectionFacts) -> str | None:
    if actor.id in facts.aside:
        return "您须回避该单位，陈述申辩由其他同志办理。"
    if actor.id not in facts.scorers:
        return None
    return "您参加了对该单位的检查，陈述申辩须由未参加评分的人办理。"


def _few(codes: tuple[str, ...], shown: int = 5) -> str:
    named = "、".join(codes[:shown]) + ("等" if len(codes) > shown else "")
    return f"{len(codes)} 项（{named}）"


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
            guards=(_is_phase, _is_inspector, _has_inspectors),
        ),
        Transition(
            "consolidate",
            "完成合议",
            frozenset({InspectionState.IN_PROGRESS}),
            InspectionState.SCORED,
            by=_INSPECTOR,
            signature=True,
            guards=(_is_phase, _is_group_leader, _has_inspectors, _all_submitted, _all_decided),
        ),
        Transition(
            "give_feedback",
            "反馈单位",
            frozenset({InspectionState.SCORED}),
            InspectionState.FEEDBACK,
            by=_OFFICER,
            signature=True,
            audience=Audience.UNIT,
            guards=(_is_phase,),
        ),
        Transition(
            "confirm",
            "确认反馈意见",
            frozenset({InspectionState.FEEDBACK}),
            InspectionState.FEEDBACK,
            by=frozenset({Role.UNIT_LEAD}),
            signature=True,
            audience=Audience.UNIT,
            guards=(_not_confirmed, _objections_answered),
        ),
        Transition(
            "finalize",
            "定稿",
            frozenset({InspectionState.FEEDBACK}),
            InspectionState.FINALIZED,
            by=_COMMITTEE,
            signature=True,
            audience=Audience.UNIT,
            guards=(_objections_answered, _may_end),
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
            guards=(_is_own_sheet, _all_judged),
        ),
        Transition(
            "withdraw",
            "退回重评",
            frozenset({SheetState.SUBMITTED}),
            SheetState.OPEN,
            by=_INSPECTOR,
            opinion=Opinion.REQUIRED,
            guards=(_leads, _is_running),
        ),
    ),
)

OBJECTION = Lifecycle(
    subject="objection",
    label="陈述申辩",
    start=ObjectionState.FILED,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "take_up",
            "受理",
            frozenset({ObjectionState.FILED}),
            ObjectionState.UNDER_REVIEW,
            by=_COMMITTEE,
            guards=(_did_not_score,),
        ),
        Transition(
            "uphold",
            "采纳",
            frozenset({ObjectionState.UNDER_REVIEW}),
            ObjectionState.UPHELD,
            by=_COMMITTEE,
            guards=(_did_not_score,),
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
        Transition(
            "uphold_partly",
            "部分采纳",
            frozenset({ObjectionState.UNDER_REVIEW}),
            ObjectionState.PARTLY_UPHELD,
            by=_COMMITTEE,
            guards=(_did_not_score,),
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
        Transition(
            "dismiss",
            "不予采纳",
            frozenset({ObjectionState.UNDER_REVIEW}),
            ObjectionState.DISMISSED,
            by=_COMMITTEE,
            guards=(_did_not_score,),
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
    ),
)
OBJECTION_OPEN = frozenset({ObjectionState.FILED, ObjectionState.UNDER_REVIEW})
