"""The complaint and suggestion box."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.complaints.lifecycle import ComplaintState
from sihao.core.db import Identified, Versioned, choice, instant
from sihao.core.text import Prose


class ComplaintKind(StrEnum):
    """What it is."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"


class ComplaintFields(SQLModel):
    """What anybody may write."""

    kind: ComplaintKind
    text: Prose = Field(min_length=1, max_length=4000)
    named: bool = True
    """Whether the committee sees who wrote it."""


class Complaint(ComplaintFields, Versioned, Identified, table=True):
    """The author always finds it again; the committee sees a name only when `named`."""

    kind: ComplaintKind = Field(sa_type=choice(ComplaintKind))
    author_id: UUID = Field(foreign_key="person.id", index=True)
    state: ComplaintState = Field(
        default=ComplaintState.RECEIVED,
        sa_type=choice(ComplaintState),
    )
    answer: Prose = Field(default="", max_length=4000)
    answered_by: str = Field(default="", max_length=200)
    answered_at: datetime | None = Field(default=None, sa_type=instant())
