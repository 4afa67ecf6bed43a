"""An office portal shows people their to-dos; it finds what each of them finds, and no more."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from sihao.accounts.models import Person
from sihao.core.context import Role
from sihao.followups.lifecycle import InterviewState
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview

URL = "/api/v1/todos"


@pytest.fixture
async def unit(world):
    world.campaign = await make_campaign(world)
    return await make_unit(world, "市教育局")


async def test_a_portal_finds_what_the_person_finds(as_, world, unit):
    clerk, token = await make_person(world, Role.UNIT_OFFICE, unit=unit)
    portal = await as_.service("todo:sync")

    told = await portal.get(URL, params={"person": clerk.name})
    own = await portal.get(URL, headers={"Authorization": f"Bearer {token}"})

    assert told.status_code == own.status_code == 200, told.text
    assert told.json() == own.json()
    assert {one["verb"] for one in told.json()} == {"起草年度计划", "起草自查报告"}


async def test_a_portal_of_one_unit_asks_about_its_own_people_only(as_, world, unit):
    own, _ = await make_person(world, Role.UNIT_OFFICE, unit=unit)
    stranger, _ = await make_person(world, Role.UNIT_OFFICE, unit=await make_unit(world))
    portal = await as_.service("todo:sync", unit=unit)

    assert (await portal.get(URL, params={"person": own.name})).status_code == 200
    for name in (stranger.name, "nobody"):
        refused = await portal.get(URL, params={"person": name})
        assert (refused.status_code, refused.json()["code"]) == (404, "person.unknown")


async def test_whoever_is_shut_out_has_nothing_to_do(as_, world, unit):
    clerk, _ = await make_person(world, Role.UNIT_OFFICE, unit=unit)
    [row] = await world.all(select(Person).where(Person.id == clerk.id))
    row.disabled_at = datetime.now(UTC)
    await world.add(row)
    portal = await as_.service("todo:sync")

    answer = await portal.get(URL, params={"person": clerk.name})

    assert (answer.status_code, answer.json()) == (200, [])


async def test_to_dos_are_for_their_person_and_for_systems_that_may(as_, world, unit):
    clerk, _ = await make_person(world, Role.UNIT_OFFICE, unit=unit)
    wanted = {"person": clerk.name}

    asked = [
        await (await as_.officer()).get(URL, params=wanted),
        await (await as_.service("event:read")).get(URL, params=wanted),
        await (await as_.service("todo:sync")).get(URL),
    ]

    assert [(one.status_code, one.json()["code"]) for one in asked] == [
        (403, "todo.others"),
        (403, "scope.required"),
        (422, "todo.person"),
    ]


async def test_a_portal_is_told_of_an_interview_that_something_is_to_be_done(as_, world, unit):
    leader, _ = await make_person(world, Role.LEADER)
    await make_interview(world, world.campaign, unit, state=InterviewState.PROPOSED)
    portal = await as_.service("todo:sync")

    told = (await portal.get(URL, params={"person": leader.name})).json()

    [line] = [one for one in told if one["kind"] == "interview"]
    assert (line["verb"], line["object"], line["reason"], line["unit_id"]) == (
        "审批集体约谈",
        "",
        "",
        None,
    )
    assert "市教育局" not in str(line)
