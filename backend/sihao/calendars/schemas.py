"""What stands in somebody's calendar, and the address under which programs read it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class EntryKind(StrEnum):
    """What an entry is about."""

    WINDOW = "window"
    """A stage of the year opens or closes."""
    VISIT = "visit"
    MEETING = "meeting"
    """An interview; its title says no more than that there is a meeting."""
    MEASURE = "measure"
    RECTIFICATION = "rectification"
    OBJECTION = "objection"
    """The last day on which an objection is taken."""
    TODO = "todo"


class CalendarEntry(BaseModel):
    """One entry. A deadline has the day only, and `subject_id` is what it is about."""

    id: UUID
    kind: EntryKind
    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    title: str
    place: str
    subject_id: UUID | None
    unit_id: UUID | None


class CalendarQuery(BaseModel):
    """Which days of `/calendar`; all without a word."""

    model_config = ConfigDict(extra="forbid")

    since: date | None = None
    until: date | None = None
    """The last day that is shown."""


class AddressPublic(BaseModel):
    """Whether there is an address (`created_at`), and whether a program comes for it."""

    created_at: datetime | None
    read_at: datetime | None


class AddressWithSecret(AddressPublic):
    """The only answer that shows the address."""

    path: str = Field(description="Goes behind the product's own address.")
