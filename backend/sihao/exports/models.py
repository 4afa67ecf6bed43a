"""Exports and the one-time addresses of their files."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
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
from sihao.core.text import Line
from sihao.exports.lifecycle import ExportState


class ExportFormat(StrEnum):
    """How the file is made."""

    XLSX = "xlsx"
    CSV = "csv"
    ZIP = "zip"
    """An evidence pack."""


class ExportJob(Versioned, UnitOwned, Identified, table=True):
    """One list that somebody asked for as a file. Its unit is the asker's, or the committee."""

    __tablename__ = "export_job"
    __table_args__ = (unit_key(),)

    person_id: UUID = Field(index=True)
    asked_by: str = Field(max_length=200)
    kind: str = Field(max_length=32)
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """The list's own query, as JSON."""
    format: ExportFormat = Field(sa_type=choice(ExportFormat))
    state: ExportState = Field(default=ExportState.WAITING, sa_type=choice(ExportState))
    rows: int = 0
    left_out: list[str] = Field(default_factory=list, sa_type=JSONB)
    """What a reader might miss in the file, and why (W21)."""
    file_name: Line = Field(default="", max_length=200)
    size: int | None = Field(default=None, sa_type=BigInteger)
    sha256: str | None = Field(default=None, max_length=64, foreign_key="blob.sha256", index=True)
    """The file; null before it is made and once it has expired."""
    expires_at: datetime | None = Field(default=None, sa_type=instant())
    finished_at: datetime | None = Field(default=None, sa_type=instant())


class ExportTicket(UnitOwned, SQLModel, table=True):
    """A one-time address of an export's file; only its hash is kept."""

    __tablename__ = "export_ticket"
    __table_args__ = (within_unit("export_job", "export_id"),)

    token_hash: str = Field(max_length=64, primary_key=True)
    export_id: UUID = Field(index=True)
    person_id: UUID
    expires_at: datetime = Field(sa_type=instant(), index=True)
    used_at: datetime | None = Field(default=None, sa_type=instant())
