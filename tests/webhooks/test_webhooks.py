"""Addresses are kept by the system administrator alone; secrets are shown once."""

import pytest
from sqlalchemy import select, text

from sihao.core import settings
from sihao.core.context import Role
from sihao.core.sealing import unseal
from sihao.webhooks.actions import place_of
from sihao.webhooks.models import Delivery, DeliveryOutcome, Webhook
from tests.factories import make_unit

URL = "https://hooks.example/in"
BODY = {"name": "督查系统", "url": URL, "events": ["plan.*", "result.publish"]}


@pytest.fixture(autouse=True)
def allowed(monkeypatch):
    monkeypatch.setenv("SIHAO_OUTGOING_ALLOW", "hooks.example")
    settings.settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.settings.cache_clear()


@pytest.fixture
async def admin(as_):
    return await as_.role(Role.ADMIN_SYSTEM)


async def create(admin, **more):
    answer = await admin.post("/api/v1/webhooks", json={**BODY, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def tag_of(webhook):
    return {"If-Match": f'"{webhook["version"]}"'}


async def test_the_secret_is_in_the_first_answer_only_and_sealed_in_the_database(admin, world):
    made = await create(admin)
    assert made["secret"].startswith("whsec_")
    shown = (await admin.get(f"/api/v1/webhooks/{made['id']}")).json()
    assert "secret" not in shown
    assert (shown["state"], shown["waiting"], shown["failed"]) == ("active", 0, 0)
    (row,) = await world.all(select(Webhook))
    assert made["secret"] not in row.sealed
    assert unseal(row.sealed, place_of(row.id)) == made["secret"]


async def test_of_ed25519_only_the_public_key_is_ever_shown(admin):
    made = await create(admin, signature="ed25519")
    assert made["public_key"].startswith("whpk_")
    assert made["secret"] is None


async def test_a_change_of_secrets_keeps_the_old_one_for_a_while(admin, world):
    made = await create(admin)
    url = f"/api/v1/webhooks/{made['id']}/rotate"
    changed = (await admin.post(url, json={"overlap_hours": 2}, headers=tag_of(made))).json()
    assert changed["secret"] != made["secret"]
    assert changed["previous_until"] is not None
    again = await admin.post(url, json={"overlap_hours": 0}, headers=tag_of(changed))
    assert again.json()["previous_until"] is None
    (row,) = await world.all(select(Webhook))
    assert row.previous_sealed is None


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/",
        "http://127.0.0.1/",
        "https://hooks.example:22/",
        "file:///etc/passwd",
        "https://hooks.example@127.0.0.1/",
    ],
)
async def test_a_target_that_is_not_on_the_list_is_refused_with_a_sentence(admin, url):
    answer = await admin.post("/api/v1/webhooks", json={**BODY, "url": url})
    assert answer.status_code == 422
    assert answer.json()["code"] in {"outgoing.refused", "outgoing.url"}
    made = await create(admin)
    answer = await admin.patch(
        f"/api/v1/webhooks/{made['id']}", json={"url": url}, headers=tag_of(made)
    )
    assert answer.json()["code"] in {"outgoing.refused", "outgoing.url"}


@pytest.mark.parametrize("pattern", ["", "plan", "plan.*.x", "PLAN.*", "**", "[a-z].*"])
async def test_a_pattern_that_is_none_is_refused(admin, pattern):
    answer = await admin.post("/api/v1/webhooks", json={**BODY, "events": [pattern]})
    assert answer.status_code == 422


async def test_a_paused_address_is_resumed_and_a_stale_change_refused(admin):
    made = await create(admin)
    url = f"/api/v1/webhooks/{made['id']}"
    paused = await admin.post(f"{url}/pause", json={"opinion": "对方检修"}, headers=tag_of(made))
    assert (paused.json()["state"], paused.json()["reason"]) == ("paused", "对方检修")
    assert (await admin.post(f"{url}/test")).json()["code"] == "webhook.paused"
    assert (await admin.patch(url, json={"name": "新"}, headers=tag_of(made))).status_code == 412
    resumed = await admin.post(f"{url}/resume", json={}, headers=tag_of(paused.json()))
    assert resumed.json()["state"] == "active"


