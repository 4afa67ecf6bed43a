from sqlmodel import select

from sihao.accounts.models import LoginFailure, Person
from sihao.accounts.schemas import PersonPublic
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.core.idempotency import IdempotencyKey
from sihao.core.paging import Page
from tests.factories import PASSWORD, make_person, make_unit

URL = "/api/v1/people"
PERSON = {"name": "unit01.lead", "display_name": "李明"}


def match(thing: dict) -> dict:
    return {"If-Match": f'"{thing["version"]}"'}


async def test_the_security_administrator_adds_somebody_who_can_log_in(as_, client, world):
    unit = await make_unit(world, "市教育局")
    security = await as_.role(Role.ADMIN_SECURITY)
    grant = {"role": "unit.lead", "unit_id": str(unit.id)}

    added = await security.post(URL, json={**PERSON, "grants": [grant]})

    assert added.status_code == 201, added.text
    assert added.headers["etag"] == '"1"'
    (held,) = added.json()["grants"]
    assert (held["role"], held["unit_name"]) == ("unit.lead", "市教育局")
    password = added.json()["initial_password"]
    login = {"name": "unit01.lead", "password": password}
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 200
    events = await world.all(select(Event).where(Event.name == "person.created"))
    assert [(one.audience, one.data["login"]) for one in events] == [
        (Audience.ADMIN, "unit01.lead")
    ]
    assert password not in str(events[0].data)


async def test_an_initial_password_is_kept_nowhere(as_, world):
    security = await as_.role(Role.ADMIN_SECURITY)

    added = (await security.post(URL, json=PERSON)).json()
    again = (
        await security.post(f"{URL}/{added['id']}/reset_password", headers=match(added))
    ).json()

    stored = await world.all(select(Person).where(Person.name == "unit01.lead"))
    assert added["initial_password"] != again["initial_password"]
    assert again["initial_password"] not in stored[0].password_hash
    assert await world.all(select(IdempotencyKey.body)) == []


async def test_only_the_security_administrator_keeps_accounts(as_, world):
    unit = await make_unit(world)
    person, _ = await make_person(world, Role.UNIT_MEMBER, unit=unit)
    url, headers = f"{URL}/{person.id}", {"If-Match": '"1"'}

    for role in (Role.OFFICER, Role.LEADER, Role.ADMIN_SYSTEM, Role.ADMIN_AUDIT, Role.UNIT_LEAD):
        caller = await as_.role(role, unit=unit)
        answers = [
            await caller.post(URL, json=PERSON),
            await caller.patch(url, json={"display_name": "x"}, headers=headers),
            await caller.post(f"{url}/disable", headers=headers),
            await caller.post(f"{url}/reset_password", headers=headers),
            await caller.post(f"{url}/grants", json={"role": "leadership"}, headers=headers),
        ]
        assert {one.status_code for one in answers} == {403}, role


async def test_somebody_disabled_is_refused_at_the_next_request(as_, client, world):
    person, token = await make_person(world, Role.LEADERSHIP)
    security = await as_.role(Role.ADMIN_SECURITY)
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 200
    read = (await security.get(f"{URL}/{person.id}")).json()

    disabled = await security.post(f"{URL}/{person.id}/disable", headers=match(read))

    assert disabled.status_code == 200, disabled.text
    assert disabled.json()["disabled_at"]
    refused = await client.get("/api/v1/me", headers=bearer)
    assert (refused.status_code, refused.json()["code"]) == (401, "auth.ended")
    login = {"name": person.name, "password": PASSWORD}
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 401
    twice = await security.post(f"{URL}/{person.id}/disable", headers=match(disabled.json()))
    assert (twice.status_code, twice.json()["code"]) == (409, "person.disabled")
    enabled = await security.post(f"{URL}/{person.id}/enable", headers=match(disabled.json()))
    assert enabled.json()["disabled_at"] is None
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 200


async def test_a_role_taken_away_is_gone_at_the_next_request(as_, client, world):
    person, token = await make_person(world, Role.OFFICER)
    security = await as_.role(Role.ADMIN_SECURITY)
    bearer = {"Authorization": f"Bearer {token}"}
    read = (await security.get(f"{URL}/{person.id}")).json()
    url = f"{URL}/{person.id}/grants"

    taken = await security.delete(f"{url}/{read['grants'][0]['id']}", headers=match(read))

    assert taken.status_code == 200, taken.text
    assert taken.json()["grants"] == []
    assert (await client.get("/api/v1/me", headers=bearer)).json()["roles"] == []
    given = await security.post(url, json={"role": "leadership"}, headers=match(taken.json()))
    assert given.status_code == 201, given.text
    assert (await client.get("/api/v1/me", headers=bearer)).json()["roles"] == ["leadership"]
    gone = await security.delete(f"{url}/{read['grants'][0]['id']}", headers=match(given.json()))
    assert (gone.status_code, gone.json()["code"]) == (404, "grant.unknown")


