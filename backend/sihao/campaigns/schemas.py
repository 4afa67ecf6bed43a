"""What goes in and out about standards and campaigns."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from sihao.campaigns.lifecycle import CampaignState, StandardState
from sihao.campaigns.models import (
    CampaignFields,
    CriterionFields,
    CriterionKind,
    Nature,
    Stage,
    StandardFields,
)
from sihao.campaigns.scheme import Rules
from sihao.campaigns.standard_document import (
    CriterionCode,
    CriterionEntry,
    DimensionEntry,
    LedgerCode,
)
from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose


class StandardCreate(StandardFields, Body):
    """A new standard: empty, or a copy of `copy_of` with every item mapped to its original."""

    copy_of: UUID | None = None


class StandardUpdate(Body):
    """What may change about a draft."""

    name: Line | None = Field(default=None, min_length=1, max_length=100)
    year: int | None = Field(default=None, ge=2000, le=2100)
    source: Line | None = Field(default=None, max_length=300)


class StandardSummary(StandardFields):
    """A standard in a list."""

    id: UUID
    state: StandardState
    criteria_count: int
    updated_at: datetime
    updated_by: str
    version: int
    actions: list[Action]


class DimensionPublic(SQLModel):
    """One of the 四好."""

    id: UUID
    code: str
    title: str


class StandardPublic(StandardSummary):
    """A standard with its dimensions; the items are at `/standards/{id}/criteria`."""

    dimensions: list[DimensionPublic]


class StandardQuery(PageQuery):
    """Filters of `/standards`."""

    state: StandardState | None = None
    year: int | None = Field(default=None, ge=2000, le=2100)
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["-year", "year", "name"] = "-year"


class DimensionsBody(Body):
    """All dimensions in order; those left out are removed, if they have no items."""

    dimensions: list[DimensionEntry] = Field(min_length=1, max_length=26)


class CriterionCreate(CriterionEntry):
    """A new item; the letter of its code says which dimension it belongs to."""


class CriterionUpdate(Body):
    """What may change about an item of a draft."""

    code: CriterionCode | None = None
    title: Line | None = Field(default=None, min_length=1, max_length=200)
    text: Prose | None = Field(default=None, max_length=4000)
    kind: CriterionKind | None = None
    source_ref: Line | None = Field(default=None, max_length=50)
    source_rule: Prose | None = Field(default=None, max_length=2000)
    suggested_indicator: Prose | None = Field(default=None, max_length=1000)
    suggested_evidence: Prose | None = Field(default=None, max_length=1000)
    ledgers: list[LedgerCode] | None = Field(default=None, max_length=30)


class CriterionPublic(CriterionFields):
    """An item of a standard."""

    id: UUID
    standard_id: UUID
    dimension_id: UUID
    ledgers: list[str]


class MappingPair(Body):
    """One old item that goes on as one new item."""

    old_code: str = Field(max_length=8)
    new_code: str = Field(max_length=8)
    note: Line = Field(default="", max_length=300)


class MappingsBody(Body):
    """All pairs between one old standard and this one (脱贫攻坚 → 乡村振兴)."""

    old_standard_id: UUID
    pairs: list[MappingPair] = Field(max_length=2000)


class MappingPublic(SQLModel):
    """One old item and the new item it goes on as."""

    old_standard_id: UUID
    old_criterion_id: UUID
    old_code: str
    old_title: str
    new_criterion_id: UUID
    new_code: str
    new_title: str
    note: str


class WindowBody(Body):
    """When a stage takes submissions."""

    stage: Stage
    opens_at: AwareDatetime
    closes_at: AwareDatetime


class WindowPublic(SQLModel):
    """When a stage takes submissions; afterwards they count as late, never as zero."""

    stage: Stage
    opens_at: datetime
    closes_at: datetime


class WindowsBody(Body):
    """All windows of a campaign; a stage left out has none."""

    windows: list[WindowBody] = Field(max_length=len(Stage))


class CampaignCreate(CampaignFields, Body):
    """A new assessment year; with a standard it gets the default scheme."""

    standard_id: UUID | None = None


class CampaignUpdate(Body):
    """What may change before the campaign opens; another standard brings its default scheme."""

    year: int | None = Field(default=None, ge=2000, le=2100)
    name: Line | None = Field(default=None, min_length=1, max_length=100)
    nature: Nature | None = None
    basis_authority: Line | None = Field(default=None, max_length=100)
    basis_number: Line | None = Field(default=None, max_length=60)
    basis_title: Line | None = Field(default=None, max_length=200)
    basis_valid_from: date | None = None
    basis_valid_until: date | None = None
    plan_filing: bool | None = None
    evidence_grace_hours: int | None = Field(default=None, ge=0, le=720)
    standard_id: UUID | None = None


class CampaignPublic(CampaignFields):
    """An assessment year with its windows in order."""

    id: UUID
    standard_id: UUID | None
    standard_name: str | None
    state: CampaignState
    windows: list[WindowPublic]
    version: int
    actions: list[Action]


class CampaignQuery(PageQuery):
    """Filters of `/campaigns`."""

    year: int | None = Field(default=None, ge=2000, le=2100)
    state: CampaignState | None = None
    sort: Literal["-year", "year"] = "-year"


class SchemeBody(Body):
    """A whole scheme."""

    rules: Rules


class SchemeVersionRow(SQLModel):
    """A saved state of a scheme."""

    number: int
    rules_hash: str
    origin: str
    changes: list[str]
    saved_at: datetime
    saved_by: str


class SchemeVersionPublic(SchemeVersionRow):
    """A saved state with its rules; saving them again restores it."""

    rules: Rules


class SchemePublic(SQLModel):
    """How a year is scored; all of it is configuration [C], none of it stands in the source."""

    campaign_id: UUID
    rules: Rules
    frozen: bool
    """The campaign has been opened."""
    number: int
    """Of the saved state."""
    rules_hash: str
    saved_by: str
    version: int
