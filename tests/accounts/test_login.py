from sqlalchemy import text
from sqlmodel import select

from sihao.accounts.models import ServiceAccount
from sihao.core.context import Role
from sihao.core.events import Event
from tests.factories import PASSWORD, make_person, make_service, make_unit

LOGIN = "/api/v1/auth/login"


async def log_in(client, person, password=PASSWORD):
    return await client.post(LOGIN, json={"name": person.name, "password": password})


async def test_a_person_logs_in_and_sees_who_it_is(client, world):
    unit = await make_unit(world, "市教育局")
    person, _ = await make_person(world, Role.UNIT_OFFICE, unit=unit)

    answer = await log_in(client, person)

    assert answer.status_code == 200, answer.text
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    token = answer.json()["access_token"]
    me = (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})).json()
    assert me["unit"] == {"id": str(unit.id), "name": "市教育局"}
    assert me["views"] == ["unit"]


async def test_five_wrong_passwords_lock_the_name_known_or_not(client, world):
    person, _ = await make_person(world)

    for name in (person.name, "nobody.here"):
        answers = [
            await client.post(LOGIN, json={"name": name, "password": "wrong"}) for _ in range(5)
        ]
        assert [one.status_code for one in answers] == [401, 401, 401, 401, 429]
    right = await log_in(client, person)

    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 800
    refused = [e for e in await world.all(select(Event)) if e.name == "session.refused"]
    assert len(refused) == 10


async def test_a_refresh_token_rotates_may_be_retried_once_and_then_ends_the_session(client, world):
    person, _ = await make_person(world)
    form = {"grant_type": "password", "username": person.name, "password": PASSWORD}
    first = (await client.post("/api/v1/auth/token", data=form)).json()

    def again():
        form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        return client.post("/api/v1/auth/token", data=form)

    second, retried, reused = await again(), await again(), await again()

    assert [second.status_code, retried.status_code, reused.status_code] == [200, 200, 401]
    form = {"grant_type": "refresh_token", "refresh_token": retried.json()["refresh_token"]}
    assert (await client.post("/api/v1/auth/token", data=form)).status_code == 401


async def test_a_revoked_session_is_refused_at_the_next_request(as_, world):
    office = await as_.unit()
    (session,) = (await office.get("/api/v1/auth/sessions")).json()

    assert (await office.delete(f"/api/v1/auth/sessions/{session['id']}")).status_code == 204

    assert (await office.get("/api/v1/me")).status_code == 401


async def test_a_lost_role_is_refused_at_the_next_request(as_, world, connection):
    unit = await make_unit(world)
    office = await as_.unit(unit)
    assert (await office.get(f"/api/v1/units/{unit.id}")).status_code == 200

    await world.ctx()
    await connection.execute(text("DELETE FROM role_grant"))

    assert (await office.get(f"/api/v1/units/{unit.id}")).status_code == 404


async def test_a_service_account_gets_a_token_by_its_secret(client, world):
    await make_service(world, "ledger:write")
    (account,) = await world.all(select(ServiceAccount))
    form = {"grant_type": "client_credentials", "client_id": account.client_id}

    answer = await client.post("/api/v1/auth/token", data={**form, "client_secret": PASSWORD})
    wrong = await client.post("/api/v1/auth/token", data={**form, "client_secret": "wrong"})

    assert answer.json()["scope"] == "ledger:write"
    assert "refresh_token" not in answer.json()
    assert wrong.status_code == 401


async def test_a_changed_password_ends_the_other_sessions(client, world):
    person, _ = await make_person(world)
    one = (await log_in(client, person)).json()["access_token"]
    two = (await log_in(client, person)).json()["access_token"]
    mine, other = ({"Authorization": f"Bearer {t}"} for t in (one, two))

    body = {"current": PASSWORD, "new": "another-horse-10"}
    answer = await client.post("/api/v1/auth/password", json=body, headers=mine)

    assert answer.status_code == 204
    assert (await client.get("/api/v1/me", headers=mine)).status_code == 200
    assert (await client.get("/api/v1/me", headers=other)).status_code == 401
