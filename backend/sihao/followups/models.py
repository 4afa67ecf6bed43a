"""What follows from a poor result: interview, rectification, referral."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, UniqueConstraint, Uuid
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


class RecheckResult(StrEnum):
    """What a later look (回头看) found of what had been put right."""

    HOLDS = "holds"
    """成效保持"""
    RELAPSED = "relapsed"
    """出现反弹: it has to be put right again."""


class RecheckFields(SQLModel):
    """回头看: for which day it is planned, and what it found."""

    recheck_on: date | None = None
    recheck: Prose = Field(default="", max_length=2000)
    rechecked_at: datetime | None = None
    rechecked_by: str = Field(default="", max_length=200)


class Interview(RecheckFields, Versioned, UnitOwned, Identified, table=True):
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
    unit_confirmed_at: datetime | None = Field(default=None, sa_type=instant())
    unit_confirmed_by: str = Field(default="", max_length=200)
    unit_remark: Prose = Field(default="", max_length=4000)
    """保留意见: what the lead put on record when confirming."""
    committee_confirmed_at: datetime | None = Field(default=None, sa_type=instant())
    committee_confirmed_by: str = Field(default="", max_length=200)
    verification: Prose = Field(default="", max_length=4000)
    verified_by_id: UUID | None = None
    rechecked_at: datetime | None = Field(default=None, sa_type=instant())


class InterviewRecord(Versioned, UnitOwned, Identified, table=True):
    """约谈记录, apart from its case: for named readers alone, in the database too (B11).

    They are the unit's lead, the committee's leaders, and whom `readers` names; the note taker is
    the first of those. Somebody of the unit's office never reads it.
    """

    __tablename__ = "interview_record"
    __table_args__ = (within_unit("interview", "interview_id"), UniqueConstraint("interview_id"))

    interview_id: UUID
    readers: list[UUID] = Field(sa_type=ARRAY(Uuid))
    taken_by: str = Field(max_length=200)
    attendees: Prose = Field(min_length=1, max_length=2000)
    """The committee's side."""
    attendance: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """A list of `schemas.Attendance` as JSON: who of the team came, who did not and why."""
    text: Prose = Field(default="", max_length=20_000)


class RectificationFields(SQLModel):
    """What is to be put right, by whom, by when."""

    text: Prose = Field(min_length=1, max_length=2000)
    cause: Prose = Field(default="", max_length=2000)
    action: Prose = Field(default="", max_length=2000)
    owner_id: UUID | None = None
    """责任人: the member of the team who answers for it."""
    handler_id: UUID | None = None
    """承办人: who of the unit does the work and is reminded first."""
    due_on: date


class Rectification(
    RectificationFields, RecheckFields, Versioned, UnitOwned, Identified, table=True
):
    """整改: answers a finding, an interview, a plan's problem, or a row of T3 or T4."""

    __table_args__ = (
        unit_key(),
        within_unit("finding", "finding_id"),
        within_unit("interview", "interview_id"),
        within_unit("problem", "problem_id"),
        within_unit("ledger_entry", "entry_id"),
        within_unit("member", "owner_id"),
        within_unit("rectification", "carried_from_id"),
        CheckConstraint(
            "num_nonnulls(finding_id, interview_id, problem_id, entry_id) = 1", name="one_origin"
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    owner_id: UUID | None = Field(default=None, index=True)
    handler_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    finding_id: UUID | None = Field(default=None, index=True)
    interview_id: UUID | None = Field(default=None, index=True)
    problem_id: UUID | None = Field(default=None, index=True)
    entry_id: UUID | None = Field(default=None, index=True)
    carried_from_id: UUID | None = Field(default=None, index=True)
    """The same of an earlier year, which was not put right then."""
    assigned_by: str = Field(default="", max_length=200)
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
    verified_by_id: UUID | None = None
    recheck_result: RecheckResult | None = Field(default=None, sa_type=choice(RecheckResult))
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


class ReferralFile(UnitOwned, Identified, table=True):
    """A file that goes along with a referral; it came through the guard as evidence does."""

    __tablename__ = "referral_file"
    __table_args__ = (unit_key(), within_unit("referral", "referral_id"))

    referral_id: UUID = Field(index=True)
    file_name: Line = Field(max_length=200)
    size: int = Field(sa_type=BigInteger)
    media_type: str = Field(max_length=100)
    sha256: str = Field(max_length=64, foreign_key="blob.sha256", index=True)
    added_by: str = Field(max_length=200)
    added_at: datetime = Field(sa_type=instant())


class ReferralTicket(UnitOwned, SQLModel, table=True):
    """A one-time address of such a file, bound to a person; only its hash is kept."""

    __tablename__ = "referral_ticket"
    __table_args__ = (within_unit("referral_file", "file_id"),)

    token_hash: str = Field(max_length=64, primary_key=True)
    file_id: UUID = Field(index=True)
    person_id: UUID
    expires_at: datetime = Field(sa_type=instant(), index=True)
    used_at: datetime | None = Field(default=None, sa_type=instant())
