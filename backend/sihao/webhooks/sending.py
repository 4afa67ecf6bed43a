"""The run that collects events for addresses and sends what is due.

At least once, in the order of each subject: a delivery is marked after its answer, and while one
waits no later one of its subject goes out. Nothing is sent within a transaction: an address that
answers slowly holds nobody up, least of all the feed, which waits for the oldest writer.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import Any

import httpx
from cryptography.exceptions import InvalidTag
from sqlalchemy import insert, update

from sihao.core.context import Context
from sihao.core.errors import Problem
from sihao.core.events import Audience, emit
from sihao.core.jobs import OpenContext
from sihao.core.outgoing import Outside, outside
from sihao.core.sealing import unseal
from sihao.webhooks import policy, queries
from sihao.webhooks.actions import place_of
from sihao.webhooks.bodies import write_event
from sihao.webhooks.keys import sign
from sihao.webhooks.lifecycle import WEBHOOK, WebhookState
from sihao.webhooks.models import Delivery, DeliveryOutcome, Webhook

Steps = Sequence[timedelta]
STEPS: Steps = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Pauses between tries, 75 hours in all; then a delivery is held."""
JITTER = 0.1
LONGEST_WAIT = timedelta(hours=24)
"""The most that an address can ask for with `Retry-After`."""
EVENTS_AT_ONCE = 1000
SENT_AT_ONCE = 200
CONNECTIONS = 10
ADDRESSES_AT_ONCE = 5
TRIES_KEPT = 30
ANSWER_KEPT = 500
_WELL = 2
"""Hundreds of a status that says so."""


@dataclass(frozen=True, slots=True)
class _Try:
    delivery: Delivery
    at: datetime
    status: int | None
    seconds: float
    answer: str
    retry_after: str | None = None


async def collect(ctx: Context) -> bool:
    """Make deliveries of the next events of each address; tell whether there are more."""
    more = False
    for webhook in await queries.list_followers(ctx):
        events = await queries.list_events_after(ctx, (webhook.txid, webhook.seq), EVENTS_AT_ONCE)
        heard = [
            {
                "webhook_id": webhook.id,
                "event_id": event.id,
                "name": event.name,
                "subject_id": event.subject_id,
                "txid": event.txid,
                "seq": event.seq,
                "body": write_event(event),
                "next_at": ctx.now,
                "created_at": ctx.now,
            }
            for event in events
            if policy.hears(webhook, event)
        ]
        if heard:
            await ctx.db.execute(insert(Delivery), heard)
        if events:
            webhook.txid, webhook.seq = events[-1].txid or 0, events[-1].seq or 0
        more |= len(events) == EVENTS_AT_ONCE
    return more


async def run(
    open_context: OpenContext, *, steps: Steps = STEPS, seconds: float = 45
) -> datetime | None:
    """Collect and send until nothing is due or the time is up; tell when something is due next."""
    ends = monotonic() + seconds
    more = True
    while more and monotonic() < ends:
        async with open_context() as ctx:
            more = await collect(ctx)
    places = asyncio.Semaphore(ADDRESSES_AT_ONCE)
    while monotonic() < ends:
        async with open_context() as ctx:
            active = await queries.list_active(ctx)
        if not active:
            break
        served = [_Errand(open_context, one, steps, ends).run(places) for one in active]
        await asyncio.gather(*served)
    async with open_context() as ctx:
        return await queries.next_due(ctx)


