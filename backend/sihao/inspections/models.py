"""Inspection of every unit: groups, sheets, judgements with four-part deductions, objections."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.core.db import (
    Identified,
    UnitOwned,
    Versioned,
    choice,
    instant,
    unit_key,
    within_unit,
)
from sihao.core.text import Line, Prose
from sihao.inspections.lifecycle import InspectionState, ObjectionState, SheetState

POINTS = Numeric(9, 4)
"""Points: exact, four places."""


class InspectionGroup(Versioned, Identified, table=True):
    """A group of inspectors; its leader consolidates."""

    __tablename__ = "inspection_group"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    name: Line = Field(min_length=1, max_length=50)
    leader_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)


class GroupMember(Identified, table=True):
    """An inspector in a group."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    group_id: UUID = Field(foreign_key="inspection_group.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)


class ItemAllocation(Identified, table=True):
    """A specialist of a group for one item; an item without any is everybody's."""

    __tablename__ = "item_allocation"
    __table_args__ = (UniqueConstraint("group_id", "criterion_id", "person_id"),)

    group_id: UUID = Field(foreign_key="inspection_group.id", index=True)
    criterion_id: UUID = Field(foreign_key="criterion.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)


class RecusalKind(StrEnum):
    """Why somebody stands aside."""

    RELATIVE = "relative"
    """有亲属在该单位任职"""
    WORKED_THERE = "worked_there"
    """曾在该单位任职: for three years from `left_on`"""
    OTHER = "other"


class Recusal(UnitOwned, Identified, table=True):
    """回避: a person declared, or declared for, must not judge this unit.

    The own unit and a former one that the accounts or the team's terms tell of need no entry. What
    was declared stays on record; it holds until somebody else withdraws it with a reason.
    """

    __table_args__ = (
        Index(
            "uq_recusal_standing",
            "person_id",
            "unit_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    kind: RecusalKind = Field(default=RecusalKind.OTHER, sa_type=choice(RecusalKind))
    reason: Line = Field(min_length=1, max_length=300)
    left_on: date | None = None
    """The last day there, of somebody who worked there."""
    declared_by_id: UUID | None = None
    declared_by: str = Field(default="", max_length=200)
    declared_at: datetime | None = Field(default=None, sa_type=instant())
    withdrawn_at: datetime | None = Field(default=None, sa_type=instant())
    withdrawn_by: str = Field(default="", max_length=200)
    withdrawal: Line = Field(default="", max_length=300)
    """Why it was withdrawn."""


class HalfDay(StrEnum):
    """A visit takes half a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class Inspection(Versioned, UnitOwned, Identified, table=True):
    """One unit's inspection of one year."""

    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"), unit_key())

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    group_id: UUID = Field(foreign_key="inspection_group.id", index=True)
    state: InspectionState = Field(
        default=InspectionState.PLANNED,
        sa_type=choice(InspectionState),
    )
    visit_on: date | None = None
    visit_half: HalfDay | None = Field(default=None, sa_type=choice(HalfDay))
    visit_place: Line = Field(default="", max_length=100)
    feedback_at: datetime | None = Field(default=None, sa_type=instant())
    objections_until: datetime | None = Field(default=None, sa_type=instant())
    """The last instant at which the unit may object [C]."""
    confirmed_at: datetime | None = Field(default=None, sa_type=instant())
    """When the unit's lead confirmed the feedback; it ends the time for objections."""


class ScoreSheet(Versioned, UnitOwned, Identified, table=True):
    """One inspector's sheet for one unit; others' sheets show only once the own is submitted."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        UniqueConstraint("inspection_id", "inspector_id"),
        unit_key(),
        within_unit("inspection", "inspection_id"),
    )

    inspection_id: UUID = Field(index=True)
    inspector_id: UUID = Field(foreign_key="person.id", index=True)
    state: SheetState = Field(default=SheetState.OPEN, sa_type=choice(SheetState))
    submitted_at: datetime | None = Field(default=None, sa_type=instant())


class Judgement(Versioned, UnitOwned, Identified, table=True):
    """One inspector's word on one item: deductions or none; `doubt` leaves it to the group."""

    __table_args__ = (
        UniqueConstraint("sheet_id", "criterion_id"),
        unit_key(),
        within_unit("score_sheet", "sheet_id"),
    )

    sheet_id: UUID = Field(index=True)
    criterion_id: UUID = Field(foreign_key="criterion.id", index=True)
    doubt: bool = False
    """存疑，留给合议"""
    note: Prose = Field(default="", max_length=2000)


class JudgementChange(UnitOwned, Identified, table=True):
    """A judgement as it was saved once (F42): the record of events must not tell scores."""

    __tablename__ = "judgement_change"
    __table_args__ = (within_unit("judgement", "judgement_id"),)

    judgement_id: UUID = Field(index=True)
    before: Decimal | None = Field(default=None, sa_type=POINTS)
    """Points lost until then; null for the first word."""
    lost: Decimal = Field(sa_type=POINTS)
    note: str = Field(default="", max_length=2000)
    changed_by_id: UUID | None = None
    changed_by: str = Field(max_length=200)
    changed_at: datetime = Field(sa_type=instant())


class DeductionFields(SQLModel):
    """The four parts of a deduction (B5): clause, fact, evidence or its absence, and who."""

    clause: Line = Field(min_length=1, max_length=300)
    clause_number: int | None = Field(default=None, ge=1, le=99)
    """The clause's place in the scheme's catalogue; null for one worded by the inspector."""
    times: int = Field(default=1, ge=1, le=999)
    fact: Prose = Field(min_length=1, max_length=2000)
    absence: Line = Field(default="", max_length=300)
    """What evidence is missing, when no evidence is named."""
    evidence_id: UUID | None = None
    points: Decimal = Field(gt=0, max_digits=9, decimal_places=4)
    """Points of all `times` together."""


class Deduction(DeductionFields, UnitOwned, Identified, table=True):
    """The only way to lose points."""

    __table_args__ = (
        within_unit("judgement", "judgement_id"),
        within_unit("evidence", "evidence_id"),
        CheckConstraint("evidence_id IS NOT NULL OR absence <> ''", name="evidence_or_absence"),
        CheckConstraint("points > 0", name="points_positive"),
    )

    evidence_id: UUID | None = Field(default=None, index=True)
    points: Decimal = Field(sa_type=POINTS)
    judgement_id: UUID = Field(index=True)
    inspector: str = Field(max_length=200)


class ItemDecision(Versioned, UnitOwned, Identified, table=True):
    """The group's consolidated word on one item, apart from the inspectors' originals (F40)."""

    __tablename__ = "item_decision"
    __table_args__ = (
        UniqueConstraint("inspection_id", "criterion_id"),
        unit_key(),
        within_unit("inspection", "inspection_id"),
        CheckConstraint("lost >= 0", name="lost_not_negative"),
    )

    inspection_id: UUID = Field(index=True)
    criterion_id: UUID = Field(foreign_key="criterion.id", index=True)
    lost: Decimal = Field(sa_type=POINTS)
    deductions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """A list of `schemas.DecidedDeduction` as JSON: copies that outlive what they quote."""
    reason: Prose = Field(default="", max_length=2000)
    """Why, where the inspectors differ or an objection changed it."""
    decided_by: str = Field(max_length=200)
    rests_on: int | None = None
    """Versions of the judgements decided on, added up: a word that came later makes it differ."""
    restored: Decimal = Field(default=Decimal(0), sa_type=POINTS)
    """Points given back by objections; the item's loss is `lost - restored`."""


class FindingFields(SQLModel):
    """What an inspector writes about a problem found (W30)."""

    criterion_id: UUID
    text: Prose = Field(min_length=1, max_length=2000)
    root_cause: Prose = Field(default="", max_length=2000)


class Finding(FindingFields, Versioned, UnitOwned, Identified, table=True):
    """发现问题: the unit sees it from feedback on; a rectification answers it."""

    __table_args__ = (unit_key(), within_unit("inspection", "inspection_id"))

    criterion_id: UUID = Field(foreign_key="criterion.id", index=True)
    inspection_id: UUID = Field(index=True)
    found_by: str = Field(max_length=200)
    found_by_id: UUID | None = None


class ObjectionFields(SQLModel):
    """What a unit brings forward against an item's deduction."""

    criterion_id: UUID
    grounds: Prose = Field(min_length=1, max_length=4000)
    evidence_id: UUID | None = None


class Objection(ObjectionFields, Versioned, UnitOwned, Identified, table=True):
    """陈述申辩: once for an item, and never makes a deduction larger."""

    __table_args__ = (
        UniqueConstraint("inspection_id", "criterion_id"),
        unit_key(),
        within_unit("inspection", "inspection_id"),
        within_unit("evidence", "evidence_id"),
    )

    criterion_id: UUID = Field(foreign_key="criterion.id", index=True)
    evidence_id: UUID | None = Field(default=None, index=True)
    inspection_id: UUID = Field(index=True)
    state: ObjectionState = Field(
        default=ObjectionState.FILED,
        sa_type=choice(ObjectionState),
    )
    filed_by: str = Field(max_length=200)
    decision: Prose = Field(default="", max_length=4000)
    restored: Decimal = Field(default=Decimal(0), sa_type=POINTS)
    decided_by: str = Field(default="", max_length=200)
    decided_at: datetime | None = Field(default=None, sa_type=instant())


class CoAssessment(Versioned, Identified, table=True):
    """A merged assessment (R18): X0–X3 and any further one; `owner_id` is its coassessor."""

    __tablename__ = "co_assessment"
    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    code: Line = Field(min_length=1, max_length=8)
    title: Line = Field(min_length=1, max_length=100)
    owner_department: Line = Field(default="", max_length=100)
    owner_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)


class CoAssessmentResult(Versioned, UnitOwned, Identified, table=True):
    """One unit's result in it, out of 100, with its provenance."""

    __tablename__ = "co_assessment_result"
    __table_args__ = (
        UniqueConstraint("co_assessment_id", "unit_id"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_range"),
    )

    co_assessment_id: UUID = Field(foreign_key="co_assessment.id", index=True)
    score: Decimal = Field(sa_type=Numeric(7, 4))
    grade: Line = Field(default="", max_length=20)
    note: Prose = Field(default="", max_length=1000)
    source: Line = Field(default="", max_length=200)
    """The document or system it comes from."""
    released_at: datetime | None = Field(default=None, sa_type=instant())
    """Since when the unit reads it: its owner released it, or the unit's result was published."""


class ResultWay(StrEnum):
    """How a result came in."""

    FORM = "form"
    BULK = "bulk"
    SYSTEM = "system"


class CoResultChange(UnitOwned, Identified, table=True):
    """A result as it was written once: when, by whom, which way, from which source."""

    __tablename__ = "co_result_change"

    co_assessment_id: UUID = Field(foreign_key="co_assessment.id", index=True)
    score: Decimal = Field(sa_type=Numeric(7, 4))
    grade: str = Field(default="", max_length=20)
    note: str = Field(default="", max_length=1000)
    source: str = Field(default="", max_length=200)
    way: ResultWay = Field(sa_type=choice(ResultWay))
    changed_by: str = Field(max_length=200)
    changed_at: datetime = Field(sa_type=instant())


class CalendarDay(Versioned, table=True):
    """A day that differs from what `workdays` ships: the committee enters what is announced."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    working: bool
    """Offices are open: a weekend worked in exchange, or a holiday taken back."""
    name: Line = Field(min_length=1, max_length=40)


class VisitTicket(SQLModel, table=True):
    """A one-time address of a calendar file, with what is in it; only its hash is kept."""

    __tablename__ = "visit_ticket"

    token_hash: str = Field(max_length=64, primary_key=True)
    person_id: UUID = Field(index=True)
    file_name: str = Field(max_length=200)
    content: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=instant(), index=True)
    used_at: datetime | None = Field(default=None, sa_type=instant())
