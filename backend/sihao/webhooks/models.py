"""Addresses that events are sent to, and what was sent."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from sihao.core.db import Identified, Versioned, choice, instant
from sihao.core.text import Line
from sihao.webhooks.lifecycle import WebhookState


class Signature(StrEnum):
    """How a receiver recognises us (Standard Webhooks)."""

    HMAC = "hmac"
    """One secret on both sides: `v1`."""
    ED25519 = "ed25519"
    """A key pair; the receiver needs the public half only: `v1a`."""


class DeliveryOutcome(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Held after the last try, until somebody sends it again."""


class WebhookFields(SQLModel):
    """What an administrator decides."""

    name: Line = Field(min_length=1, max_length=100)
    url: str = Field(min_length=1, max_length=500)
    events: list[str] = Field(sa_type=ARRAY(String(80)), min_length=1, max_length=100)
    """Names of events (`plan.file`), all of one subject (`plan.*`), or `*`."""


class Webhook(WebhookFields, Versioned, Identified, table=True):
    """With a unit it hears what that unit may read, without one what the committee may."""

    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    signature: Signature = Field(sa_type=choice(Signature))
    sealed: str = Field(max_length=400)
    """The secret that signs."""
    public_key: str | None = Field(default=None, max_length=100)
    previous_sealed: str | None = Field(default=None, max_length=400)
    previous_until: datetime | None = Field(default=None, sa_type=instant())
    """Until then the secret before signs too."""
    state: WebhookState = Field(default=WebhookState.ACTIVE, sa_type=choice(WebhookState))
    reason: str = Field(default="", max_length=300)
    """Why it was paused."""
    txid: int = Field(sa_type=BigInteger)
    seq: int = Field(sa_type=BigInteger)
    """The last event it has looked at."""


class Delivery(Identified, table=True):
    """One event for one address; its body never changes, whatever number of times it is sent."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_delivery_created_at", "webhook_id", "created_at"),
        Index(
            "ix_webhook_delivery_waiting",
            "webhook_id",
            "subject_id",
            "txid",
            "seq",
            postgresql_where=text("outcome = 'waiting'"),
        ),
    )

    webhook_id: UUID = Field(foreign_key="webhook.id", ondelete="CASCADE")
    event_id: UUID
    """Sent as `webhook-id`: a receiver that knows it has this one already."""
    name: str = Field(max_length=80)
    subject_id: UUID
    txid: int = Field(sa_type=BigInteger)
    seq: int = Field(sa_type=BigInteger)
    body: str = Field(max_length=4000)
    outcome: DeliveryOutcome = Field(
        default=DeliveryOutcome.WAITING, sa_type=choice(DeliveryOutcome, "outcome")
    )
    attempts: int = Field(default=0, ge=0)
    """Tries since it was made or last sent again by hand."""
    next_at: datetime = Field(sa_type=instant())
    created_at: datetime = Field(sa_type=instant())
    ended_at: datetime | None = Field(default=None, sa_type=instant())
    tries: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """The latest tries: `at`, `status`, `seconds`, `answer`."""
