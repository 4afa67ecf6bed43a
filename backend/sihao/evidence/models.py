"""Evidence: one blob, many links (B1). Handed in once, used everywhere."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
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
from sihao.evidence.lifecycle import EvidenceState


class Verdict(StrEnum):
    """What an assessor says of one link."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Blob(SQLModel, table=True):
    """Bytes under their SHA-256. Who else has the same bytes is never shown."""

    sha256: str = Field(max_length=64, primary_key=True)
    size: int = Field(sa_type=BigInteger)
    stored_at: datetime = Field(sa_type=instant())


class EvidenceFields(SQLModel):
    """What a unit says about a file."""

    title: Line = Field(min_length=1, max_length=200)
    file_name: Line = Field(min_length=1, max_length=200)
    covers_from: date | None = None
    """The date or period it is about (W13)."""
    covers_until: date | None = None
    note: Prose = Field(default="", max_length=2000)


class Evidence(EvidenceFields, Versioned, UnitOwned, Identified, table=True):
    """One piece of evidence of a unit and year."""

    __table_args__ = (
        unit_key(),
        CheckConstraint(
            "state <> 'available' OR (sha256 IS NOT NULL AND received_at IS NOT NULL)",
            name="available_has_bytes",
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    state: EvidenceState = Field(
        default=EvidenceState.PROMISED,
        sa_type=choice(EvidenceState),
    )
    sha256: str | None = Field(default=None, max_length=64, foreign_key="blob.sha256", index=True)
    size: int | None = Field(default=None, sa_type=BigInteger)
    media_type: str = Field(default="application/octet-stream", max_length=100)
    not_secret: bool
    """The unit confirmed that it holds no state secret."""
    received_at: datetime | None = Field(default=None, sa_type=instant())
    uploaded_by: str = Field(max_length=200)
    uploaded_by_id: UUID | None = None
    """Whose it is: a team member without another role sees only what is his own."""


class EvidenceLink(Versioned, UnitOwned, Identified, table=True):
    """What a piece of evidence shows: an item, a measure, a ledger entry or a finding."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        unit_key(),
        within_unit("evidence", "evidence_id"),
        within_unit("measure", "measure_id"),
        within_unit("ledger_entry", "entry_id"),
        within_unit("finding", "finding_id"),
        UniqueConstraint(
            "evidence_id",
            "criterion_id",
            "measure_id",
            "entry_id",
            "finding_id",
            postgresql_nulls_not_distinct=True,
            name="uq_evidence_link_target",
        ),
        CheckConstraint(
            "num_nonnulls(criterion_id, measure_id, entry_id, finding_id) = 1", name="one_target"
        ),
    )

    evidence_id: UUID = Field(index=True)
    criterion_id: UUID | None = Field(default=None, foreign_key="criterion.id", index=True)
    measure_id: UUID | None = Field(default=None, index=True)
    entry_id: UUID | None = Field(default=None, index=True)
    finding_id: UUID | None = Field(default=None, index=True)
    verdict: Verdict = Field(default=Verdict.UNREVIEWED, sa_type=choice(Verdict))
    reason: str = Field(default="", max_length=1000)
    locked_at: datetime | None = Field(default=None, sa_type=instant())
    """Set when a signed self-report uses it; then neither link nor evidence can go."""


class DownloadTicket(UnitOwned, SQLModel, table=True):
    """A one-time address for the bytes, bound to a person; only its hash is kept."""

    __tablename__ = "download_ticket"
    __table_args__ = (within_unit("evidence", "evidence_id"),)

    token_hash: str = Field(max_length=64, primary_key=True)
    evidence_id: UUID = Field(index=True)
    person_id: UUID
    expires_at: datetime = Field(sa_type=instant(), index=True)
    used_at: datetime | None = Field(default=None, sa_type=instant())
