"""What goes in and out about problems, measures and their progress."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.plans.lifecycle import MeasureState, ProblemState
from sihao.plans.models import (
    Linkage,
    MeasureFields,
    ProblemCategory,
    ProblemFields,
    ProblemSource,
)


class ProblemCreate(ProblemFields, Body):
    """A new problem. `criteria` are codes or ids of items of the campaign's standard (R8)."""

    criteria: list[Line] = Field(default_factory=list, max_length=52)
    linkages: list[Linkage] = Field(default_factory=list, max_length=20)
    source_id: UUID | None = None
    """The finding or rectification it comes from."""


class ProblemUpdate(Body):
    """What may change about a problem; lists, when given, replace the old ones."""

    text: Prose | None = Field(default=None, min_length=1, max_length=2000)
    category: ProblemCategory | None = None
    member_id: UUID | None = None
    source: ProblemSource | None = None
    source_note: Line | None = Field(default=None, max_length=300)
    criteria: list[Line] | None = Field(default=None, max_length=52)
    linkages: list[Linkage] | None = Field(default=None, max_length=20)


class CriterionName(SQLModel):
    """An item by code and title."""

    id: UUID
    code: str
    title: str


class ProblemPublic(ProblemFields):
    """A problem, with what is done about it in numbers."""

    id: UUID
    unit_id: UUID
    unit_name: str
    plan_id: UUID
    year: int
    number: int
    member_name: str | None
    criteria: list[CriterionName]
    linkages: list[Linkage]
    carried_from_id: UUID | None
    source_id: UUID | None
    measure_count: int
    completed_count: int
    overdue_count: int
    state: ProblemState
    updated_at: datetime
    version: int
    actions: list[Action]


class ProblemQuery(PageQuery):
    """Filters of `/problems`; `criterion` is a code."""

    campaign_id: UUID | None = None
    plan_id: UUID | None = None
    unit_id: UUID | None = None
    member_id: UUID | None = None
    state: ProblemState | None = None
    category: ProblemCategory | None = None
    source: ProblemSource | None = None
    criterion: str | None = Field(default=None, max_length=8)
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["number", "-number", "updated_at", "-updated_at"] = "number"


class MeasureCreate(MeasureFields, Body):
    """A new measure; what it lacks may come later, until the team deliberates."""

    problem_id: UUID | None = None
    co_owners: list[Line] = Field(default_factory=list, max_length=20)
    linkages: list[Linkage] = Field(default_factory=list, max_length=20)


class MeasureBatch(Body):
    """Rows pasted from a table: all are added, or none."""

    rows: list[MeasureCreate] = Field(min_length=1, max_length=200)


class MeasureUpdate(Body):
    """What may change about a measure; lists, when given, replace the old ones."""

    text: Prose | None = Field(default=None, max_length=2000)
    problem_id: UUID | None = None
    owner_id: UUID | None = None
    due_on: date | None = None
    expected_output: Prose | None = Field(default=None, max_length=1000)
    co_owners: list[Line] | None = Field(default=None, max_length=20)
    linkages: list[Linkage] | None = Field(default=None, max_length=20)


class MeasurePublic(MeasureFields):
    """A measure with how far it is; `overdue` is derived from the day in China."""

    id: UUID
    unit_id: UUID
    unit_name: str
    plan_id: UUID
    year: int
    number: int
    problem_id: UUID | None
    problem_number: int | None
    owner_name: str | None
    co_owners: list[str]
    linkages: list[Linkage]
    overdue: bool
    percent: int
    reported_at: datetime | None
    """When progress was reported last."""
    completed_on: date | None
    state: MeasureState
    updated_at: datetime
    version: int
    actions: list[Action]


class MeasureQuery(PageQuery):
    """Filters of `/measures`."""

    campaign_id: UUID | None = None
    plan_id: UUID | None = None
    problem_id: UUID | None = None
    unit_id: UUID | None = None
    owner_id: UUID | None = None
    state: MeasureState | None = None
    overdue: bool | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["number", "-number", "due_on", "-due_on", "updated_at", "-updated_at"] = "number"


class ProgressCreate(Body):
    """A report of progress."""

    text: Prose = Field(min_length=1, max_length=2000)
    percent: int = Field(ge=0, le=100)


class ProgressPublic(SQLModel):
    """A report of progress as it was made."""

    id: UUID
    measure_id: UUID
    text: str
    percent: int
    reported_at: datetime
    reported_by: str


class ProgressQuery(PageQuery):
    """Pages of a measure's progress, the newest first."""

    sort: Literal["reported_at", "-reported_at"] = "-reported_at"
