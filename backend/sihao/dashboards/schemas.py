"""What dashboards, to-do lists and the event feed answer."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from sihao.inspections.schemas.disagreement import DisagreementPublic


class EventPublic(BaseModel):
    """Something that happened. `data` says what changed: states, opinion."""

    id: UUID
    name: str
    subject_id: UUID
    unit_id: UUID | None
    actor: str
    at: datetime
    data: dict[str, Any]


class EventFeed(BaseModel):
    """Events in the order of their commits. Ask again with `next_cursor`; it never skips one."""

    items: list[EventPublic]
    next_cursor: str


class EventQuery(BaseModel):
    """Filters of `/events`."""

    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(default=None, pattern=r"^\d{1,18}-\d{1,18}$")
    limit: int = Field(default=100, ge=1, le=500)
    name: str | None = Field(default=None, max_length=80)
    subject_id: UUID | None = None
    unit_id: UUID | None = None
    newest: bool = False
    """Give the newest events first instead of the feed from the cursor on."""


class When(StrEnum):
    """Where a to-do stands on the page."""

    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    WAITING = "waiting"


class TodoKind(StrEnum):
    """What a to-do is about: the subject's name in the lifecycles."""

    PLAN = "plan"
    MEASURE = "measure"
    PROBLEM = "problem"
    SELF_REPORT = "self_report"
    SHEET = "sheet"
    INSPECTION = "inspection"
    OBJECTION = "objection"
    EXTRA = "extra"
    COMPARISON = "comparison"
    NOTICE_OBJECTION = "notice_objection"
    RESULT = "result"
    INTERVIEW = "interview"
    RECTIFICATION = "rectification"
    REFERRAL = "referral"
    COMPLAINT = "complaint"


class Todo(BaseModel):
    """One line: verb, object, due. Derived from states and roles, never stored.

    `subject_id` is null where several are counted together or the thing does not exist yet;
    `state` is theirs, null for what does not exist yet.
    """

    kind: TodoKind
    state: str | None
    verb: str
    object: str
    reason: str
    subject_id: UUID | None
    unit_id: UUID | None
    campaign_id: UUID | None
    count: int
    due_at: datetime | None
    since: datetime | None
    when: When
    late: bool


class TodoQuery(BaseModel):
    """Whose to-dos: a log-in name, for other systems only."""

    model_config = ConfigDict(extra="forbid")

    person: str | None = Field(default=None, min_length=1, max_length=64)


class Figure(BaseModel):
    """A number that is a door: `list` is the API list that it counts (null: a computed figure)."""

    value: int
    list: str | None


class StageStatus(BaseModel):
    """One stage of the year strip."""

    stage: str
    opens_at: datetime | None
    closes_at: datetime | None
    done: bool
    current: bool


class CampaignRef(BaseModel):
    """The year that a dashboard is about."""

    id: UUID
    year: int
    name: str
    state: str


class EvidenceCell(BaseModel):
    """One of the 52 cells: what evidence an item has."""

    criterion_id: UUID
    code: str
    title: str
    dimension: str
    status: str
    """`accepted`, `available`, `promised`, `rejected` or `none`"""
    links: int


class UnitDashboard(BaseModel):
    """A unit's own year at a glance; figures by state, `overdue` beside them."""

    as_of: datetime
    campaign: CampaignRef | None
    stages: list[StageStatus] = Field(default_factory=list)
    plan_id: UUID | None = None
    plan_state: str | None = None
    report_id: UUID | None = None
    report_state: str | None = None
    inspection_id: UUID | None = None
    inspection_state: str | None = None
    measures: dict[str, Figure] = Field(default_factory=dict)
    problems: dict[str, Figure] = Field(default_factory=dict)
    evidence: list[EvidenceCell] = Field(default_factory=list)
    ledger_entries: Figure
    rectifications: dict[str, Figure] = Field(default_factory=dict)


class CommitteeDashboard(BaseModel):
    """All units' year at a glance: how many stand where, by state, and what is late."""

    as_of: datetime
    campaign: CampaignRef | None
    units: Figure
    complaints: Figure
    stages: list[StageStatus] = Field(default_factory=list)
    plans: dict[str, Figure] = Field(default_factory=dict)
    self_reports: dict[str, Figure] = Field(default_factory=dict)
    inspections: dict[str, Figure] = Field(default_factory=dict)
    results: dict[str, Figure] = Field(default_factory=dict)
    rectifications: dict[str, Figure] = Field(default_factory=dict)
    late_plans: Figure | None = None
    late_reports: Figure | None = None
    overdue_measures: Figure | None = None
    open_objections: Figure | None = None


