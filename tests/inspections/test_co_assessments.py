from datetime import UTC, datetime
from decimal import Decimal

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.inspections.models import CoAssessmentResult
from sihao.inspections.schemas.co_assessments import CoAssessmentPublic, CoResultPublic
from tests.factories import make_committee, make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_inspections import make_co_assessment, make_co_result

URL = "/api/v1/co-assessments"


async def put(client, made, unit, version=0, **body):
    headers = {"If-Match": f'"{version}"'}
    body = {"score": "92.5", **body}
    return await client.put(f"{URL}/{made.id}/results/{unit.id}", json=body, headers=headers)


async def test_the_committee_keeps_an_open_list_of_merged_assessments(as_, world):
    campaign = await make_campaign(world)
    owner, _ = await make_person(world, Role.COASSESSOR)
    stranger, _ = await make_person(world)
    officer = await as_.officer()
    body = {
        "campaign_id": str(campaign.id),
        "code": "X4",
        "title": "意识形态工作责任制",
        "owner_department": "市委宣传部",
    }

    made = await officer.post(URL, json={**body, "owner_id": str(owner.id)})
    wrong = await officer.post(URL, json={**body, "code": "X5", "owner_id": str(stranger.id)})
    twice = await officer.post(URL, json=body)

    assert made.status_code == 201, made.text
    assert made.json()["owner_name"] == owner.display_name
    assert wrong.json()["errors"][0]["pointer"] == "/body/owner_id"
    assert twice.status_code == 409
    page = Page[CoAssessmentPublic].model_validate_json((await officer.get(URL)).content)
    assert [one.code for one in page.items] == ["X4"]
    changed = await officer.edit(made.json(), f"{URL}/{made.json()['id']}", owner_id=None)
    assert changed.json()["owner_id"] is None
    assert (await (await as_.leader()).post(URL, json=body)).status_code == 403


async def test_the_owner_writes_results_and_sees_which_are_missing(as_, world):
    await make_committee(world)
    campaign = await make_campaign(world)
    done, missing = await make_unit(world), await make_unit(world)
    owner = await as_.role(Role.COASSESSOR)
    made = await make_co_assessment(world, campaign, owner_id=owner.person_id)
    other = await make_co_assessment(world, campaign, "X2")

    answer = await put(owner, made, done, source="市委宣传部通报")

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"1"'
    page = Page[CoResultPublic].model_validate_json(
        (await owner.get(f"{URL}/{made.id}/results")).content
    )
    assert [(r.unit_id, r.score, r.version) for r in page.items] == [
        (done.id, Decimal("92.5000"), 1),
        (missing.id, None, 0),
    ]
    left = (await owner.get(f"{URL}/{made.id}/results?missing=true")).json()["items"]
    assert [row["unit_id"] for row in left] == [str(missing.id)]
    assert [one["id"] for one in (await owner.get(URL)).json()["items"]] == [str(made.id)]
    assert (await put(owner, other, done)).status_code == 404
    counted = (await owner.get(f"{URL}/{made.id}")).json()
    assert (counted["results"], counted["units"]) == (1, 2)


async def test_a_stale_result_is_refused(as_, world):
    campaign = await make_campaign(world)
    unit = await make_unit(world)
    owner = await as_.role(Role.COASSESSOR)
    made = await make_co_assessment(world, campaign, owner_id=owner.person_id)
    await put(owner, made, unit)

    assert (await put(owner, made, unit, 0)).status_code == 412
    assert (await put(owner, made, unit, 1, score="80")).json()["version"] == 2
    assert (await put(owner, made, unit, 2, score="100.5")).status_code == 422


async def test_a_batch_is_written_whole_or_not_at_all(as_, world):
    campaign = await make_campaign(world)
    units = [await make_unit(world) for _ in range(2)]
    made = await make_co_assessment(world, campaign)
    await make_co_result(world, made, units[0], "70")
    system = await as_.service("coassessment:write")
    rows = [{"unit_id": str(unit.id), "score": "88"} for unit in units]

    wrong = await system.put(
        f"{URL}/{made.id}/results",
        json={"rows": [*rows, {"unit_id": str(made.id), "score": "1"}]},
    )
    twice = await system.put(f"{URL}/{made.id}/results", json={"rows": [*rows, rows[0]]})
    stale = await system.put(f"{URL}/{made.id}/results", json={"rows": [{**rows[0], "version": 7}]})
    right = await system.put(f"{URL}/{made.id}/results", json={"rows": rows})

    assert wrong.json()["errors"][0]["pointer"] == "/body/rows/2/unit_id"
    assert twice.json()["code"] == "result.twice"
    assert stale.status_code == 412
    assert (right.status_code, right.json()["results"]) == (200, 2)
    assert {one.score for one in await world.all(select(CoAssessmentResult))} == {Decimal(88)}
    names = [e.name for e in await world.all(select(Event))]
    assert names == ["co_assessment.scored"] * 2


