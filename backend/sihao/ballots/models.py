"""Ballots, and what is kept of votes: sealed papers without time, order or voter."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.ballots.lifecycle import BallotState
from sihao.core.db import Identified, UnitOwned, Versioned, choice, instant, unit_key, within_unit
from sihao.core.text import Line


class BallotFields(SQLModel):
    """What the committee writes about a ballot besides questions and groups."""

    title: Line = Field(min_length=1, max_length=200)
    opens_at: datetime = Field(sa_type=instant())
    closes_at: datetime = Field(sa_type=instant())


class Ballot(BallotFields, Versioned, UnitOwned, Identified, table=True):
    """民主测评 of one unit's leadership team in one year [C].

    `public_key` seals papers; the key that opens them is handed out when codes are issued and is
    stored nowhere.
    """

    __table_args__ = (
        unit_key(),
        UniqueConstraint("campaign_id", "unit_id"),
        CheckConstraint("closes_at > opens_at", name="window_order"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    questions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    groups: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    state: BallotState = Field(default=BallotState.DRAFTED, sa_type=choice(BallotState))
    issued_by: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    public_key: bytes | None = Field(default=None, sa_type=LargeBinary)
    result: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    """What was published: see `counting.py`."""
    record_hash: str = Field(default="", max_length=64)
    """SHA-256 of the record of papers, hex."""
    tags: list[str] = Field(default_factory=list, sa_type=ARRAY(String(14)))
    """The numbers of all counted papers, sorted."""


class BallotCode(UnitOwned, table=True):
    """A code by its hash; who got which is written nowhere."""

    __tablename__ = "ballot_code"
    __table_args__ = (within_unit("ballot", "ballot_id"),)

    code_hash: str = Field(primary_key=True, max_length=64)
    ballot_id: UUID = Field(index=True)
    group_code: str = Field(max_length=16)
    spent: bool = False


class BallotUrn(UnitOwned, table=True):
    """All sealed papers of a group in one row, in the order of their bytes, which are random.

    One row and not one each: rows have a place and a transaction number that tell their order.
    """

    __tablename__ = "ballot_urn"
    __table_args__ = (within_unit("ballot", "ballot_id"),)

    ballot_id: UUID = Field(primary_key=True)
    group_code: str = Field(primary_key=True, max_length=16)
    papers: list[bytes] = Field(default_factory=list, sa_type=ARRAY(LargeBinary))


class HandCount(UnitOwned, Identified, table=True):
    """Totals of a group's votes on paper, as one person entered them.

    Two people make a round; when their figures differ, the next round begins.
    """

    __tablename__ = "hand_count"
    __table_args__ = (
        within_unit("ballot", "ballot_id"),
        UniqueConstraint("ballot_id", "group_code", "round", "person_id"),
    )

    ballot_id: UUID = Field(index=True)
    group_code: str = Field(max_length=16)
    round: int = Field(ge=1)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    entered_by: str = Field(max_length=200)
    figures: dict[str, Any] = Field(sa_type=JSONB)


class BallotRecord(UnitOwned, table=True):
    """The opened papers, frozen: one text, sorted by the papers' random numbers."""

    __tablename__ = "ballot_record"
    __table_args__ = (within_unit("ballot", "ballot_id"),)

    ballot_id: UUID = Field(primary_key=True)
    text: str = Field(sa_type=Text)
