"""Evidence: files handed in once, used everywhere (B1), with every revision kept (F18, F22)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint
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


class EvidenceKind(StrEnum):
    """What sort of material it is."""

    MEETING = "meeting"
    """会议记录、纪要"""
    DOCUMENT = "document"
    """文件、通知、制度"""
    REPORT = "report"
    """报告、总结、调研文章"""
    STUDY = "study"
    """学习资料、学习笔记"""
    RECORD = "record"
    """登记簿、签到表、台账"""
    PICTURE = "picture"
    """照片、影像"""
    PRESS = "press"
    """新闻报道"""
    AWARD = "award"
    """证书、表彰"""
    FIGURES = "figures"
    """统计数据、报表"""
    OTHER = "other"


# Where thousands of rows of one unit come at once, its key (unit_id, id) is the only index that
# begins with the unit: with a second one PostgreSQL may check foreign keys row by row through it.


class EvidenceFields(SQLModel):
    """What a unit says about a piece of evidence."""

    title: Line = Field(min_length=1, max_length=200)
    kind: EvidenceKind = EvidenceKind.OTHER
    covers_from: date | None = None
    """The date or period it is about (W13)."""
    covers_until: date | None = None
    note: Prose = Field(default="", max_length=2000)


class Evidence(EvidenceFields, Versioned, UnitOwned, Identified, table=True):
    """One piece of evidence of a unit and year: one file or several."""

    __table_args__ = (
        unit_key(),
        within_unit("evidence", "reused_from_id"),
        CheckConstraint("state <> 'available' OR received_at IS NOT NULL", name="is_received"),
    )

    kind: EvidenceKind = Field(default=EvidenceKind.OTHER, sa_type=choice(EvidenceKind))
    unit_id: UUID = Field(foreign_key="unit.id")
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    state: EvidenceState = Field(
        default=EvidenceState.PROMISED,
        sa_type=choice(EvidenceState),
    )
    not_secret: bool
    """The unit confirmed that it holds no state secret."""
    received_at: datetime | None = Field(default=None, sa_type=instant())
    """When its files were all here."""
    uploaded_by: str = Field(max_length=200)
    uploaded_by_id: UUID | None = None
    """Whose it is: a team member without another role sees only what is his own."""
    reused_from_id: UUID | None = Field(default=None, index=True)
    """The piece of an earlier year that it goes on using."""


class EvidenceFile(UnitOwned, Identified, table=True):
    """One file of a piece, in one revision.

    A newer revision takes its place once that one's bytes are here; this one stays, for whatever
    was signed with it.
    """

    __tablename__ = "evidence_file"
    __table_args__ = (
        unit_key(),
        within_unit("evidence", "evidence_id"),
        within_unit("evidence_file", "replaces_id"),
        CheckConstraint(
            "(sha256 IS NULL) = (received_at IS NULL) AND (sha256 IS NULL) = (size IS NULL)",
            name="has_bytes",
        ),
        CheckConstraint(
            "(declared_sha256 IS NULL) = (declared_size IS NULL)", name="declared_whole"
        ),
        Index("ix_evidence_file_unit_id_path", "unit_id", "path"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    evidence_id: UUID = Field(index=True)
    position: int = Field(ge=1)
    """Its place among the files of the piece; a revision takes over that of its forerunner."""
    file_name: Line = Field(max_length=200)
    path: str | None = Field(default=None, max_length=500)
    """Where it lies at the unit's, as its manifest says: the same path again is a revision."""
    declared_sha256: str | None = Field(default=None, max_length=64, index=True)
    """What a manifest promised: these bytes and no others (64 hexadecimal digits)."""
    declared_size: int | None = Field(default=None, sa_type=BigInteger)
    sha256: str | None = Field(default=None, max_length=64, foreign_key="blob.sha256", index=True)
    size: int | None = Field(default=None, sa_type=BigInteger)
    media_type: str = Field(default="application/octet-stream", max_length=100)
    pages: int | None = None
    text: str = Field(default="", sa_type=Text)
    """What the file says, as far as it could be read; at most 200 kB."""
    promised_at: datetime = Field(sa_type=instant())
    received_at: datetime | None = Field(default=None, sa_type=instant())
    late: bool = False
    """Handed in after the window closed, without or beyond a manifest's grace; never zeroed."""
    uploaded_by: str = Field(max_length=200)
    replaced_at: datetime | None = Field(default=None, sa_type=instant())
    replaces_id: UUID | None = Field(default=None, index=True)


class Upload(UnitOwned, Identified, table=True):
    """A resumable upload (tus 1.0) on its way into one file; its bytes wait in the spool."""

    __table_args__ = (within_unit("evidence_file", "file_id"),)

    file_id: UUID = Field(index=True)
    person_id: UUID = Field(index=True)
    """The person or service account that began it; nobody else goes on with it."""
    length: int = Field(sa_type=BigInteger)
    offset_bytes: int = Field(default=0, sa_type=BigInteger)
    """What is durable for certain. After a crash the spool may know of more."""
    sha256: str | None = Field(default=None, max_length=64)
    """What the client expects the whole to be."""
    meta: str = Field(default="", max_length=4000)
    """`Upload-Metadata` as it came: HEAD gives it back."""
    created_at: datetime = Field(sa_type=instant())
    expires_at: datetime = Field(sa_type=instant(), index=True)
    finished_at: datetime | None = Field(default=None, sa_type=instant())


