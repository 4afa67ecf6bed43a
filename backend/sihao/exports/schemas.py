"""What goes in and out about exports."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.paging import PageQuery
from sihao.evidence.manifest_schemas import LineQuery
from sihao.exports.lifecycle import ExportState
from sihao.exports.models import ExportFormat
from sihao.imports.schemas import Progress
from sihao.inspections.schemas.co_assessments import CoResultBody

ExportKind = Literal[
    "ledger-entries",
    "measures",
    "units",
    "members",
    "people",
    "problems",
    "plans",
    "evidence",
    "self-reports",
    "inspections",
    "findings",
    "objections",
    "extras",
    "co-assessment-results",
    "results",
    "interviews",
    "rectifications",
    "progress",
    "team-meetings",
    "evidence-manifests",
    "manifest-lines",
    "inspection-groups",
    "recusals",
    "co-assessments",
    "ballots",
    "comparisons",
    "commendations",
    "notice-objections",
    "referrals",
    "complaints",
    "evidence-pack",
]


class ExportCreate(Body):
    """A list as a file: `filters` are those of the list itself, without page and cursor."""

    kind: ExportKind
    format: ExportFormat = ExportFormat.XLSX
    filters: dict[str, Any] = Field(default_factory=dict)


class ExportSummary(SQLModel):
    """An export in a list."""

    id: UUID
    unit_id: UUID
    asked_by: str
    kind: str
    format: ExportFormat
    state: ExportState
    rows: int
    file_name: str
    size: int | None
    sha256: str | None
    created_at: datetime
    expires_at: datetime | None
    version: int


class ExportPublic(ExportSummary):
    """An export with what it was asked for and what it leaves out."""

    filters: dict[str, Any]
    left_out: list[str]
    progress: Progress | None


class ExportQuery(PageQuery):
    """Filters of `/exports`."""

    kind: ExportKind | None = None
    state: ExportState | None = None
    sort: Literal["created_at", "-created_at"] = "-created_at"


class ExportTicketPublic(SQLModel):
    """A one-time address of the file."""

    url: str
    expires_at: datetime


class PackQuery(Body):
    """Whose evidence of which year goes into a pack; by default the own unit's."""

    campaign_id: UUID
    unit_id: UUID | None = None


class ResultExport(CoResultBody):
    """A result of a merged assessment, as a file has it."""

    code: str
    unit: str


class CoResultsQuery(PageQuery):
    """Which year's results of merged assessments; by default of all assessments and units."""

    campaign_id: UUID
    co_assessment_id: UUID | None = None
    unit_id: UUID | None = None
    sort: Literal["code"] = "code"


class MembersQuery(Body):
    """Whose team; by default of every unit that the asker reads."""

    unit_id: UUID | None = None


class ManifestLinesQuery(LineQuery):
    """The lines of which manifest."""

    manifest_id: UUID


class MeasureProgressQuery(PageQuery):
    """Whose progress of which year; by default of every measure that the asker reads."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    measure_id: UUID | None = None
    sort: Literal["reported_at"] = "reported_at"


class ProgressExport(SQLModel):
    """What was reported about a measure, as a file has it."""

    unit_name: str
    year: int
    number: int
    measure: str
    percent: int
    text: str
    reported_at: datetime
    reported_by: str
