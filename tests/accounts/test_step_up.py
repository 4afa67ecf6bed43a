"""Who publishes, approves, grants or draws keys proves just before that it is he."""

from datetime import timedelta

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlmodel import select

from sihao.accounts.models import LoginSession
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.proof import require_proof, require_proof_always
from sihao.slices import LIFECYCLES
from tests.accounts.providers import PUBLIC, SECRET, configured, real_provider, walk
from tests.accounts.test_totp import TOTP, App, bearer, log_in, switch_on
from tests.factories import PASSWORD, make_person, make_unit

STEP_UP = "/api/v1/auth/step-up"
GRANTED = {"role": "committee.officer"}


@pytest.fixture
def app_on_phone(monkeypatch):
    return App(monkeypatch)


@pytest.fixture(scope="module")
def provider():
    with real_provider() as issuer:
        yield issuer


async def enter(client, world, *roles):
    person, _ = await make_person(world, *roles)
    return person, bearer(await log_in(client, person))


async def age(client, world, person, minutes=11):
    """Let the last proof be some time ago; give the headers of a token that says so."""
    for session in await world.all(select(LoginSession).where(LoginSession.person_id == person.id)):
        if session.proved_at is not None:
            session.proved_at -= timedelta(minutes=minutes)
            await world.add(session)
    return bearer(await client.post("/api/v1/auth/refresh"))


async def grant(client, world, told):
    """Grant somebody a role, which asks for a proof."""
    other, _ = await make_person(world)
    url = f"/api/v1/people/{other.id}/grants"
    return await client.post(url, json=GRANTED, headers={**told, "If-Match": '"1"'})


async def test_an_account_with_codes_proves_itself_anew_after_ten_minutes(
    client, world, app_on_phone
):
    person, _ = await make_person(world, Role.ADMIN_SECURITY)
    told, _ = await switch_on(client, person, app_on_phone)
    fresh = await grant(client, world, told)
    old = await age(client, world, person)
    asked = await grant(client, world, old)
    by_password = await client.post(STEP_UP, json={"password": PASSWORD}, headers=old)
    wrong = await client.post(STEP_UP, json={"code": "000000"}, headers=old)
    proved = await client.post(STEP_UP, json={"code": app_on_phone.next()}, headers=old)
    done = await grant(client, world, bearer(proved))

    assert fresh.status_code == 201, fresh.text
    assert (asked.status_code, asked.json()["code"]) == (403, "auth.step_up")
    assert (by_password.status_code, by_password.json()["code"]) == (422, "auth.totp.needed")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "auth.totp.wrong")
    assert proved.status_code == 200, proved.text
    assert done.status_code == 201, done.text
    assert "session.proved" in [one.name for one in await world.all(select(Event))]
    assert (await grant(client, world, old)).status_code == 403


async def test_the_same_request_goes_through_under_its_key_after_the_proof(
    client, world, app_on_phone
):
    person, _ = await make_person(world, Role.ADMIN_SECURITY)
    await switch_on(client, person, app_on_phone)
    await log_in(client, person, app_on_phone.next())
    old = await age(client, world, person)
    key = {"Idempotency-Key": "one and the same"}
    body = {"name": "new.one", "display_name": "新人"}

    asked = await client.post("/api/v1/people", json=body, headers=old | key)
    proved = await client.post(STEP_UP, json={"code": app_on_phone.next()}, headers=old)
    done = await client.post("/api/v1/people", json=body, headers=bearer(proved) | key)

    assert (asked.status_code, proved.status_code, done.status_code) == (403, 200, 201)


async def test_an_account_with_a_password_alone_is_asked_only_where_it_is_set(client, world):
    person, told = await enter(client, world, Role.ADMIN_SECURITY)
    old = await age(client, world, person)
    for given, status in (("totp", 201), ("off", 201), ("all", 403)):
        with configured(step_up=given):
            assert (await grant(client, world, old)).status_code == status, given
    with configured(step_up="all"):
        wrong = await client.post(STEP_UP, json={"password": "wrong"}, headers=old)
        right = await client.post(STEP_UP, json={"password": PASSWORD}, headers=old)
        done = await grant(client, world, bearer(right))

    assert (wrong.status_code, wrong.json()["code"]) == (401, "auth.wrong")
    assert done.status_code == 201, done.text
    with configured(step_up="all", step_up_minutes="60"):
        assert (await grant(client, world, told)).status_code == 201


