"""Read addresses, deliveries, and events on their way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, and_, func, text, tuple_
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.events import Event
from sihao.core.paging import json_page, row_of
from sihao.dashboards.policy import visible as visible_events
from sihao.dashboards.queries.events import COMMITTED
from sihao.units.models import Unit
from sihao.webhooks import policy
from sihao.webhooks.lifecycle import WEBHOOK, WebhookState
from sihao.webhooks.models import Delivery, DeliveryOutcome, Webhook
from sihao.webhooks.schemas import DeliveryPublic, DeliveryQuery, WebhookPublic, WebhookQuery


def _counted(outcome: DeliveryOutcome) -> Any:
    mine = and_(col(Delivery.webhook_id) == col(Webhook.id), col(Delivery.outcome) == outcome)
    return select(func.count()).where(mine).correlate(Webhook).scalar_subquery()


_LAST = (
    select(func.max(Delivery.ended_at))
    .where(
        col(Delivery.webhook_id) == col(Webhook.id),
        col(Delivery.outcome) == DeliveryOutcome.DELIVERED,
    )
    .correlate(Webhook)
    .scalar_subquery()
)
_ROWS = row_of(
    WebhookPublic,
    Webhook,
    col(Unit.name).label("unit_name"),
    _counted(DeliveryOutcome.WAITING).label("waiting"),
    _counted(DeliveryOutcome.FAILED).label("failed"),
    _LAST.label("last_delivered_at"),
).outerjoin(Unit, col(Unit.id) == col(Webhook.unit_id))
_ACTIVE = select(Webhook.id).where(Webhook.state == WebhookState.ACTIVE)
_DELIVERIES = row_of(DeliveryPublic, Delivery)
_SORTS = {"name": col(Webhook.name), "created_at": col(Webhook.created_at)}
_DELIVERY_SORTS = {"created_at": col(Delivery.created_at)}


def _rows(ctx: Context) -> Select[Any]:
    return _ROWS.where(policy.visible(ctx.actor))


async def list_webhooks(ctx: Context, query: WebhookQuery) -> Response:
    """Answer a page of addresses."""
    rows = _rows(ctx).add_columns(WEBHOOK.actions_sql(Webhook, ctx.actor).label("actions"))
    if query.state:
        rows = rows.where(col(Webhook.state) == query.state)
    return await json_page(ctx, rows, query, _SORTS, col(Webhook.id))


async def get_webhook(ctx: Context, webhook_id: UUID, *, lock: bool = False) -> Webhook:
    """Read one address; raise `NotFound`."""
    rows = select(Webhook).where(Webhook.id == webhook_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("webhook.unknown", "没有这个推送地址。", "No such webhook.")
    return found


async def show_webhook(ctx: Context, webhook: Webhook) -> WebhookPublic:
    """Represent an address."""
    await ctx.db.flush()
    row = (await ctx.db.execute(_rows(ctx).where(col(Webhook.id) == webhook.id))).mappings()
    return WebhookPublic(**row.one(), actions=WEBHOOK.actions(ctx.actor, webhook))


async def list_deliveries(ctx: Context, webhook_id: UUID, query: DeliveryQuery) -> Response:
    """Answer a page of what was sent to an address."""
    await get_webhook(ctx, webhook_id)
    rows = _DELIVERIES.where(col(Delivery.webhook_id) == webhook_id)
    if query.outcome:
        rows = rows.where(col(Delivery.outcome) == query.outcome)
    return await json_page(ctx, rows, query, _DELIVERY_SORTS, col(Delivery.id))


async def get_delivery(ctx: Context, delivery_id: UUID, *, lock: bool = False) -> Delivery:
    """Read one delivery; raise `NotFound`."""
    rows = select(Delivery).where(Delivery.id == delivery_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("delivery.unknown", "没有这条推送记录。", "No such delivery.")
    return found


async def list_followers(ctx: Context) -> Sequence[Webhook]:
    """List the addresses whose events are to be collected; no other worker collects them now."""
    rows = select(Webhook).order_by(col(Webhook.id)).with_for_update(skip_locked=True)
    return (await ctx.db.exec(rows)).all()


async def list_events_after(ctx: Context, place: tuple[int, int], limit: int) -> Sequence[Event]:
    """List what was committed after a place in the feed, in its order."""
    at = tuple_(col(Event.txid), col(Event.seq))
    rows = select(Event).where(COMMITTED, at > tuple_(*place))
    in_order = rows.order_by(col(Event.txid), col(Event.seq))
    return (await ctx.db.exec(in_order.limit(limit))).all()


async def list_visible_events_after(
    ctx: Context, place: tuple[int, int], limit: int
) -> Sequence[Event]:
    """List the same for a reader: what he may know of it."""
    at = tuple_(col(Event.txid), col(Event.seq))
    rows = select(Event).where(COMMITTED, at > tuple_(*place), visible_events(ctx.actor))
    in_order = rows.order_by(col(Event.txid), col(Event.seq))
    return (await ctx.db.exec(in_order.limit(limit))).all()


async def present_place(ctx: Context) -> int:
    """Give the transaction from which on everything is still to come."""
    asked = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return int((await ctx.db.execute(asked)).scalar_one())


_HEADS = (
    select(Delivery.id, Delivery.webhook_id, Delivery.next_at)
    .where(Delivery.outcome == DeliveryOutcome.WAITING)
    .ext(distinct_on(col(Delivery.webhook_id), col(Delivery.subject_id)))
    .order_by(
        col(Delivery.webhook_id),
        col(Delivery.subject_id),
        col(Delivery.txid),
        col(Delivery.seq),
    )
)
"""Of each subject the earliest that waits: no later one may go out."""


async def list_active(ctx: Context) -> Sequence[Webhook]:
    """List the addresses that something is due for."""
    heads = _HEADS.subquery()
    due = sa_select(heads.c.webhook_id).where(heads.c.next_at <= ctx.now)
    rows = select(Webhook).where(Webhook.state == WebhookState.ACTIVE, col(Webhook.id).in_(due))
    return (await ctx.db.exec(rows)).all()


async def list_due(ctx: Context, webhook_id: UUID, limit: int) -> Sequence[Delivery]:
    """List what is due for an address, unless it has been paused."""
    heads = _HEADS.where(
        Delivery.webhook_id == webhook_id, col(Delivery.webhook_id).in_(_ACTIVE)
    ).subquery()
    rows = (
        select(Delivery)
        .join(heads, heads.c.id == col(Delivery.id))
        .where(heads.c.next_at <= ctx.now)
        .order_by(col(Delivery.txid), col(Delivery.seq))
    )
    return (await ctx.db.exec(rows.limit(limit))).all()


async def next_due(ctx: Context) -> datetime | None:
    """Tell when something is due next."""
    heads = _HEADS.where(col(Delivery.webhook_id).in_(_ACTIVE)).subquery()
    found: datetime | None = await ctx.db.scalar(sa_select(func.min(heads.c.next_at)))
    return found
