"""The calendar of visits."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, model_validator
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.text import Line
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import HalfDay
from sihao.inspections.visits import ConflictKind


class VisitRow(SQLModel):
    """A unit's visit: when and where, and who comes. `version` is the inspection's."""

    inspection_id: UUID
    unit_id: UUID
    unit_name: str
    group_id: UUID
    group_name: str
    state: InspectionState
    visit_on: date | None
    visit_half: HalfDay | None
    visit_place: str
    version: int


class VisitConflict(SQLModel):
    """Visits that cannot be as they are, and the names of units and people it is about."""

    kind: ConflictKind
    day: date
    inspection_ids: list[UUID]
    units: list[str]
    people: list[str]


class VisitCalendar(SQLModel):
    """Visits by day; those without one come last. Conflicts are for who plans and inspects."""

    visits: list[VisitRow]
    conflicts: list[VisitConflict]


class VisitQuery(BaseModel):
    """Filters of a year's visits."""

    model_config = ConfigDict(extra="forbid")

    group_id: UUID | None = None
    unit_id: UUID | None = None


class VisitProposal(Body):
    """The days that visits without one are to be spread over."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        longest = 370
        if not 0 <= (self.last - self.first).days <= longest:
            raise ValueError("结束日期不能早于开始日期，时间不超过一年。")
        return self


class PlannedVisit(Body):
    """One visit as it shall be; `version` is the inspection's as it was read."""

    inspection_id: UUID
    version: int = Field(ge=1)
    visit_on: date | None
    visit_half: HalfDay | None = None
    visit_place: Line = Field(default="", max_length=100)


class VisitsBody(Body):
    """Visits to set: all of them, or none."""

    visits: list[PlannedVisit] = Field(min_length=1, max_length=3000)


class VisitTicketBody(Body):
    """Whose calendar: one group's, one unit's, or with neither all that one reads."""

    group_id: UUID | None = None
    unit_id: UUID | None = None


class VisitTicketPublic(SQLModel):
    """A one-time address of a calendar file."""

    url: str
    expires_at: datetime
