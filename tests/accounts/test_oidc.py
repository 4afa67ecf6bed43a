"""Signing in at a real OpenID provider."""

import httpx
import pytest
from sqlmodel import select

from sihao.accounts.models import LoginSession, Person, RoleGrant, Way
from sihao.core.context import Role
from sihao.core.events import Event
from tests.accounts.providers import CALLBACK, PUBLIC, SECRET, configured, real_provider, walk
from tests.factories import PASSWORD, make_person, make_unit

BEGIN, FINISH = "/api/v1/auth/oidc/begin", "/api/v1/auth/oidc/finish"


@pytest.fixture(scope="module", params=["RS256", "ES256"])
def provider(request):
    with real_provider(request.param) as issuer:
        yield issuer


@pytest.fixture(scope="module")
def only_provider():
    with real_provider() as issuer:
        yield issuer


def set_up(issuer, **more):
    return configured(public_url=PUBLIC, oidc_issuer=issuer, oidc_client_secret=SECRET, **more)


async def go(client, name, wanted="/u/plan", begin=BEGIN, **told):
    """Sign in at the provider as `name` and bring the answer back."""
    body = {"next": wanted} if begin == BEGIN else None
    begun = await client.post(begin, json=body, headers=told)
    assert begun.status_code == 200, begun.text
    async with httpx.AsyncClient() as browser:
        return await walk(browser, begun.json()["address"], name)


def bearer(answer):
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def test_a_person_signs_in_at_a_real_provider_and_lands_on_the_page_he_wanted(
    client, world, provider
):
    person, _ = await make_person(world, Role.UNIT_OFFICE, unit=await make_unit(world))
    with set_up(provider):
        brought = await go(client, person.name)
        answer = await client.post(FINISH, json=brought)

    assert answer.status_code == 200, answer.text
    assert answer.json()["next"] == "/u/plan"
    me = (await client.get("/api/v1/me", headers=bearer(answer))).json()
    assert (me["id"], me["views"]) == (str(person.id), ["unit"])
    refreshed = await client.post("/api/v1/auth/refresh")
    assert refreshed.status_code == 200, refreshed.text
    kept = next(one for one in answer.headers.get_list("set-cookie") if "refresh" in one)
    assert "httponly" in kept.lower()
    assert "samesite=strict" in kept.lower()
    (session,) = [one for one in await world.all(select(LoginSession)) if one.way is Way.OIDC]
    assert session.person_id == person.id
    assert session.proved_at is not None


async def test_what_was_brought_back_is_good_once_and_in_the_browser_that_began(
    client, world, only_provider, as_
):
    person, _ = await make_person(world)
    stranger = await as_.officer()
    with set_up(only_provider):
        brought = await go(client, person.name)
        elsewhere = await stranger.post(FINISH, json=brought)
        cookie = client.cookies.get("sihao-sign-in")
        first = await client.post(FINISH, json=brought)
        again = await client.post(FINISH, json=brought)
        replayed = await client.post(
            FINISH, json=brought, headers={"Cookie": f"sihao-sign-in={cookie}"}
        )

    assert [one.status_code for one in (elsewhere, first, again, replayed)] == [403, 200, 403, 403]
    codes = [one.json()["code"] for one in (elsewhere, again, replayed)]
    assert codes == ["auth.state", "auth.state", "auth.oidc.exchange"]
    refused = [one for one in await world.all(select(Event)) if one.name == "session.refused"]
    assert len(refused) == 3


async def test_somebody_without_an_account_stays_outside(client, world, only_provider):
    with set_up(only_provider):
        answer = await client.post(FINISH, json=await go(client, "fremd"))

    assert (answer.status_code, answer.json()["code"]) == (403, "auth.unknown")
    assert "fremd" in answer.json()["detail"]
    assert await world.all(select(Person).where(Person.name == "fremd")) == []


async def test_where_it_is_allowed_an_account_is_made_without_any_role(
    client, world, only_provider
):
    with set_up(only_provider, oidc_create="true"):
        answer = await client.post(FINISH, json=await go(client, "neu.wang"))
        short = await client.post(FINISH, json=await go(client, "x"))

    assert answer.status_code == 200, answer.text
    (person,) = await world.all(select(Person).where(Person.name == "neu.wang"))
    assert person.display_name == "neu.wang（平台）"
    grants = await world.all(select(RoleGrant).where(RoleGrant.person_id == person.id))
    assert grants == []
    me = (await client.get("/api/v1/me", headers=bearer(answer))).json()
    assert me["views"] == []
    assert short.json()["code"] == "auth.unknown"


async def test_a_disabled_account_is_refused_in_chinese(client, world, only_provider):
    person, _ = await make_person(world)
    ctx = await world.ctx()
    person.disabled_at = ctx.now
    await world.add(person)
    with set_up(only_provider):
        answer = await client.post(FINISH, json=await go(client, person.name))

    assert (answer.status_code, answer.json()["code"]) == (403, "auth.disabled")
    assert "已停用" in answer.json()["detail"]


async def test_nobody_is_sent_to_another_site(client, only_provider):
    with set_up(only_provider):
        for wanted in ("//evil.test", "https://evil.test", "/\\evil.test", "javascript:1", "/a\nb"):
            answer = await client.post(BEGIN, json={"next": wanted})
            assert answer.status_code == 422, wanted


async def test_the_login_page_is_told_which_ways_there_are(client, only_provider):
    assert (await client.get("/api/v1/auth/ways")).json() == {"oidc": None, "cas": None}
    off = await client.post(BEGIN, json={})
    assert (off.status_code, off.json()["code"]) == (404, "auth.oidc.off")
    with set_up(only_provider, oidc_label="市统一身份认证"):
        assert (await client.get("/api/v1/auth/ways")).json()["oidc"] == "市统一身份认证"


async def test_the_redirect_is_the_one_fixed_address(client, only_provider):
    with set_up(only_provider):
        begun = await client.post(BEGIN, json={}, headers={"Host": "evil.test"})
    asked = httpx.URL(begun.json()["address"]).params
    assert asked["redirect_uri"] == CALLBACK
    assert asked["code_challenge_method"] == "S256"


async def test_roles_that_sign_in_elsewhere_have_no_password_and_the_key_keeper_has(
    client, world, only_provider
):
    office, _ = await make_person(world, Role.UNIT_OFFICE, unit=await make_unit(world))
    officer, _ = await make_person(world, Role.OFFICER)
    keeper, _ = await make_person(world, Role.ADMIN_SECURITY)

    async def log_in(person, password=PASSWORD):
        body = {"name": person.name, "password": password}
        return await client.post("/api/v1/auth/login", json=body)

    with set_up(only_provider, password_off_for="unit,admin"):
        refused, let_in, kept = [await log_in(one) for one in (office, officer, keeper)]
        wrong = await log_in(office, "wrong")
        form = {"grant_type": "password", "username": office.name, "password": PASSWORD}
        by_token = await client.post("/api/v1/auth/token", data=form)
        inside = await client.post(FINISH, json=await go(client, office.name))

    assert (refused.status_code, refused.json()["code"]) == (403, "auth.password_off")
    assert "统一身份认证" in refused.json()["detail"]
    assert by_token.json()["code"] == "auth.password_off"
    assert wrong.json()["code"] == "auth.wrong"
    assert [one.status_code for one in (let_in, kept, inside)] == [200, 200, 200]


async def test_a_provider_that_is_away_is_a_problem_that_says_so(client):
    with set_up("http://127.0.0.1:9"):
        answer = await client.post(BEGIN, json={})
    assert (answer.status_code, answer.json()["code"]) == (503, "auth.provider")
