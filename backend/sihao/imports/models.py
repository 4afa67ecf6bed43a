"""Imports, and how far a job is."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from sihao.core.db import Identified, UnitOwned, Versioned, choice, instant
from sihao.core.text import Line
from sihao.imports.lifecycle import ImportState


class ImportMode(StrEnum):
    """What happens to the good rows of a file with bad ones (W11)."""

    ATOMIC = "atomic"
    """Nothing is written."""
    PARTIAL = "partial"
    """The good rows are written."""


class ImportFormat(StrEnum):
    """How the file is made."""

    XLSX = "xlsx"
    CSV = "csv"
    NDJSON = "ndjson"
    JSON = "json"


class ImportJob(Versioned, UnitOwned, Identified, table=True):
    """One file that somebody sent. Its unit is the sender's, or the committee."""

    __tablename__ = "import_job"

    person_id: UUID = Field(index=True)
    """The person or service account that sent it; the work is done in their name."""
    asked_by: str = Field(max_length=200)
    kind: str = Field(max_length=32)
    campaign_id: UUID | None = Field(default=None, foreign_key="campaign.id", index=True)
    mode: ImportMode = Field(default=ImportMode.ATOMIC, sa_type=choice(ImportMode))
    dry_run: bool = False
    format: ImportFormat = Field(sa_type=choice(ImportFormat))
    file_name: Line = Field(max_length=200)
    size: int = Field(sa_type=BigInteger)
    sha256: str | None = Field(default=None, max_length=64, foreign_key="blob.sha256", index=True)
    """The file; null once it is thrown away."""
    state: ImportState = Field(default=ImportState.RECEIVED, sa_type=choice(ImportState))
    total: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    """Rows with at least one error."""
    causes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """Errors by cause: a list of `schemas.Cause` as JSON."""
    errors: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """The first errors in the order of the file: a list of `schemas.RowError` as JSON."""
    made_id: UUID | None = None
    """What the whole file became, if it is one thing: a manifest, a draft of a standard."""
    made_name: Line | None = Field(default=None, max_length=200)
    finished_at: datetime | None = Field(default=None, sa_type=instant())
