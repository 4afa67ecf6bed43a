"""Findings and objections."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlmodel import Field

from sihao.core.body import Body
from sihao.core.lifecycle import Action, TransitionBody
from sihao.core.paging import PageQuery
from sihao.inspections.lifecycle import ObjectionState
from sihao.inspections.models import FindingFields, ObjectionFields


class FindingCreate(FindingFields, Body):
    """A problem found with one item (W30)."""

    inspection_id: UUID


class FindingPublic(FindingFields):
    """A problem found."""

    id: UUID
    inspection_id: UUID
    unit_id: UUID
    unit_name: str
    criterion_code: str
    criterion_title: str
    found_by: str
    version: int


class FindingQuery(PageQuery):
    """Filters of `/findings`."""

    campaign_id: UUID | None = None
    inspection_id: UUID | None = None
    unit_id: UUID | None = None
    criterion_id: UUID | None = None
    sort: Literal["created_at", "-created_at"] = "created_at"


class ObjectionCreate(ObjectionFields, Body):
    """A new objection to an item's deductions."""

    inspection_id: UUID


class ObjectionPublic(ObjectionFields):
    """陈述申辩; `lost` is what the item lost, `restored` what the decision gave back."""

    id: UUID
    inspection_id: UUID
    unit_id: UUID
    unit_name: str
    group_name: str
    criterion_code: str
    criterion_title: str
    evidence_title: str | None
    lost: Decimal
    state: ObjectionState
    filed_by: str
    created_at: datetime
    decision: str
    restored: Decimal
    decided_by: str
    decided_at: datetime | None
    version: int
    actions: list[Action]


class ObjectionQuery(PageQuery):
    """Filters of `/objections`."""

    campaign_id: UUID | None = None
    inspection_id: UUID | None = None
    unit_id: UUID | None = None
    state: ObjectionState | None = None
    open: bool | None = None
    """Those without an answer yet, or those with one."""
    sort: Literal["created_at", "-created_at"] = "created_at"


class RestoreBody(TransitionBody):
    """How many points a partly upheld objection gives back."""

    restored: Decimal = Field(gt=0, max_digits=9, decimal_places=4)