async def test_roles_that_do_not_go_together_are_refused(as_, world):
    one, other = await make_unit(world), await make_unit(world)
    security = await as_.role(Role.ADMIN_SECURITY)
    nowhere = "00000000-0000-4000-8000-000000000000"

    def grants(*pairs):
        return [{"role": role, "unit_id": str(unit) if unit else None} for role, unit in pairs]

    refused = {
        "grant.unit": [grants(("unit.lead", None)), grants(("leadership", one.id))],
        "grant.one_unit": [grants(("unit.lead", one.id), ("unit.office", other.id))],
        "grant.repeated": [grants(("leadership", None), ("leadership", None))],
        "grant.separation": [grants(("admin.audit", None), ("admin.security", None))],
        "grant.system": [grants(("system", None))],
        "unit.unknown": [grants(("unit.lead", nowhere))],
    }

    for code, tries in refused.items():
        for given in tries:
            answer = await security.post(URL, json={**PERSON, "grants": given})
            assert (answer.status_code, answer.json()["code"]) == (422, code)
            assert answer.json()["errors"][0]["pointer"].startswith("/body/grants")
    person, _ = await make_person(world, Role.OFFICER)
    extra = await security.post(
        f"{URL}/{person.id}/grants", json={"role": "admin.audit"}, headers={"If-Match": '"1"'}
    )
    assert (extra.status_code, extra.json()["code"]) == (422, "grant.separation")


async def test_a_unit_sees_its_own_people_and_the_committees_contacts(as_, world):
    own, foreign = await make_unit(world, "本局"), await make_unit(world)
    lead = await as_.lead(own)
    colleague, _ = await make_person(world, Role.UNIT_MEMBER, unit=own)
    stranger, _ = await make_person(world, Role.UNIT_LEAD, unit=foreign)
    officer, _ = await make_person(world, Role.OFFICER)
    for role in (Role.LEADERSHIP, Role.RECEIVER, Role.ADMIN_SECURITY, Role.INSPECTOR):
        await make_person(world, role)

    page = Page[PersonPublic].model_validate_json((await lead.get(f"{URL}?count=exact")).text)

    assert {one.id for one in page.items} == {lead.person_id, colleague.id, officer.id}
    assert page.total == 3
    assert {grant.unit_name for one in page.items for grant in one.grants} == {"本局", None}
    for unseen in (stranger.id,):
        answer = await lead.get(f"{URL}/{unseen}")
        assert (answer.status_code, answer.json()["code"]) == (404, "person.unknown")


async def test_somebody_without_a_unit_does_not_see_everybody_without_one(as_, world):
    receiver = await as_.role(Role.RECEIVER)
    await make_person(world, Role.LEADERSHIP)
    officer, _ = await make_person(world, Role.OFFICER)

    page = (await receiver.get(URL)).json()

    assert {one["id"] for one in page["items"]} == {str(receiver.person_id), str(officer.id)}


async def test_people_are_found_by_role_unit_state_and_name(as_, world):
    unit = await make_unit(world)
    member, _ = await make_person(world, Role.UNIT_MEMBER, unit=unit)
    officer, _ = await make_person(world, Role.OFFICER)
    security = await as_.role(Role.ADMIN_SECURITY)
    read = (await security.get(f"{URL}/{officer.id}")).json()
    await security.post(f"{URL}/{officer.id}/disable", headers=match(read))

    async def found(filters: str) -> set[str]:
        return {one["id"] for one in (await security.get(f"{URL}?{filters}")).json()["items"]}

    assert await found("role=unit.member") == {str(member.id)}
    assert await found(f"unit_id={unit.id}") == {str(member.id)}
    assert await found("disabled=true") == {str(officer.id)}
    assert await found(f"q={member.display_name}&disabled=false") == {str(member.id)}


async def test_a_reset_ends_sessions_and_lifts_the_lock(as_, client, world):
    person, token = await make_person(world, Role.LEADERSHIP)
    for _ in range(5):
        wrong = {"name": person.name, "password": "wrong"}
        await client.post("/api/v1/auth/login", json=wrong)
    security = await as_.role(Role.ADMIN_SECURITY)
    read = (await security.get(f"{URL}/{person.id}")).json()

    reset = await security.post(f"{URL}/{person.id}/reset_password", headers=match(read))

    assert reset.status_code == 200, reset.text
    assert await world.all(select(LoginFailure)) == []
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await client.get("/api/v1/me", headers=bearer)).status_code == 401
    login = {"name": person.name, "password": reset.json()["initial_password"]}
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 200


async def test_the_security_administrator_cannot_lock_the_door_from_inside(as_):
    security = await as_.role(Role.ADMIN_SECURITY)
    me = (await security.get(f"{URL}/{security.person_id}")).json()
    url = f"{URL}/{me['id']}"

    disabled = await security.post(f"{url}/disable", headers=match(me))
    taken = await security.delete(f"{url}/grants/{me['grants'][0]['id']}", headers=match(me))

    assert (disabled.status_code, disabled.json()["code"]) == (409, "person.self")
    assert (taken.status_code, taken.json()["code"]) == (409, "person.self")


async def test_a_stale_change_and_a_taken_name_are_refused(as_, world):
    person, _ = await make_person(world, Role.LEADERSHIP)
    security = await as_.role(Role.ADMIN_SECURITY)
    headers = {"If-Match": '"1"'}
    changed = await security.patch(
        f"{URL}/{person.id}", json={"display_name": "王"}, headers=headers
    )

    stale = await security.patch(f"{URL}/{person.id}", json={"display_name": "张"}, headers=headers)
    taken = await security.post(URL, json={**PERSON, "name": person.name})

    assert changed.json()["display_name"] == "王"
    assert stale.status_code == 412
    assert (taken.status_code, taken.json()["code"]) == (409, "constraint.uq_person_name")
