"""What goes in and out of search."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import SQLModel

from sihao.core.text import Line

FEWEST, MOST = 2, 50
"""Characters of a question."""
AT_ONCE = 200
"""Of more finds of a kind the rest is not ordered: a further word narrows better than paging."""


class SearchKind(StrEnum):
    """What is found, in the order in which it is shown."""

    UNIT = "unit"
    PLAN = "plan"
    PROBLEM = "problem"
    MEASURE = "measure"
    ENTRY = "entry"
    EVIDENCE = "evidence"
    FILE = "file"
    """A file of a piece of evidence, by its name and by what it says."""
    SELF_REPORT = "self_report"
    FINDING = "finding"
    RECTIFICATION = "rectification"


class SearchQuery(BaseModel):
    """Words apart from each other must all occur, each as it is written."""

    model_config = ConfigDict(extra="forbid")

    q: Line = Field(min_length=FEWEST, max_length=MOST)
    kind: SearchKind | None = None
    campaign_id: UUID | None = None
    limit: int = Field(default=5, ge=1, le=50)
    """Of each kind."""
    offset: int = Field(default=0, ge=0, le=AT_ONCE - 50)
    """Pages of one kind; needs `kind`."""


class Find(SQLModel):
    """One thing that says what was asked for."""

    kind: SearchKind
    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID | None
    title: str
    snippet: str
    """The text around the first find."""
    marks: list[tuple[int, int]]
    """Where the words stand in `snippet`: first character and the one after the last."""
    parent_id: UUID | None
    """The plan of a problem or measure, the evidence of a file, the inspection of a finding."""
    place: str
    """The part of a report, the kind of a ledger; empty otherwise."""
    on: date
    """Newest first within a kind."""


class SearchAnswer(SQLModel):
    """Finds by kind; `more` names the kinds of which there are more."""

    items: list[Find]
    more: list[SearchKind]
