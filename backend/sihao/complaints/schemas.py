"""What goes in and out of the complaint and suggestion box."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Field

from sihao.complaints.lifecycle import ComplaintState
from sihao.complaints.models import ComplaintFields, ComplaintKind
from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery


class ComplaintCreate(ComplaintFields, Body):
    """What somebody writes; `named` false keeps the name from everybody."""


class ComplaintPublic(ComplaintFields):
    """A complaint or suggestion with its answer; `author` is null when it is not named."""

    id: UUID
    author: str | None
    mine: bool
    """The caller wrote it."""
    state: ComplaintState
    answer: str
    answered_by: str
    answered_at: datetime | None
    created_at: datetime
    version: int
    actions: list[Action]


class ComplaintQuery(PageQuery):
    """Filters of `/complaints`."""

    state: ComplaintState | None = None
    kind: ComplaintKind | None = None
    mine: bool | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["created_at", "-created_at"] = "-created_at"
