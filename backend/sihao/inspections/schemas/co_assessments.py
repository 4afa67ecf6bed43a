"""Merged assessments (R18) and their results."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.inspections.models import ResultWay


class CoAssessmentCreate(Body):
    """A new merged assessment: X0–X3 or any further one."""

    campaign_id: UUID
    code: Line = Field(min_length=1, max_length=8)
    title: Line = Field(min_length=1, max_length=100)
    owner_department: Line = Field(default="", max_length=100)
    owner_id: UUID | None = None


class CoAssessmentUpdate(Body):
    """What may change about it."""

    title: Line | None = Field(default=None, min_length=1, max_length=100)
    owner_department: Line | None = Field(default=None, max_length=100)
    owner_id: UUID | None = None


class CoAssessmentPublic(SQLModel):
    """A merged assessment; `results` of the `units` that should have one are there.

    `released` of these their units may read.
    """

    id: UUID
    campaign_id: UUID
    code: str
    title: str
    owner_department: str
    owner_id: UUID | None
    owner_name: str | None
    results: int
    released: int
    units: int
    version: int


class CoAssessmentQuery(PageQuery):
    """Filters of `/co-assessments`."""

    campaign_id: UUID | None = None
    sort: Literal["code", "-code"] = "code"


class CoassessorPublic(SQLModel):
    """Somebody who can own a merged assessment."""

    id: UUID
    name: str


class CoResultBody(Body):
    """One unit's result, out of 100."""

    score: Decimal = Field(ge=0, le=100, max_digits=7, decimal_places=4)
    grade: Line = Field(default="", max_length=20)
    note: Prose = Field(default="", max_length=1000)
    source: Line = Field(default="", max_length=200)


class CoResultRow(CoResultBody):
    """A row of a batch; `version` is the one read, 0 for a new result, null to write anyway."""

    unit_id: UUID
    version: int | None = Field(default=None, ge=0)


class CoResultBatch(Body):
    """Results of many units: all are written, or none."""

    rows: list[CoResultRow] = Field(min_length=1, max_length=500)


class CoResultPublic(SQLModel):
    """A unit's result; where it is missing everything but the unit is null and `version` is 0."""

    unit_id: UUID
    unit_name: str
    id: UUID | None
    score: Decimal | None
    grade: str | None
    note: str | None
    source: str | None
    updated_at: datetime | None
    updated_by: str | None
    released_at: datetime | None
    version: int


class CoResultQuery(PageQuery):
    """Filters of `/co-assessments/{id}/results`."""

    missing: bool | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["sort_order", "unit_name"] = "sort_order"


class CoResultChangePublic(SQLModel):
    """A result as it was written once, with where it came from."""

    score: Decimal
    grade: str
    note: str
    source: str
    way: ResultWay
    changed_by: str
    changed_at: datetime
