"""People, what they may do, their sessions, and accounts of other systems."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from sihao.core.context import Role
from sihao.core.db import Identified, Versioned, choice, instant
from sihao.core.text import Line


class PersonFields(SQLModel):
    """What the security administrator writes."""

    name: Line = Field(min_length=2, max_length=64)
    """The log-in name."""
    display_name: Line = Field(min_length=1, max_length=100)


class Person(PersonFields, Versioned, Identified, table=True):
    """Somebody who can log in. No ID-card number, no phone, ever."""

    __table_args__ = (UniqueConstraint("name"),)

    password_hash: str = Field(max_length=200)
    disabled_at: datetime | None = Field(default=None, sa_type=instant())


class LoginFailure(SQLModel, table=True):
    """Wrong passwords for one name, known or not, so that both answer alike."""

    __tablename__ = "login_failure"

    name_hash: str = Field(max_length=64, primary_key=True)
    failures: int = 0
    failed_at: datetime = Field(sa_type=instant())
    locked_until: datetime | None = Field(default=None, sa_type=instant())


class BootstrapCode(Identified, table=True):
    """The one-time code that makes the first account of an installation; only its hash is kept."""

    __tablename__ = "bootstrap_code"

    code_hash: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=instant())
    failures: int = 0
    used_at: datetime | None = Field(default=None, sa_type=instant())


class RoleGrant(Identified, table=True):
    """One role of one person: of one unit (`unit.*`) or everywhere (`unit_id` null)."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "unit_id", postgresql_nulls_not_distinct=True),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=choice(Role))
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)


class EarlierUnit(Identified, table=True):
    """A unit where somebody had a role until `left_on`; he does not judge it for three years."""

    __tablename__ = "earlier_unit"
    __table_args__ = (UniqueConstraint("person_id", "unit_id"),)

    person_id: UUID = Field(foreign_key="person.id", index=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    left_on: date


class Way(StrEnum):
    """How somebody signed in: here by a password, or at another place that vouches for him."""

    PASSWORD = "password"  # noqa: S105 - a way, no secret
    OIDC = "oidc"
    CAS = "cas"


class LoginSession(Identified, table=True):
    """One log-in. The refresh token rotates; the one before may be retried once."""

    __tablename__ = "login_session"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    refresh_hash: str = Field(max_length=64, unique=True)
    previous_hash: str | None = Field(default=None, max_length=64, index=True)
    retried: bool = False
    created_at: datetime = Field(sa_type=instant())
    used_at: datetime = Field(sa_type=instant())
    expires_at: datetime = Field(sa_type=instant(), index=True)
    revoked_at: datetime | None = Field(default=None, sa_type=instant())
    address: str = Field(max_length=64)
    user_agent: str = Field(max_length=300)
    way: Way = Field(default=Way.PASSWORD, sa_type=choice(Way))
    proved_at: datetime | None = Field(default=None, sa_type=instant())
    """When he last proved who he is; null for log-ins from before that was noted."""


class OneTimeCodes(SQLModel, table=True):
    """Somebody's second proof (RFC 6238): codes of an app, and recovery codes on paper."""

    __tablename__ = "one_time_codes"

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    sealed: str = Field(max_length=200)
    """The secret, sealed: nobody reads it from a dump."""
    created_at: datetime = Field(sa_type=instant())
    confirmed_at: datetime | None = Field(default=None, sa_type=instant())
    """From here on it is asked for; null while the app has not shown a right code yet."""
    used_step: int = 0
    """The half minute of the last code: no code is good twice."""
    recovery_hashes: list[str] = Field(default_factory=list, sa_type=ARRAY(String(64)))
    """Of those that were not used yet."""


class ServiceAccount(Versioned, Identified, table=True):
    """Another system: acts by scope, of one unit or (`unit_id` null) all; never signs.

    Two secrets may be good side by side, so that it changes over without an interruption.
    """

    __tablename__ = "service_account"

    name: Line = Field(min_length=1, max_length=100)
    client_id: str = Field(max_length=64, unique=True)
    secret_hash: str = Field(max_length=200)
    previous_hash: str | None = Field(default=None, max_length=200)
    previous_until: datetime | None = Field(default=None, sa_type=instant())
    """The last instant of the secret before the present one."""
    scopes: list[str] = Field(sa_type=ARRAY(String(32)))
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    expires_at: datetime | None = Field(default=None, sa_type=instant())
    disabled_at: datetime | None = Field(default=None, sa_type=instant())
    addresses: list[str] = Field(
        default_factory=list,
        sa_type=ARRAY(String(43)),
        sa_column_kwargs={"server_default": "{}"},
    )
    """Networks (CIDR) it may come from; none named: from anywhere."""
    used_at: datetime | None = Field(default=None, sa_type=instant())
    """The last use, to the minute, and where it came from."""
    used_from: str | None = Field(default=None, max_length=64)
