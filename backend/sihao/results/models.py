"""Annual results, two-year comparisons, commendations."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint
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
from sihao.results.compared import Quotas
from sihao.results.lifecycle import (
    ComparisonState,
    CorrectionState,
    NoticeObjectionState,
    ResultState,
)


class AnnualResult(Versioned, UnitOwned, Identified, table=True):
    """A unit's result of one year: a pure function of `inputs`.

    `inputs` and `outcome` are canonical JSON texts, kept with their SHA-256: computing again from
    the inputs gives the outcome's very bytes.
    """

    __tablename__ = "annual_result"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"), unit_key())

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    state: ResultState = Field(default=ResultState.COMPUTED, sa_type=choice(ResultState))
    total: Decimal = Field(sa_type=Numeric(9, 4))
    grade: str = Field(max_length=20)
    scores: dict[str, dict[str, str]] = Field(default_factory=dict, sa_type=JSONB)
    """What was got, `{"dimensions": {code: points}, "items": {code: points}}`, for tables."""
    findings: int = 0
    """Number of problems found, for R22."""
    inputs: str
    inputs_hash: str = Field(max_length=64)
    outcome: str
    outcome_hash: str = Field(max_length=64)
    computed_by: str = Field(max_length=200)
    computed_by_id: UUID | None = None
    approved_by: str = Field(default="", max_length=200)
    published_at: datetime | None = Field(default=None, sa_type=instant())
    revision: int = 1
    """1 as first published; each published correction makes the next."""


class ResultCorrection(Versioned, UnitOwned, Identified, table=True):
    """更正 of a published result: what it says now, what it replaces, and why.

    `inputs` and `outcome` are those of the new version; `before_inputs` and `before_outcome` keep
    the replaced one's bytes, so that every version can be recounted.
    """

    __tablename__ = "result_correction"
    __table_args__ = (
        UniqueConstraint("result_id", "revision"),
        unit_key(),
        within_unit("annual_result", "result_id"),
    )

    result_id: UUID = Field(index=True)
    revision: int
    state: CorrectionState = Field(
        default=CorrectionState.DRAFTED,
        sa_type=choice(CorrectionState),
    )
    reason: Prose = Field(max_length=4000)
    total: Decimal = Field(sa_type=Numeric(9, 4))
    grade: str = Field(max_length=20)
    inputs: str
    inputs_hash: str = Field(max_length=64)
    outcome: str
    outcome_hash: str = Field(max_length=64)
    before_total: Decimal = Field(sa_type=Numeric(9, 4))
    before_grade: str = Field(max_length=20)
    before_inputs: str
    before_inputs_hash: str = Field(max_length=64)
    before_outcome: str
    before_outcome_hash: str = Field(max_length=64)
    drafted_by: str = Field(max_length=200)
    drafted_by_id: UUID | None = None
    published_by: str = Field(default="", max_length=200)
    published_at: datetime | None = Field(default=None, sa_type=instant())


class LeadershipOpinion(SQLModel):
    """What the city's leadership says about a list or a referral; its latest word counts."""

    leadership_opinion: Prose = Field(default="", max_length=4000)
    leadership_by: str = Field(default="", max_length=200)
    leadership_at: datetime | None = Field(default=None, sa_type=instant())

    def advise(self, opinion: str, by: str, at: datetime) -> None:
        """Keep the opinion and whose it is."""
        self.leadership_opinion, self.leadership_by, self.leadership_at = opinion, by, at


class ComparisonFields(SQLModel):
    """What the committee writes about a comparison."""

    name: Line = Field(min_length=1, max_length=100)
    first_campaign_id: UUID
    second_campaign_id: UUID
    places: int = Field(default=10, ge=1, le=500)
    """How many teams are commended [C]; ties at the line are shown as ties."""
    quotas: Quotas = Field(default_factory=dict)
    """Places for each class of units; without any, all compare with each other."""
    notice_days: int = Field(default=5, ge=1, le=60)
    """Working days of the public notice [C]."""


class Comparison(ComparisonFields, LeadershipOpinion, Versioned, Identified, table=True):
    """集中评比 of two years' published results, with frozen inputs."""

    __table_args__ = (
        UniqueConstraint("first_campaign_id", "second_campaign_id"),
        CheckConstraint("first_campaign_id <> second_campaign_id", name="two_years"),
    )

    formula: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """A `compared.Formula` as JSON."""
    quotas: dict[str, int] = Field(default_factory=dict, sa_type=JSONB)
    first_campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    second_campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    state: ComparisonState = Field(
        default=ComparisonState.DRAFTED,
        sa_type=choice(ComparisonState),
    )
    inputs: str | None = None
    inputs_hash: str | None = Field(default=None, max_length=64)
    outcome: str | None = None
    """Canonical JSON: places with ties, from `inputs` alone."""
    outcome_hash: str | None = Field(default=None, max_length=64)
    deliberation: Prose = Field(default="", max_length=4000)
    departure: Prose = Field(default="", max_length=4000)
    """Why teams that are clearly within the places were left out; empty when none was."""
    notice_until: datetime | None = Field(default=None, sa_type=instant())
    """The last second of the public notice."""
    noticed: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """The list as every unit reads it, `schemas.NoticedTeam`: names and merits, no places."""


class Commendation(Versioned, UnitOwned, Identified, table=True):
    """通报表扬 (R21): one team on the list of one comparison."""

    __table_args__ = (UniqueConstraint("comparison_id", "unit_id"),)

    comparison_id: UUID = Field(foreign_key="comparison.id", index=True)
    place: int
    merits: Prose = Field(default="", max_length=4000)
    """Arranged by the four goods."""
    withdrawn_reason: Prose = Field(default="", max_length=4000)
    """Why the team was taken off the list after an objection; the row stays on record."""
    withdrawn_by: str = Field(default="", max_length=200)
    withdrawn_at: datetime | None = Field(default=None, sa_type=instant())


class NoticeObjectionFields(SQLModel):
    """What is said against the list of a public notice."""

    comparison_id: UUID
    about_id: UUID | None = None
    """The team that it is about; None for the list as a whole."""
    text: Prose = Field(min_length=1, max_length=4000)
    evidence_id: UUID | None = None


class NoticeObjection(NoticeObjectionFields, Versioned, Identified, table=True):
    """公示异议: of a unit, or of whoever wrote a letter, which an officer enters (no unit)."""

    __tablename__ = "notice_objection"
    __table_args__ = (unit_key(), within_unit("evidence", "evidence_id"))

    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    comparison_id: UUID = Field(foreign_key="comparison.id", index=True)
    about_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    evidence_id: UUID | None = Field(default=None, index=True)
    sender: Line = Field(default="", max_length=100)
    """Who wrote the letter."""
    about_name: str = Field(default="", max_length=100)
    """The team's name as the notice gives it: a unit does not read others' rows."""
    state: NoticeObjectionState = Field(
        default=NoticeObjectionState.FILED,
        sa_type=choice(NoticeObjectionState),
    )
    filed_by: str = Field(max_length=200)
    filed_by_id: UUID | None = None
    answer: Prose = Field(default="", max_length=4000)
    answered_by: str = Field(default="", max_length=200)
    answered_at: datetime | None = Field(default=None, sa_type=instant())
