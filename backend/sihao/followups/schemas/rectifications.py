"""Rectifications: assigned, worked on, reported, verified, looked at again."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Prose
from sihao.followups.lifecycle import RectificationState
from sihao.followups.models import RectificationFields
from sihao.followups.schemas.history import HistoryLine
from sihao.plans.lifecycle import ProblemState


class Lamp(StrEnum):
    """How the time left looks: more than 20 days, 20 or fewer, 10 or fewer or overdue [C]."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class RectificationCreate(RectificationFields, Body):
    """A new rectification; it answers one finding or one interview."""

    finding_id: UUID | None = None
    interview_id: UUID | None = None


class RectificationUpdate(Body):
    """What may change: the unit writes cause, action and owner, the committee also the rest."""

    text: Prose | None = Field(default=None, min_length=1, max_length=2000)
    due_on: date | None = None
    cause: Prose | None = Field(default=None, max_length=2000)
    action: Prose | None = Field(default=None, max_length=2000)
    owner_id: UUID | None = None


class Recheck(Body):
    """回头看: what a later check found."""

    text: Prose = Field(min_length=1, max_length=2000)


class RectificationRow(RectificationFields):
    """A rectification in a list; `lamp` and `days_left` while it is the unit's turn."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    year: int
    finding_id: UUID | None
    interview_id: UUID | None
    code: str | None
    """The item in which the finding was made."""
    owner_name: str | None
    state: RectificationState
    lamp: Lamp | None
    days_left: int | None
    """Negative: days overdue."""
    reported_at: datetime | None
    verified_at: datetime | None
    version: int
    actions: list[Action]


class RectificationPublic(RectificationRow):
    """A rectification by itself."""

    report: str
    reported_by: str
    verified_by: str
    recheck: str
    rechecked_at: datetime | None
    may_edit: list[str]
    """Fields the caller may change now."""
    may_recheck: bool
    history: list[HistoryLine]


class RectificationQuery(PageQuery):
    """Filters of `/rectifications`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    finding_id: UUID | None = None
    interview_id: UUID | None = None
    state: RectificationState | None = None
    overdue: bool | None = None
    lamp: Lamp | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["due_on", "-due_on", "unit"] = "due_on"


class ThreadFinding(SQLModel):
    """Where a rectification comes from."""

    id: UUID
    year: int
    code: str
    title: str
    text: str
    root_cause: str


class ThreadProblem(SQLModel):
    """A problem of a plan that took it up."""

    id: UUID
    plan_id: UUID
    year: int
    text: str
    state: ProblemState


class Thread(SQLModel):
    """The way across the years: finding → interview → rectification → problem of a later plan."""

    finding: ThreadFinding | None
    interview_id: UUID | None
    """Only for those who may read the interview."""
    problems: list[ThreadProblem]
