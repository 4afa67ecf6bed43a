"""Inspections, what the unit gets to read, and what stands behind an item."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.campaigns.models import CriterionKind
from sihao.campaigns.scheme import Clause, Level
from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Verdict
from sihao.inspections.lifecycle import InspectionState, ObjectionState
from sihao.inspections.models import HalfDay
from sihao.inspections.schemas.decisions import DecidedDeduction
from sihao.inspections.schemas.objections import FindingPublic, ObjectionPublic
from sihao.ledgers.schemas import Indicator
from sihao.plans.lifecycle import MeasureState


class InspectionUpdate(Body):
    """The time and place of the visit; before the start also another group, with the reason."""

    visit_on: date | None = None
    visit_half: HalfDay | None = None
    visit_place: Line | None = Field(default=None, max_length=100)
    group_id: UUID | None = None
    reason: Prose = Field(default="", max_length=1000)


class InspectionRow(SQLModel):
    """An inspection in a list; `my_sheet_id` and `my_judged` speak of the caller's own sheet."""

    id: UUID
    campaign_id: UUID
    unit_id: UUID
    unit_name: str
    group_id: UUID
    group_name: str
    state: InspectionState
    visit_on: date | None
    visit_half: HalfDay | None
    visit_place: str
    feedback_at: datetime | None
    objections_until: datetime | None
    confirmed_at: datetime | None
    my_sheet_id: UUID | None
    my_judged: int
    version: int
    updated_at: datetime
    actions: list[Action]


class InspectionPublic(InspectionRow):
    """An inspection; `inspectors` are those who judge this unit, `aside` those who must not."""

    leader_id: UUID | None
    inspectors: list[str]
    aside: list[str]


class InspectionQuery(PageQuery):
    """Filters of `/inspections`."""

    campaign_id: UUID | None = None
    group_id: UUID | None = None
    unit_id: UUID | None = None
    state: InspectionState | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["sort_order", "updated_at", "-updated_at"] = "sort_order"


class ItemScore(SQLModel):
    """An item as the unit reads it: what it lost, why, and what is left."""

    criterion_id: UUID
    code: str
    title: str
    dimension: str
    points: Decimal
    lost: Decimal
    restored: Decimal
    score: Decimal
    deductions: list[DecidedDeduction]
    reason: str
    objection: ObjectionPublic | None


class FeedbackPublic(SQLModel):
    """反馈意见: every item with its deductions, the findings, and how long one may object."""

    inspection: InspectionPublic
    points: Decimal
    score: Decimal
    items: list[ItemScore]
    findings: list[FindingPublic]
    may_object: bool
    """The caller may file an objection now."""


class ItemEvidence(SQLModel):
    """A piece of evidence linked to the item, with the verdict on the link."""

    link_id: UUID
    link_version: int
    evidence_id: UUID
    title: str
    file_name: str
    media_type: str
    size: int | None
    state: EvidenceState
    verdict: Verdict
    reason: str


class OwnWords(SQLModel):
    """What the unit's self-report says about the item's dimension, as it was signed."""

    state: str
    text: str
    passages: list[str]
    """What of it names the item by its code."""


class OwnMeasure(SQLModel):
    """A measure of the unit's signed plan against a problem that is held against the item."""

    id: UUID
    problem: str
    text: str
    state: MeasureState
    due_on: date | None
    completed_on: date | None


class LastObjection(SQLModel):
    """How an objection to it ended."""

    state: ObjectionState
    decision: str
    restored: Decimal


class LastYear(SQLModel):
    """The decision on the same item, or on the one it is mapped to, a year ago."""

    year: int
    code: str
    title: str
    points: Decimal
    score: Decimal
    deductions: list[DecidedDeduction]
    reason: str
    objection: LastObjection | None


class ItemFacts(SQLModel):
    """All that an inspector needs to judge one item of one unit.

    `indicator` is the computed figure as `/indicators` gives it; `ledger_rows` counts the rows of
    each ledger that bears on the item.
    """

    criterion_id: UUID
    code: str
    title: str
    text: str
    kind: CriterionKind
    dimension: str
    dimension_title: str
    source_ref: str
    source_rule: str
    points: Decimal
    clauses: list[Clause]
    levels: list[Level]
    own_words: OwnWords | None
    measures: list[OwnMeasure]
    indicator: Indicator | None
    ledger_rows: dict[str, int]
    evidence: list[ItemEvidence]
    last_year: LastYear | None
