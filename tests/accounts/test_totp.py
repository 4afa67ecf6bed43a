"""One-time codes by RFC 6238."""

import pyotp
import pytest
from sqlmodel import select

from sihao.accounts import one_time
from sihao.accounts.models import OneTimeCodes
from sihao.core.context import Role
from sihao.core.events import Event
from tests.factories import PASSWORD, make_person

LOGIN, TOTP = "/api/v1/auth/login", "/api/v1/auth/totp"


async def log_in(client, person, totp="", password=PASSWORD):
    body = {"name": person.name, "password": password, "totp": totp}
    return await client.post(LOGIN, json=body)


def bearer(answer):
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


class App:
    """Somebody's phone, whose clock goes on by half a minute with each code."""

    def __init__(self, monkeypatch):
        self.monkeypatch, self.secret, self.steps = monkeypatch, "", 0
        self.find = one_time.find_step

    def next(self) -> str:
        from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - here alone

        self.steps += 1
        later = timedelta(seconds=30 * self.steps)
        find = self.find
        self.monkeypatch.setattr(
            one_time, "find_step", lambda s, code, now, after: find(s, code, now + later, after)
        )
        return pyotp.TOTP(self.secret).at(datetime.now(UTC) + later)


@pytest.fixture
def app_on_phone(monkeypatch):
    return App(monkeypatch)


async def switch_on(client, person, phone):
    """Set codes up as a person does; give the headers of his session and the recovery codes."""
    told = bearer(await log_in(client, person))
    begun = await client.post(TOTP, headers=told)
    assert begun.status_code == 200, begun.text
    phone.secret = begun.json()["secret"]
    done = await client.post(f"{TOTP}/confirm", json={"code": phone.next()}, headers=told)
    assert done.status_code == 200, done.text
    return told, done.json()["codes"]


async def test_codes_are_set_up_by_a_picture_and_a_first_code(client, world, app_on_phone):
    person, _ = await make_person(world)
    told = bearer(await log_in(client, person))
    begun = (await client.post(TOTP, headers=told)).json()

    assert begun["picture"].startswith("<svg xmlns=")
    assert pyotp.parse_uri(begun["address"]).secret == begun["secret"]
    assert pyotp.parse_uri(begun["address"]).name == person.name
    assert (await client.get(TOTP, headers=told)).json()["is_on"] is False
    assert (await log_in(client, person)).status_code == 200
    wrong = await client.post(f"{TOTP}/confirm", json={"code": "000000"}, headers=told)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "auth.totp.code")

    app_on_phone.secret = begun["secret"]
    body = {"code": app_on_phone.next()}
    codes = (await client.post(f"{TOTP}/confirm", json=body, headers=told)).json()["codes"]

    assert len(set(codes)) == 10
    state = (await client.get(TOTP, headers=told)).json()
    assert (state["is_on"], state["recovery_left"]) == (True, 10)
    again = await client.post(TOTP, headers=told)
    assert (again.status_code, again.json()["code"]) == (409, "auth.totp.on")


async def test_the_secret_and_recovery_codes_are_not_in_the_database(client, world, app_on_phone):
    person, _ = await make_person(world)
    _, recovery = await switch_on(client, person, app_on_phone)

    (kept,) = await world.all(select(OneTimeCodes))

    written = f"{kept.sealed} {kept.recovery_hashes}"
    assert app_on_phone.secret not in written
    assert not any(code in written for code in recovery)


async def test_a_log_in_asks_for_a_code_and_takes_none_twice(client, world, app_on_phone):
    person, _ = await make_person(world)
    await switch_on(client, person, app_on_phone)

    without = await log_in(client, person)
    code = app_on_phone.next()
    right, again = await log_in(client, person, code), await log_in(client, person, code)

    assert (without.status_code, without.json()["code"]) == (401, "auth.totp.needed")
    assert right.status_code == 200, right.text
    assert (again.status_code, again.json()["code"]) == (401, "auth.totp.wrong")


async def test_scripts_send_the_code_with_the_password(client, world, app_on_phone):
    person, _ = await make_person(world)
    await switch_on(client, person, app_on_phone)
    form = {"grant_type": "password", "username": person.name, "password": PASSWORD}

    without = await client.post("/api/v1/auth/token", data=form)
    right = await client.post("/api/v1/auth/token", data=form | {"totp": app_on_phone.next()})

    assert without.json()["code"] == "auth.totp.needed"
    assert right.status_code == 200, right.text


def test_a_code_is_good_one_step_early_and_late_and_no_more():
    from datetime import UTC, datetime  # noqa: PLC0415 - here alone

    secret, now = one_time.draw_secret(), datetime(2026, 5, 1, 12, 0, 10, tzinfo=UTC)
    step = int(now.timestamp()) // 30
    codes = {
        shift: pyotp.TOTP(secret).at(int(now.timestamp()) + 30 * shift) for shift in range(-3, 4)
    }
    found = {shift: one_time.find_step(secret, code, now, 0) for shift, code in codes.items()}
    assert [found[shift] for shift in (-1, 0, 1)] == [step - 1, step, step + 1]
    assert [found[shift] for shift in (-3, -2, 2, 3)] == [None] * 4
    assert one_time.find_step(secret, codes[0], now, step) is None


