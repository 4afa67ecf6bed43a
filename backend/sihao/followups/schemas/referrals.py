"""Referrals: what the committee asks a department, and what it did."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action, TransitionBody
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.followups.lifecycle import ReferralState
from sihao.followups.models import ReferralFields, ReferralOutcome
from sihao.followups.schemas.history import HistoryLine
from sihao.followups.schemas.interviews import Grounds
from sihao.results.schemas import LeadershipOpinionPublic


class ReferralCreate(ReferralFields, Body):
    """A new draft about one unit, with or without an interview before it."""

    unit_id: UUID
    campaign_id: UUID
    interview_id: UUID | None = None
    receiver_id: UUID


class Escalation(TransitionBody):
    """An interview goes over into a referral; the opinion is its reason."""

    department: Line = Field(min_length=1, max_length=100)
    request: ReferralOutcome
    receiver_id: UUID


class ReferralUpdate(Body):
    """What may change while it is drafted."""

    department: Line | None = Field(default=None, min_length=1, max_length=100)
    request: ReferralOutcome | None = None
    reason: Prose | None = Field(default=None, min_length=1, max_length=4000)
    receiver_id: UUID | None = None


class Conclusion(TransitionBody):
    """The department's answer: what it did; the opinion says how."""

    outcome: ReferralOutcome


class ReferralRow(ReferralFields):
    """A referral in a list."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    year: int
    state: ReferralState
    sent_at: datetime | None
    acknowledged_at: datetime | None
    concluded_at: datetime | None
    outcome: ReferralOutcome | None
    version: int
    actions: list[Action]


class ReferralFilePublic(SQLModel):
    """A file that goes along."""

    id: UUID
    file_name: str
    size: int
    """Bytes."""
    media_type: str
    added_by: str
    added_at: datetime


class ReferralTicketPublic(SQLModel):
    """A one-time address of a file, good for two minutes."""

    url: str
    expires_at: datetime


class ReferralPublic(ReferralRow, LeadershipOpinionPublic):
    """A referral by itself: the receiver reads this and nothing else of the case."""

    receiver_id: UUID
    receiver_name: str
    grounds: Grounds | None
    drafted_by: str
    approved_by: str
    approved_at: datetime | None
    concluded_by: str
    outcome_text: str
    interview_id: UUID | None
    """Only for those who may read the interview; so is the leadership's opinion."""
    files: list[ReferralFilePublic]
    may_edit: bool
    history: list[HistoryLine]


class ReferralQuery(PageQuery):
    """Filters of `/referrals`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: ReferralState | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["created_at", "-created_at"] = "-created_at"


class Receiver(SQLModel):
    """Somebody who receives referrals for a department."""

    id: UUID
    name: str