class EvidenceManifest(UnitOwned, Identified, table=True):
    """A list of files with their hashes: its receipt decides whether they are in time."""

    __tablename__ = "evidence_manifest"
    __table_args__ = (unit_key(), UniqueConstraint("campaign_id", "number"))

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    number: int | None = None
    """Runs through all units of a year; drawn last, so that nobody waits long for the next."""
    received_at: datetime = Field(sa_type=instant())
    """By the database's clock."""
    content_hash: str = Field(max_length=64)
    """SHA-256 of the canonical lines; see `evidence/manifest.py`."""
    lines: int
    total_size: int = Field(sa_type=BigInteger)
    """Bytes of all lines together."""
    late: bool
    """Received after the window of self-reports had closed."""
    unchanged: int = 0
    """Lines that said what an earlier manifest had said."""
    made_by: str = Field(max_length=200)
    made_by_id: UUID | None = None


class EvidenceManifestLine(UnitOwned, Identified, table=True):
    """One promised file."""

    __tablename__ = "evidence_manifest_line"
    __table_args__ = (
        UniqueConstraint("manifest_id", "position"),
        within_unit("evidence_manifest", "manifest_id"),
        within_unit("evidence_file", "file_id"),
    )

    manifest_id: UUID = Field(index=True)
    position: int
    """1 is the first line."""
    path: str = Field(max_length=500)
    size: int = Field(sa_type=BigInteger)
    sha256: str = Field(max_length=64)
    codes: list[str] = Field(default_factory=list, sa_type=ARRAY(String(8)))
    """Items that the file shows."""
    title: str = Field(max_length=200)
    kind: EvidenceKind = Field(default=EvidenceKind.OTHER, sa_type=choice(EvidenceKind))
    covers_from: date | None = None
    covers_until: date | None = None
    file_id: UUID | None = Field(default=None, index=True)
    """The file it became, or the one that already said the same."""


class ManifestCounter(SQLModel, table=True):
    """The last manifest number of a year. It belongs to no unit: numbers run through all."""

    __tablename__ = "manifest_counter"

    campaign_id: UUID = Field(foreign_key="campaign.id", primary_key=True)
    last: int


class EvidenceLink(Versioned, UnitOwned, Identified, table=True):
    """What a piece shows: an item, measure, entry, finding, rectification, report, assessment."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        unit_key(),
        within_unit("evidence", "evidence_id"),
        within_unit("measure", "measure_id"),
        within_unit("ledger_entry", "entry_id"),
        within_unit("finding", "finding_id"),
        within_unit("self_report", "self_report_id"),
        within_unit("rectification", "rectification_id"),
        UniqueConstraint(
            "evidence_id",
            "criterion_id",
            "measure_id",
            "entry_id",
            "finding_id",
            "self_report_id",
            "co_assessment_id",
            "rectification_id",
            postgresql_nulls_not_distinct=True,
            name="uq_evidence_link_target",
        ),
        CheckConstraint(
            "num_nonnulls(criterion_id, measure_id, entry_id, finding_id, self_report_id,"
            " co_assessment_id, rectification_id) = 1",
            name="one_target",
        ),
    )

    evidence_id: UUID = Field(index=True)
    criterion_id: UUID | None = Field(default=None, foreign_key="criterion.id", index=True)
    measure_id: UUID | None = Field(default=None, index=True)
    entry_id: UUID | None = Field(default=None, index=True)
    finding_id: UUID | None = Field(default=None, index=True)
    self_report_id: UUID | None = Field(default=None, index=True)
    co_assessment_id: UUID | None = Field(default=None, foreign_key="co_assessment.id", index=True)
    rectification_id: UUID | None = Field(default=None, index=True)
    verdict: Verdict = Field(default=Verdict.UNREVIEWED, sa_type=choice(Verdict))
    reason: str = Field(default="", max_length=1000)
    locked_at: datetime | None = Field(default=None, sa_type=instant())
    """Set when a signed self-report uses it; then neither link nor evidence can go."""


class DownloadTicket(UnitOwned, SQLModel, table=True):
    """A one-time address for a file, bound to a person; only its hash is kept."""

    __tablename__ = "download_ticket"
    __table_args__ = (within_unit("evidence_file", "file_id"),)

    token_hash: str = Field(max_length=64, primary_key=True)
    file_id: UUID = Field(index=True)
    person_id: UUID
    expires_at: datetime = Field(sa_type=instant(), index=True)
    used_at: datetime | None = Field(default=None, sa_type=instant())
    page: int | None = None
    """The page that it shows; without one it gives the whole file."""
    stamp: str | None = Field(default=None, max_length=500)
    """What stands across the page: who looks, of which unit, since when."""
