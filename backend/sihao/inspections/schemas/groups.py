"""Groups and the assignment of units."""

from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.paging import PageQuery
from sihao.core.text import Line


class GroupCreate(Body):
    """A new group; its leader is one of its members."""

    campaign_id: UUID
    name: Line = Field(min_length=1, max_length=50)
    leader_id: UUID | None = None
    member_ids: list[UUID] = Field(default_factory=list, max_length=30)


class GroupUpdate(Body):
    """What may change about a group; `member_ids`, when given, are all its members."""

    name: Line | None = Field(default=None, min_length=1, max_length=50)
    leader_id: UUID | None = None
    member_ids: list[UUID] | None = Field(default=None, max_length=30)


class InspectorName(SQLModel):
    """A person of a group."""

    id: UUID
    name: str


class GroupPublic(SQLModel):
    """A group with its people; `inspections` counts the units it inspects."""

    id: UUID
    campaign_id: UUID
    name: str
    leader_id: UUID | None
    members: list[InspectorName]
    inspections: int
    version: int


class GroupQuery(PageQuery):
    """Filters of `/inspection-groups`."""

    campaign_id: UUID | None = None
    sort: Literal["name", "-name"] = "name"


class InspectorPublic(InspectorName):
    """Somebody who can sit in a group; nobody inspects the own unit."""

    unit_name: str | None
    group_ids: list[UUID]


class AssignBody(Body):
    """`dry_run` proposes and changes nothing; `confirms` is the digest of the proposal read."""

    dry_run: bool = False
    confirms: str | None = Field(default=None, max_length=64)


class Assigned(SQLModel):
    """A unit and its group; `aside` names the members who do not judge it.

    `why` says it in a sentence: how many units the group has, and who could not take it.
    """

    unit_id: UUID
    unit_name: str
    group_id: UUID
    group_name: str
    aside: list[str]
    why: str


class GroupLoad(SQLModel):
    """How many units a group has before and after."""

    group_id: UUID
    group_name: str
    before: int
    after: int


class NotAssigned(SQLModel):
    """A unit that no group can take, and why."""

    unit_id: UUID
    unit_name: str
    reason: str


class AssignmentPublic(SQLModel):
    """What an assignment did or, as a dry run, would do. `already` had a group before.

    `digest` stands for exactly this: it is confirmed, or proposed anew.
    """

    dry_run: bool
    already: int
    assigned: list[Assigned]
    not_assigned: list[NotAssigned]
    loads: list[GroupLoad] = Field(default_factory=list)
    digest: str = ""
