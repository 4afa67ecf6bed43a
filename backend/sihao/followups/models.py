"""What follows from a poor result: interview, rectification, referral."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.core.db import (
    Identified,
    UnitOwned,
    Versioned,
    choice,
    instant,
    unit_key,
    within_unit,
)
from sihao.core.text import Line, Prose
from sihao.followups.lifecycle import InterviewState, RectificationState, ReferralState
from sihao.results.models import LeadershipOpinion


class ReferralOutcome(StrEnum):
    """What the department did (R23)."""

    HELP = "help"
    ADJUSTMENT = "adjustment"


class Interview(Versioned, UnitOwned, Identified, table=True):
    """集体约谈 of one team: only where the result is poor *and* the problems many (R22)."""

    __table_args__ = (
        unit_key(),
        UniqueConstraint("result_id"),
        within_unit("annual_result", "result_id"),
        CheckConstraint(
            "state NOT IN ('recorded', 'rectifying', 'verified', 'closed')"
            " OR (unit_confirmed_at IS NOT NULL AND committee_confirmed_at IS NOT NULL)",
            name="both_confirmed",
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    result_id: UUID
    """One result gives occasion to one interview."""
    state: InterviewState = Field(
        default=InterviewState.PROPOSED,
        sa_type=choice(InterviewState),
    )
    reason: Prose = Field(min_length=1, max_length=4000)
    grounds: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """`schemas.Grounds` as JSON: the facts that allowed the proposal."""
    proposed_by_id: UUID
    proposed_by: str = Field(max_length=200)
    approved_by: str = Field(default="", max_length=200)
    approved_at: datetime | None = Field(default=None, sa_type=instant())
    notified_at: datetime | None = Field(default=None, sa_type=instant())
    meeting_at: datetime | None = Field(default=None, sa_type=instant())
    """When the notice asks the team to come; `held_on` is when it came."""
    topics: Prose = Field(default="", max_length=2000)
    """What the notice asks the team to explain, one matter a line."""
    received_at: datetime | None = Field(default=None, sa_type=instant())
    received_by: str = Field(default="", max_length=200)
    held_on: date | None = None
    place: Line = Field(default="", max_length=200)
    attendees: Prose = Field(default="", max_length=2000)
    record: Prose = Field(default="", max_length=20_000)
    unit_confirmed_at: datetime | None = Field(default=None, sa_type=instant())
    unit_confirmed_by: str = Field(default="", max_length=200)
    unit_remark: Prose = Field(default="", max_length=4000)
    """保留意见: what the lead put on record when confirming."""
    committee_confirmed_at: datetime | None = Field(default=None, sa_type=instant())
    committee_confirmed_by: str = Field(default="", max_length=200)
    verification: Prose = Field(default="", max_length=4000)


class RectificationFields(SQLModel):
    """What is to be put right, by whom, by when."""

    text: Prose = Field(min_length=1, max_length=2000)
    cause: Prose = Field(default="", max_length=2000)
    action: Prose = Field(default="", max_length=2000)
    owner_id: UUID | None = None
    due_on: date


class Rectification(RectificationFields, Versioned, UnitOwned, Identified, table=True):
    """整改: answers a finding or an interview."""

    __table_args__ = (
        unit_key(),
        within_unit("finding", "finding_id"),
        within_unit("interview", "interview_id"),
        within_unit("member", "owner_id"),
        CheckConstraint("num_nonnulls(finding_id, interview_id) = 1", name="one_origin"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    owner_id: UUID | None = Field(default=None, index=True)
    finding_id: UUID | None = Field(default=None, index=True)
    interview_id: UUID | None = Field(default=None, index=True)
    state: RectificationState = Field(
        default=RectificationState.ASSIGNED,
        sa_type=choice(RectificationState),
    )
    report: Prose = Field(default="", max_length=8000)
    reported_at: datetime | None = Field(default=None, sa_type=instant())
    reported_by: str = Field(default="", max_length=200)
    reported_by_id: UUID | None = None
    verified_at: datetime | None = Field(default=None, sa_type=instant())
    verified_by: str = Field(default="", max_length=200)
    recheck: Prose = Field(default="", max_length=2000)
    """回头看: what a later check found."""
    rechecked_at: datetime | None = Field(default=None, sa_type=instant())


class ReferralFields(SQLModel):
    """What the committee asks a department."""

    department: Line = Field(min_length=1, max_length=100)
    request: ReferralOutcome
    reason: Prose = Field(min_length=1, max_length=4000)


class Referral(ReferralFields, LeadershipOpinion, Versioned, UnitOwned, Identified, table=True):
    """提请帮助或调整: the receiver sees this case and nothing else, so it carries what it needs."""

    __table_args__ = (unit_key(), within_unit("interview", "interview_id"))

    request: ReferralOutcome = Field(sa_type=choice(ReferralOutcome))
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    unit_name: str = Field(max_length=100)
    interview_id: UUID | None = Field(default=None, index=True)
    receiver_id: UUID = Field(foreign_key="person.id", index=True)
    grounds: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    """The interview's grounds, copied."""
    state: ReferralState = Field(default=ReferralState.DRAFTED, sa_type=choice(ReferralState))
    drafted_by_id: UUID
    """Who wrote the draft last."""
    drafted_by: str = Field(max_length=200)
    approved_by: str = Field(default="", max_length=200)
    approved_at: datetime | None = Field(default=None, sa_type=instant())
    sent_at: datetime | None = Field(default=None, sa_type=instant())
    acknowledged_at: datetime | None = Field(default=None, sa_type=instant())
    concluded_at: datetime | None = Field(default=None, sa_type=instant())
    outcome: ReferralOutcome | None = Field(
        default=None,
        sa_type=choice(ReferralOutcome, "outcome"),
    )
    concluded_by: str = Field(default="", max_length=200)
    outcome_text: Prose = Field(default="", max_length=4000)
