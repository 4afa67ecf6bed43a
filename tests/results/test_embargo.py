"""Until it is published nothing of a result reaches its unit, by any route (F39)."""

import json

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.results.lifecycle import ResultState
from tests.conftest import ROOT
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_inspections import make_co_assessment, make_co_result
from tests.factories_results import make_result

SPEC = json.loads((ROOT / "openapi.json").read_text())
LISTS = [
    (path, one["get"])
    for path, one in SPEC["paths"].items()
    if path.startswith("/api/v1") and "{" not in path and "get" in one
]
CO = "/api/v1/co-assessments"


async def walk(client, unit, campaign):
    """Read every list of the product as this client."""
    known = {"campaign_id": str(campaign.id), "unit_id": str(unit.id), "q": "市教育局"}
    told = ""
    for path, operation in LISTS:
        names = {one["name"] for one in operation.get("parameters", [])}
        answer = await client.get(path, params={k: v for k, v in known.items() if k in names})
        told += answer.text
    return told


async def test_no_list_tells_a_unit_of_its_result_before_it_is_published(as_, world):
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    unit = await make_unit(world, "市教育局")
    result = await make_result(world, campaign, unit, total="87.3113", state=ResultState.APPROVED)
    made = await make_co_assessment(world, campaign)
    await make_co_result(world, made, unit, "76.5432")

    for role in (Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE, Role.UNIT_MEMBER):
        client = await as_.role(role, unit=unit)
        told = await walk(client, unit, campaign)
        told += (await client.get(f"{CO}/{made.id}/results")).text
        told += (await client.get(f"{CO}/{made.id}/results/{unit.id}/history")).text
        assert not [one for one in ("87.31", "76.54", str(result.id)) if one in told]
        for name in ("", "/explanation", "/changes", "/recount", "/corrections"):
            answer = await client.get(f"/api/v1/results/{result.id}{name}")
            assert answer.status_code == 404, name
        frozen = await client.get(f"/api/v1/campaigns/{campaign.id}/results/frozen")
        assert frozen.text == ""


async def test_publication_lets_the_unit_read_what_merged_assessments_said(as_, world):
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    unit, other = await make_unit(world), await make_unit(world)
    result = await make_result(world, campaign, unit, state=ResultState.APPROVED)
    made = await make_co_assessment(world, campaign)
    for one in (unit, other):
        await make_co_result(world, made, one, "76.5")
    leader, url = await as_.leader(), f"/api/v1/results/{result.id}"

    published = await leader.move((await leader.get(url)).json(), url, "publish")

    assert published.status_code == 200, published.text
    scores = [
        (await (await as_.lead(one)).get(f"{CO}/{made.id}/results")).json()["items"][0]["score"]
        for one in (unit, other)
    ]
    assert scores == ["76.5000", None]


async def test_the_owner_of_an_assessment_may_let_units_read_it_earlier(as_, world):
    campaign = await make_campaign(world)
    unit = await make_unit(world)
    owner, lead = await as_.role(Role.COASSESSOR), await as_.lead(unit)
    made = await make_co_assessment(world, campaign, owner_id=owner.person_id)
    await make_co_result(world, made, unit, "76.5")
    url = f"{CO}/{made.id}"
    stranger = await as_.role(Role.COASSESSOR)
    assert (await stranger.post(f"{url}/release")).status_code == 404
    assert (await (await as_.officer()).post(f"{url}/release")).status_code == 403

    released = await owner.post(f"{url}/release")

    assert (released.json()["released"], released.json()["results"]) == (1, 1)
    assert (await lead.get(f"{url}/results")).json()["items"][0]["score"] == "76.5000"
    assert (await owner.post(f"{url}/release")).json()["code"] == "co_assessment.released"
