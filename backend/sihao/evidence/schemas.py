"""What goes in and out about evidence, its links and its use."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, StringConstraints, model_validator
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import EvidenceFields, EvidenceKind, Verdict


class LinkKind(StrEnum):
    """What a link points to."""

    CRITERION = "criterion"
    MEASURE = "measure"
    ENTRY = "entry"
    FINDING = "finding"
    SELF_REPORT = "self_report"
    CO_ASSESSMENT = "co_assessment"
    RECTIFICATION = "rectification"


class TargetFields(Body):
    """What a link may point to."""

    criterion_id: UUID | None = None
    measure_id: UUID | None = None
    entry_id: UUID | None = None
    finding_id: UUID | None = None
    self_report_id: UUID | None = None
    co_assessment_id: UUID | None = None
    rectification_id: UUID | None = None


class LinkTarget(TargetFields):
    """Exactly one thing that the evidence shows."""

    @model_validator(mode="after")
    def _one_target(self) -> "LinkTarget":
        _check_one_target(self)
        return self


class LinkWanted(TargetFields):
    """One link of a batch."""

    evidence_id: UUID

    @model_validator(mode="after")
    def _one_target(self) -> "LinkWanted":
        _check_one_target(self)
        return self

    def target(self) -> LinkTarget:
        """What it points to."""
        return LinkTarget.model_validate(self.model_dump(exclude={"evidence_id"}))


class LinksBody(Body):
    """Many links at once."""

    links: list[LinkWanted] = Field(min_length=1, max_length=500)


class LinkStatus(StrEnum):
    """What became of a link of a batch."""

    CREATED = "created"
    EXISTS = "exists"
    REFUSED = "refused"


class LinkOutcome(SQLModel):
    """What became of one link; outcomes come in the order of the links."""

    status: LinkStatus
    link_id: UUID | None = None
    code: str | None = None
    detail: str | None = None


Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-fA-F]{64}$"), AfterValidator(str.lower)]


class FileCreate(Body):
    """A file to come. With hash and size it is promised: these bytes and no others (§3)."""

    file_name: Line = Field(min_length=1, max_length=200)
    sha256: Sha256 | None = None
    size: int | None = Field(default=None, ge=1, le=2**53)
    replaces_id: UUID | None = None
    """The file that this is a new revision of."""

    @model_validator(mode="after")
    def _whole(self) -> "FileCreate":
        if (self.sha256 is None) != (self.size is None):
            raise ValueError("校验值和大小须同时填写。")
        return self


class UploadWanted(SQLModel):
    """What a resumable upload says about itself in `Upload-Metadata`."""

    filename: Line = Field(min_length=1, max_length=200)
    evidence_id: UUID | None = None
    file_id: UUID | None = None
    sha256: Sha256 | None = None


class EvidenceCreate(EvidenceFields, Body):
    """What will be handed in, as one file or several, and what it shows."""

    campaign_id: UUID
    not_secret: Literal[True]
    """The unit confirms that no file holds a state secret (§3)."""
    file_name: Line | None = Field(default=None, min_length=1, max_length=200)
    """The one file, or the first of them."""
    files: list[FileCreate] = Field(default_factory=list, max_length=50)
    links: list[LinkTarget] = Field(default_factory=list, max_length=60)

    @model_validator(mode="after")
    def _in_order(self) -> "EvidenceCreate":
        _check_period(self.covers_from, self.covers_until)
        if not self.all_files():
            raise ValueError("请至少列出一个文件。")
        return self

    def all_files(self) -> list[FileCreate]:
        """Its files in order."""
        first = [FileCreate(file_name=self.file_name)] if self.file_name else []
        return first + self.files


class EvidenceReuse(Body):
    """Where an earlier year's piece is used again."""

    campaign_id: UUID
    not_secret: Literal[True]
    links: list[LinkTarget] = Field(default_factory=list, max_length=60)


class EvidenceUpdate(Body):
    """What may change about evidence; the bytes never do."""

    title: Line | None = Field(default=None, min_length=1, max_length=200)
    kind: EvidenceKind | None = None
    covers_from: date | None = None
    covers_until: date | None = None
    note: Prose | None = Field(default=None, max_length=2000)


class EvidenceUse(SQLModel):
    """One use of a piece of evidence: what it shows, and the assessors' word on it."""

    id: UUID
    """The link's."""
    kind: LinkKind
    target_id: UUID
    label: str
    """`A13`, `措施 4`, `台账 T8`, `检查问题`"""
    title: str
    """The target's own words."""
    verdict: Verdict
    reason: str
    locked: bool
    """A signed self-report uses it."""


class LinkPublic(EvidenceUse):
    """A link, with what the caller may do about it."""

    evidence_id: UUID
    version: int
    actions: list[Action]


