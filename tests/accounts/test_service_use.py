"""How another system comes in: with which secret, from where, and what it can never do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from sihao.accounts.models import ServiceAccount
from sihao.accounts.schemas import Scope
from sihao.core.context import Actor, Context, Role
from sihao.core.errors import Forbidden
from sihao.slices import LIFECYCLES

URL = "/api/v1/service-accounts"
ME = "/api/v1/me"
ARROWS = [(life, one) for life in LIFECYCLES for one in life.transitions]


def match(thing: dict) -> dict:
    return {"If-Match": f'"{thing["version"]}"'}


def later(**time: int) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


async def token(client, account: dict, secret: str) -> httpx.Response:
    form = {
        "grant_type": "client_credentials",
        "client_id": account["client_id"],
        "client_secret": secret,
    }
    return await client.post("/api/v1/auth/token", data=form)


def come_from(app, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://sihao.test")


@pytest.fixture
async def security(as_):
    return await as_.role(Role.ADMIN_SECURITY)


async def make(security, **fields) -> dict:
    answer = await security.post(URL, json={"name": "OA", "scopes": ["plan:read"], **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_two_secrets_are_good_until_the_time_given(client, security):
    first = await make(security)
    body = {"previous_until": later(days=7)}
    url = f"{URL}/{first['id']}"

    second = (await security.post(f"{url}/rotate", json=body, headers=match(first))).json()

    assert (await token(client, first, first["client_secret"])).status_code == 200
    assert (await token(client, first, second["client_secret"])).status_code == 200
    ended = await security.post(f"{url}/revoke_previous", headers=match(second))
    assert (ended.status_code, ended.json()["previous_until"]) == (200, None)
    assert (await token(client, first, first["client_secret"])).status_code == 401
    assert (await token(client, first, second["client_secret"])).status_code == 200
    again = await security.post(f"{url}/revoke_previous", headers=match(ended.json()))
    assert (again.status_code, again.json()["code"]) == (409, "service_account.no_previous")


async def test_the_old_secret_ends_by_itself(client, security, world):
    first = await make(security)
    body = {"previous_until": later(days=7)}
    await security.post(f"{URL}/{first['id']}/rotate", json=body, headers=match(first))
    [account] = await world.all(select(ServiceAccount))
    account.previous_until = datetime.now(UTC) - timedelta(seconds=1)
    await world.add(account)

    assert (await token(client, first, first["client_secret"])).status_code == 401


@pytest.mark.parametrize("days", [91, -1])
async def test_two_secrets_are_not_good_for_ever(security, days):
    first = await make(security)

    answer = await security.post(
        f"{URL}/{first['id']}/rotate",
        json={"previous_until": later(days=days)},
        headers=match(first),
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "service_account.overlap")


async def test_only_the_named_networks_come_in(app, security, world):
    account = await make(security, addresses=["10.1.0.0/16", "2001:db8::/32"])
    inside, outside = come_from(app, "10.1.2.3"), come_from(app, "10.2.2.3")
    secret = account["client_secret"]
    good = (await token(inside, account, secret)).json()["access_token"]

    refused = await token(outside, account, secret)

    assert (refused.status_code, refused.json()["code"]) == (403, "auth.address")
    assert (await token(outside, account, "guessed")).status_code == 401
    assert (await token(come_from(app, "::ffff:10.1.2.3"), account, secret)).status_code == 200
    assert (await token(come_from(app, "2001:db8::7"), account, secret)).status_code == 200
    assert (await token(come_from(app, "not an address"), account, secret)).status_code == 403
    bearer = {"Authorization": f"Bearer {good}"}
    assert (await inside.get(ME, headers=bearer)).status_code == 200
    assert (await outside.get(ME, headers=bearer)).status_code == 401
    assert (await outside.get("/api/v1/plans", headers=bearer)).status_code == 401


async def test_a_change_counts_at_the_next_request(app, client, security):
    account = await make(security)
    issued = (await token(client, account, account["client_secret"])).json()
    bearer = {"Authorization": f"Bearer {issued['access_token']}"}
    url = f"{URL}/{account['id']}"

    changed = await security.patch(url, json={"scopes": ["import"]}, headers=match(account))

    assert changed.status_code == 200, changed.text
    assert (await client.get(ME, headers=bearer)).json()["scopes"] == ["import"]
    assert (await client.get("/api/v1/plans", headers=bearer)).status_code == 403
    elsewhere = {"addresses": ["192.0.2.0/24"], "name": None}
    moved = await security.patch(url, json=elsewhere, headers=match(changed.json()))
    assert (moved.json()["name"], moved.json()["addresses"]) == ("OA", ["192.0.2.0/24"])
    assert (await client.get(ME, headers=bearer)).status_code == 401


NO_NETWORK = "不是有效的地址范围，应写作 10.1.0.0/16 或 10.1.2.3。"


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        ("10.1.2.3/16", "地址范围应从网段的第一个地址写起：10.1.0.0/16。"),
        ("everywhere", NO_NETWORK),
        ("10.0.0.0/33", NO_NETWORK),
    ],
)
async def test_a_network_is_written_as_one(security, network, sentence):
    body = {"name": "OA", "scopes": ["plan:read"], "addresses": [network]}

    answer = await security.post(URL, json=body)

    assert answer.status_code == 422
    (told,) = answer.json()["errors"]
    assert told["pointer"] == "/body/addresses/0"
    assert told["detail"] == sentence


async def test_the_last_use_is_noted_to_the_minute(app, client, security, world):
    account = await make(security)
    issued = (await token(client, account, account["client_secret"])).json()
    bearer = {"Authorization": f"Bearer {issued['access_token']}"}
    caller = come_from(app, "10.9.8.7")

    await caller.get(ME, headers=bearer)
    [noted] = await world.all(select(ServiceAccount))
    assert noted.used_from == "127.0.0.1"  # the log-in a moment ago

    before = noted.used_at - timedelta(minutes=2)
    noted.used_at = before
    await world.add(noted)
    await caller.get(ME, headers=bearer)
    [noted] = await world.all(select(ServiceAccount))
    assert noted.used_from == "10.9.8.7"
    assert noted.used_at > before


@dataclass
class Row:
    """Anything with a state, of the account's own unit."""

    id: object
    unit_id: object
    state: object
    version: int = 1


@pytest.mark.parametrize(
    ("lifecycle", "arrow"), ARROWS, ids=[f"{life.subject}-{one.name}" for life, one in ARROWS]
)
def test_another_system_makes_no_transition(lifecycle, arrow):
    unit = uuid4()
    actor = Actor("OA", frozenset(), uuid4(), unit, scopes=frozenset(Scope))
    ctx = Context(SimpleNamespace(), actor, datetime.now(UTC))

    for state in arrow.sources:
        row = Row(uuid4(), unit, state)
        assert lifecycle.actions(actor, row) == []
        with pytest.raises(Forbidden):
            lifecycle.apply(ctx, row, arrow.name, "同意")
        assert row.state is state
