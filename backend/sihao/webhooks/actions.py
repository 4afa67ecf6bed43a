"""Keep addresses, and send again."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlmodel import col

from sihao.core.context import Context
from sihao.core.errors import Conflict
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.jobs import enqueue
from sihao.core.lifecycle import stamps, touch
from sihao.core.sealing import seal
from sihao.core.targets import check_url
from sihao.webhooks import keys, policy, queries
from sihao.webhooks.bodies import write_test
from sihao.webhooks.lifecycle import WEBHOOK
from sihao.webhooks.models import Delivery, DeliveryOutcome, Webhook
from sihao.webhooks.schemas import WebhookCreate, WebhookUpdate

SEND = "webhooks.send"


async def create_webhook(ctx: Context, body: WebhookCreate) -> tuple[Webhook, str]:
    """Add an address; it hears what happens from now on. Its secret is given back once."""
    policy.check_keeper(ctx)
    check_url(body.url)
    secret, public = keys.draw(body.signature)
    ident = uuid4()
    webhook = Webhook(
        id=ident,
        name=body.name,
        url=body.url,
        events=sorted(set(body.events)),
        unit_id=body.unit_id,
        signature=body.signature,
        sealed=seal(secret, place_of(ident)),
        public_key=public,
        txid=await queries.present_place(ctx),
        seq=0,
        **stamps(ctx),
    )
    ctx.db.add(webhook)
    await ctx.db.flush()
    _record(ctx, "created", webhook, url=webhook.url, events=webhook.events)
    return webhook, secret


async def update_webhook(
    ctx: Context, webhook_id: UUID, version: int, body: WebhookUpdate
) -> Webhook:
    """Change name, address or events; what already waits goes to the new address."""
    webhook = await _get(ctx, webhook_id, version)
    changes = {name: value for name, value in body if value is not None}
    if "url" in changes:
        check_url(changes["url"])
    if "events" in changes:
        changes["events"] = sorted(set(changes["events"]))
    webhook.sqlmodel_update(changes)
    touch(ctx, webhook)
    _record(ctx, "updated", webhook, **changes)
    return webhook


async def rotate_secret(
    ctx: Context, webhook_id: UUID, version: int, overlap: timedelta
) -> tuple[Webhook, str]:
    """Draw a new secret; during the overlap everything is signed with both."""
    webhook = await _get(ctx, webhook_id, version)
    secret, public = keys.draw(webhook.signature)
    webhook.previous_sealed = webhook.sealed if overlap else None
    webhook.previous_until = ctx.now + overlap if overlap else None
    webhook.sealed, webhook.public_key = seal(secret, place_of(webhook.id)), public
    touch(ctx, webhook)
    _record(ctx, "rotated", webhook)
    return webhook, secret


async def delete_webhook(ctx: Context, webhook_id: UUID, version: int) -> None:
    """Forget an address with all that was or would be sent to it."""
    webhook = await _get(ctx, webhook_id, version)
    _record(ctx, "deleted", webhook, url=webhook.url)
    await ctx.db.delete(webhook)


async def move_webhook(
    ctx: Context, webhook_id: UUID, version: int, name: str, opinion: str
) -> Webhook:
    """Pause or resume; what waits is sent as soon as it is resumed."""
    webhook = await queries.get_webhook(ctx, webhook_id, lock=True)
    check_version(webhook, version)
    WEBHOOK.apply(ctx, webhook, name, opinion)
    webhook.reason = opinion
    await enqueue(ctx, SEND, once="asked")
    return webhook


async def test_webhook(ctx: Context, webhook_id: UUID) -> Delivery:
    """Send `webhook.test`, to see whether somebody answers."""
    policy.check_keeper(ctx)
    webhook = await queries.get_webhook(ctx, webhook_id)
    if webhook.state != WEBHOOK.start:
        code, zh = "webhook.paused", "推送地址已暂停，请先恢复再测试。"
        raise Conflict(code, zh, "Resume it first.")
    event_id = uuid4()
    delivery = Delivery(
        webhook_id=webhook.id,
        event_id=event_id,
        name="webhook.test",
        subject_id=event_id,
        txid=0,
        seq=0,
        body=write_test(event_id, ctx.now),
        next_at=ctx.now,
        created_at=ctx.now,
    )
    ctx.db.add(delivery)
    await ctx.db.flush()
    await enqueue(ctx, SEND, once="asked")
    return delivery


async def replay_delivery(ctx: Context, delivery_id: UUID) -> Delivery:
    """Send one again, under the same id."""
    policy.check_keeper(ctx)
    delivery = await queries.get_delivery(ctx, delivery_id, lock=True)
    delivery.outcome, delivery.ended_at = DeliveryOutcome.WAITING, None
    delivery.attempts, delivery.next_at = 0, ctx.now
    await ctx.db.flush()
    await enqueue(ctx, SEND, once="asked")
    return delivery


async def replay_failed(ctx: Context, webhook_id: UUID, since: datetime) -> int:
    """Send all again that failed since then, in their order, under their ids."""
    policy.check_keeper(ctx)
    webhook = await queries.get_webhook(ctx, webhook_id)
    done = await ctx.db.execute(
        update(Delivery)
        .where(
            col(Delivery.webhook_id) == webhook.id,
            col(Delivery.outcome) == DeliveryOutcome.FAILED,
            col(Delivery.created_at) >= since,
        )
        .values(outcome=DeliveryOutcome.WAITING, ended_at=None, attempts=0, next_at=ctx.now)
        .returning(col(Delivery.id))
    )
    await enqueue(ctx, SEND, once="asked")
    count = len(done.all())
    _record(ctx, "replayed", webhook, count=count, since=since.isoformat())
    return count


def place_of(webhook_id: UUID) -> str:
    """Name the place that a secret is sealed for."""
    return f"webhook {webhook_id}"


async def _get(ctx: Context, webhook_id: UUID, version: int) -> Webhook:
    policy.check_keeper(ctx)
    webhook = await queries.get_webhook(ctx, webhook_id, lock=True)
    check_version(webhook, version)
    return webhook


def _record(ctx: Context, verb: str, webhook: Webhook, **data: object) -> None:
    emit(ctx, f"webhook.{verb}", webhook.id, audience=Audience.ADMIN, **data)
