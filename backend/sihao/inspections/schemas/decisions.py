"""Consolidation: the group's word on each item, beside the inspectors' own."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.text import Prose
from sihao.inspections.schemas.sheets import DeductionBody, DeductionPublic


class DecisionBody(Body):
    """Take over deductions of the inspectors, word others, or both; none means full points.

    `reason` is needed where the inspectors differ or one of them doubts.
    """

    deduction_ids: list[UUID] = Field(default_factory=list, max_length=40)
    own: list[DeductionBody] = Field(default_factory=list, max_length=20)
    reason: Prose = Field(default="", max_length=2000)


class DecidedDeduction(SQLModel):
    """A deduction as decided: a copy in four parts."""

    clause: str
    clause_number: int | None = None
    times: int = 1
    fact: str
    evidence_id: UUID | None = None
    evidence_title: str = ""
    absence: str = ""
    points: Decimal
    inspector: str


class DecidedWord(SQLModel):
    """What a decision says: for telling two of them apart."""

    deductions: list[DecidedDeduction]
    reason: str


class DecisionPublic(SQLModel):
    """The group's word on one item."""

    id: UUID
    criterion_id: UUID
    lost: Decimal
    restored: Decimal
    score: Decimal
    deductions: list[DecidedDeduction]
    reason: str
    decided_by: str
    version: int


class OpinionPublic(SQLModel):
    """What one inspector said of an item."""

    sheet_id: UUID
    inspector: str
    lost: Decimal
    doubt: bool
    note: str
    deductions: list[DeductionPublic]


class ConsolidationItem(SQLModel):
    """One item: everybody's word, how far they are apart (`gap`, points), and the decision."""

    criterion_id: UUID
    code: str
    title: str
    dimension: str
    points: Decimal
    opinions: list[OpinionPublic]
    gap: Decimal
    agreed: bool
    """Nobody doubts, and all name the same clauses and points."""
    decision: DecisionPublic | None
    outdated: bool
    """An inspector had a word on it after it was decided: it is to be decided again."""


class ConsolidationPublic(SQLModel):
    """合议表. `can_decide` tells whether the caller leads the group and every sheet is in."""

    inspection_id: UUID
    waiting: list[str]
    can_decide: bool
    items: list[ConsolidationItem]
