"""A directory keeps people and groups; the product's own rules hold for it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from sihao.accounts.models import LoginSession, Person, RoleGrant, ServiceAccount
from sihao.core.context import Role
from sihao.core.events import Event
from tests.factories import make_person, make_unit

URL = "/scim/v2"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@pytest.fixture
async def directory(as_):
    return await as_.service("scim")


def user(name="wangfang", **said):
    return {"schemas": [USER], "userName": name, "displayName": "王芳", "active": True, **said}


async def add(directory, **said):
    made = await directory.post(f"{URL}/Users", json=user(**said))
    assert made.status_code == 201, made.text
    return made.json()


async def group(directory, name, *members):
    listed = [{"value": one["id"]} for one in members]
    body = {"schemas": [GROUP], "displayName": name, "members": listed}
    return await directory.post(f"{URL}/Groups", json=body)


async def patch(directory, what, *operations):
    body = {"schemas": [PATCH], "Operations": list(operations)}
    return await directory.patch(f"{URL}/{what}?attributes=id", json=body)


async def test_somebody_from_a_directory_has_an_account_without_a_known_password(directory, world):
    made = await add(directory, externalId="e-17")

    assert made["meta"]["location"].endswith(f"/scim/v2/Users/{made['id']}")
    assert "password" not in str(made).lower()
    found = (
        await directory.get(f"{URL}/Users", params={"filter": 'userName eq "WangFang"'})
    ).json()
    assert [one["externalId"] for one in found["Resources"]] == ["e-17"]
    (person,) = await world.all(select(Person).where(Person.name == "wangfang"))
    assert (person.display_name, person.updated_by) == ("王芳", "OA")
    told = await world.all(select(Event.name).where(Event.subject_id == person.id))
    assert told == ["person.created"]


async def test_a_password_is_not_taken(directory):
    answer = await directory.post(f"{URL}/Users", json=user(password="geheim-und-lang"))
    read = await directory.get(f"{URL}/Schemas/{USER}")

    assert "geheim" not in answer.text
    assert "password" not in read.text.lower().replace("no password", "")


async def test_whoever_is_switched_off_is_out_at_once(directory, world, as_):
    unit = await make_unit(world)
    member = await as_.unit(unit)
    assert (await member.get("/api/v1/me")).status_code == 200

    off = await patch(
        directory,
        f"Users/{member.person_id}",
        {"op": "replace", "path": "active", "value": False},
    )

    assert off.status_code == 200, off.text
    assert (await member.get("/api/v1/me")).status_code == 401
    sessions = select(LoginSession).where(LoginSession.person_id == member.person_id)
    assert all(one.revoked_at for one in await world.all(sessions))
    (event,) = await world.all(select(Event).where(Event.name == "person.disabled"))
    assert (event.actor, event.subject_id) == ("OA", member.person_id)


async def test_a_group_named_like_a_grant_gives_and_takes_it(directory, world):
    unit = await make_unit(world)
    one, other = await add(directory), await add(directory, name="lilei")

    made = await group(directory, f"unit.office@{unit.code}", one)
    path = f"Groups/{made.json()['id']}"
    added = await patch(
        directory, path, {"op": "add", "path": "members", "value": [{"value": other["id"]}]}
    )
    taken = await patch(
        directory, path, {"op": "remove", "path": f'members[value eq "{one["id"]}"]'}
    )

    assert (made.status_code, added.status_code, taken.status_code) == (201, 200, 200), taken.text
    grants = await world.all(select(RoleGrant).where(RoleGrant.unit_id == unit.id))
    assert [(str(g.person_id), g.role) for g in grants] == [(other["id"], Role.UNIT_OFFICE)]
    shown = (await directory.get(f"{URL}/Users/{other['id']}")).json()
    assert [g["display"] for g in shown["groups"]] == [f"unit.office@{unit.code}"]
    names = await world.all(select(Event.name).order_by(Event.seq))
    assert names.count("person.granted") == 2
    assert names.count("person.ungranted") == 1


async def test_whoever_holds_a_grant_by_hand_is_in_its_group(directory, world):
    unit = await make_unit(world)
    person, _ = await make_person(world, Role.UNIT_LEAD, unit=unit)

    made = (await group(directory, f"unit.lead@{unit.code}")).json()

    assert [one["value"] for one in made["members"]] == [str(person.id)]


async def test_a_group_of_another_name_is_kept_and_grants_nothing(directory, world):
    one = await add(directory)

    made = (await group(directory, "羽毛球队", one)).json()
    renamed = await patch(
        directory,
        f"Groups/{made['id']}",
        {"op": "replace", "path": "displayName", "value": "乒乓球队"},
    )

    assert [m["value"] for m in made["members"]] == [one["id"]]
    assert renamed.status_code == 200, renamed.text
    assert await world.all(select(RoleGrant).where(RoleGrant.person_id == one["id"])) == []


@pytest.mark.parametrize(
    "name", ["unit.office", "unit.office@nowhere", "committee.officer@nowhere", "leadership@x"]
)
async def test_a_name_that_nearly_means_a_grant_is_refused(directory, name):
    refused = await group(directory, name)

    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/scim+json"
    assert refused.json()["scimType"] == "invalidValue"
    assert "单位代码" in refused.json()["detail"]


async def test_the_rules_of_grants_hold_for_directories_too(directory, world):
    here, there = await make_unit(world), await make_unit(world)
    one = await add(directory)
    await group(directory, f"unit.office@{here.code}", one)

    refused = await group(directory, f"unit.office@{there.code}", one)

    assert refused.status_code == 400
    assert "一个账号只能属于一个单位" in refused.json()["detail"]
    again = await directory.get(
        f"{URL}/Groups", params={"filter": f'displayName co "{there.code}"'}
    )
    assert again.json()["totalResults"] == 0


@pytest.mark.parametrize("role", ["admin.security", "admin.audit", "committee.leader"])
async def test_administrators_and_leaders_are_appointed_by_people(directory, as_, world, role):
    person, _ = await make_person(world, Role(role))
    one = await add(directory)

    granted = await group(directory, role, one)
    disabled = await patch(
        directory, f"Users/{person.id}", {"op": "replace", "path": "active", "value": False}
    )
    deleted = await directory.delete(f"{URL}/Users/{person.id}")
    trusted = await group(await as_.service("scim", "scim:appoint"), role, one)

    assert {a.status_code for a in (granted, disabled, deleted)} == {403}
    assert "安全管理员" in granted.json()["detail"]
    assert trusted.status_code == 201, trusted.text


async def test_the_last_security_administrator_stays(as_, world):
    trusted = await as_.service("scim", "scim:appoint")
    last, _ = await make_person(world, Role.ADMIN_SECURITY)

    off = await patch(
        trusted, f"Users/{last.id}", {"op": "replace", "path": "active", "value": False}
    )
    gone = await trusted.delete(f"{URL}/Users/{last.id}")

    assert (off.status_code, gone.status_code) == (409, 409), off.text
    (person,) = await world.all(select(Person).where(Person.id == last.id))
    assert person.disabled_at is None


async def test_whoever_is_deleted_is_shut_out_hidden_and_kept(directory, world):
    unit = await make_unit(world)
    one = await add(directory, externalId="e-1")
    made = (await group(directory, f"unit.member@{unit.code}", one)).json()

    gone = await directory.delete(f"{URL}/Users/{one['id']}")

    assert gone.status_code == 204
    assert (await directory.get(f"{URL}/Users/{one['id']}")).status_code == 404
    assert "members" not in (await directory.get(f"{URL}/Groups/{made['id']}")).json()
    (person,) = await world.all(select(Person).where(Person.id == one["id"]))
    assert person.disabled_at is not None
    back = await add(directory)
    assert back["id"] == one["id"]
    assert "groups" not in back


async def test_a_name_that_is_taken_is_told_as_the_protocol_wants(directory):
    await add(directory)

    again = await directory.post(f"{URL}/Users", json=user("WANGFANG"))

    assert again.status_code == 409
    assert again.json()["scimType"] == "uniqueness"


async def test_a_stale_version_changes_nothing(directory):
    made = await add(directory)
    first = made["meta"]["version"]
    path = f"{URL}/Users/{made['id']}"
    changed = await directory.put(path, json=user(displayName="王方"), headers={"If-Match": first})

    late = await directory.put(path, json=user(displayName="汪芳"), headers={"If-Match": first})
    same = await directory.get(path, headers={"If-None-Match": changed.headers["etag"]})

    assert (changed.status_code, late.status_code, same.status_code) == (200, 412, 304)
    assert (await directory.get(path)).json()["displayName"] == "王方"


async def test_lists_are_filtered_sorted_and_paged(directory):
    for number in range(5):
        await add(directory, name=f"zhao{number}", displayName=f"赵{number}")
    asked = {"filter": 'userName sw "zhao"', "sortBy": "userName", "sortOrder": "descending"}

    page = (
        await directory.get(f"{URL}/Users", params={**asked, "startIndex": 2, "count": 2})
    ).json()

    assert page["totalResults"] == 5
    assert [one["userName"] for one in page["Resources"]] == ["zhao3", "zhao2"]


async def test_only_a_directory_may_come(as_, client, world):
    unit = await make_unit(world)
    others = [
        await as_.role(Role.ADMIN_SECURITY),
        await as_.officer(),
        await as_.service("import"),
        await as_.service("scim", unit=unit),
    ]

    for one in others:
        answer = await one.get(f"{URL}/Users")
        assert answer.status_code == 403
        assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert (await client.get(f"{URL}/Users")).status_code == 401


async def test_a_directory_has_no_other_door(directory):
    assert (await directory.get("/api/v1/service-accounts")).json()["items"] == []
    assert (await directory.post("/api/v1/people", json={})).status_code in {403, 422}
    assert (await directory.get("/api/v1/audit")).status_code == 403


@pytest.mark.parametrize("scopes", [(), ("scim",)])
async def test_the_database_looks_the_scope_up_itself(as_, world, connection, scopes):
    await as_.service("import", *scopes)
    (account,) = await world.all(select(ServiceAccount.id))
    opened = text("SELECT * FROM open_service_context(:subject, '127.0.0.1')")
    await connection.execute(opened, {"subject": account})
    listed = text("SELECT count(*) FROM directory_group")
    assert (await connection.execute(listed)).scalar_one() == 0
    may = text("SELECT open_provisioning()")
    if scopes:
        await connection.execute(may)
        assert (await connection.execute(text("SELECT sihao_has('admin.security')"))).scalar_one()
    else:
        with pytest.raises(DBAPIError, match="insufficient_privilege"):
            await connection.execute(may)
