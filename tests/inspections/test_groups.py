from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Inspection, ScoreSheet
from sihao.inspections.schemas.groups import GroupPublic
from tests.factories import make_committee, make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_inspections import make_group, make_inspection, make_recusal, make_visit

GROUPS = "/api/v1/inspection-groups"


async def inspectors(world, number=2, **kwargs):
    return [(await make_person(world, Role.INSPECTOR, **kwargs))[0] for _ in range(number)]


def assign_url(campaign):
    return f"/api/v1/campaigns/{campaign.id}/inspections/assign"


async def assign(client, campaign):
    """Read the proposal and confirm it."""
    proposal = await client.post(assign_url(campaign), json={"dry_run": True})
    if proposal.status_code >= 400:
        return proposal
    body = {"confirms": proposal.json()["digest"]}
    return await client.post(assign_url(campaign), json=body)


async def test_the_committee_makes_a_group_with_members_and_leader(as_, world):
    campaign = await make_campaign(world)
    one, two = await inspectors(world)
    officer = await as_.officer()

    answer = await officer.post(
        GROUPS,
        json={
            "campaign_id": str(campaign.id),
            "name": "检查一组",
            "leader_id": str(one.id),
            "member_ids": [str(one.id), str(two.id)],
        },
    )

    assert answer.status_code == 201, answer.text
    assert {m["name"] for m in answer.json()["members"]} == {one.display_name, two.display_name}
    page = Page[GroupPublic].model_validate_json((await officer.get(GROUPS)).content)
    assert [group.leader_id for group in page.items] == [one.id]
    assert [e.name for e in await world.all(select(Event))] == ["group.created"]


async def test_only_inspectors_sit_in_a_group_and_one_of_them_leads(as_, world):
    campaign = await make_campaign(world)
    (one,) = await inspectors(world, 1)
    nobody, _ = await make_person(world)
    officer = await as_.officer()
    body = {"campaign_id": str(campaign.id), "name": "检查一组"}

    stranger = await officer.post(GROUPS, json={**body, "member_ids": [str(nobody.id)]})
    outside = await officer.post(GROUPS, json={**body, "leader_id": str(one.id)})

    assert stranger.status_code == 422
    assert stranger.json()["errors"][0]["pointer"] == "/body/member_ids"
    assert outside.json()["code"] == "group.leader"


async def test_units_do_not_see_groups_and_inspectors_see_their_own(as_, world):
    campaign = await make_campaign(world)
    inspector = await as_.inspector()
    mine = await make_group(world, campaign, inspector.person_id)
    other = await make_group(world, campaign)

    assert [g["id"] for g in (await inspector.get(GROUPS)).json()["items"]] == [str(mine.id)]
    assert (await inspector.get(f"{GROUPS}/{other.id}")).status_code == 404
    assert (await (await as_.unit()).get(GROUPS)).json()["items"] == []
    refused = await inspector.post(GROUPS, json={"campaign_id": str(campaign.id), "name": "x"})
    assert refused.status_code == 403


async def test_a_member_who_joins_a_running_inspection_gets_a_sheet(as_, world):
    one, two = await inspectors(world)
    visit = await make_visit(world, one.id)
    officer = await as_.officer()
    group = (await officer.get(f"{GROUPS}/{visit.inspection.group_id}")).json()

    answer = await officer.edit(
        group, f"{GROUPS}/{group['id']}", member_ids=[str(one.id), str(two.id)]
    )

    assert answer.status_code == 200, answer.text
    owners = {sheet.inspector_id for sheet in await world.all(select(ScoreSheet))}
    assert owners == {one.id, two.id}


async def test_every_active_unit_is_assigned_evenly(as_, world):
    await make_committee(world)
    campaign = await make_campaign(world)
    units = [await make_unit(world) for _ in range(4)]
    await make_unit(world, active=False)
    for _ in range(2):
        await make_group(world, campaign, *[one.id for one in await inspectors(world)])
    officer = await as_.officer()

    answer = (await assign(officer, campaign)).json()

    assert [one["unit_id"] for one in answer["assigned"]] == [str(unit.id) for unit in units]
    assert answer["not_assigned"] == []
    made = await world.all(select(Inspection))
    assert sorted(one.unit_id for one in made) == sorted(unit.id for unit in units)
    assert len({one.group_id for one in made}) == 2
    again = (await assign(officer, campaign)).json()
    assert (again["already"], again["assigned"]) == (4, [])


async def test_a_dry_run_changes_nothing(as_, world):
    campaign = await make_campaign(world)
    await make_unit(world)
    await make_group(world, campaign, *[one.id for one in await inspectors(world)])

    officer = await as_.officer()
    answer = await officer.post(assign_url(campaign), json={"dry_run": True})

    assert len(answer.json()["assigned"]) == 1
    assert await world.all(select(Inspection)) == []


