"""Units, the members of their leadership teams, and the members' terms of office."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from sihao.core.db import Identified, UnitOwned, Versioned, choice, unit_key, within_unit
from sihao.core.text import Line


class UnitKind(StrEnum):
    """The committee stands at the root of the tree."""

    COMMITTEE = "committee"
    UNIT = "unit"


class UnitFields(SQLModel):
    """What the committee writes about a unit."""

    code: Line = Field(min_length=1, max_length=32)
    name: Line = Field(min_length=1, max_length=100)
    short_name: Line = Field(min_length=1, max_length=40)
    unit_class: Line = Field(min_length=1, max_length=40)
    """The group in which units are compared, such as 政府部门 [C]."""
    sort_order: int = Field(default=0, ge=0, le=1_000_000)


class Unit(UnitFields, Versioned, Identified, table=True):
    """A municipal department, or the Work Committee itself."""

    code: Line = Field(min_length=1, max_length=32, unique=True)
    kind: UnitKind = Field(default=UnitKind.UNIT, sa_type=choice(UnitKind))
    parent_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    active: bool = True


class MemberFields(SQLModel):
    """What a unit writes about a member of its leadership team."""

    name: Line = Field(min_length=1, max_length=50)
    duty: Line = Field(min_length=1, max_length=100)
    """The office held, such as 党组书记、局长."""
    rank_order: int = Field(default=1, ge=1, le=99)


class Member(MemberFields, Versioned, UnitOwned, Identified, table=True):
    """One member of a leadership team (R2: the team is assessed, not the Party office)."""

    __table_args__ = (unit_key(),)

    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)


class Term(UnitOwned, Identified, table=True):
    """A term of office; `ended_on` is the last day, null while it lasts."""

    __table_args__ = (
        within_unit("member", "member_id"),
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="term_order"),
    )

    member_id: UUID = Field(index=True)
    started_on: date
    ended_on: date | None = None
