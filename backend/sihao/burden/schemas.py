"""What goes in and out of the burden meter and collections of material."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints
from sqlmodel import Field, SQLModel

from sihao.burden.lifecycle import CollectionState
from sihao.burden.models import CollectionFields
from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.ledgers.models import LedgerKind

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class MaterialCollectionCreate(CollectionFields, Body):
    """Ask some units for material; nothing goes out before it is sent."""

    campaign_id: UUID
    unit_ids: list[UUID] = Field(min_length=1, max_length=5000)


class MaterialCollectionUpdate(Body):
    """What may change while it is drafted; `reasons` is the whole list."""

    title: Line | None = Field(default=None, min_length=1, max_length=200)
    basis: Line | None = Field(default=None, min_length=1, max_length=300)
    note: Prose | None = Field(default=None, max_length=2000)
    codes: list[str] | None = Field(default=None, max_length=100)
    ledgers: list[LedgerKind] | None = Field(default=None, max_length=20)
    covers_from: date | None = None
    covers_until: date | None = None
    due_on: date | None = None
    reasons: dict[str, Reason] | None = None


class Holding(SQLModel):
    """What a unit has handed in of it."""

    unit_id: UUID
    unit_name: str
    count: int
    first_id: UUID
    """The newest of them: evidence for an item, an entry for a ledger."""
    first_title: str


class Need(SQLModel):
    """One thing asked for, and who has it: to its unit an answer, to the committee a flag."""

    code: str
    """An item's code or a ledger's."""
    is_ledger: bool
    units_asked: int
    units_holding: int
    reason: str
    """Why it is asked for again."""
    held: list[Holding]


class MaterialCollectionRow(SQLModel):
    """A collection in a list."""

    id: UUID
    campaign_id: UUID
    title: str
    basis: str
    codes: list[str]
    ledgers: list[LedgerKind]
    due_on: date
    state: CollectionState
    sent_at: AwareDatetime | None
    version: int
    actions: list[Action]


class MaterialCollectionPublic(MaterialCollectionRow):
    """A collection with what is already there of it, for the units that the caller reads."""

    note: str
    covers_from: date
    covers_until: date
    needs: list[Need]


class MaterialCollectionQuery(PageQuery):
    """Filters of `/material-collections`."""

    campaign_id: UUID | None = None
    state: CollectionState | None = None
    sort: Literal["due_on", "-due_on"] = "due_on"


class BurdenQuery(BaseModel):
    """Which year."""

    model_config = ConfigDict(extra="forbid")

    campaign_id: UUID


class BurdenKind(StrEnum):
    """What asks something of a unit."""

    PLAN = "plan"
    LEDGERS = "ledgers"
    EVIDENCE = "evidence"
    SELF_REPORT = "self_report"
    CO_ASSESSMENTS = "co_assessments"
    MATERIAL = "material"


class CollectionBurden(SQLModel):
    """What one collection asks of each unit, and what came of the units that the caller reads."""

    kind: BurdenKind
    id: UUID | None
    """Of a collection of material."""
    title: str
    asked: int
    """Things to hand in: 0 for merged assessments, whose results other departments bring."""
    given: int
    """Plans signed, rows, files, reports handed in, results; of material, things already held."""


class UnitBurden(SQLModel):
    """What a unit gave in a year."""

    unit_id: UUID
    unit_name: str
    rows: int
    pieces: int
    files: int
    size: int
    """Bytes of these files."""
    uses: int
    """Links of its evidence."""
    saved: int
    """Submissions saved, because a piece in use n times was handed in once: n - 1 of each."""


class BurdenPublic(SQLModel):
    """The burden meter of a year."""

    collections: list[CollectionBurden]
    units: list[UnitBurden]