async def test_others_do_not_write_results(as_, world):
    campaign = await make_campaign(world)
    unit = await make_unit(world)
    made = await make_co_assessment(world, campaign)

    for client in (await as_.officer(), await as_.lead(unit), await as_.service("result:read")):
        assert (await put(client, made, unit)).status_code == 403
    assert (await put(await as_.role(Role.COASSESSOR), made, unit)).status_code == 404


async def test_a_unit_sees_its_own_result_only(as_, world):
    campaign = await make_campaign(world)
    own, foreign = await make_unit(world), await make_unit(world)
    made = await make_co_assessment(world, campaign)
    for unit in (own, foreign):
        await make_co_result(world, made, unit, released_at=datetime.now(UTC))

    page = (await (await as_.unit(own)).get(f"{URL}/{made.id}/results")).json()

    assert [row["unit_id"] for row in page["items"]] == [str(own.id)]


async def test_after_the_year_is_closed_results_stay(as_, world):
    campaign = await make_campaign(world, state=CampaignState.CLOSED)
    unit = await make_unit(world)
    owner = await as_.role(Role.COASSESSOR)
    made = await make_co_assessment(world, campaign, owner_id=owner.person_id)

    answer = await put(owner, made, unit)

    assert (answer.status_code, answer.json()["code"]) == (409, "campaign.phase")


async def test_a_unit_is_not_told_that_its_assessments_are_being_filed(as_, world):
    campaign, unit = await make_campaign(world), await make_unit(world)
    owner = await as_.role(Role.COASSESSOR)
    made = await make_co_assessment(world, campaign, owner_id=owner.person_id)
    url = f"{URL}/{made.id}/results/{unit.id}"
    await owner.put(url, json={"score": "88"}, headers={"If-Match": '"0"'})

    told = {
        who: [
            one["name"] for one in (await client.get("/api/v1/events?newest=true")).json()["items"]
        ]
        for who, client in {
            "lead": await as_.lead(unit),
            "leadership": await as_.leadership(),
            "officer": await as_.officer(),
        }.items()
    }

    assert told == {"lead": [], "leadership": [], "officer": ["co_assessment.scored"]}


async def test_a_result_keeps_when_by_whom_how_and_from_where_it_came(as_, world):
    campaign, unit = await make_campaign(world), await make_unit(world)
    owner = await as_.role(Role.COASSESSOR)
    made = await make_co_assessment(world, campaign, owner_id=owner.person_id)
    await put(owner, made, unit, score="90", source="市委宣传部通报")
    row = {"unit_id": str(unit.id), "score": "88.5", "source": "更正"}
    await owner.put(f"{URL}/{made.id}/results", json={"rows": [row]})
    other = await as_.service("coassessment:write")
    await put(other, made, unit, 2, score="89", source="考核系统")
    url = f"{URL}/{made.id}/results/{unit.id}/history"

    told = (await owner.get(url)).json()

    found = [(Decimal(one["score"]), one["way"], one["source"]) for one in told]
    assert sorted(found) == [
        (Decimal("88.5"), "bulk", "更正"),
        (Decimal(89), "system", "考核系统"),
        (Decimal(90), "form", "市委宣传部通报"),
    ]
    assert {one["changed_by"] for one in told} >= {"OA"}
    stranger = await as_.role(Role.COASSESSOR)
    assert (await stranger.get(url)).status_code == 404
    foreign = await as_.lead(await make_unit(world))
    assert (await foreign.get(url)).status_code == 404
    lead = await as_.lead(unit)
    assert (await lead.get(url)).json() == []
    assert (await owner.post(f"{URL}/{made.id}/release")).status_code == 200
    assert len((await lead.get(url)).json()) == 3


async def test_a_closed_year_keeps_its_assessments(as_, world):
    campaign = await make_campaign(world, state=CampaignState.CLOSED)
    made = await make_co_assessment(world, campaign)
    officer = await as_.officer()

    late = await officer.edit({"version": 1}, f"{URL}/{made.id}", title="另一名称")

    assert (late.status_code, late.json()["code"]) == (409, "campaign.phase")
