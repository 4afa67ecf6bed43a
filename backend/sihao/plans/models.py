"""A unit's plan of the year, its problems and measures."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
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
from sihao.plans.lifecycle import MeasureState, PlanState, ProblemState


class ProblemCategory(StrEnum):
    """R7: what a problem lies in."""

    THOUGHT = "thought"
    """思想实际"""
    WORK = "work"
    """工作实际"""
    PROMINENT = "prominent"
    """突出问题"""
    WEAK = "weak"
    """薄弱环节"""


class ProblemSource(StrEnum):
    """Where a problem was found."""

    SELF = "self"
    """自查"""
    DEMOCRATIC_MEETING = "democratic_meeting"
    """民主生活会"""
    DISCIPLINE_INSPECTION = "discipline_inspection"
    """巡视巡察反馈"""
    STUDY = "study"
    """中心组学习研讨"""
    PERFORMANCE = "performance"
    """年度绩效"""
    FINDING = "finding"
    """上年检查发现"""
    RECTIFICATION = "rectification"
    """整改转入"""
    CARRIED_OVER = "carried_over"
    """上年问题转入"""


class LinkageKind(StrEnum):
    """R12–R15: what the work is combined with."""

    DEMOCRATIC_MEETING = "democratic_meeting"
    DISCIPLINE_INSPECTION = "discipline_inspection"
    STUDY = "study"
    PERFORMANCE = "performance"


class Linkage(Body):
    """One such tie, in the words of the other record: which meeting, which feedback, which task."""

    kind: LinkageKind
    reference: Line = Field(min_length=1, max_length=200)


class Decision(StrEnum):
    """What the committee answered to a filed version [C]."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class PlanFields(SQLModel):
    """R6, R9: basis, goals, content."""

    basis: Prose = Field(default="", max_length=4000)
    goals: Prose = Field(default="", max_length=4000)
    content: Prose = Field(default="", max_length=8000)


class Plan(PlanFields, Versioned, UnitOwned, Identified, table=True):
    """The one living plan of a unit and year; `PlanVersion` keeps what was signed."""

    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"), unit_key())

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    state: PlanState = Field(default=PlanState.DRAFT, sa_type=choice(PlanState))
    draft_number: int = 1
    """The number of the version being written or last signed; each signature has its own."""
    in_force_number: int | None = None
    """The version in force, if any."""
    signed_at: datetime | None = Field(default=None, sa_type=instant())
    late: bool = False
    """First signed after the planning window closed."""


class PlanVersion(UnitOwned, Identified, table=True):
    """A signed text, whole and frozen (R10: all versions kept)."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"), within_unit("plan", "plan_id"))

    plan_id: UUID = Field(index=True)
    number: int
    content: dict[str, Any] = Field(sa_type=JSONB)
    """A `plans.content.PlanContent` as JSON: fields, problems and measures as they stood."""
    content_hash: str = Field(max_length=64)
    signed_by: str = Field(max_length=200)
    signed_at: datetime = Field(sa_type=instant())
    opinion: str = Field(default="", max_length=4000)
    decision: Decision | None = Field(default=None, sa_type=choice(Decision))
    """The committee's answer, where plans are filed."""
    decided_by: str = Field(default="", max_length=200)
    decided_at: datetime | None = Field(default=None, sa_type=instant())
    decision_opinion: str = Field(default="", max_length=4000)


class ProblemFields(SQLModel):
    """R7: what a unit writes about a problem of the team or of one member."""

    text: Prose = Field(min_length=1, max_length=2000)
    category: ProblemCategory
    member_id: UUID | None = None
    """The member whose problem it is; null: the team's."""
    source: ProblemSource = ProblemSource.SELF
    source_note: Line = Field(default="", max_length=300)


class Problem(ProblemFields, Versioned, UnitOwned, Identified, table=True):
    """A problem of the year; carried over it keeps its history through `carried_from_id`."""

    __table_args__ = (
        unit_key(),
        UniqueConstraint("plan_id", "number", deferrable=True, initially="DEFERRED"),
        within_unit("plan", "plan_id"),
        within_unit("member", "member_id"),
        within_unit("problem", "carried_from_id"),
    )

    category: ProblemCategory = Field(sa_type=choice(ProblemCategory))
    source: ProblemSource = Field(default=ProblemSource.SELF, sa_type=choice(ProblemSource))
    member_id: UUID | None = Field(default=None, index=True)
    plan_id: UUID = Field(index=True)
    number: int
    linkages: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """A list of `Linkage` as JSON."""
    state: ProblemState = Field(default=ProblemState.OPEN, sa_type=choice(ProblemState))
    carried_from_id: UUID | None = Field(default=None, index=True)
    source_id: UUID | None = Field(default=None, index=True)
    """The finding or rectification it comes from."""


class ProblemCriterion(UnitOwned, Identified, table=True):
    """R8: an item the problem is held against."""

    __tablename__ = "problem_criterion"
    __table_args__ = (
        UniqueConstraint("problem_id", "criterion_id"),
        within_unit("problem", "problem_id"),
    )

    problem_id: UUID = Field(index=True)
    criterion_id: UUID = Field(foreign_key="criterion.id", index=True)


class MeasureFields(SQLModel):
    """R11: a measure has an owner, co-owners, a due date, an expected output.

    A row of the draft may be empty; `plans.checks` asks for what it lacks.
    """

    text: Prose = Field(default="", max_length=2000)
    owner_id: UUID | None = None
    """The member responsible."""
    due_on: date | None = None
    expected_output: Prose = Field(default="", max_length=1000)


class Measure(MeasureFields, Versioned, UnitOwned, Identified, table=True):
    """What is done about a problem."""

    __table_args__ = (
        unit_key(),
        UniqueConstraint("plan_id", "number", deferrable=True, initially="DEFERRED"),
        within_unit("plan", "plan_id"),
        within_unit("problem", "problem_id"),
        within_unit("member", "owner_id"),
    )

    owner_id: UUID | None = Field(default=None, index=True)
    plan_id: UUID = Field(index=True)
    problem_id: UUID | None = Field(default=None, index=True)
    number: int
    co_owners: list[str] = Field(default_factory=list, sa_type=JSONB)
    """Names of departments or people who help."""
    linkages: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    state: MeasureState = Field(default=MeasureState.PLANNED, sa_type=choice(MeasureState))
    completed_on: date | None = None


class MeasureProgress(UnitOwned, Identified, table=True):
    """One report of progress; history is never rewritten (F16)."""

    __tablename__ = "measure_progress"
    __table_args__ = (
        within_unit("measure", "measure_id"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_range"),
    )

    measure_id: UUID = Field(index=True)
    text: Prose = Field(min_length=1, max_length=2000)
    percent: int = Field(default=0, ge=0, le=100)
    reported_at: datetime = Field(sa_type=instant())
    reported_by: str = Field(max_length=200)


class TeamMeetingFields(SQLModel):
    """R1: the campaign stands on the team's agenda."""

    held_on: date
    subject: Line = Field(min_length=1, max_length=200)
    summary: Prose = Field(default="", max_length=4000)


class TeamMeeting(TeamMeetingFields, Versioned, UnitOwned, Identified, table=True):
    """A meeting of the leadership team about the campaign."""

    __tablename__ = "team_meeting"

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
