"""What the committee asks for beyond the year's regular work."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.burden.lifecycle import CollectionState
from sihao.core.db import Identified, UnitOwned, Versioned, choice, instant
from sihao.core.text import Line, Prose
from sihao.ledgers.models import LedgerKind


class CollectionFields(SQLModel):
    """Why, what, of which time, until when."""

    title: Line = Field(min_length=1, max_length=200)
    basis: Line = Field(min_length=1, max_length=300)
    """Who demands it by which document."""
    note: Prose = Field(default="", max_length=2000)
    codes: list[str] = Field(default_factory=list, max_length=100)
    """Items of the standard that material is wanted about."""
    ledgers: list[LedgerKind] = Field(default_factory=list, max_length=20)
    covers_from: date
    covers_until: date
    due_on: date


class MaterialCollection(CollectionFields, Versioned, Identified, table=True):
    """A request for material to some units."""

    __tablename__ = "material_collection"
    __table_args__ = (CheckConstraint("covers_until >= covers_from", name="period_order"),)

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    codes: list[str] = Field(default_factory=list, sa_type=ARRAY(String(8)))
    ledgers: list[LedgerKind] = Field(default_factory=list, sa_type=ARRAY(String(8)))
    reasons: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    """Why something is asked for again that units have handed in: code or ledger → reason."""
    state: CollectionState = Field(default=CollectionState.DRAFTED, sa_type=choice(CollectionState))
    sent_at: datetime | None = Field(default=None, sa_type=instant())


class MaterialRequest(UnitOwned, Identified, table=True):
    """One unit that is asked."""

    __tablename__ = "material_request"
    __table_args__ = (UniqueConstraint("collection_id", "unit_id"),)

    collection_id: UUID = Field(foreign_key="material_collection.id", index=True)
