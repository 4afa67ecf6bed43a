"""What goes in and out about self-reports."""

from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Prose
from sihao.self_reports.lifecycle import SelfReportState


class SelfReportCreate(Body):
    """Begin the own unit's report of a year."""

    campaign_id: UUID


class SectionUpdate(Body):
    """The whole text of a section; 【…】 names a figure that stays live until signing (B10)."""

    text: Prose = Field(max_length=20_000)


class SectionPublic(SQLModel):
    """A section. As signed, its figures are filled in; before, they stand as 【…】."""

    id: UUID
    self_report_id: UUID
    dimension: str
    """`head`, a dimension's code, or `tail`."""
    title: str
    text: str
    version: int


class ReportFigure(SQLModel):
    """A number of the year under the name by which a text calls it: 【label】."""

    key: str
    label: str
    value: str
    """The number with its unit, as the text shows it: `351.5天`."""
    href: str
    """The page that opens it into its rows."""


class UsedFile(SQLModel):
    """A file in the revision that was signed for; a later one does not take its place here."""

    id: UUID
    file_name: str
    sha256: str


class UsedEvidence(SQLModel):
    """A piece of evidence as the signed report uses it; `sha256` is its first file's."""

    evidence_id: UUID
    title: str
    sha256: str
    label: str
    target_id: UUID
    files: list[UsedFile] = Field(default_factory=list)


class ReportReturn(SQLModel):
    """Why, by whom and when the committee sent the report back."""

    opinion: str
    by: str
    at: AwareDatetime


class SelfReportRow(SQLModel):
    """A report in a list."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    state: SelfReportState
    late: bool
    receipt_number: str | None
    signed_by: str | None
    submitted_at: AwareDatetime | None
    updated_at: AwareDatetime
    version: int
    actions: list[Action]


class SelfReportPublic(SelfReportRow):
    """A report; `figures` and `evidence` are what the signature froze."""

    campaign_name: str
    year: int
    closes_at: AwareDatetime | None
    """When the window closes; what is signed later is marked late."""
    last_return: ReportReturn | None
    """While the report is returned or written anew."""
    content_hash: str | None
    sections: list[SectionPublic]
    figures: list[ReportFigure]
    evidence: list[UsedEvidence]


class SelfReportQuery(PageQuery):
    """Filters of `/self-reports`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: SelfReportState | None = None
    late: bool | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["-updated_at", "updated_at", "unit_name"] = "-updated_at"


class PrefillSection(SQLModel):
    """What the year itself says about one section."""

    dimension: str
    title: str
    text: str
    facts: list[ReportFigure]


class Prefill(SQLModel):
    """A first text for every section, and the figures it may use."""

    as_of: date
    sections: list[PrefillSection]


class CheckLevel(StrEnum):
    """An error must go before the report does; a warning may stay."""

    ERROR = "error"
    WARNING = "warning"
    OK = "ok"


class ReportCheck(SQLModel):
    """One line of the list before handing in."""

    code: str
    level: CheckLevel
    text: str
    dimension: str | None = None
    """The section to go to."""
    href: str | None = None
    """Or the page."""


class ReceiptPublic(SQLModel):
    """Proof of what was handed in and when."""

    number: str
    unit_name: str
    campaign_name: str
    state: SelfReportState
    signed_by: str
    submitted_at: AwareDatetime
    late: bool
    content_hash: str
    """SHA-256 of the canonical JSON of everything frozen."""
    files: int
    """Different files whose links the signature locked."""
