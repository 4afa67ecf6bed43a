"""Interviews: what is proposed, noticed, recorded and shown."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action, TransitionBody
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.followups.lifecycle import InterviewState
from sihao.followups.schemas.history import HistoryLine
from sihao.followups.schemas.records import Reader, RecordFields


class Grounds(SQLModel):
    """The facts that allow an interview: both must hold (R22). The thresholds are the scheme's."""

    total: Decimal
    below: Decimal
    """A total under this is poor [C]."""
    grade: str
    findings: int
    many: int
    """From this number up there are many problems [C]."""
    items: list[str]
    """Codes of the items in which problems were found, each once."""


class Suggestion(Grounds):
    """A unit whose result gives occasion to an interview; `interview_id` when it is proposed."""

    result_id: UUID
    unit_id: UUID
    unit_name: str
    interview_id: UUID | None


class Suggestions(SQLModel):
    """All of a year's occasions, and by which thresholds."""

    year: int
    below: Decimal
    many: int
    items: list[Suggestion]


class SuggestionQuery(Body):
    """Of which year."""

    campaign_id: UUID


class CalendarQuery(Body):
    """Of which year, or which one."""

    campaign_id: UUID | None = None
    interview_id: UUID | None = None


class InterviewCreate(Body):
    """A proposal: which result, and why an interview is needed."""

    result_id: UUID
    reason: Prose = Field(min_length=1, max_length=4000)


class Notice(TransitionBody):
    """The notice: when and where, and what the team is to explain, one matter a line."""

    meeting_at: AwareDatetime
    place: Line = Field(min_length=1, max_length=200)
    topics: Prose = Field(default="", max_length=2000)


class Held(RecordFields, TransitionBody):
    """The interview took place; whoever says so takes the notes."""

    held_on: date
    place: Line = Field(min_length=1, max_length=200)


class Verification(TransitionBody):
    """What was put right; `recheck_on` plans a later look (回头看), which another takes."""

    recheck_on: date | None = None


class InterviewRow(SQLModel):
    """An interview in a list."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    year: int
    state: InterviewState
    grounds: Grounds
    meeting_at: datetime | None
    place: str
    notified_at: datetime | None
    received_at: datetime | None
    held_on: date | None
    rectifications: int
    verified: int
    """How many of them have been verified."""
    created_at: datetime
    version: int
    actions: list[Action]


class FindingLine(SQLModel):
    """A problem found in the year's inspection; `rectification_id` when it is being put right."""

    id: UUID
    code: str
    text: str
    rectification_id: UUID | None


class InterviewPublic(InterviewRow):
    """An interview by itself, with the problems behind it and every step taken so far."""

    result_id: UUID
    reason: str
    proposed_by: str
    approved_by: str
    approved_at: datetime | None
    topics: str
    received_by: str
    unit_confirmed_at: datetime | None
    unit_confirmed_by: str
    unit_remark: str
    committee_confirmed_at: datetime | None
    committee_confirmed_by: str
    verification: str
    recheck_on: date | None
    recheck: str
    rechecked_at: datetime | None
    rechecked_by: str
    readers: list[Reader]
    """Who may read the record; empty before there is one."""
    may_read: bool
    """The caller may read the record."""
    may_name_readers: bool
    findings: list[FindingLine]
    history: list[HistoryLine]
    referral_id: UUID | None
    """The referral it went over into, for those who may read it."""


class InterviewQuery(PageQuery):
    """Filters of `/interviews`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: InterviewState | None = None
    meeting_from: date | None = None
    """Those whose notice names this day or a later one, in China."""
    meeting_until: date | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["unit", "created_at", "-created_at", "meeting_at"] = "-created_at"
