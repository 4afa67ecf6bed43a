"""Records of interviews: who came, what was said, who may read it."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.text import Line, Prose


class AttendanceWritten(Body):
    """Whether one member of the team came; whoever did not has a reason."""

    member_id: UUID
    came: bool
    reason: Line = Field(default="", max_length=200)


class Attendance(SQLModel):
    """The same as it is kept: with name and office as they were on the day."""

    member_id: UUID
    name: str
    duty: str
    came: bool
    reason: str


class RecordFields(SQLModel):
    """What is written of the interview itself."""

    attendees: Prose = Field(min_length=1, max_length=2000)
    """The committee's side, with offices held."""
    attendance: list[AttendanceWritten] = Field(default_factory=list, max_length=99)
    """The team's side: every member in office on that day, once."""
    text: Prose = Field(default="", max_length=20_000)


class RecordUpdate(Body):
    """Changes to the record until both sides have confirmed it; each reopens a confirmation."""

    held_on: date | None = None
    place: Line | None = Field(default=None, min_length=1, max_length=200)
    attendees: Prose | None = Field(default=None, min_length=1, max_length=2000)
    attendance: list[AttendanceWritten] | None = Field(default=None, max_length=99)
    text: Prose | None = Field(default=None, max_length=20_000)


class Reader(SQLModel):
    """Somebody who may read the record, and why."""

    id: UUID
    name: str
    role: str
    """lead, leader, note_taker or named."""


class Nameable(SQLModel):
    """Somebody whom the record may name."""

    id: UUID
    name: str


class Readers(Body):
    """Whom the record names besides lead, leaders and note taker."""

    person_ids: list[UUID] = Field(max_length=20)
    opinion: Prose = Field(min_length=1, max_length=1000)
    """Why they need to read it; on record."""


class RecordPublic(SQLModel):
    """The record, for whoever may read it: each look is on record too."""

    id: UUID
    interview_id: UUID
    held_on: date | None
    place: str
    attendees: str
    attendance: list[Attendance]
    text: str
    taken_by: str
    content_hash: str
    """SHA-256 of what a confirmation confirms."""
    version: int
    updated_at: datetime
    updated_by: str
    may_edit: bool


class InOffice(SQLModel):
    """A member of the team on the day in question."""

    member_id: UUID
    name: str
    duty: str
