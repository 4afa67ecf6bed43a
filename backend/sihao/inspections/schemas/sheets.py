"""Score sheets and judgements."""

from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.text import Prose
from sihao.inspections.lifecycle import SheetState
from sihao.inspections.models import DeductionFields


class DeductionBody(DeductionFields, Body):
    """A deduction: clause, fact, evidence or its absence; the inspector is whoever sends it."""

    @model_validator(mode="after")
    def _proven(self) -> Self:
        if self.evidence_id is None and not self.absence:
            raise ValueError("扣分须引用证据，或者注明缺少什么证据。")
        return self


class JudgementBody(Body):
    """The whole word on an item; no deduction means full points. `doubt`: for the group."""

    doubt: bool = False
    note: Prose = Field(default="", max_length=2000)
    deductions: list[DeductionBody] = Field(default_factory=list, max_length=20)


class DeductionPublic(DeductionFields):
    """A deduction as it stands."""

    id: UUID
    evidence_title: str
    inspector: str


class JudgementPublic(SQLModel):
    """A judgement; `lost` never exceeds the item's points, `score` is what is left of them."""

    id: UUID
    sheet_id: UUID
    criterion_id: UUID
    doubt: bool
    note: str
    deductions: list[DeductionPublic]
    lost: Decimal
    score: Decimal
    version: int
    updated_at: datetime


class SheetRow(SQLModel):
    """A sheet in a list."""

    id: UUID
    inspection_id: UUID
    unit_id: UUID
    inspector_id: UUID
    inspector_name: str
    state: SheetState
    submitted_at: datetime | None
    judged: int
    version: int


class SheetItem(SQLModel):
    """An item to judge."""

    criterion_id: UUID
    code: str
    title: str
    dimension: str
    points: Decimal


class SheetPublic(SheetRow):
    """A sheet with all items and the judgements made so far."""

    unit_name: str
    group_name: str
    year: int
    items: list[SheetItem]
    judgements: list[JudgementPublic]
    actions: list[Action]