async def test_codes_are_set_up_only_with_a_fresh_proof_whatever_is_set(client, world):
    person, _ = await enter(client, world)
    old = await age(client, world, person)
    with configured(step_up="off"):
        asked = await client.post(TOTP, headers=old)
        proved = await client.post(STEP_UP, json={"password": PASSWORD}, headers=old)
        begun = await client.post(TOTP, headers=bearer(proved))

    assert asked.json()["code"] == "auth.step_up"
    assert begun.status_code == 200


async def test_wrong_proofs_are_counted_as_wrong_passwords_are(client, world):
    person, told = await enter(client, world)
    answers = [
        await client.post(STEP_UP, json={"password": "wrong"}, headers=told) for _ in range(5)
    ]
    right = await client.post(STEP_UP, json={"password": PASSWORD}, headers=told)

    assert [one.status_code for one in answers] == [401, 401, 401, 401, 429]
    assert right.status_code == 429
    assert (await log_in(client, person)).status_code == 429


async def test_whoever_came_from_a_provider_proves_himself_there_again(client, world, provider):
    person, _ = await make_person(world, Role.ADMIN_SECURITY)
    with configured(public_url=PUBLIC, oidc_issuer=provider, oidc_client_secret=SECRET):
        async with httpx.AsyncClient() as browser:
            begun = await client.post("/api/v1/auth/oidc/begin", json={})
            brought = await walk(browser, begun.json()["address"], person.name)
            told = bearer(await client.post("/api/v1/auth/oidc/finish", json=brought))
            assert (await client.get(TOTP, headers=told)).json()["has_password"] is False
            old = await age(client, world, person)
            asked = await grant(client, world, old)

            begun = await client.post(f"{STEP_UP}/oidc", headers=old)
            brought = await walk(browser, begun.json()["address"], person.name)
            proved = await client.post("/api/v1/auth/oidc/finish", json=brought)
            done = await grant(client, world, bearer(proved))

            begun = await client.post(f"{STEP_UP}/oidc", headers=old)
            async with httpx.AsyncClient() as another:
                brought = await walk(another, begun.json()["address"], "somebody.else")
            other = await client.post("/api/v1/auth/oidc/finish", json=brought)

    assert asked.json()["code"] == "auth.step_up"
    assert proved.status_code == 200, proved.text
    assert "sihao-refresh" not in " ".join(proved.headers.get_list("set-cookie"))
    assert done.status_code == 201, done.text
    assert (other.status_code, other.json()["code"]) == (403, "auth.other")


async def test_a_provider_that_does_not_ask_again_proves_nothing(client, world, monkeypatch):
    from tests.accounts.providers import Liar, free_port, served  # noqa: PLC0415 - here alone

    port = free_port()
    liar = Liar(f"http://127.0.0.1:{port}")
    person, told = await enter(client, world)
    liar.claims = lambda claims: (
        claims
        | {
            "preferred_username": person.name,
            "auth_time": claims["iat"] - 3600,
        }
    )
    with served(liar.answer, port), configured(public_url=PUBLIC, oidc_issuer=liar.issuer):
        begun = await client.post(f"{STEP_UP}/oidc", headers=told)
        asked = liar.sees(begun.json()["address"])
        brought = {"state": asked["state"], "code": "good"}
        answer = await client.post("/api/v1/auth/oidc/finish", json=brought)

    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.oidc.stale")


async def test_another_system_is_never_asked(as_, world):
    service = await as_.service("ledger:write")
    refused = await service.post(STEP_UP, json={"password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (403, "person.required")
    with configured(step_up="all"):
        unit = await make_unit(world)
        body = {"name": "new.one", "display_name": "新人", "grants": []}
        answer = await service.post("/api/v1/people", json=body)
        assert answer.json()["code"] != "auth.step_up", unit


def routes(given):
    for route in given:
        if isinstance(route, APIRoute):
            yield route
        elif included := getattr(route, "original_router", None):
            yield from routes(included.routes)


def test_every_transition_that_is_declared_so_and_all_grants_and_keys_ask_for_a_proof(app):
    marked = {
        route.operation_id
        for route in routes(app.routes)
        for one in route.dependant.dependencies
        if one.call in {require_proof, require_proof_always}
    }
    declared = {
        f"{lifecycle.subject}_{one.name}"
        for lifecycle in LIFECYCLES
        for one in lifecycle.transitions
        if one.proof
    }
    keys = {
        "person_create",
        "person_reset_password",
        "person_reset_totp",
        "grant_add",
        "grant_remove",
        "service_account_create",
        "service_account_update",
        "service_account_rotate",
        "webhook_create",
        "webhook_rotate",
        "results_approve",
        "results_publish",
        "totp_begin",
    }
    assert {"result_approve", "result_publish", "interview_approve"} <= declared
    assert declared | keys == marked
