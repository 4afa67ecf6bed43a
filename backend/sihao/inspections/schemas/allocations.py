"""Items allocated to specialists of a group."""

from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body


class AllocationRow(Body):
    """Whose an item is; nobody named: everybody's."""

    criterion_id: UUID
    person_ids: list[UUID] = Field(default_factory=list, max_length=30)


class AllocationBody(Body):
    """All allocations of a group; items left out are everybody's."""

    items: list[AllocationRow] = Field(max_length=500)


class AllocatedItem(SQLModel):
    """An item and those of the group whose it is."""

    criterion_id: UUID
    code: str
    title: str
    person_ids: list[UUID]


class AllocationPublic(SQLModel):
    """A group's allocation. `scorers` independent words are needed on each item."""

    group_id: UUID
    scorers: int
    items: list[AllocatedItem]
    version: int
