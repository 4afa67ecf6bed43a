"""One append-only record of what happened: audit, feed, webhooks and notifications all read it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.core.context import Context
from sihao.core.db import choice


class Audience(StrEnum):
    """Who may read an event besides the auditors."""

    UNIT = "unit"
    """The unit it concerns, and the committee."""
    COMMITTEE = "committee"
    """The committee only: scoring before feedback, drafts of results."""
    RESTRICTED = "restricted"
    """Officers and leaders of the committee: interviews, referrals."""
    ADMIN = "admin"
    """Administrators: accounts, sessions, settings."""


class Event(SQLModel, table=True):
    """A fact, written in the same transaction as the change it reports.

    Readers take rows whose `txid` lies below the oldest running transaction, ordered by
    (`txid`, `seq`): so the feed never skips a row that commits late. Nothing is fetched back after
    the insert: a receiver may record what he did to a case whose unit he cannot see.
    """

    __table_args__ = (Index("ix_event_order", "txid", "seq"),)
    __mapper_args__: ClassVar[dict[str, Any]] = {"eager_defaults": False}

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seq: int | None = Field(
        default=None,
        sa_type=BigInteger,
        sa_column_args=[Identity(always=True)],
        unique=True,
        nullable=False,
    )
    txid: int | None = Field(
        default=None,
        sa_type=BigInteger,
        sa_column_kwargs={"server_default": text("(pg_current_xact_id()::text::bigint)")},
        nullable=False,
    )
    name: str = Field(max_length=80, index=True)
    subject_id: UUID = Field(index=True)
    unit_id: UUID | None = Field(default=None, index=True)
    audience: Audience = Field(sa_type=choice(Audience))
    actor_id: UUID | None = None
    actor: str = Field(max_length=200)
    at: datetime = Field(sa_type=DateTime(timezone=True))
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


def emit(
    ctx: Context,
    name: str,
    subject_id: UUID,
    unit_id: UUID | None = None,
    /,
    *,
    audience: Audience,
    **data: object,
) -> None:
    """Record `name` (`subject.verb`) about one thing, with whatever explains it.

    Every event says who may hear of it: by default, a unit would be told too much one day.
    """
    ctx.db.add(
        Event(
            name=name,
            subject_id=subject_id,
            unit_id=unit_id,
            audience=audience,
            actor_id=ctx.actor.id,
            actor=ctx.actor.name,
            at=ctx.now,
            data=data,
        )
    )
