"""What goes in and out about manifests: lists of files promised before the deadline."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, model_validator
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.paging import PageQuery
from sihao.core.text import Line
from sihao.evidence.models import EvidenceKind
from sihao.evidence.schemas import Sha256

MOST_LINES = 50_000


def _slashes(path: str) -> str:
    return path.replace("\\", "/")


class ManifestLine(Body):
    """One file that will be handed in."""

    path: Annotated[Line, AfterValidator(_slashes)] = Field(min_length=1, max_length=500)
    """Where it lies at the unit's; the same path with other bytes is a new revision."""
    size: int = Field(ge=1, le=2**53)
    """Bytes."""
    sha256: Sha256
    codes: list[Annotated[str, Field(max_length=8)]] = Field(default_factory=list, max_length=60)
    """Items that it shows, such as A13."""
    title: Line | None = Field(default=None, min_length=1, max_length=200)
    """Without one the file's name is the title."""
    kind: EvidenceKind = EvidenceKind.OTHER
    covers_from: date | None = None
    covers_until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "ManifestLine":
        if self.covers_from and self.covers_until and self.covers_until < self.covers_from:
            raise ValueError("材料所属时间的止日不能早于起日。")
        return self

    @property
    def file_name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]


class ManifestCreate(Body):
    """The whole list. It is taken as a whole or not at all."""

    campaign_id: UUID
    not_secret: Literal[True]
    """The unit confirms that no file holds a state secret (§3)."""
    lines: list[ManifestLine] = Field(min_length=1, max_length=MOST_LINES)


class ManifestRow(SQLModel):
    """The receipt of a manifest."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    number: str
    """清单〔2026〕012号"""
    received_at: AwareDatetime
    """By the database's clock; this decides whether its files are in time."""
    content_hash: str
    """SHA-256 of the canonical lines: hash, size, path and codes with tabs, ordered by path."""
    lines: int
    total_size: int
    late: bool
    made_by: str
    waiting: int
    """Files still to come."""
    unchanged: int
    """Lines that said what an earlier manifest had said."""


class ManifestPublic(ManifestRow):
    """A manifest, and how far it is fulfilled."""

    as_of: AwareDatetime
    """Now, by the database's clock: count down from here."""
    closes_at: AwareDatetime | None
    grace_until: AwareDatetime | None
    """Files that come until then are in time; later ones are taken and marked late."""
    received: int
    late_files: int


class ManifestQuery(PageQuery):
    """Filters of `/evidence-manifests`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    sort: Literal["-received_at", "received_at"] = "-received_at"


class LineState(StrEnum):
    """What has become of a promised file."""

    WAITING = "waiting"
    RECEIVED = "received"
    REPLACED = "replaced"
    """A newer revision came in its place."""
    WITHDRAWN = "withdrawn"


class ManifestLineRow(SQLModel):
    """A line, and what has become of it."""

    id: UUID
    position: int
    path: str
    size: int
    sha256: str
    codes: list[str]
    title: str
    state: LineState
    evidence_id: UUID
    file_id: UUID
    received_at: AwareDatetime | None
    late: bool


class LineQuery(PageQuery):
    """Filters of a manifest's lines."""

    state: LineState | None = None
    late: bool | None = None
    """Whether the file came late; one that has not come is not late yet."""
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["position", "-size", "path"] = "position"
