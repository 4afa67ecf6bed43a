"""What a directory says of people and groups beyond the accounts themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, func
from sqlmodel import Field, SQLModel, col

from sihao.core.context import Role
from sihao.core.db import Identified, Versioned, choice, instant


class DirectoryPerson(SQLModel, table=True):
    """How a directory knows somebody. Who was deleted there stays here, hidden and shut out."""

    __tablename__ = "directory_person"

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    external_id: str | None = Field(default=None, max_length=200, index=True)
    hidden_at: datetime | None = Field(default=None, sa_type=instant())


class DirectoryGroup(Versioned, Identified, table=True):
    """A group of a directory. With `role` its members are those who hold this grant."""

    __tablename__ = "directory_group"

    name: str = Field(min_length=1, max_length=200)
    external_id: str | None = Field(default=None, max_length=200)
    role: Role | None = Field(default=None, sa_type=choice(Role))
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)


Index("uq_directory_group_name", func.lower(col(DirectoryGroup.name)), unique=True)


class DirectoryMember(SQLModel, table=True):
    """Somebody in a group that grants nothing."""

    __tablename__ = "directory_member"

    group_id: UUID = Field(foreign_key="directory_group.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True, index=True)
