"""The private addresses of calendars."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.db import instant


class CalendarAddress(SQLModel, table=True):
    """Somebody's one address; only the hash of its secret is kept."""

    __tablename__ = "calendar_address"

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    secret_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(sa_type=instant())
    read_at: datetime | None = Field(default=None, sa_type=instant())
    """The last time a calendar program came, to the hour."""
