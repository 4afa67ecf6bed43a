"""Documents as they go in and out: what is on the paper, its number, who has it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.documents.lifecycle import DocumentState
from sihao.documents.models import DocumentFields, DocumentKind
from sihao.documents.paper import Paper

FileFormat = Literal["word", "pdf"]
Copy = Annotated[Line, Field(min_length=1, max_length=100)]


class DocumentCreate(Body):
    """A new draft: what kind of paper, about which matter."""

    kind: DocumentKind
    subject_id: UUID


class DocumentUpdate(Body):
    """What an officer may change in a draft; null gives the matter's own wording back."""

    title: Line | None = Field(default=None, min_length=1, max_length=200)
    addressee: Line | None = Field(default=None, max_length=300)
    series: Line | None = Field(default=None, min_length=1, max_length=20)
    receipt_days: int | None = Field(default=None, ge=1, le=60)
    copies_to: list[Copy] | None = Field(default=None, max_length=50)
    opening: Prose | None = Field(default=None, max_length=4000)
    closing: Prose | None = Field(default=None, max_length=4000)


class ViolationPublic(SQLModel):
    """Something that offends the standard for official documents, and how to mend it."""

    code: str
    place: str
    sentence: str


class RecipientPublic(SQLModel):
    """A unit it was issued to, or will be; `late` once a receipt is overdue."""

    id: UUID | None
    unit_id: UUID
    unit_name: str
    received_at: datetime | None
    received_by: str
    late: bool


class DocumentRow(DocumentFields):
    """A document in a list or in the register."""

    id: UUID
    campaign_id: UUID
    unit_id: UUID
    kind: DocumentKind
    subject_id: UUID
    state: DocumentState
    year: int | None
    ordinal: int | None
    number: str | None
    issued_on: date | None
    recipients: int
    """How many units it was issued to."""
    received: int
    """How many have confirmed receipt."""
    updated_at: datetime
    version: int
    actions: list[Action]


class DocumentPublic(DocumentRow):
    """A document by itself, with what is on the paper now or was when it was issued."""

    copies_to: list[str]
    opening: str
    closing: str
    opening_changed: bool
    """An officer has put other words than the matter's."""
    closing_changed: bool
    drafted_by: str
    issued_by: str
    withdrawn_reason: str
    withdrawn_at: datetime | None
    frozen_hash: str | None
    """SHA-256 of the issued paper's canonical JSON."""
    waits: str | None
    """Why it cannot be issued yet."""
    paper: Paper
    violations: list[ViolationPublic]
    units: list[RecipientPublic]
    may_edit: bool
    may_receive: bool
    """The caller may confirm receipt now."""


class DocumentQuery(PageQuery):
    """Filters of `/documents`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    subject_id: UUID | None = None
    kind: DocumentKind | None = None
    state: DocumentState | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["-updated_at", "updated_at"] = "-updated_at"


class RegisterQuery(PageQuery):
    """Filters of the register; it holds what has a number."""

    series: Line | None = Field(default=None, max_length=20)
    year: int | None = Field(default=None, ge=2000, le=2100)
    kind: DocumentKind | None = None
    sort: Literal["number", "-number"] = "-number"


class SeriesPublic(SQLModel):
    """A series of numbers and the last one given in a year; 0 before the first."""

    name: str
    year: int
    last: int


class MatterQuery(Body):
    """Which paper about which matter."""

    kind: DocumentKind
    subject_id: UUID


class PreviewPublic(SQLModel):
    """A paper as the matter gives it now."""

    kind: DocumentKind
    subject_id: UUID
    final: bool
    """Signed in its own matter: nothing on it changes any more."""
    waits: str | None
    document_id: UUID | None
    """The living document about it, if the caller reads one."""
    paper: Paper
    violations: list[ViolationPublic]


class FileBody(Body):
    """As what the file is wanted."""

    format: FileFormat


class MatterFileBody(FileBody):
    """The same of a paper that no document stands for."""

    kind: DocumentKind
    subject_id: UUID


class DocumentTicketPublic(SQLModel):
    """A one-time address of the file, good for two minutes."""

    url: str
    expires_at: datetime


class ReceiptBody(Body):
    """The unit has the document."""


class ArchiveCreate(Body):
    """Of which year and unit; the own one where none is named."""

    campaign_id: UUID
    unit_id: UUID | None = None