class HeatRow(BaseModel):
    """A unit's line of the heat table; scores by dimension code."""

    unit_id: UUID
    unit_name: str
    unit_class: str
    result_id: UUID
    total: Decimal
    grade: str
    findings: int
    change: Decimal | None
    """Against the year before, None without one."""
    gap: Decimal | None
    """Points to the next better grade, None in the best."""
    scores: dict[str, Decimal]


class HeatColumn(BaseModel):
    """A dimension or item with its points."""

    code: str
    title: str
    of: Decimal


class HeatTable(BaseModel):
    """Unit × dimension."""

    campaign: CampaignRef
    columns: list[HeatColumn]
    rows: list[HeatRow]


class HeatItem(HeatColumn):
    """One of a unit's items; opens into its deductions and evidence."""

    criterion_id: UUID
    dimension: str
    got: Decimal
    evidence: int


class HeatUnit(BaseModel):
    """One unit × its items."""

    campaign: CampaignRef
    unit_id: UUID
    unit_name: str
    result_id: UUID
    total: Decimal
    grade: str
    items: list[HeatItem]


class Part(BaseModel):
    """A piece of a sentence: words, or a figure that opens into `list`."""

    text: str
    list: str | None = None


class Watched(BaseModel):
    """A unit that needs attention, and the facts why."""

    unit_id: UUID
    unit_name: str
    severity: str
    """`bad` or `warn`"""
    reasons: list[str]
    result_id: UUID | None


class ItemChange(BaseModel):
    """An item's share of points got, in per cent, in two years."""

    code: str
    title: str
    before: Decimal
    now: Decimal
    change: Decimal


class YearAverage(BaseModel):
    """Average share of points got by dimension, in per cent."""

    year: int
    total: Decimal
    dimensions: dict[str, Decimal]


class LeadershipDashboard(BaseModel):
    """One screen that answers questions: sentences, whom to watch, what changed."""

    as_of: datetime
    campaign: CampaignRef | None
    settled: CampaignRef | None
    """The year whose results the sentences speak of."""
    sentences: list[list[Part]] = Field(default_factory=list)
    watch: list[Watched] = Field(default_factory=list)
    changes: list[ItemChange] = Field(default_factory=list)
    trend: list[YearAverage] = Field(default_factory=list)


class UnitRef(BaseModel):
    """A unit by name."""

    unit_id: UUID
    unit_name: str


class AlikeFindings(BaseModel):
    """Findings of one item that say the same: the first one's text, and the units they were at."""

    text: str
    units: list[UnitRef]


class RecurringItem(BaseModel):
    """An item with problems found in many units; `alike` with the most units first."""

    code: str
    title: str
    units: int
    findings: int
    alike: list[AlikeFindings]


class ItemYear(BaseModel):
    """An item in one year: the code it had, the share of points got by all units, in per cent.

    `same` is the share of the units that got the very same points, the most frequent ones.
    """

    year: int
    code: str
    share: Decimal
    same: Decimal
    units: int


class ItemOverYears(BaseModel):
    """An item of the settled year, followed back by the standards' mapping; oldest year first."""

    code: str
    title: str
    years: list[ItemYear]
    flat: bool
    """It separates no units: `flat_percent` of them or more got the same points in every year."""


class UnitChange(BaseModel):
    """A unit's totals in two years."""

    unit_id: UUID
    unit_name: str
    result_id: UUID
    before: Decimal
    now: Decimal
    change: Decimal


class Questions(BaseModel):
    """What a settled year says about problems, items, units and assessments."""

    settled: CampaignRef | None
    at_least: int
    flat_percent: int
    units: int = 0
    """With a result of the year."""
    recurring: list[RecurringItem] = Field(default_factory=list)
    """Items with problems in `at_least` units or more, the most units first."""
    items: list[ItemOverYears] = Field(default_factory=list)
    moved: list[UnitChange] = Field(default_factory=list)
    """Whose total moved most against the year before, risen ones first."""
    disagreeing: list[DisagreementPublic] = Field(default_factory=list)
    """Units that merged assessments place far apart."""


class DashboardQuery(BaseModel):
    """Which year; the newest opened one when left out."""

    model_config = ConfigDict(extra="forbid")

    campaign_id: UUID | None = None


class QuestionsQuery(DashboardQuery):
    """Which year, and in how many units a problem recurs."""

    at_least: int = Field(default=10, ge=2, le=2000)
