"""Documents that the committee issues, their numbers, recipients and templates."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Index, LargeBinary, String, Text, UniqueConstraint, Uuid, text
from sqlmodel import Field, SQLModel

from sihao.core.db import (
    Identified,
    UnitOwned,
    Versioned,
    choice,
    instant,
    unit_key,
)
from sihao.core.text import Line, Prose
from sihao.documents.lifecycle import DocumentState


class DocumentKind(StrEnum):
    """What kinds of paper there are, and what each is about (its subject)."""

    ANNUAL_PLAN = "annual_plan"
    """年度创建活动计划 of a `Plan`; the unit's own, by its signature"""
    SELF_REPORT = "self_report"
    """自查报告 of a `SelfReport`; the unit's own, by its signature"""
    INSPECTION_NOTICE = "inspection_notice"
    """检查考核通知 of an `Inspection`"""
    FEEDBACK_LETTER = "feedback_letter"
    """检查反馈意见 of an `Inspection`, with its deductions"""
    RESULT_CIRCULAR = "result_circular"
    """年度结果通报 of a `Campaign`"""
    COMMENDATION = "commendation"
    """通报表扬 of a `Comparison` (R21)"""
    INTERVIEW_NOTICE = "interview_notice"
    """约谈通知 of an `Interview` (R22)"""
    INTERVIEW_RECORD = "interview_record"
    """约谈记录 of an `Interview`, for its named readers"""
    RECTIFICATION_NOTICE = "rectification_notice"
    """整改通知 of an `Inspection`"""
    REFERRAL_LETTER = "referral_letter"
    """提请函 of a `Referral` (R23)"""
    RECEIPT = "receipt"
    """回执 of a document's recipient"""
    MEETING_MATERIAL = "meeting_material"
    """会议材料 of a `Campaign`, one page for each unit"""

    @property
    def label(self) -> str:
        """The kind's Chinese word."""
        return _LABELS[self]


_LABELS = {
    DocumentKind.ANNUAL_PLAN: "年度创建活动计划",
    DocumentKind.SELF_REPORT: "自查报告",
    DocumentKind.INSPECTION_NOTICE: "检查考核通知",
    DocumentKind.FEEDBACK_LETTER: "检查反馈意见",
    DocumentKind.RESULT_CIRCULAR: "年度结果通报",
    DocumentKind.COMMENDATION: "通报表扬",
    DocumentKind.INTERVIEW_NOTICE: "约谈通知",
    DocumentKind.INTERVIEW_RECORD: "约谈记录",
    DocumentKind.RECTIFICATION_NOTICE: "整改通知",
    DocumentKind.REFERRAL_LETTER: "提请函",
    DocumentKind.RECEIPT: "回执",
    DocumentKind.MEETING_MATERIAL: "会议材料",
}
OUTGOING = {
    DocumentKind.INSPECTION_NOTICE: "市直工委通",
    DocumentKind.FEEDBACK_LETTER: "市直工委函",
    DocumentKind.RESULT_CIRCULAR: "市直工委通",
    DocumentKind.COMMENDATION: "市直工委通",
    DocumentKind.INTERVIEW_NOTICE: "市直工委函",
    DocumentKind.RECTIFICATION_NOTICE: "市直工委函",
    DocumentKind.REFERRAL_LETTER: "市直工委函",
}
"""What the committee issues under a number, with the series proposed for it [C].

The others are drawn from their matter whenever somebody asks: what is signed there is frozen there.
"""


class DocumentFields(SQLModel):
    """What an officer may change in a draft."""

    title: Line = Field(min_length=1, max_length=200)
    addressee: Line = Field(default="", max_length=300)
    """主送机关"""
    series: Line = Field(min_length=1, max_length=20)
    """机关代字, the word before 〔year〕"""
    receipt_days: int = Field(default=5, ge=1, le=60)
    """Days in which a receipt is awaited; afterwards it counts as late [C]."""


class Document(DocumentFields, Versioned, UnitOwned, Identified, table=True):
    """公文: drafted, issued with a number, perhaps withdrawn.

    `unit_id` is the unit it concerns, or the committee. Units read what was issued to them, so
    recipients and not the owner decide. `frozen` is the issued paper as canonical JSON.
    """

    __table_args__ = (
        unit_key(),
        UniqueConstraint("series", "year", "ordinal"),
        Index(
            "uq_document_living",
            "kind",
            "subject_id",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    kind: DocumentKind = Field(sa_type=choice(DocumentKind))
    subject_id: UUID = Field(index=True)
    state: DocumentState = Field(default=DocumentState.DRAFT, sa_type=choice(DocumentState))
    copies_to: list[str] = Field(default_factory=list, sa_type=ARRAY(String(100)))
    """抄送"""
    opening: Prose | None = Field(default=None, max_length=4000)
    """The first paragraphs, where an officer has put others; null: as the matter gives them."""
    closing: Prose | None = Field(default=None, max_length=4000)
    recipient_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))
    """Units that it will be issued to."""
    drafted_by: str = Field(max_length=200)
    drafted_by_id: UUID | None = None
    year: int | None = None
    ordinal: int | None = None
    number: str | None = Field(default=None, max_length=60)
    """字〔年〕号 in full."""
    issued_on: date | None = None
    issued_by: str = Field(default="", max_length=200)
    frozen: str | None = Field(default=None, sa_type=Text)
    frozen_hash: str | None = Field(default=None, max_length=64)
    withdrawn_reason: Prose = Field(default="", max_length=4000)
    withdrawn_at: datetime | None = Field(default=None, sa_type=instant())


class DocumentRecipient(UnitOwned, Identified, table=True):
    """A unit that a document was issued to, and its receipt (回执)."""

    __tablename__ = "document_recipient"
    __table_args__ = (UniqueConstraint("document_id", "unit_id"),)

    document_id: UUID = Field(foreign_key="document.id", index=True)
    received_at: datetime | None = Field(default=None, sa_type=instant())
    received_by: str = Field(default="", max_length=200)


class DocumentSeries(SQLModel, table=True):
    """The last number of a series in a year. Whoever draws one holds the row until the commit."""

    __tablename__ = "document_series"

    name: str = Field(max_length=20, primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class DocumentTicket(SQLModel, table=True):
    """A one-time address of a paper as Word or PDF, with what is on it; only its hash is kept."""

    __tablename__ = "document_ticket"

    token_hash: str = Field(max_length=64, primary_key=True)
    person_id: UUID = Field(index=True)
    file_name: str = Field(max_length=200)
    format: str = Field(max_length=8)
    content: str = Field(sa_type=Text)
    """The paper as canonical JSON."""
    template_id: UUID | None = Field(default=None, foreign_key="document_template.id", index=True)
    expires_at: datetime = Field(sa_type=instant(), index=True)
    used_at: datetime | None = Field(default=None, sa_type=instant())


class DocumentTemplate(Versioned, Identified, table=True):
    """A Word template of the committee's own for a kind; all versions are kept."""

    __tablename__ = "document_template"
    __table_args__ = (
        UniqueConstraint("kind", "number"),
        Index(
            "uq_document_template_used",
            "kind",
            unique=True,
            postgresql_where=text("in_use"),
        ),
    )

    kind: DocumentKind = Field(sa_type=choice(DocumentKind))
    number: int
    """Counts a kind's versions from 1."""
    file_name: Line = Field(min_length=1, max_length=200)
    data: bytes = Field(sa_type=LargeBinary)
    sha256: str = Field(max_length=64)
    in_use: bool = True
    """At most one of a kind; without any the built-in layout is used."""
    uploaded_by: str = Field(max_length=200)