class VerdictBody(Body):
    """Why a link is accepted or rejected."""

    reason: Prose = Field(default="", max_length=1000)


class VerdictWanted(VerdictBody):
    """One verdict of many; `unreviewed` takes back what was said."""

    link_id: UUID
    version: int = Field(ge=1)
    """Of the link, as it was read."""
    verdict: Verdict


class VerdictsBody(Body):
    """Verdicts on many links: all are given, or none."""

    verdicts: list[VerdictWanted] = Field(min_length=1, max_length=500)


class VerdictGiven(SQLModel):
    """A verdict as it stands now; they come in the order that they were asked in."""

    link_id: UUID
    verdict: Verdict
    reason: str
    version: int


class FilePublic(SQLModel):
    """A file of a piece, in one revision."""

    id: UUID
    position: int
    file_name: str
    path: str | None
    declared_sha256: str | None
    declared_size: int | None
    sha256: str | None
    size: int | None
    """Bytes; null while they are to come."""
    media_type: str
    pages: int | None
    promised_at: AwareDatetime
    received_at: AwareDatetime | None
    late: bool
    """Handed in after the deadline; marked, never zeroed."""
    uploaded_by: str
    replaces_id: UUID | None
    replaced_at: AwareDatetime | None


class EvidenceRow(EvidenceFields):
    """A piece of evidence in a list; `saved` counts the repeated submissions it spares (B1).

    `file_name`, `sha256`, `size` and `media_type` are those of the first of its `files`.
    """

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    state: EvidenceState
    file_name: str
    sha256: str | None
    size: int | None
    media_type: str
    files: list[FilePublic]
    """Without replaced revisions; a revision still to come stands beside what it will replace."""
    late: bool
    received_at: AwareDatetime | None
    reused_from_id: UUID | None
    uploaded_by: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    version: int
    uses: list[EvidenceUse]
    saved: int
    actions: list[Action]


class SameFile(SQLModel):
    """Another piece of the same unit and year with the same bytes."""

    id: UUID
    title: str
    received_at: AwareDatetime


class EvidencePublic(EvidenceRow):
    """A piece of evidence."""

    same: list[SameFile]
    revisions: list[FilePublic]
    """What newer files have replaced."""


class EvidenceQuery(PageQuery):
    """Filters of `/evidence`; `criterion` is a code such as A13."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: EvidenceState | None = None
    verdict: Verdict | None = None
    criterion: str | None = Field(default=None, max_length=8)
    measure_id: UUID | None = None
    entry_id: UUID | None = None
    finding_id: UUID | None = None
    self_report_id: UUID | None = None
    co_assessment_id: UUID | None = None
    rectification_id: UUID | None = None
    kind: EvidenceKind | None = None
    late: bool | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["-updated_at", "updated_at", "title", "-created_at"] = "-updated_at"


class TicketPublic(SQLModel):
    """A one-time address of the bytes."""

    url: str
    expires_at: datetime


class Shown(StrEnum):
    """What an item has to show: the best of its links."""

    ACCEPTED = "accepted"
    AVAILABLE = "available"
    PROMISED = "promised"
    NONE = "none"


class MatrixCell(SQLModel):
    """One item and the evidence that shows it; counts are of links."""

    criterion_id: UUID
    code: str
    title: str
    dimension: str
    shown: Shown
    accepted: int
    unreviewed: int
    rejected: int
    promised: int


class MatrixQuery(SQLModel):
    """Whose items of which year; without `unit_id` the caller's own unit."""

    campaign_id: UUID
    unit_id: UUID | None = None


class EvidenceSummary(SQLModel):
    """The store in a line: how many files show how much, and what repeats that spares."""

    available: int
    promised: int
    bytes: int
    criteria: int
    measures: int
    rejected: int
    """Links sent back."""
    saved: int


class SuggestionQuery(SQLModel):
    """For which item of which year something is looked for."""

    campaign_id: UUID
    criterion_id: UUID


class EvidenceSuggestion(SQLModel):
    """What the unit showed for the same topic the year before, and may show again."""

    id: UUID
    year: int
    code: str
    """The item that it showed then."""
    title: str
    kind: EvidenceKind
    covers_from: date | None
    covers_until: date | None
    files: int
    size: int
    verdict: Verdict
    """What the assessors said of it then."""
    reused: bool
    """It is already used again in this year."""


def _check_one_target(given: TargetFields) -> None:
    targets = given.model_dump(include=set(TargetFields.model_fields))
    if sum(value is not None for value in targets.values()) != 1:
        raise ValueError("条目、措施、台账、检查问题、整改、自查报告、并入考核，须且只能选一个。")


def _check_period(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise ValueError("材料所属时间的止日不能早于起日。")
