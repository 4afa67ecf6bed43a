"""回避: who stands aside for which unit."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.paging import PageQuery
from sihao.core.text import Line
from sihao.inspections.models import RecusalKind


class RecusalCreate(Body):
    """A declaration; `left_on` is the last day there, of somebody who worked there."""

    person_id: UUID
    unit_id: UUID
    kind: RecusalKind = RecusalKind.OTHER
    reason: Line = Field(min_length=1, max_length=300)
    left_on: date | None = None


class WithdrawalBody(Body):
    """Why a declaration holds no more."""

    reason: Line = Field(min_length=1, max_length=300)


class RecusalPublic(SQLModel):
    """A declaration as it stands on record; `may_withdraw` speaks of the caller."""

    id: UUID
    person_id: UUID
    person_name: str
    unit_id: UUID
    unit_name: str
    kind: RecusalKind
    reason: str
    left_on: date | None
    declared_by: str
    declared_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawal: str
    may_withdraw: bool


class RecusalQuery(PageQuery):
    """Filters of `/recusals`; without `withdrawn`, those that stand."""

    person_id: UUID | None = None
    unit_id: UUID | None = None
    withdrawn: bool = False
    sort: Literal["unit_name", "person_name"] = "unit_name"


class StandingAside(SQLModel):
    """An inspector and a unit he must not judge: why, and from which day on he may again.

    `own` is the present unit, `former` one left within three years; the others are declared.
    """

    person_id: UUID
    person_name: str
    unit_id: UUID
    unit_name: str
    why: Literal["own", "former", "relative", "worked_there", "other"]
    until: date | None


class UnitName(SQLModel):
    """A unit that a declaration may name."""

    id: UUID
    name: str
