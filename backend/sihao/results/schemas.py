"""What goes in and out about results, comparisons and commendations."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.campaigns.scheme import Points, Rules
from sihao.core.body import Body
from sihao.core.lifecycle import Action, TransitionBody
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.results.compared import Formula
from sihao.results.lifecycle import (
    ComparisonState,
    CorrectionState,
    NoticeObjectionState,
    ResultState,
)
from sihao.results.models import ComparisonFields, NoticeObjectionFields


class ResultRow(SQLModel):
    """A result in a list."""

    id: UUID
    unit_id: UUID
    unit_name: str
    unit_class: str
    campaign_id: UUID
    year: int
    state: ResultState
    total: Decimal
    grade: str
    findings: int
    published_at: datetime | None
    revision: int
    version: int
    actions: list[Action]


class ResultPublic(ResultRow):
    """A result by itself."""

    inputs_hash: str
    outcome_hash: str
    computed_by: str
    approved_by: str
    updated_at: datetime


class ResultQuery(PageQuery):
    """Filters of `/results`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: ResultState | None = None
    grade: str | None = Field(default=None, max_length=20)
    unit_class: str | None = Field(default=None, max_length=40)
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["unit", "total", "-total", "-year"] = "unit"


class SchemeTrial(Body):
    """A made-up unit: points lost by item, scores of merged assessments and groups of raters."""

    rules: Rules
    unit_class: Line = Field(default="", max_length=40)
    lost: dict[str, Points] = Field(default_factory=dict)
    assessments: dict[str, Points | None] = Field(default_factory=dict)
    ballots: dict[str, Points | None] = Field(default_factory=dict)


class Computed(SQLModel):
    """What computing did: how many results, and which units have no final inspection yet."""

    computed: int
    kept: int
    """Already approved or published; they are not touched."""
    missing: list[str]


class Moved(SQLModel):
    """How many results were approved or published at once."""

    moved: int


class Recount(SQLModel):
    """A computation from the frozen inputs, set beside what is stored."""

    same: bool
    stored_hash: str
    recounted_hash: str


class ItemPatch(Body):
    """What an item should have lost, and why."""

    code: str = Field(min_length=1, max_length=8)
    lost: Decimal = Field(ge=0, max_digits=9, decimal_places=4)
    """Points in all, those that objections gave back taken off."""
    reason: Prose = Field(min_length=1, max_length=1000)


class AssessmentPatch(Body):
    """What a merged assessment should have said; null where it has no result."""

    code: str = Field(min_length=1, max_length=8)
    score: Decimal | None = Field(ge=0, le=100, max_digits=7, decimal_places=4)
    source: Line = Field(min_length=1, max_length=200)


class CorrectionLines(Body):
    """What a correction changes in a published result; all else stays."""

    items: list[ItemPatch] = Field(default_factory=list, max_length=200)
    assessments: list[AssessmentPatch] = Field(default_factory=list, max_length=50)


class CorrectionCreate(CorrectionLines):
    """A correction of a published result, with its reason."""

    reason: Prose = Field(min_length=1, max_length=4000)


class Change(SQLModel):
    """One line of two results; None where one does not have it."""

    code: str
    code_before: str | None
    """What it was called in the standard that it continues, if otherwise."""
    label: str
    before: Decimal | None
    now: Decimal | None
    change: Decimal | None
    reasons: list[str]
    """Why an item moved, in sentences: deductions that are new, gone or other; its points."""


class Changes(SQLModel):
    """A result beside an earlier one."""

    year_before: int | None
    total_before: Decimal | None
    total: Decimal
    parts: list[Change]
    """Checked items as a whole, each merged assessment, each group of raters, bonuses."""
    dimensions: list[Change]
    items: list[Change]


class CorrectionPreview(SQLModel):
    """What a correction would come to, before anything is drafted."""

    total: Decimal
    grade: str
    before_total: Decimal
    before_grade: str
    changes: Changes


