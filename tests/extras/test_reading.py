from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.extras.lifecycle import ExtraState
from tests.factories import make_unit
from tests.factories_extras import make_extra, make_year
from tests.factories_inspections import make_co_assessment

URL = "/api/v1/extras"


async def test_others_see_what_concerns_them(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    owner = await as_.role(Role.COASSESSOR)
    head = await make_co_assessment(world, campaign, "X3", owner_id=owner.person_id)
    raised = await make_extra(world, campaign, unit, "V1", co_assessment_id=head.id)
    noticed = await make_extra(world, campaign, unit, "J1", state=ExtraState.NOTICED)
    effective = await make_extra(world, campaign, unit, "K1", state=ExtraState.EFFECTIVE)
    machine = await as_.service("result:read")
    seen = {
        await as_.officer(): {raised.id, noticed.id, effective.id},
        await as_.leadership(): {noticed.id, effective.id},
        await as_.unit(unit, Role.UNIT_MEMBER): {noticed.id, effective.id},
        machine: {effective.id},
        owner: {raised.id},
        await as_.role(Role.COASSESSOR): set(),
        await as_.inspector(): set(),
        await as_.role(Role.ADMIN_SYSTEM): set(),
        await as_.service("ledger:write"): set(),
    }

    for client, wanted in seen.items():
        page = (await client.get(URL)).json()["items"]
        assert {one["id"] for one in page} == {str(one) for one in wanted}


async def test_the_list_is_filtered(as_, world):
    campaign, unit = await make_year(world), await make_unit(world, "市水务局")
    bonus = await make_extra(world, campaign, unit, "J1", state=ExtraState.NOTICED)
    veto = await make_extra(world, campaign, await make_unit(world), "V2", state="dismissed")
    officer = await as_.officer()

    for query, found in (
        ("kind=veto", veto),
        ("state=noticed", bonus),
        ("open=true", bonus),
        ("open=false", veto),
        (f"unit_id={unit.id}", bonus),
        ("q=水务", bonus),
    ):
        items = (await officer.get(f"{URL}?{query}")).json()["items"]
        assert [one["id"] for one in items] == [str(found.id)], query
    assert (await officer.get(f"{URL}?campaign_id={uuid4()}")).json()["items"] == []


async def test_each_finds_among_his_todos_what_waits_for_him(as_, world):
    campaign, unit = await make_year(world, state=CampaignState.INSPECTING), await make_unit(world)
    soon = datetime.now(UTC) + timedelta(days=3)
    raised = await make_extra(world, campaign, unit, "J1")
    running = await make_extra(
        world, campaign, unit, "J2", state=ExtraState.NOTICED, notice_until=soon
    )
    heard = await make_extra(world, campaign, unit, state=ExtraState.NOTICED, view="不属实")
    over = await make_extra(world, campaign, unit, "V2", state=ExtraState.NOTICED)
    past = await make_year(world, year=2025, state=CampaignState.CLOSED)
    await make_extra(world, past, unit, state=ExtraState.NOTICED)

    for client, waiting in (
        (await as_.officer(), {raised.id, heard.id}),
        (await as_.leader(), {over.id}),
        (await as_.lead(unit), {running.id}),
        (await as_.unit(unit), set()),
        (await as_.role(Role.COASSESSOR), set()),
    ):
        lines = (await client.get("/api/v1/todos")).json()
        found = {one["subject_id"] for one in lines if one["kind"] == "extra"}
        assert found == {str(one) for one in waiting}
