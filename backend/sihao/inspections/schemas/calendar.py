"""Working days and holidays."""

from datetime import date

from pydantic import BaseModel, ConfigDict
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.text import Line


class DayBody(Body):
    """Whether offices are open on a day, and what it is called: 春节, 调休上班 …."""

    working: bool
    name: Line = Field(min_length=1, max_length=40)


class DayPublic(SQLModel):
    """A day. `shipped`: as the product knows it; `version` is 0 then."""

    day: date
    working: bool
    name: str
    shipped: bool
    version: int


class DayQuery(BaseModel):
    """Which year of `/workdays`; without one, the present."""

    model_config = ConfigDict(extra="forbid")

    year: int | None = Field(default=None, ge=2000, le=2100)
