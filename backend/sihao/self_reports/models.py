"""The yearly self-report: one section for each dimension, figures frozen at signing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
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
from sihao.core.text import Prose
from sihao.self_reports.lifecycle import SelfReportState


class SelfReport(Versioned, UnitOwned, Identified, table=True):
    """A unit's report of one year. The receipt is number, time and hash."""

    __tablename__ = "self_report"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"), unit_key())

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    state: SelfReportState = Field(
        default=SelfReportState.DRAFT,
        sa_type=choice(SelfReportState),
    )
    frozen: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    """Sections, figures and evidence links as signed."""
    content_hash: str | None = Field(default=None, max_length=64)
    receipt_number: str | None = Field(default=None, max_length=60, unique=True)
    signed_by: str | None = Field(default=None, max_length=200)
    submitted_at: datetime | None = Field(default=None, sa_type=instant())
    late: bool = False
    """First signed after the window closed: marked, never zeroed."""


class SelfReportSection(Versioned, UnitOwned, Identified, table=True):
    """The text about one dimension, or `head` (基本情况) and `tail` (问题和打算)."""

    __tablename__ = "self_report_section"
    __table_args__ = (
        UniqueConstraint("self_report_id", "dimension"),
        within_unit("self_report", "self_report_id"),
    )

    self_report_id: UUID = Field(index=True)
    dimension: str = Field(max_length=4)
    text: Prose = Field(default="", max_length=20_000)


class ReceiptCounter(SQLModel, table=True):
    """The last receipt number of a year. It belongs to no unit: numbers run through all of them."""

    __tablename__ = "receipt_counter"

    campaign_id: UUID = Field(foreign_key="campaign.id", primary_key=True)
    last: int
