"""What is added to, taken from or held against a unit's result as a whole."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric
from sqlmodel import Field, SQLModel

from sihao.core.db import Identified, UnitOwned, Versioned, choice, instant, unit_key, within_unit
from sihao.core.text import Line, Prose
from sihao.extras.lifecycle import ExtraOrigin, ExtraState


class MatterKind(StrEnum):
    """加分, 减分, 一票否决."""

    BONUS = "bonus"
    PENALTY = "penalty"
    VETO = "veto"


class ExtraFields(SQLModel):
    """What is written about it; with the clause and who, the four parts of a deduction (B5)."""

    code: Line = Field(min_length=1, max_length=8)
    """Of the year's scheme."""
    times: int = Field(default=1, ge=1, le=99)
    fact: Prose = Field(min_length=1, max_length=2000)
    evidence_id: UUID | None = None
    absence: Line = Field(default="", max_length=300)
    """Where the proof is, or that there is none, when no evidence is named."""
    document: Line = Field(default="", max_length=100)
    """文号 of the decision that it rests on."""


class Extra(ExtraFields, Versioned, UnitOwned, Identified, table=True):
    """A bonus, penalty or veto with the scheme's clause as it stood when it was raised."""

    __table_args__ = (
        unit_key(),
        within_unit("evidence", "evidence_id"),
        CheckConstraint("evidence_id IS NOT NULL OR absence <> ''", name="evidence_or_absence"),
        CheckConstraint("times > 0 AND points >= 0", name="counts"),
        CheckConstraint("(kind = 'veto') = (grade <> '')", name="veto_has_grade"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    kind: MatterKind = Field(sa_type=choice(MatterKind))
    clause: str = Field(max_length=300)
    points: Decimal = Field(default=Decimal(0), sa_type=Numeric(12, 4))
    """Of all `times` together, never negative; nothing for a veto."""
    grade: str = Field(default="", max_length=20)
    """The best grade while a veto stands."""
    evidence_id: UUID | None = Field(default=None, index=True)
    co_assessment_id: UUID | None = Field(default=None, foreign_key="co_assessment.id", index=True)
    """The merged assessment whose department alone may raise it."""
    state: ExtraState = Field(default=ExtraState.RAISED, sa_type=choice(ExtraState))
    origin: ExtraOrigin = Field(sa_type=choice(ExtraOrigin))
    raised_by: str = Field(max_length=200)
    raised_by_id: UUID | None = None
    noticed_by: str = Field(default="", max_length=200)
    noticed_by_id: UUID | None = None
    noticed_at: datetime | None = Field(default=None, sa_type=instant())
    notice_until: datetime | None = Field(default=None, sa_type=instant())
    view: Prose = Field(default="", max_length=4000)
    """What the unit says to it while it is on public notice."""
    viewed_by: str = Field(default="", max_length=200)
    viewed_at: datetime | None = Field(default=None, sa_type=instant())
    answer: Prose = Field(default="", max_length=4000)
    answered_by: str = Field(default="", max_length=200)
    answered_at: datetime | None = Field(default=None, sa_type=instant())
    decision: Prose = Field(default="", max_length=4000)
    decided_by: str = Field(default="", max_length=200)
    decided_at: datetime | None = Field(default=None, sa_type=instant())