async def test_a_test_waits_in_the_log_and_its_job_in_the_queue(admin, connection):
    made = await create(admin)
    answer = await admin.post(f"/api/v1/webhooks/{made['id']}/test")
    assert answer.status_code == 202
    listed = (await admin.get(f"/api/v1/webhooks/{made['id']}/deliveries")).json()["items"]
    assert [(one["name"], one["outcome"]) for one in listed] == [("webhook.test", "waiting")]
    jobs = text("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'webhooks.send'")
    assert (await connection.execute(jobs)).scalar_one() == 1


async def test_what_failed_is_sent_again_one_by_one_or_all_since_a_time(admin, world):
    made = await create(admin)
    for _ in range(3):
        await admin.post(f"/api/v1/webhooks/{made['id']}/test")
    rows = await world.all(select(Delivery))
    ctx = await world.ctx()
    await ctx.db.execute(text("UPDATE webhook_delivery SET outcome = 'failed', attempts = 10"))
    await ctx.db.commit()
    await ctx.db.close()
    assert (await admin.get(f"/api/v1/webhooks/{made['id']}")).json()["failed"] == 3
    one = await admin.post(f"/api/v1/webhook-deliveries/{rows[0].id}/replay")
    assert (one.json()["outcome"], one.json()["attempts"]) == ("waiting", 0)
    assert one.json()["event_id"] == str(rows[0].event_id)
    late = await admin.post(
        f"/api/v1/webhooks/{made['id']}/replay", json={"since": "2999-01-01T00:00:00Z"}
    )
    assert late.json() == {"count": 0}
    rest = await admin.post(
        f"/api/v1/webhooks/{made['id']}/replay", json={"since": "2020-01-01T00:00:00Z"}
    )
    assert rest.json() == {"count": 2}
    assert {one.outcome for one in await world.all(select(Delivery))} == {DeliveryOutcome.WAITING}


async def test_an_address_goes_with_all_that_was_sent_to_it(admin, world):
    made = await create(admin)
    await admin.post(f"/api/v1/webhooks/{made['id']}/test")
    gone = await admin.delete(f"/api/v1/webhooks/{made['id']}", headers=tag_of(made))
    assert gone.status_code == 204
    assert await world.all(select(Delivery)) == []
    assert (await admin.get(f"/api/v1/webhooks/{made['id']}")).json()["code"] == "webhook.unknown"


@pytest.mark.parametrize(
    "role", [one for one in Role if one not in {Role.ADMIN_SYSTEM, Role.SYSTEM}]
)
async def test_nobody_else_keeps_or_sees_addresses(as_, admin, world, role):
    made = await create(admin)
    unit = await make_unit(world) if role.value.startswith("unit.") else None
    other = await as_.role(role, unit=unit)
    url = f"/api/v1/webhooks/{made['id']}"
    asked = [
        await other.get("/api/v1/webhooks"),
        await other.get(url),
        await other.get(f"{url}/deliveries"),
        await other.post("/api/v1/webhooks", json=BODY),
        await other.patch(url, json={"name": "新"}, headers=tag_of(made)),
        await other.post(f"{url}/rotate", json={}, headers=tag_of(made)),
        await other.post(f"{url}/test"),
        await other.post(f"{url}/replay", json={"since": "2020-01-01T00:00:00Z"}),
        await other.delete(url, headers=tag_of(made)),
    ]
    assert {one.status_code for one in asked} == {403}


async def test_a_unit_that_does_not_exist_is_refused_and_a_real_one_is_named(admin, world):
    unknown = await admin.post(
        "/api/v1/webhooks", json={**BODY, "unit_id": "00000000-0000-4000-8000-000000000000"}
    )
    assert unknown.status_code == 422
    unit = await make_unit(world, "市水务局")
    assert (await create(admin, unit_id=str(unit.id)))["unit_name"] == "市水务局"
