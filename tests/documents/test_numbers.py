"""Numbers run without a gap, however many issue at the same moment."""

import asyncio
from datetime import date

from tests.ballots.conftest import city  # noqa: F401 - what must really be committed
from tests.factories import make_committee, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_inspections import make_group, make_inspection

URL = "/api/v1/documents"
SERIES = "测试函"
ISSUED, REFUSED = 50, 10


async def draft(officer, inspection) -> dict:
    made = await officer.post(
        URL, json={"kind": "inspection_notice", "subject_id": str(inspection.id)}
    )
    assert made.status_code == 201, made.text
    named = await officer.edit(made.json(), f"{URL}/{made.json()['id']}", series=SERIES)
    assert named.status_code == 200, named.text
    return named.json()


async def test_fifty_at_once_have_the_numbers_from_1_to_50_and_what_is_refused_takes_none(city):  # noqa: F811 - the fixture
    world = city.world
    await make_committee(world)
    campaign = await make_campaign(world)
    group = await make_group(world, campaign)
    officer, leader = await city.as_.officer(), await city.as_.leader()
    drafts = []
    for at in range(ISSUED + REFUSED):
        day = None if at % 6 == 5 else date(2026, 11, 20)
        unit = await make_unit(world)
        inspection = await make_inspection(world, campaign, unit, group=group, visit_on=day)
        drafts.append(await draft(officer, inspection))

    answers = await asyncio.gather(
        *(leader.move(one, f"{URL}/{one['id']}", "issue") for one in drafts)
    )

    issued = [one.json() for one in answers if one.status_code == 200]
    refused = [one.json()["code"] for one in answers if one.status_code != 200]
    assert sorted(one["ordinal"] for one in issued) == list(range(1, ISSUED + 1))
    assert refused == ["document.issue.blocked"] * REFUSED
    register, url = [], f"{URL}/register?series={SERIES}&sort=number&limit=20"
    cursor = ""
    while cursor is not None:
        page = (await officer.get(f"{url}&cursor={cursor}" if cursor else url)).json()
        register += page["items"]
        cursor = page["next_cursor"]
    assert [one["ordinal"] for one in register] == list(range(1, ISSUED + 1))
    series = (await leader.get("/api/v1/document-series")).json()
    assert [one["last"] for one in series if one["name"] == SERIES] == [ISSUED]
