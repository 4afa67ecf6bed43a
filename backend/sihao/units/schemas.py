"""What goes in and out about units and their teams."""

from datetime import date
from typing import Literal
from uuid import UUID

from sqlmodel import Field

from sihao.core.body import Body
from sihao.core.paging import PageQuery
from sihao.core.text import Line
from sihao.units.models import MemberFields, UnitFields, UnitKind


class UnitCreate(UnitFields, Body):
    """A new unit; it stands under the committee."""


class UnitUpdate(Body):
    """What may change about a unit."""

    name: Line | None = Field(default=None, min_length=1, max_length=100)
    short_name: Line | None = Field(default=None, min_length=1, max_length=40)
    unit_class: Line | None = Field(default=None, min_length=1, max_length=40)
    sort_order: int | None = Field(default=None, ge=0, le=1_000_000)
    active: bool | None = None


class UnitPublic(UnitFields):
    """A unit."""

    id: UUID
    kind: UnitKind
    parent_id: UUID | None
    active: bool
    version: int


class UnitQuery(PageQuery):
    """Filters of `/units`."""

    kind: UnitKind | None = None
    unit_class: str | None = Field(default=None, max_length=40)
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["sort_order", "name", "code"] = "sort_order"


class TermBody(Body):
    """A term of office."""

    started_on: date
    ended_on: date | None = None


class MemberCreate(MemberFields, Body):
    """A new member with the first term of office."""

    terms: list[TermBody] = Field(min_length=1, max_length=20)


class MemberUpdate(Body):
    """What may change about a member; `terms`, when given, replace all terms."""

    name: Line | None = Field(default=None, min_length=1, max_length=50)
    duty: Line | None = Field(default=None, min_length=1, max_length=100)
    rank_order: int | None = Field(default=None, ge=1, le=99)
    terms: list[TermBody] | None = Field(default=None, min_length=1, max_length=20)


class MemberPublic(MemberFields):
    """A member of a leadership team."""

    id: UUID
    unit_id: UUID
    person_id: UUID | None
    version: int
    terms: list[TermBody]
