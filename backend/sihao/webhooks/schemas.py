"""What goes in and out of `/webhooks`."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.lifecycle import Action
from sihao.core.paging import PageQuery
from sihao.core.text import Line
from sihao.webhooks.lifecycle import WebhookState
from sihao.webhooks.models import DeliveryOutcome, Signature, WebhookFields

Pattern = Annotated[
    str,
    StringConstraints(pattern=r"^(\*|[a-z][a-z_]{0,38}\.(\*|[a-z][a-z_]{0,38}))$", max_length=80),
]


Place = Annotated[str, StringConstraints(pattern=r"^\d{1,18}-\d{1,18}$")]


class WebhookCreate(Body):
    """A new address."""

    name: Line = Field(min_length=1, max_length=100)
    url: str = Field(min_length=1, max_length=500)
    events: list[Pattern] = Field(min_length=1, max_length=100)
    signature: Signature = Signature.HMAC
    unit_id: UUID | None = None


class WebhookUpdate(Body):
    """What may change; a new secret is drawn by `rotate`."""

    name: Line | None = Field(default=None, min_length=1, max_length=100)
    url: str | None = Field(default=None, min_length=1, max_length=500)
    events: list[Pattern] | None = Field(default=None, min_length=1, max_length=100)


class WebhookPublic(WebhookFields):
    """An address without its secret; `waiting` and `failed` count its deliveries."""

    id: UUID
    unit_id: UUID | None
    unit_name: str | None
    signature: Signature
    public_key: str | None
    """`whpk_…`, what an Ed25519 receiver verifies with."""
    previous_until: datetime | None
    state: WebhookState
    reason: str
    created_at: datetime
    updated_at: datetime
    updated_by: str
    version: int
    waiting: int
    failed: int
    last_delivered_at: datetime | None
    actions: list[Action]


class WebhookWithSecret(WebhookPublic):
    """In the answers that draw a secret; it is never shown again.

    `whsec_…` for the receiver of HMAC; null for Ed25519, whose receiver needs `public_key` only.
    """

    secret: str | None


class WebhookQuery(PageQuery):
    """Filters of `/webhooks`."""

    state: WebhookState | None = None
    sort: Literal["name", "-name", "created_at", "-created_at"] = "name"


class Rotation(Body):
    """How long the old secret signs beside the new one."""

    overlap_hours: int = Field(default=24, ge=0, le=720)


class DeliveryTry(BaseModel):
    """One try: the status answered (null: nobody answered), seconds, first words of the answer."""

    at: datetime
    status: int | None
    seconds: float
    answer: str


class DeliveryPublic(SQLModel):
    """An event on its way to an address."""

    id: UUID
    webhook_id: UUID
    event_id: UUID
    name: str
    subject_id: UUID
    outcome: DeliveryOutcome
    attempts: int
    next_at: datetime
    created_at: datetime
    ended_at: datetime | None
    body: str
    tries: list[DeliveryTry]


class DeliveryQuery(PageQuery):
    """Filters of an address's deliveries."""

    outcome: DeliveryOutcome | None = None
    sort: Literal["created_at", "-created_at"] = "-created_at"


class ReplayRequest(Body):
    """Send again what failed since then."""

    since: datetime


class Replayed(BaseModel):
    """How many go out again."""

    count: int


class StreamQuery(BaseModel):
    """Where `/events/stream` begins; a `Last-Event-ID` header goes before, else it begins now."""

    model_config = ConfigDict(extra="forbid")

    cursor: Place | None = None
