"""What goes in and out about ledgers."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel import Field as Column
from sqlmodel import SQLModel

from sihao.core.body import Body
from sihao.core.paging import PageQuery
from sihao.core.text import Line
from sihao.ledgers.models import LedgerKind


class MembersPublic(BaseModel):
    """How a ledger's form asks for members."""

    label: str
    required: bool


class LedgerPublic(BaseModel):
    """One of the twenty ledgers, as its form and list need it.

    T1 and T2 are `derived` from the plan and have no rows of their own. A null label means that
    the form does not ask for it. `criteria` are codes of the campaign's standard.
    """

    kind: str
    name: str
    hint: str
    criteria: list[str]
    derived: bool
    writable: bool
    """Whether the caller may add rows."""
    count: int
    """Rows of the campaign and unit that the caller sees."""
    last_on: date | None
    """The date of the newest row."""
    title_label: str | None
    happened_label: str
    ended_label: str | None
    members: MembersPublic | None
    details_schema: dict[str, Any] | None
    """JSON Schema of `details`."""


class LedgersQuery(BaseModel):
    """Whose and which year's rows are counted; by default the running year's."""

    model_config = {"extra": "forbid"}

    campaign_id: UUID | None = None
    unit_id: UUID | None = None


class EntryRow(Body):
    """What one row says. `details` has the shape that the kind's JSON Schema tells."""

    title: Line = Column(default="", max_length=300)
    happened_on: date
    ended_on: date | None = None
    external_code: Line | None = Column(default=None, min_length=1, max_length=100)
    member_ids: list[UUID] = Column(default_factory=list, max_length=50)
    details: dict[str, Any] = Column(default_factory=dict)


class EntryCreate(EntryRow):
    """A new row. `unit_id` is only named by those who write about other units (T20)."""

    campaign_id: UUID
    kind: LedgerKind
    unit_id: UUID | None = None


class EntryBatch(Body):
    """Rows of one kind: all are taken or none."""

    campaign_id: UUID
    kind: LedgerKind
    unit_id: UUID | None = None
    rows: list[EntryRow] = Column(min_length=1, max_length=500)


class EntryUpdate(Body):
    """What may change about a row; `details`, when given, replaces all of them."""

    title: Line | None = Column(default=None, max_length=300)
    happened_on: date | None = None
    ended_on: date | None = None
    """Sent as null, it takes the last day away."""
    external_code: Line | None = Column(default=None, min_length=1, max_length=100)
    member_ids: list[UUID] | None = Column(default=None, max_length=50)
    details: dict[str, Any] | None = None


class EntryMember(BaseModel):
    """A member who took part."""

    id: UUID
    name: str


class EntryPublic(SQLModel):
    """A row of a ledger."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    kind: LedgerKind
    title: str
    happened_on: date
    ended_on: date | None
    external_code: str | None
    members: list[EntryMember]
    details: dict[str, Any]
    version: int
    updated_at: datetime
    updated_by: str


class EntryQuery(PageQuery):
    """Filters of `/ledger-entries`. `criterion` finds the rows of the ledgers that serve an item.

    The dates find what happened, at least in part, from the first to the last of them.
    """

    campaign_id: UUID | None = None
    kind: LedgerKind | None = None
    unit_id: UUID | None = None
    member_id: UUID | None = None
    criterion: str | None = Field(default=None, max_length=8)
    happened_from: date | None = None
    happened_until: date | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["happened_on", "-happened_on", "updated_at", "-updated_at"] = "-happened_on"


class IndicatorCode(StrEnum):
    """The items whose figures are computed from ledgers."""

    A13 = "A13"
    A14 = "A14"
    A15 = "A15"
    A16 = "A16"
    B8 = "B8"
    B12 = "B12"
    C6 = "C6"


class Status(StrEnum):
    """Where a figure stands. What is not recorded is `not_applicable`, never zero."""

    MET = "met"
    """达标"""
    ON_TRACK = "on_track"
    """未达标, but at this pace it will be by 31 December"""
    AT_RISK = "at_risk"
    """未达标, and at this pace it will not be"""
    MISSED = "missed"
    """The time is over"""
    NOT_APPLICABLE = "not_applicable"
    """Nothing is recorded, or nobody is concerned"""


class MemberFigure(BaseModel):
    """A member's own figure: papers (B12) or days (C6).

    `target` of C6 is in proportion to the days in office, rounded up to whole days [C].
    `forecast` is the figure of 31 December, or of the last day in office, at the present pace.
    """

    member_id: UUID
    name: str
    value: Decimal
    target: Decimal
    status: Status
    forecast: Decimal | None
    days_in_office: int


class Check(BaseModel):
    """One point of an item that asks for several: a meeting (A13), an element (A14)."""

    label: str
    met: bool
    note: str = ""


class Indicator(BaseModel):
    """A figure of one item. For B12 and C6 it counts the members who reach their target.

    `value` is null where nothing is recorded. For rates (A15, B8) it is a percentage rounded
    down, `part` and `whole` are exact. `missing` of `whole` members miss their target at the
    present pace.
    """

    criterion: IndicatorCode
    title: str
    value: Decimal | None
    target: Decimal
    measure: Literal["人", "项", "%", "次"]
    status: Status
    summary: str
    forecast: str | None = None
    missing: int | None = None
    part: int | None = None
    whole: int | None = None
    as_of: date
    members: list[MemberFigure]
    checks: list[Check]


class IndicatorRow(BaseModel):
    """A ledger row behind a figure; for B12 and C6 one for each member who took part.

    `counted` is what it adds: papers, days, matters, people. `reason` says why less than it shows.
    """

    entry_id: UUID
    kind: LedgerKind
    title: str
    happened_on: date
    ended_on: date | None
    member_id: UUID | None = None
    member_name: str = ""
    counted: Decimal
    reason: str = ""


class IndicatorOpened(BaseModel):
    """A figure with the rows it is made of."""

    indicator: Indicator
    rows: list[IndicatorRow]


class IndicatorsQuery(BaseModel):
    """Whose figures of which year; by default the own unit's of the running year."""

    model_config = {"extra": "forbid"}

    unit_id: UUID | None = None
    campaign_id: UUID | None = None
