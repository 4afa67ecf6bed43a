"""Events go out: all of them, in order, signed, again and again until they are taken."""

import base64
import json
import random
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select, text, update
from standardwebhooks.webhooks import Webhook as Verifier

from sihao.core.events import Audience, emit
from sihao.core.sealing import seal
from sihao.webhooks import keys
from sihao.webhooks.actions import place_of
from sihao.webhooks.models import Delivery, DeliveryOutcome, Signature, Webhook
from sihao.webhooks.sending import STEPS, run
from tests.factories import make_unit
from tests.webhooks.conftest import add_webhook, happen

AT_ONCE = (timedelta(0),) * 40


async def deliveries(open_context):
    async with open_context() as ctx:
        return list((await ctx.db.exec(select(Delivery).order_by(Delivery.txid))).scalars())


async def send(open_context, steps=AT_ONCE, seconds=500):
    return await run(open_context, steps=steps, seconds=seconds)


class Own:
    """What factories add rows through, in the database of its own."""

    def __init__(self, open_context):
        self._open = open_context

    async def add(self, *rows):
        async with self._open() as ctx:
            ctx.db.add_all(rows)

    async def all(self, statement):
        async with self._open() as ctx:
            return list((await ctx.db.execute(statement)).scalars())


async def many_events(open_context, count, subjects):
    of = [uuid4() for _ in range(subjects)]
    async with open_context() as ctx:
        for number in range(count):
            emit(ctx, "plan.changed", random.choice(of), audience=Audience.UNIT, number=number)
            if number % 100 == 0:
                await ctx.db.flush()
    async with open_context() as ctx:
        rows = text("SELECT id, subject_id FROM event ORDER BY txid, seq")
        return [tuple(one) for one in await ctx.db.execute(rows)]


@pytest.mark.parametrize("count", [1_000])
async def test_a_receiver_that_fails_three_times_in_ten_gets_everything_once_in_order(
    open_context, receiving, count
):
    chance = random.Random(7)
    receiver = await receiving(lambda *_: (503 if chance.random() < 0.3 else 200, {}))
    await add_webhook(open_context, receiver.url)
    events = await many_events(open_context, count, subjects=count // 10)
    began, worked = time.perf_counter(), time.process_time()
    await send(open_context)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"{len(receiver.came)} sent in {took:.1f} s, {worked:.1f} s of work")  # noqa: T201 - for -s

    accepted = [(headers["webhook-id"], json.loads(body)) for headers, body in receiver.accepted]
    assert sorted(ident for ident, _ in accepted) == sorted(str(ident) for ident, _ in events)
    assert len(receiver.came) > count * 1.3
    bodies = defaultdict(set)
    for headers, body in receiver.came:
        bodies[headers["webhook-id"]].add(body)
    assert {len(one) for one in bodies.values()} == {1}
    happened, arrived = defaultdict(list), defaultdict(list)
    for ident, subject in events:
        happened[str(subject)].append(str(ident))
    for ident, body in accepted:
        arrived[body["data"]["subject_id"]].append(ident)
    assert arrived == happened


async def test_a_body_says_what_happened_to_what_and_nothing_of_its_contents(
    open_context, receiving
):
    receiver = await receiving()
    await add_webhook(open_context, receiver.url)
    subject = uuid4()
    async with open_context() as ctx:
        emit(ctx, "plan.return", subject, audience=Audience.UNIT, opinion="请补充措施")
    await send(open_context)
    ((headers, body),) = receiver.came
    said = json.loads(body)
    assert set(said) == {"type", "timestamp", "data"}
    assert (said["type"], said["data"]["subject_id"]) == ("plan.return", str(subject))
    assert said["data"]["url"].endswith(f"/api/v1/events?subject_id={subject}")
    assert UUID(headers["webhook-id"]) == UUID(said["data"]["id"])
    assert "请补充" not in body