async def test_wrong_codes_are_counted_as_wrong_passwords_are(client, world, app_on_phone):
    person, _ = await make_person(world)
    await switch_on(client, person, app_on_phone)

    answers = [await log_in(client, person, "000000") for _ in range(5)]
    right = await log_in(client, person, app_on_phone.next())

    assert [one.status_code for one in answers] == [401, 401, 401, 401, 429]
    assert (right.status_code, right.json()["code"]) == (429, "auth.locked")


async def test_the_right_password_alone_does_not_forgive_guesses_of_codes(
    client, world, app_on_phone
):
    person, _ = await make_person(world)
    await switch_on(client, person, app_on_phone)

    answers = []
    for _ in range(5):
        await log_in(client, person)
        answers.append(await log_in(client, person, "000000"))

    assert answers[-1].status_code == 429


async def test_a_recovery_code_lets_in_once(client, world, app_on_phone):
    person, _ = await make_person(world)
    told, recovery = await switch_on(client, person, app_on_phone)

    first = await log_in(client, person, f" {recovery[3].upper()} ")
    again = await log_in(client, person, recovery[3])

    assert first.status_code == 200, first.text
    assert again.json()["code"] == "auth.totp.wrong"
    assert (await client.get(TOTP, headers=told)).json()["recovery_left"] == 9
    used = [e for e in await world.all(select(Event)) if e.name == "person.used_recovery_code"]
    assert [one.data["left"] for one in used] == [9]


async def test_new_recovery_codes_end_the_old_ones(client, world, app_on_phone):
    person, _ = await make_person(world)
    told, recovery = await switch_on(client, person, app_on_phone)

    url = f"{TOTP}/recovery-codes"
    wrong = await client.post(url, json={"code": "000000"}, headers=told)
    renewed = await client.post(url, json={"code": app_on_phone.next()}, headers=told)

    assert wrong.json()["code"] == "auth.totp.wrong"
    assert renewed.status_code == 200, renewed.text
    assert (await log_in(client, person, recovery[0])).status_code == 401
    assert (await log_in(client, person, renewed.json()["codes"][0])).status_code == 200


async def test_codes_are_switched_off_by_a_code(client, world, app_on_phone):
    person, _ = await make_person(world)
    told, _ = await switch_on(client, person, app_on_phone)

    wrong = await client.post(f"{TOTP}/remove", json={"code": "000000"}, headers=told)
    body = {"code": app_on_phone.next()}
    right = await client.post(f"{TOTP}/remove", json=body, headers=told)

    assert (wrong.status_code, right.status_code) == (401, 204)
    assert (await log_in(client, person)).status_code == 200
    off = await client.post(f"{TOTP}/remove", json=body, headers=told)
    assert (off.status_code, off.json()["code"]) == (409, "auth.totp.off")


async def test_the_security_administrator_resets_the_codes_of_whoever_lost_them(
    client, world, as_, app_on_phone
):
    person, _ = await make_person(world)
    await switch_on(client, person, app_on_phone)
    keeper, officer = await as_.role(Role.ADMIN_SECURITY), await as_.officer()
    url = f"/api/v1/people/{person.id}"
    seen = (await keeper.get(url)).json()

    refused = await officer.move(seen, url, "reset_totp")
    done = await keeper.post(f"{url}/reset_totp", headers={"If-Match": f'"{seen["version"]}"'})

    assert refused.status_code == 403
    assert done.status_code == 200, done.text
    assert (await log_in(client, person)).status_code == 200
    assert "person.reset_totp" in [one.name for one in await world.all(select(Event))]
    none = await keeper.move(done.json(), url, "reset_totp")
    assert none.json()["code"] == "person.no_totp"


async def test_a_changed_signing_key_says_what_to_do_and_recovery_codes_still_let_in(
    client, world, app_on_phone
):
    person, _ = await make_person(world)
    _, recovery = await switch_on(client, person, app_on_phone)
    (kept,) = await world.all(select(OneTimeCodes))
    kept.sealed = one_time.sealed(app_on_phone.secret, kept.person_id)[:-8] + "AAAAAAA="
    await world.add(kept)

    unreadable = await log_in(client, person, app_on_phone.next())

    assert (unreadable.status_code, unreadable.json()["code"]) == (409, "auth.totp.unreadable")
    assert (await log_in(client, person, recovery[0])).status_code == 200


async def test_nobody_reads_the_codes_of_another(client, world, as_, app_on_phone):
    person, _ = await make_person(world)
    await switch_on(client, person, app_on_phone)
    officer = await as_.officer()
    assert (await officer.get(TOTP)).json()["is_on"] is False
    service = await as_.service("ledger:write")
    assert (await service.get(TOTP)).status_code == 403
    assert (await service.post(TOTP)).status_code == 403
