"""Rectifications: assigned, worked on, reported, verified, looked at again."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action, TransitionBody
from sihao.core.paging import PageQuery
from sihao.core.text import Prose
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import RecheckResult, RectificationFields
from sihao.followups.schemas.history import HistoryLine


class Lamp(StrEnum):
    """How the time left looks: more than 20 days, 20 or fewer, 10 or fewer or overdue [C]."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Origin(StrEnum):
    """What a rectification answers; none for those who may not know of the interview."""

    FINDING = "finding"
    INTERVIEW = "interview"
    PROBLEM = "problem"
    """计划中的问题"""
    DEMOCRATIC_MEETING = "democratic_meeting"
    """民主生活会 (T3)"""
    DISCIPLINE_INSPECTION = "discipline_inspection"
    """巡视巡察 (T4)"""


class RectificationCreate(RectificationFields, Body):
    """A new rectification; it answers one finding, interview, problem, or row of T3 or T4."""

    finding_id: UUID | None = None
    interview_id: UUID | None = None
    problem_id: UUID | None = None
    entry_id: UUID | None = None


class RectificationUpdate(Body):
    """What may change: the unit writes cause, action and owner, the committee also the rest."""

    text: Prose | None = Field(default=None, min_length=1, max_length=2000)
    due_on: date | None = None
    cause: Prose | None = Field(default=None, max_length=2000)
    action: Prose | None = Field(default=None, max_length=2000)
    owner_id: UUID | None = None
    handler_id: UUID | None = None
    report: Prose | None = Field(default=None, max_length=8000)
    """The draft of the report, which the lead signs."""


class LookBack(TransitionBody):
    """回头看: what a later look found; after a relapse it has to be put right again by `due_on`."""

    result: RecheckResult
    due_on: date | None = None


class CarryOver(TransitionBody):
    """It goes on in a later year, with a new date."""

    campaign_id: UUID
    due_on: date


class RectificationRow(RectificationFields):
    """A rectification in a list; `lamp` and `days_left` while it is the unit's turn."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    year: int
    finding_id: UUID | None
    interview_id: UUID | None
    problem_id: UUID | None
    entry_id: UUID | None
    origin: Origin | None
    code: str | None
    """The item in which the finding was made."""
    owner_name: str | None
    handler_name: str | None
    carried_from_id: UUID | None
    state: RectificationState
    lamp: Lamp | None
    days_left: int | None
    """Negative: days overdue."""
    reported_at: datetime | None
    verified_at: datetime | None
    recheck_on: date | None
    recheck_result: RecheckResult | None
    version: int
    actions: list[Action]


class RectificationPublic(RectificationRow):
    """A rectification by itself."""

    report: str
    reported_by: str
    verified_by: str
    recheck: str
    rechecked_at: datetime | None
    rechecked_by: str
    assigned_by: str
    origin_text: str | None
    """What it answers, in its own words."""
    carried_to_id: UUID | None
    may_edit: list[str]
    """Fields the caller may change now."""
    history: list[HistoryLine]


class RectificationQuery(PageQuery):
    """Filters of `/rectifications`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    finding_id: UUID | None = None
    interview_id: UUID | None = None
    problem_id: UUID | None = None
    entry_id: UUID | None = None
    origin: Origin | None = None
    mine: bool | None = None
    """Those that the asker handles or answers for."""
    state: RectificationState | None = None
    overdue: bool | None = None
    lamp: Lamp | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["due_on", "-due_on", "unit"] = "due_on"


class Handler(SQLModel):
    """Somebody of the unit who can do the work."""

    id: UUID
    name: str