async def test_only_the_proposal_that_was_read_is_carried_out(as_, world):
    campaign = await make_campaign(world)
    await make_unit(world)
    first = await make_group(world, campaign, (await inspectors(world, 1))[0].id, name="甲组")
    officer = await as_.officer()
    read = (await officer.post(assign_url(campaign), json={"dry_run": True})).json()

    silent = await officer.post(assign_url(campaign), json={})
    await make_recusal(world, first.leader_id, await make_unit(world))
    second = await make_group(world, campaign, (await inspectors(world, 1))[0].id, name="乙组")
    changed = await officer.post(assign_url(campaign), json={"confirms": read["digest"]})

    assert silent.json()["errors"][0]["pointer"] == "/body/confirms"
    assert (changed.status_code, changed.json()["code"]) == (409, "assignment.changed")
    assert await world.all(select(Inspection)) == []
    done = (await assign(officer, campaign)).json()
    assert {load["group_id"]: (load["before"], load["after"]) for load in done["loads"]} == {
        str(first.id): (0, 1),
        str(second.id): (0, 1),
    }
    assert [one["why"] for one in done["assigned"]] == [
        "2 个检查组可以承担，该组已有 0 个单位，为最少",
        "1 个检查组可以承担，该组已有 0 个单位，为最少",
    ]


async def test_nobody_is_given_the_own_unit_or_a_unit_recused_from(as_, world):
    campaign = await make_campaign(world)
    own, recused, plain = [await make_unit(world) for _ in range(3)]
    leader, _ = await make_person(world, Role.INSPECTOR, Role.UNIT_MEMBER, unit=own)
    member, _ = await make_person(world, Role.INSPECTOR)
    await make_recusal(world, member.id, recused)
    await make_group(world, campaign, leader.id, member.id)

    answer = (await assign(await as_.officer(), campaign)).json()

    given = {one["unit_id"]: one["aside"] for one in answer["assigned"]}
    assert given == {str(recused.id): [member.display_name], str(plain.id): []}
    assert answer["not_assigned"] == [
        {"unit_id": str(own.id), "unit_name": own.name, "reason": "组长须回避"}
    ]


async def test_assigning_needs_groups_a_running_campaign_and_an_officer(as_, world):
    campaign = await make_campaign(world)
    closed = await make_campaign(world, year=2025, state=CampaignState.CLOSED)
    officer, lead = await as_.officer(), await as_.leader()

    assert (await assign(officer, campaign)).json()["code"] == "assignment.groups"
    assert (await assign(officer, closed)).json()["code"] == "campaign.phase"
    assert (await assign(lead, campaign)).status_code == 403


async def test_before_the_start_a_unit_moves_to_another_group_with_a_reason(as_, world):
    campaign = await make_campaign(world)
    unit = await make_unit(world)
    one, two = await inspectors(world)
    old = await make_group(world, campaign, one.id)
    new = await make_group(world, campaign, two.id)
    inspection = await make_inspection(world, campaign, unit, old)
    officer = await as_.officer()
    url = f"/api/v1/inspections/{inspection.id}"
    read = (await officer.get(url)).json()

    silent = await officer.edit(read, url, group_id=str(new.id))
    answer = await officer.edit(read, url, group_id=str(new.id), reason="组长出差")

    assert silent.json()["errors"][0]["pointer"] == "/body/reason"
    assert answer.json()["group_name"] == new.name
    event = (await world.all(select(Event)))[-1]
    assert (event.name, event.data["reason"]) == ("inspection.updated", "组长出差")


async def test_a_unit_does_not_move_to_a_group_that_stands_aside(as_, world):
    campaign = await make_campaign(world)
    unit = await make_unit(world)
    one, two = await inspectors(world)
    await make_recusal(world, two.id, unit)
    inspection = await make_inspection(
        world, campaign, unit, await make_group(world, campaign, one.id)
    )
    new = await make_group(world, campaign, two.id)
    officer = await as_.officer()
    url = f"/api/v1/inspections/{inspection.id}"
    read = (await officer.get(url)).json()

    answer = await officer.edit(read, url, group_id=str(new.id), reason="组长出差")

    assert answer.json()["code"] == "group.aside"


async def test_after_the_start_the_group_stays(as_, world):
    one, two = await inspectors(world)
    visit = await make_visit(world, one.id, state=InspectionState.IN_PROGRESS)
    new = await make_group(world, visit.campaign, two.id)
    officer = await as_.officer()
    url = f"/api/v1/inspections/{visit.inspection.id}"
    read = (await officer.get(url)).json()

    answer = await officer.edit(read, url, group_id=str(new.id), reason="组长出差")

    assert answer.json()["code"] == "inspection.started"


async def test_inspectors_are_listed_with_their_units_and_groups(as_, world):
    campaign = await make_campaign(world)
    unit = await make_unit(world)
    person, _ = await make_person(world, Role.INSPECTOR, Role.UNIT_MEMBER, unit=unit)
    group = await make_group(world, campaign, person.id)
    officer = await as_.officer()

    listed = (await officer.get(f"/api/v1/inspectors?campaign_id={campaign.id}")).json()

    assert listed == [
        {
            "id": str(person.id),
            "name": person.display_name,
            "unit_name": unit.name,
            "group_ids": [str(group.id)],
        }
    ]


async def test_another_system_reads_inspections_by_scope(as_, world):
    await make_group(world, (await make_visit(world)).campaign)

    reader, other = await as_.service("result:read"), await as_.service("ledger:write")

    assert len((await reader.get("/api/v1/inspections")).json()["items"]) == 1
    assert (await other.get("/api/v1/inspections")).status_code == 403