async def test_hmac_is_verified_by_the_libraries_of_standard_webhooks(open_context, receiving):
    receiver = await receiving()
    _, secret = await add_webhook(open_context, receiver.url)
    await happen(open_context, "plan.file")
    await send(open_context)
    ((headers, body),) = receiver.came
    assert Verifier(secret).verify(body, headers)["type"] == "plan.file"


async def test_ed25519_is_verified_with_the_public_key_alone(open_context, receiving):
    receiver = await receiving()
    webhook, _ = await add_webhook(open_context, receiver.url, signature=Signature.ED25519)
    await happen(open_context, "plan.file")
    await send(open_context)
    ((headers, body),) = receiver.came
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(webhook.public_key[5:]))
    version, _, signature = headers["webhook-signature"].partition(",")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    assert version == "v1a"
    key.verify(base64.b64decode(signature), signed)


async def test_during_a_change_of_secrets_both_sign(open_context, receiving):
    receiver = await receiving()
    webhook, new = await add_webhook(open_context, receiver.url)
    old, _ = keys.draw(Signature.HMAC)
    async with open_context() as ctx:
        overlap = {
            "previous_sealed": seal(old, place_of(webhook.id)),
            "previous_until": ctx.now + timedelta(hours=1),
        }
        await ctx.db.execute(update(Webhook).values(**overlap))
    await happen(open_context, "plan.file")
    await send(open_context)
    async with open_context() as ctx:
        await ctx.db.execute(update(Webhook).values(previous_until=ctx.now - timedelta(hours=1)))
    await happen(open_context, "plan.file")
    await send(open_context)
    during, after = receiver.came
    for secret in (old, new):
        assert Verifier(secret).verify(during[1], during[0])
    assert len(after[0]["webhook-signature"].split()) == 1
    assert Verifier(new).verify(after[1], after[0])


async def test_a_units_address_hears_of_that_unit_and_nothing_that_is_the_committees(
    open_context, receiving
):
    own = Own(open_context)
    unit, other = await make_unit(own), await make_unit(own)
    of_unit, of_committee = await receiving(), await receiving()
    await add_webhook(open_context, of_unit.url, unit_id=unit.id)
    await add_webhook(open_context, of_committee.url, events=["plan.*", "interview.hold"])
    await happen(open_context, "plan.file", unit=unit.id)
    await happen(open_context, "plan.submit", unit=other.id)
    await happen(open_context, "campaign.start")
    await happen(open_context, "plan.score", unit=unit.id, audience=Audience.COMMITTEE)
    await happen(open_context, "interview.hold", unit=unit.id, audience=Audience.RESTRICTED)
    await happen(open_context, "person.created", audience=Audience.ADMIN)
    await send(open_context)
    assert {json.loads(body)["type"] for _, body in of_unit.came} == {
        "plan.file",
        "campaign.start",
    }
    assert {json.loads(body)["type"] for _, body in of_committee.came} == {
        "plan.file",
        "plan.submit",
        "plan.score",
    }


async def test_an_event_that_commits_late_is_neither_skipped_nor_overtaken_in_the_feed(
    open_context, receiving
):
    receiver = await receiving()
    await add_webhook(open_context, receiver.url)
    async with open_context() as late:
        emit(late, "plan.late", uuid4(), audience=Audience.UNIT)
        await late.db.flush()
        await happen(open_context, "plan.early")
        await send(open_context)
        assert receiver.came == []
    await send(open_context)
    assert [json.loads(body)["type"] for _, body in receiver.came] == ["plan.late", "plan.early"]


async def test_the_next_event_of_a_subject_waits_for_the_one_that_is_refused(
    open_context, receiving
):
    receiver = await receiving(lambda _, body: (500 if "plan.first" in body else 200, {}))
    await add_webhook(open_context, receiver.url)
    await happen(open_context, "plan.first", "plan.second", subject=uuid4())
    await happen(open_context, "plan.other")
    await send(open_context, STEPS)
    assert [json.loads(body)["type"] for _, body in receiver.accepted] == ["plan.other"]
    assert [one.attempts for one in await deliveries(open_context)] == [1, 0, 1]