class _Errand:
    """What is due for one address, batch by batch."""

    def __init__(
        self, open_context: OpenContext, webhook: Webhook, steps: Steps, ends: float
    ) -> None:
        self._open_context, self._webhook = open_context, webhook
        self._steps, self._ends = steps, ends
        self._silent = False
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._secrets: list[str] = []

    async def run(self, places: asyncio.Semaphore) -> None:
        async with places:
            try:
                self._secrets = self._unsealed()
                async with outside(self._webhook.url, connections=CONNECTIONS) as way:
                    while not self._silent and monotonic() < self._ends:
                        due = await self._due()
                        if not due:
                            return
                        tried = await asyncio.gather(*(self._send(way, one) for one in due))
                        await self._note([one for one in tried if one is not None])
            except Problem as error:
                await self._give_up(error.zh)
            except InvalidTag:
                await self._give_up(
                    "服务器换过签名密钥，签名用的密钥读不出来了。请为此地址更换密钥。"
                )
            except (OSError, TimeoutError):
                await self._give_up("主机名无法解析。")

    def _unsealed(self) -> list[str]:
        """Open the secret, and during a change the one before."""
        sealed, until = [self._webhook.sealed], self._webhook.previous_until
        if self._webhook.previous_sealed and until and until > datetime.now(UTC):
            sealed.append(self._webhook.previous_sealed)
        return [unseal(one, place_of(self._webhook.id)) for one in sealed]

    async def _give_up(self, said: str) -> None:
        """Note of all that is due that nothing could be sent, and why."""
        now = datetime.now(UTC)
        await self._note([_Try(one, now, None, 0, said) for one in await self._due()])

    async def _due(self) -> Sequence[Delivery]:
        async with self._open_context() as ctx:
            return await queries.list_due(ctx, self._webhook.id, SENT_AT_ONCE)

    async def _send(self, way: Outside, delivery: Delivery) -> _Try | None:
        """Send one; None when it is left for later because the address is silent."""
        async with self._room:
            if self._silent or monotonic() > self._ends:
                return None
            began, clock = datetime.now(UTC), monotonic()
            try:
                answer = await way.send(
                    "POST", content=delivery.body.encode(), headers=self._headers(delivery, began)
                )
            except (httpx.HTTPError, OSError, TimeoutError) as error:
                self._silent = True
                said = f"没有答复：{type(error).__name__}"
                return _Try(delivery, began, None, monotonic() - clock, said)
        return _Try(delivery, began, answer.status, answer.seconds, answer.text, answer.retry_after)

    def _headers(self, delivery: Delivery, at: datetime) -> dict[str, str]:
        ident = str(delivery.event_id)
        signed = [sign(secret, ident, at, delivery.body) for secret in self._secrets]
        return {
            "content-type": "application/json",
            "webhook-id": ident,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signed),
        }

    async def _note(self, tried: list[_Try]) -> None:
        """Write down what came of it."""
        if not tried:
            return
        async with self._open_context() as ctx:
            noted = [_noted(one, self._steps, ctx.now) for one in tried]
            await ctx.db.execute(update(Delivery), noted)
            failed = sum(one["outcome"] is DeliveryOutcome.FAILED for one in noted)
            if failed:
                data = {"count": failed, "url": self._webhook.url}
                emit(ctx, "webhook.failed", self._webhook.id, audience=Audience.ADMIN, **data)
            if any(one.status == HTTPStatus.GONE for one in tried):
                await self._pause(ctx)

    async def _pause(self, ctx: Context) -> None:
        webhook = await queries.get_webhook(ctx, self._webhook.id, lock=True)
        if webhook.state is WebhookState.ACTIVE:
            webhook.reason = "对方答复 410：不再接收。"
            WEBHOOK.apply(ctx, webhook, "pause", webhook.reason)


def _noted(tried: _Try, steps: Steps, now: datetime) -> dict[str, Any]:
    delivery = tried.delivery
    made = {
        "at": tried.at.isoformat(),
        "status": tried.status,
        "seconds": round(tried.seconds, 3),
        "answer": tried.answer[:ANSWER_KEPT].replace("\0", ""),
    }
    noted: dict[str, Any] = {
        "id": delivery.id,
        "attempts": delivery.attempts + 1,
        "tries": [*delivery.tries, made][-TRIES_KEPT:],
        "outcome": DeliveryOutcome.WAITING,
        "next_at": delivery.next_at,
        "ended_at": None,
    }
    if tried.status is not None and tried.status // 100 == _WELL:
        noted |= {"outcome": DeliveryOutcome.DELIVERED, "ended_at": now}
    elif tried.status == HTTPStatus.GONE:
        noted["attempts"] = delivery.attempts
    elif delivery.attempts >= len(steps):
        noted |= {"outcome": DeliveryOutcome.FAILED, "ended_at": now}
    else:
        step = steps[delivery.attempts] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load
        noted["next_at"] = now + max(step, _asked_wait(tried.retry_after, now))
    return noted


def _asked_wait(retry_after: str | None, now: datetime) -> timedelta:
    """Read `Retry-After`, seconds or a date; what is neither asks for nothing."""
    if retry_after is None:
        return timedelta(0)
    if retry_after.isdecimal():
        return min(timedelta(seconds=min(int(retry_after), 10**6)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return timedelta(0)
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(aware - now, LONGEST_WAIT)