class CorrectionPublic(SQLModel):
    """A correction, with what it replaces."""

    id: UUID
    result_id: UUID
    unit_id: UUID
    revision: int
    state: CorrectionState
    reason: str
    total: Decimal
    grade: str
    before_total: Decimal
    before_grade: str
    outcome_hash: str
    before_outcome_hash: str
    drafted_by: str
    published_by: str
    published_at: datetime | None
    created_at: datetime
    version: int
    changes: Changes
    """What moves between the two versions."""
    actions: list[Action]


class ComparisonCreate(ComparisonFields, Body):
    """A new comparison of two campaign years."""

    formula: Formula = Formula()


class LeadershipOpinionPublic(SQLModel):
    """The opinion of the city's leadership, if it gave one."""

    leadership_opinion: str
    leadership_by: str
    leadership_at: datetime | None


class ComparisonPublic(ComparisonFields, LeadershipOpinionPublic):
    """A comparison."""

    id: UUID
    state: ComparisonState
    first_year: int
    second_year: int
    formula: Formula
    inputs_hash: str | None
    outcome_hash: str | None
    deliberation: str
    departure: str
    notice_until: datetime | None
    version: int
    updated_at: datetime
    actions: list[Action]


class ComparisonQuery(PageQuery):
    """Filters of `/comparisons`."""

    state: ComparisonState | None = None
    sort: Literal["-created_at", "created_at"] = "-created_at"


class Deliberation(TransitionBody):
    """The deliberation: whom the list commends, and why; ties at the line are decided here."""

    unit_ids: list[UUID] = Field(min_length=1, max_length=500)
    departure: Prose = Field(default="", max_length=4000)
    """Why, when a team clearly within the places is left out."""


class CommendationPublic(SQLModel):
    """One commended team (R21)."""

    id: UUID
    comparison_id: UUID
    comparison_name: str
    unit_id: UUID
    unit_name: str
    place: int | None
    """None for the commended unit itself: no unit sees a ranking."""
    merits: str
    withdrawn_reason: str
    """Why the team was taken off the list; empty while it is on it."""
    withdrawn_by: str
    withdrawn_at: datetime | None
    version: int


class CommendationUpdate(Body):
    """The merits, arranged by the four goods."""

    merits: Prose = Field(max_length=4000)


class CommendationQuery(PageQuery):
    """Filters of `/commendations`."""

    comparison_id: UUID | None = None
    sort: Literal["place"] = "place"


class Withdrawal(Body):
    """Take a team off the list, because of an objection that was upheld."""

    objection_id: UUID
    reason: Prose = Field(min_length=1, max_length=4000)


class NoticedTeam(SQLModel):
    """A team as the public notice names it."""

    unit_id: UUID
    unit_name: str
    merits: str
    withdrawn: bool = False


class NoticePublic(SQLModel):
    """公示 of a comparison's list, and the circular once it is announced."""

    id: UUID
    name: str
    first_year: int
    second_year: int
    state: ComparisonState
    notice_days: int
    notice_until: datetime | None
    teams: list[NoticedTeam]
    may_object: bool
    """The caller may object now."""


class NoticeObjectionCreate(NoticeObjectionFields, Body):
    """An objection; `sender` where an officer enters a letter."""

    sender: Line = Field(default="", max_length=100)


class NoticeObjectionPublic(NoticeObjectionFields):
    """An objection to a public notice, with its answer."""

    id: UUID
    comparison_name: str
    unit_id: UUID | None
    unit_name: str | None
    about_name: str
    """The noticed team it is about; empty for the list as a whole."""
    evidence_title: str | None
    sender: str
    state: NoticeObjectionState
    filed_by: str
    created_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    version: int
    actions: list[Action]


class NoticeObjectionQuery(PageQuery):
    """Filters of `/notice-objections`."""

    comparison_id: UUID | None = None
    state: NoticeObjectionState | None = None
    sort: Literal["created_at", "-created_at"] = "created_at"
