"""The first account of an installation, over HTTP."""

from sqlalchemy import update
from sqlmodel import select

from sihao.accounts.actions.bootstrap import draw_code
from sihao.accounts.models import BootstrapCode
from sihao.core.context import Role
from sihao.core.events import Event
from tests.factories import make_person

URL = "/api/v1/auth/bootstrap"
PASSWORD = "correct horse battery"


def body(code, **changes):
    first = {"code": code, "name": "security", "display_name": "安全管理员", "password": PASSWORD}
    return {**first, **changes}


async def test_the_code_makes_the_administrator_who_makes_all_others(client, world):
    code = await world.act(draw_code)

    made = await client.post(URL, json=body(f" {code.upper()} "))

    assert made.status_code == 204, made.text
    login = {"name": "security", "password": PASSWORD}
    token = (await client.post("/api/v1/auth/login", json=login)).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    person = {
        "name": "officer.li",
        "display_name": "李干部",
        "grants": [{"role": "committee.officer"}],
    }
    created = await client.post("/api/v1/people", json=person, headers=headers)
    assert created.status_code == 201, created.text


async def test_a_code_is_good_once(client, world):
    code = await world.act(draw_code)
    await client.post(URL, json=body(code))

    again = await client.post(URL, json=body(code, name="another"))

    assert (again.status_code, again.json()["code"]) == (410, "bootstrap.over")
    assert await world.act(draw_code) is None


async def test_wrong_codes_are_counted_and_five_use_it_up(client, world):
    code = await world.act(draw_code)

    wrong = [await client.post(URL, json=body("nobody-knows")) for _ in range(5)]

    assert {one.status_code for one in wrong} == {401}
    assert (await client.post(URL, json=body(code))).status_code == 410
    refused = await world.all(select(Event).where(Event.name == "bootstrap.refused"))
    assert sorted(one.data["failures"] for one in refused) == [1, 2, 3, 4, 5]


async def test_a_code_ends_after_a_day_and_another_replaces_it(client, world):
    old = await world.act(draw_code)
    [row] = await world.all(select(BootstrapCode))
    assert old not in row.code_hash
    new = await world.act(draw_code)
    assert (await client.post(URL, json=body(old))).status_code == 401

    async def run_out(ctx):
        past = update(BootstrapCode).values(expires_at=ctx.now)
        await ctx.db.execute(past)

    await world.act(run_out)
    assert (await client.post(URL, json=body(new))).status_code == 410


async def test_without_a_code_nobody_is_made(client, world):
    assert (await client.post(URL, json=body("anything"))).status_code == 410
    await make_person(world, Role.ADMIN_SECURITY)
    assert await world.act(draw_code) is None


async def test_a_password_is_no_echo_of_the_name(client, world):
    code = await world.act(draw_code)
    answer = await client.post(URL, json=body(code, password="security-2026"))
    assert answer.json()["code"] == "password.weak"