async def test_tries_go_on_for_three_days_and_then_it_is_held(open_context, receiving):
    assert timedelta(hours=72) < sum(STEPS, timedelta()) < timedelta(hours=80)
    receiver = await receiving(lambda *_: (500, {}))
    await add_webhook(open_context, receiver.url)
    await happen(open_context, "plan.file")
    await send(open_context, (timedelta(0),) * len(STEPS))
    (held,) = await deliveries(open_context)
    assert (held.outcome, held.attempts) == (DeliveryOutcome.FAILED, 10)
    assert held.tries[-1]["status"] == 500
    assert held.tries[-1]["answer"] == "ok"
    assert len({headers["webhook-id"] for headers, _ in receiver.came}) == 1
    async with open_context() as ctx:
        told = text("SELECT audience FROM event WHERE name = 'webhook.failed'")
        assert (await ctx.db.execute(told)).scalars().all() == ["admin"]


@pytest.mark.parametrize("asked", ["7200", "date"])
async def test_retry_after_is_honoured(open_context, receiving, asked):
    until = datetime.now(UTC) + timedelta(hours=2)
    said = until.strftime("%a, %d %b %Y %H:%M:%S GMT") if asked == "date" else asked
    receiver = await receiving(lambda *_: (503, {"Retry-After": said}))
    await add_webhook(open_context, receiver.url)
    await happen(open_context, "plan.file")
    due = await send(open_context, STEPS)
    assert timedelta(minutes=118) < due - datetime.now(UTC) < timedelta(minutes=122)


async def test_an_address_that_is_gone_is_paused_and_nothing_is_lost(open_context, receiving):
    receiver = await receiving(lambda *_: (410, {}))
    await add_webhook(open_context, receiver.url)
    await happen(open_context, "plan.file")
    await send(open_context)
    async with open_context() as ctx:
        (webhook,) = (await ctx.db.exec(select(Webhook))).scalars()
    assert (webhook.state, webhook.reason) == ("paused", "对方答复 410：不再接收。")
    assert [one.outcome for one in await deliveries(open_context)] == [DeliveryOutcome.WAITING]
    assert len(receiver.came) == 1


async def test_a_redirect_is_a_refusal_and_is_not_followed(open_context, receiving):
    inner = await receiving()
    receiver = await receiving(lambda *_: (302, {"Location": inner.url}))
    await add_webhook(open_context, receiver.url)
    await happen(open_context, "plan.file")
    await send(open_context, STEPS)
    (waiting,) = await deliveries(open_context)
    assert (waiting.outcome, waiting.tries[0]["status"]) == (DeliveryOutcome.WAITING, 302)
    assert inner.came == []


async def test_an_address_taken_off_the_list_gets_nothing_and_the_log_says_why(
    open_context, receiving
):
    receiver = await receiving()
    await add_webhook(open_context, receiver.url.replace("127.0.0.1", "127.0.0.9"))
    await happen(open_context, "plan.file")
    await send(open_context, STEPS)
    (waiting,) = await deliveries(open_context)
    assert waiting.tries[0]["status"] is None
    assert "SIHAO_OUTGOING_ALLOW" in waiting.tries[0]["answer"]
    assert receiver.came == []


async def test_a_secret_that_no_longer_opens_holds_up_no_other_address(open_context, receiving):
    receiver, other = await receiving(), await receiving()
    broken, _ = await add_webhook(
        open_context, receiver.url, sealed=seal("whsec_", "webhook of another key")
    )
    await add_webhook(open_context, other.url)
    await happen(open_context, "plan.file")

    await send(open_context, STEPS)

    assert len(other.came) == 1
    assert receiver.came == []
    (waiting,) = [one for one in await deliveries(open_context) if one.webhook_id == broken.id]
    assert "更换密钥" in waiting.tries[0]["answer"]
