"""What goes in and out about bonuses, penalties and vetoes."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.extras.lifecycle import ExtraOrigin, ExtraState
from sihao.extras.models import ExtraFields, MatterKind


class ExtraCreate(ExtraFields, Body):
    """A proposal, or a unit's application for a bonus."""

    campaign_id: UUID
    unit_id: UUID


class ExtraPublic(ExtraFields):
    """A bonus, penalty or veto with what was said about it."""

    id: UUID
    campaign_id: UUID
    year: int
    unit_id: UUID
    unit_name: str
    kind: MatterKind
    clause: str
    points: Decimal
    """Of all `times` together, never negative."""
    grade: str
    evidence_title: str | None
    department: str | None
    """The owner of the merged assessment a veto belongs to."""
    state: ExtraState
    origin: ExtraOrigin
    raised_by: str
    created_at: datetime
    noticed_by: str
    noticed_at: datetime | None
    notice_until: datetime | None
    view: str
    viewed_by: str
    viewed_at: datetime | None
    answer: str
    answered_by: str
    answered_at: datetime | None
    decision: str
    decided_by: str
    decided_at: datetime | None
    version: int
    actions: list[Action]


class ExtraQuery(PageQuery):
    """Filters of `/extras`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: ExtraState | None = None
    kind: MatterKind | None = None
    open: bool | None = None
    """Those not decided yet, or those decided or withdrawn."""
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["created_at", "-created_at", "unit", "-unit"] = "-created_at"


class ExtraRulesQuery(SQLModel):
    """Which year's list."""

    campaign_id: UUID


class ExtraRulePublic(SQLModel):
    """One line of the year's list; `refused` says why the caller may not raise it."""

    code: str
    kind: MatterKind
    text: str
    points: Decimal
    times_most: int
    notice_days: int
    grade: str
    assessment: str
    """Code of the merged assessment whose department alone may raise it."""
    department: str
    refused: str | None


class ExtraRules(SQLModel):
    """The bonus, penalty and veto list of a year, in the scheme's order."""

    items: list[ExtraRulePublic]
