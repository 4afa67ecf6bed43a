"""Threads: things, and why one leads to another."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body


class NodeKind(StrEnum):
    """What stands on a thread, in the order of a year."""

    ENTRY = "entry"
    """A row of the ledgers T3 and T4."""
    PROBLEM = "problem"
    MEASURE = "measure"
    EVIDENCE = "evidence"
    FINDING = "finding"
    INTERVIEW = "interview"
    RECTIFICATION = "rectification"
    REFERRAL = "referral"


class Why(StrEnum):
    """Why one thing leads to another."""

    ANSWERS = "answers"
    """A measure answers a problem."""
    SHOWS = "shows"
    """Evidence shows it."""
    GROUNDS = "grounds"
    """A finding is among the grounds of an interview."""
    PUT_RIGHT = "put_right"
    """A rectification puts it right."""
    TAKEN_UP = "taken_up"
    """A later plan took it up as a problem."""
    CARRIED_OVER = "carried_over"
    REFERRED = "referred"
    FOUND_AGAIN = "found_again"
    """It had been closed, and was found again."""


class ThreadNode(SQLModel):
    """One thing. `found_again` tells in which year the same had been closed."""

    kind: NodeKind
    id: UUID
    year: int
    title: str
    state: str
    code: str | None
    """The item, or items, it is about."""
    on: date | None
    """Its day or date, where it has one."""
    parent_id: UUID | None
    """The plan of a problem or measure."""
    found_again: int | None


class ThreadEdge(SQLModel):
    """From the earlier to what came of it."""

    source_id: UUID
    target_id: UUID
    why: Why


class ThreadPublic(SQLModel):
    """All that the caller may see of it; by year, and within a year in the order of its course."""

    unit_id: UUID
    unit_name: str
    nodes: list[ThreadNode]
    edges: list[ThreadEdge]


class ThreadQuery(Body):
    """Of which thing."""

    kind: NodeKind
    id: UUID


class Recurrence(SQLModel):
    """Closed, and found again: the same unit and item, and either linked or in similar words."""

    unit_id: UUID
    unit_name: str
    kind: NodeKind
    """A problem or a finding."""
    id: UUID
    year: int
    code: str
    text: str
    earlier_kind: NodeKind
    earlier_id: UUID
    earlier_year: int
    earlier_text: str
    linked: bool
    """A plan took up what had been put right."""
    likeness: float
    """Of the two texts, from 0 to 1, two places."""


class Recurrences(SQLModel):
    """All of a year, and the rule."""

    alike: float
    """From this likeness on, two texts about the same item count as the same problem [C]."""
    items: list[Recurrence]


class RecurrenceQuery(Body):
    """Of which year, or which unit."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    limit: int = Field(default=500, ge=1, le=2000)
