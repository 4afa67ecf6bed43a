"""What goes in and out about evidence, its links and its use."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, model_validator
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import EvidenceFields, Verdict


class LinkKind(StrEnum):
    """What a link points to."""

    CRITERION = "criterion"
    MEASURE = "measure"
    ENTRY = "entry"
    FINDING = "finding"


class LinkTarget(Body):
    """Exactly one thing that the evidence shows."""

    criterion_id: UUID | None = None
    measure_id: UUID | None = None
    entry_id: UUID | None = None
    finding_id: UUID | None = None

    @model_validator(mode="after")
    def _one_target(self) -> "LinkTarget":
        if sum(value is not None for value in self.model_dump().values()) != 1:
            raise ValueError("条目、措施、台账、检查问题，须且只能选一个。")
        return self


class EvidenceCreate(EvidenceFields, Body):
    """A line of the manifest: what will be handed in, and what it shows."""

    campaign_id: UUID
    not_secret: Literal[True]
    """The unit confirms that the file holds no state secret (§3)."""
    links: list[LinkTarget] = Field(default_factory=list, max_length=60)

    @model_validator(mode="after")
    def _in_order(self) -> "EvidenceCreate":
        _check_period(self.covers_from, self.covers_until)
        return self


class EvidenceUpdate(Body):
    """What may change about evidence; the bytes never do."""

    title: Line | None = Field(default=None, min_length=1, max_length=200)
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


class EvidenceRow(EvidenceFields):
    """A piece of evidence in a list; `saved` counts the repeated submissions it spares (B1)."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    state: EvidenceState
    sha256: str | None
    size: int | None
    media_type: str
    received_at: AwareDatetime | None
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


def _check_period(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise ValueError("材料所属时间的止日不能早于起日。")
