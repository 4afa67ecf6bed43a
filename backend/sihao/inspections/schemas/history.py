"""What became of an item's score."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import SQLModel


class ScoreEvent(SQLModel):
    """One step. `lost` are points after it, `before` those it replaced, `restored` given back."""

    name: str
    at: datetime
    by: str
    lost: Decimal | None
    before: Decimal | None
    restored: Decimal | None
    reason: str


class ItemHistory(SQLModel):
    """An item's score now (null before the group decides) and all that led to it."""

    criterion_id: UUID
    code: str
    title: str
    points: Decimal
    score: Decimal | None
    events: list[ScoreEvent]
