"""What goes in and out about imports."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.imports.lifecycle import ImportState
from sihao.imports.models import ImportFormat, ImportMode
from sihao.ledgers.models import LedgerKind

KindName = Literal[
    "ledger-entries",
    "measures",
    "units",
    "members",
    "people",
    "co-assessment-results",
    "evidence-manifest",
    "standard",
]


class RowError(SQLModel):
    """One wrong cell, or a row or file that is wrong as a whole."""

    row: int | None
    """As Excel shows it; of NDJSON the line, of JSON the place from 1."""
    sheet: str = ""
    column: str = ""
    """The heading."""
    code: str
    value: str = ""
    hint: str
    """What to do, in Chinese."""


class Cause(SQLModel):
    """Errors of one kind, with the first rows that have them."""

    column: str
    code: str
    hint: str
    count: int
    first: list[RowError]


class ImportParameters(BaseModel):
    """What a file is and what to do with it. `atomic` writes all rows or none."""

    model_config = ConfigDict(extra="forbid")

    kind: KindName
    campaign_id: UUID | None = None
    dry_run: bool = False
    mode: ImportMode = ImportMode.ATOMIC
    not_secret: bool = False
    """The unit confirms that no file of a manifest holds a state secret (§3); needed for one."""
    file_name: str | None = Field(default=None, min_length=1, max_length=200)


class ImportRows(Body):
    """Rows instead of a file: objects by field names or headings."""

    rows: list[dict[str, Any]] = Field(min_length=1, max_length=20_000)


class Progress(SQLModel):
    """How far the work is."""

    done: int
    phase: str
    at: datetime


class ImportSummary(SQLModel):
    """An import in a list."""

    id: UUID
    unit_id: UUID
    asked_by: str
    kind: str
    campaign_id: UUID | None
    mode: ImportMode
    dry_run: bool
    format: ImportFormat
    file_name: str
    size: int
    state: ImportState
    total: int
    created: int
    updated: int
    unchanged: int
    refused: int
    made_id: UUID | None
    """The manifest or the draft of a standard that the file became."""
    made_name: str | None
    """Its receipt's number, or its name."""
    created_at: datetime
    finished_at: datetime | None
    version: int


class ImportPublic(ImportSummary):
    """An import. Of a dry run, the counts tell what would be."""

    causes: list[Cause]
    progress: Progress | None
    actions: list[Action]


class ImportQuery(PageQuery):
    """Filters of `/imports`."""

    kind: KindName | None = None
    campaign_id: UUID | None = None
    state: ImportState | None = None
    sort: Literal["created_at", "-created_at"] = "-created_at"


class ErrorQuery(PageQuery):
    """Pages of an import's errors, in the order of the file."""

    code: str | None = Field(default=None, max_length=80)
    sort: Literal["n"] = "n"


class TemplateQuery(Body):
    """A ledger's template alone, such as `T5`; without it there is a sheet for each."""

    ledger: LedgerKind | None = None
