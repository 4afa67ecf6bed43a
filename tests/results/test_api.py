from sqlmodel import select, update

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import ItemDecision
from sihao.results.lifecycle import ResultState
from sihao.results.models import AnnualResult
from sihao.results.schemas import ResultRow
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_results import make_final_inspection, make_result

RESULTS = "/api/v1/results"


async def settle(world, **fields):
    campaign = await make_campaign(world, state=CampaignState.SETTLING, **fields)
    return campaign, f"/api/v1/campaigns/{campaign.id}/results"


async def test_results_are_computed_approved_by_another_and_published(as_, world):
    campaign, url = await settle(world)
    unit = await make_unit(world, "市教育局")
    await make_final_inspection(world, campaign, unit, lost={"A1": "1.5"}, findings=2)
    officer, leader, lead = await as_.officer(), await as_.leader(), await as_.lead(unit)

    computed = (await officer.post(f"{url}:compute")).json()
    assert computed == {"computed": 1, "kept": 0, "missing": []}
    assert (await lead.get(RESULTS)).json()["items"] == []
    approved = await leader.post(f"{url}:approve", json={"opinion": "同意"})
    published = await leader.post(f"{url}:publish", json={"opinion": ""})

    assert approved.json() == published.json() == {"moved": 1}
    page = Page[ResultRow].model_validate_json((await lead.get(RESULTS)).content)
    assert [(row.unit_name, str(row.total), row.findings) for row in page.items] == [
        ("市教育局", "98.5000", 2)
    ]
    tree = (await lead.get(f"{RESULTS}/{page.items[0].id}/explanation")).json()["tree"]
    (part,) = tree["children"]
    item = part["children"][0]["children"][0]
    assert item["code"] == "A1"
    assert item["deductions"][0]["fact"] == "三季度未开展专题学习"
    assert item["deductions"][0]["times"] == 2
    names = [event.name for event in await world.all(select(Event).order_by(Event.seq))]
    assert [n for n in names if n.startswith("result.")] == [
        "result.computed",
        "result.approve",
        "result.publish",
    ]


async def test_a_unit_without_a_final_inspection_is_named_and_not_scored(as_, world):
    campaign, url = await settle(world)
    waiting = await make_unit(world, "市水务局")
    await make_final_inspection(world, campaign, waiting, state=InspectionState.FEEDBACK)

    computed = (await (await as_.officer()).post(f"{url}:compute")).json()

    assert computed == {"computed": 0, "kept": 0, "missing": ["市水务局"]}


async def test_results_are_computed_only_while_the_campaign_settles(as_, world):
    campaign = await make_campaign(world, state=CampaignState.INSPECTING)

    answer = await (await as_.officer()).post(f"/api/v1/campaigns/{campaign.id}/results:compute")

    assert answer.status_code == 409
    assert answer.json()["code"] == "campaign.phase"


async def test_recomputing_a_published_result_gives_the_same_bytes(as_, world):
    campaign, url = await settle(world)
    unit = await make_unit(world)
    await make_final_inspection(world, campaign, unit, lost={"C6": "0.7", "B12": "25"})
    officer, leader = await as_.officer(), await as_.leader()
    await officer.post(f"{url}:compute")
    await leader.post(f"{url}:approve", json={})
    await leader.post(f"{url}:publish", json={})
    (result,) = (await officer.get(RESULTS)).json()["items"]
    before = (await officer.get(f"{RESULTS}/{result['id']}/explanation")).content

    again = (await officer.post(f"{url}:compute")).json()
    recount = (await officer.get(f"{RESULTS}/{result['id']}/recount")).json()

    assert again["kept"] == 1
    assert (await officer.get(f"{RESULTS}/{result['id']}/explanation")).content == before
    assert recount["same"] is True


async def test_what_changed_after_computing_is_computed_again_before_it_is_approved(as_, world):
    campaign, url = await settle(world)
    unit = await make_unit(world, "市教育局")
    await make_final_inspection(world, campaign, unit, lost={"A1": "1.5"})
    officer, leader = await as_.officer(), await as_.leader()
    await officer.post(f"{url}:compute")
    (decided, *_) = await world.all(select(ItemDecision).where(ItemDecision.lost > 0))
    ctx = await world.ctx()
    await ctx.db.execute(
        update(ItemDecision).values(restored=1).where(ItemDecision.id == decided.id)
    )
    await ctx.db.commit()

    refused = await leader.post(f"{url}:approve", json={"opinion": "同意"})
    (row,) = (await leader.get(RESULTS)).json()["items"]
    alone = await leader.move(row, f"{RESULTS}/{row['id']}", "approve")
    await officer.post(f"{url}:compute")
    approved = await leader.post(f"{url}:approve", json={"opinion": "同意"})

    assert (refused.status_code, refused.json()["code"]) == (409, "result.stale")
    assert "市教育局 1 个单位" in refused.json()["detail"]
    assert alone.json()["code"] == "result.stale"
    assert approved.json() == {"moved": 1}


async def test_whoever_computed_does_not_approve(as_, world):
    campaign, url = await settle(world)
    await make_final_inspection(world, campaign, await make_unit(world))
    both = await as_.role(Role.OFFICER, Role.LEADER)
    await both.post(f"{url}:compute")

    answer = await both.post(f"{url}:approve", json={})

    assert answer.status_code == 409
    assert answer.json()["code"] == "result.approve.blocked"
    (row,) = await world.all(select(AnnualResult))
    assert row.state == ResultState.COMPUTED


async def test_a_unit_sees_its_own_published_result_only(as_, world):
    campaign = await make_campaign(world)
    own, foreign = await make_unit(world), await make_unit(world)
    mine = await make_result(world, campaign, own)
    theirs = await make_result(world, campaign, foreign)
    office = await as_.unit(own)

    seen = [row["id"] for row in (await office.get(RESULTS)).json()["items"]]

    assert seen == [str(mine.id)]
    assert (await office.get(f"{RESULTS}/{theirs.id}")).status_code == 404


async def test_the_leadership_sees_no_computed_draft(as_, world):
    campaign = await make_campaign(world)
    draft = await make_result(world, campaign, await make_unit(world), state=ResultState.COMPUTED)

    assert (await (await as_.leadership()).get(f"{RESULTS}/{draft.id}")).status_code == 404


async def test_a_result_stands_beside_last_years(as_, world):
    unit = await make_unit(world)
    await make_result(world, await make_campaign(world, year=2025), unit, total="88")
    now = await make_result(world, await make_campaign(world, year=2026), unit, total="91.5")

    changes = (await (await as_.lead(unit)).get(f"{RESULTS}/{now.id}/changes")).json()

    assert changes["year_before"] == 2025
    assert changes["total_before"] == "88.00"
    assert changes["items"][0]["change"] == "3.5"


async def test_publishing_nothing_is_refused(as_, world):
    _, url = await settle(world)

    answer = await (await as_.leader()).post(f"{url}:publish", json={})

    assert answer.status_code == 409
