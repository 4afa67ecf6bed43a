"""What goes in and out about accounts."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.context import Role
from sihao.core.text import Line


class View(StrEnum):
    """The parts of the SPA a person has."""

    UNIT = "unit"
    COMMITTEE = "committee"
    LEADERSHIP = "leadership"
    ADMIN = "admin"
    RECEIVER = "receiver"


class Login(Body):
    """Name and password from the browser."""

    name: Line = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=200)


class Access(SQLModel):
    """A fresh access token; the refresh token is in the cookie."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind, no secret
    expires_in: int


class TokenAnswer(Access):
    """OAuth 2.0: what a script gets; service accounts get no refresh token."""

    refresh_token: str | None = None
    scope: str = ""


class UnitRef(SQLModel):
    """A unit by name."""

    id: UUID
    name: str


class Me(SQLModel):
    """Who is logged in, and which views the SPA shows."""

    id: UUID
    name: str
    display_name: str
    unit: UnitRef | None
    member_id: UUID | None
    roles: list[Role]
    views: list[View]
    scopes: list[str]


class SessionPublic(SQLModel):
    """One log-in of one's own."""

    id: UUID
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    current: bool


class PasswordChange(Body):
    """A new password, proved by the current one."""

    current: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=10, max_length=200)
