"""What goes in and out about plans and the team's meetings."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line, Prose
from sihao.plans.content import PlanChange, PlanContent
from sihao.plans.lifecycle import PlanState
from sihao.plans.models import Decision, PlanFields, TeamMeetingFields


class PlanCreate(PlanFields, Body):
    """The own unit's plan of a campaign; its text may come later."""

    campaign_id: UUID


class PlanUpdate(Body):
    """What the editor saves by itself while it is typed."""

    basis: Prose | None = Field(default=None, max_length=4000)
    goals: Prose | None = Field(default=None, max_length=4000)
    content: Prose | None = Field(default=None, max_length=8000)


class PlanRow(SQLModel):
    """A plan in a list. The counts are null where the draft is not for this reader."""

    id: UUID
    unit_id: UUID
    unit_name: str
    campaign_id: UUID
    year: int
    state: PlanState
    draft_number: int
    in_force_number: int | None
    signed_at: datetime | None
    late: bool
    problem_count: int | None
    measure_count: int | None
    updated_at: datetime
    updated_by: str
    version: int
    actions: list[Action]


class PlanReturn(SQLModel):
    """Why the committee returned the version signed last."""

    number: int
    opinion: str
    by: str
    at: datetime


class PlanPublic(PlanRow):
    """A plan. Its text is null where the draft is not for this reader: see its versions."""

    basis: str | None
    goals: str | None
    content: str | None
    last_return: PlanReturn | None


class PlanQuery(PageQuery):
    """Filters of `/plans`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: PlanState | None = None
    late: bool | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["unit", "-unit", "updated_at", "-updated_at"] = "unit"


class UnitName(SQLModel):
    """A unit by name."""

    id: UUID
    name: str


class StageCounts(SQLModel):
    """How far the plans of a campaign are, as this reader sees it."""

    by_state: dict[PlanState, int]
    late: int
    missing: list[UnitName]
    """Units of which this reader sees no plan."""


class VersionRow(SQLModel):
    """A signed version in a list, with the committee's answer where plans are filed."""

    number: int
    content_hash: str
    signed_by: str
    signed_at: datetime
    opinion: str
    decision: Decision | None
    decided_by: str
    decided_at: datetime | None
    decision_opinion: str


class VersionPublic(VersionRow):
    """A signed version with its whole text."""

    content: PlanContent


class PlanDiff(BaseModel):
    """What differs, from the older text to the newer; `after` is null for the draft."""

    before: int
    after: int | None
    changes: list[PlanChange]


class CarryOver(Body):
    """Which open problems of earlier years go on in this plan."""

    problem_ids: list[UUID] = Field(min_length=1, max_length=200)
    with_measures: bool = True
    """Take their unfinished measures along; due dates are set anew."""


class Order(Body):
    """All ids of the plan's problems, or of its measures, in the order wanted."""

    ids: list[UUID] = Field(min_length=1, max_length=500)


class MeetingCreate(TeamMeetingFields, Body):
    """A meeting of the own unit's team about the campaign (R1)."""

    campaign_id: UUID


class MeetingUpdate(Body):
    """What may change about a meeting."""

    held_on: date | None = None
    subject: Line | None = Field(default=None, min_length=1, max_length=200)
    summary: Prose | None = Field(default=None, max_length=4000)


class MeetingPublic(TeamMeetingFields):
    """A meeting of a team."""

    id: UUID
    unit_id: UUID
    campaign_id: UUID
    version: int


class MeetingQuery(PageQuery):
    """Filters of `/team-meetings`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    sort: Literal["held_on", "-held_on"] = "-held_on"
