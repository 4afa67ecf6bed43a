"""Units about which merged assessments disagree."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import SQLModel


class PlacedResult(SQLModel):
    """A unit's result in one assessment."""

    code: str
    title: str
    score: Decimal


class DisagreementPublic(SQLModel):
    """A unit that assessments place half of the units apart or more.

    Places run from 0 (best) to 1 (worst) among the units of an assessment.
    """

    unit_id: UUID
    unit_name: str
    best: Decimal
    worst: Decimal
    results: list[PlacedResult]
