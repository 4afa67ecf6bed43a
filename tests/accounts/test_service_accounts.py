from datetime import UTC, datetime, timedelta

from sqlmodel import select

from sihao.accounts.schemas import ServiceAccountPublic
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.idempotency import IdempotencyKey
from sihao.core.paging import Page
from tests.factories import make_unit

URL = "/api/v1/service-accounts"


def match(thing: dict) -> dict:
    return {"If-Match": f'"{thing["version"]}"'}


async def token(client, account: dict, secret: str):
    form = {
        "grant_type": "client_credentials",
        "client_id": account["client_id"],
        "client_secret": secret,
    }
    return await client.post("/api/v1/auth/token", data=form)


async def test_an_account_of_another_system_lives_and_ends(as_, client, world):
    unit = await make_unit(world, "市教育局")
    security = await as_.role(Role.ADMIN_SECURITY)
    body = {"name": "OA", "scopes": ["ledger:write", "plan:read"], "unit_id": str(unit.id)}

    made = await security.post(URL, json=body)
    assert made.status_code == 201, made.text
    first = made.json()
    issued = await token(client, first, first["client_secret"])
    assert issued.status_code == 200, issued.text
    assert issued.json()["scope"] == "ledger:write plan:read"

    rotated = (await security.post(f"{URL}/{first['id']}/rotate", headers=match(first))).json()
    assert (await token(client, first, first["client_secret"])).status_code == 401
    bearer = {"Authorization": f"Bearer {issued.json()['access_token']}"}
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 200

    ended = await security.post(f"{URL}/{first['id']}/disable", headers=match(rotated))
    assert ended.status_code == 200, ended.text
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 401
    again = await security.post(f"{URL}/{first['id']}/rotate", headers=match(ended.json()))
    assert (again.status_code, again.json()["code"]) == (409, "service_account.disabled")
    names = await world.all(select(Event.name).order_by(Event.seq))
    assert [name for name in names if name.startswith("service")] == [
        "service_account.created",
        "service_account.rotated",
        "service_account.disabled",
    ]
    assert await world.all(select(IdempotencyKey.body).where(IdempotencyKey.status == 201)) == []


async def test_the_list_shows_no_secret_and_only_to_the_security_administrator(as_, world):
    await as_.service("plan:read", unit=await make_unit(world, "市教育局"))
    security, officer = await as_.role(Role.ADMIN_SECURITY), await as_.officer()

    answer = await security.get(URL)

    page = Page[ServiceAccountPublic].model_validate_json(answer.text)
    assert [(one.name, one.unit_name) for one in page.items] == [("OA", "市教育局")]
    assert "secret" not in answer.text
    assert (await officer.get(URL)).json()["items"] == []
    made = await officer.post(URL, json={"name": "x", "scopes": ["plan:read"]})
    assert made.status_code == 403


async def test_bad_input_is_pointed_at(as_):
    security = await as_.role(Role.ADMIN_SECURITY)
    body = {"name": "OA", "scopes": ["plan:read"]}
    past = (datetime.now(UTC) - timedelta(days=1)).isoformat()

    answers = [
        await security.post(URL, json={**body, "expires_at": past}),
        await security.post(URL, json={**body, "unit_id": "00000000-0000-4000-8000-000000000000"}),
        await security.post(URL, json={**body, "scopes": ["everything"]}),
        await security.post(URL, json={**body, "scopes": []}),
    ]

    assert [one.status_code for one in answers] == [422] * 4
    assert [one.json()["errors"][0]["pointer"] for one in answers] == [
        "/body/expires_at",
        "/body/unit_id",
        "/body/scopes/0",
        "/body/scopes",
    ]
