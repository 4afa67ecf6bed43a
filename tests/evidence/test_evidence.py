from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence
from sihao.evidence.schemas import EvidenceRow
from tests.factories import make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_evidence import CONTENT, make_evidence

URL = "/api/v1/evidence"


@pytest.fixture
async def standard(world):
    return await make_standard(world)


@pytest.fixture
async def campaign(world, standard):
    return await make_campaign(world, standard=standard)


@pytest.fixture
async def unit(world):
    return await make_unit(world)


def promise(campaign, **fields):
    named = {"title": "党组会议纪要", "file_name": "纪要.pdf", "not_secret": True}
    return {"campaign_id": str(campaign.id), **named, **fields}


async def test_a_unit_promises_a_file_and_says_what_it_shows(as_, world, unit, campaign, standard):
    criteria = await criteria_of(world, standard)
    office = await as_.unit(unit)
    links = [{"criterion_id": str(criteria[code].id)} for code in ("A1", "B12")]

    answer = await office.post(URL, json=promise(campaign, links=links))

    assert answer.status_code == 201, answer.text
    evidence = answer.json()
    assert evidence["state"] == "promised"
    assert [use["label"] for use in evidence["uses"]] == ["A1", "B12"]
    assert evidence["saved"] == 1
    assert [action["name"] for action in evidence["actions"]] == ["withdraw"]
    names = [event.name for event in await world.all(select(Event))]
    assert names == ["evidence.created"]


@pytest.mark.parametrize("said", [False, None])
async def test_without_the_word_that_it_is_no_secret_nothing_is_taken(as_, unit, campaign, said):
    body = promise(campaign, not_secret=said)

    answer = await (await as_.unit(unit)).post(URL, json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/body/not_secret"


async def test_a_target_of_another_unit_or_year_is_unknown(as_, world, unit, campaign):
    other = await criteria_of(world, await make_standard(world, year=2025))
    office = await as_.unit(unit)
    for target in (
        {"criterion_id": str(other["A1"].id)},
        {"measure_id": str(uuid4())},
        {"entry_id": str(uuid4())},
        {"finding_id": str(uuid4())},
    ):
        answer = await office.post(URL, json=promise(campaign, links=[target]))

        assert answer.status_code == 422, answer.text
        assert answer.json()["code"] == "evidence_link.target_unknown"
        assert answer.json()["errors"][0]["pointer"] == f"/body/links/0/{next(iter(target))}"


async def test_a_link_has_exactly_one_target(as_, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)

    answer = await (await as_.unit(unit)).post(f"{URL}/{evidence.id}/links", json={})

    assert answer.status_code == 422
    said = answer.json()["errors"][0]["detail"]
    assert said == "条目、措施、台账、检查问题、整改、自查报告、并入考核，须且只能选一个。"


@pytest.mark.parametrize("state", [CampaignState.DRAFTED, CampaignState.CLOSED])
async def test_a_year_that_is_not_running_takes_nothing(as_, world, unit, standard, state):
    campaign = await make_campaign(world, standard=standard, state=state)

    answer = await (await as_.unit(unit)).post(URL, json=promise(campaign))

    assert answer.status_code == (422 if state is CampaignState.DRAFTED else 409)


async def test_who_reads_what(as_, world, unit, campaign):
    own = await make_evidence(world, unit, campaign)
    promised = await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)
    foreign = await make_evidence(world, await make_unit(world), campaign)
    everything = {str(one.id) for one in (own, promised, foreign)}

    async def seen(client):
        return {row["id"] for row in (await client.get(URL)).json()["items"]}

    office = await as_.unit(unit)
    assert await seen(office) == {str(own.id), str(promised.id)}
    assert await seen(await as_.officer()) == everything
    assert await seen(await as_.leader()) == everything
    assert await seen(await as_.leadership()) == {str(own.id), str(foreign.id)}
    assert await seen(await as_.inspector()) == set()
    assert await seen(await as_.unit(unit, Role.UNIT_MEMBER)) == set()
    assert await seen(await as_.role(Role.COASSESSOR)) == set()
    assert await seen(await as_.role(Role.ADMIN_AUDIT)) == set()
    assert (await office.get(f"{URL}/{foreign.id}")).status_code == 404
    assert (await office.get(f"{URL}/{foreign.id}")).json()["code"] == "evidence.unknown"


async def test_a_member_sees_what_is_his_own(as_, unit, campaign):
    member = await as_.unit(unit, Role.UNIT_MEMBER)
    mine = (await member.post(URL, json=promise(campaign))).json()

    assert [row["id"] for row in (await member.get(URL)).json()["items"]] == [mine["id"]]


async def test_a_service_account_needs_the_scope(as_, unit, campaign):
    good, bad = await as_.service("evidence:write", unit=unit), await as_.service("x", unit=unit)

    promised = await good.post(URL, json=promise(campaign, file_name="纪要.txt"))
    received = await good.put(
        f"{URL}/{promised.json()['id']}/content", content=CONTENT, headers={"If-Match": '"1"'}
    )
    refused = await bad.post(URL, json=promise(campaign))

    assert promised.status_code == 201, promised.text
    assert received.status_code == 200, received.text
    assert received.json()["state"] == "available"
    assert refused.status_code == 403
    assert (await bad.get(URL)).status_code == 403


async def test_a_list_is_what_its_schema_says(as_, world, unit, campaign, standard):
    criteria = await criteria_of(world, standard)
    await make_evidence(
        world,
        unit,
        campaign,
        shows=[criteria["A1"], criteria["C6"]],
        locked_at=datetime.now(UTC),
    )

    answer = await (await as_.unit(unit)).get(URL)

    page = Page[EvidenceRow].model_validate_json(answer.content)
    assert [(use.label, use.locked) for use in page.items[0].uses] == [("A1", True), ("C6", True)]
    assert page.items[0].saved == 1
    assert [action.name for action in page.items[0].actions] == ["withdraw"]


async def test_a_list_is_narrowed_by_item_state_and_words(as_, world, unit, campaign, standard):
    criteria = await criteria_of(world, standard)
    first = await make_evidence(world, unit, campaign, shows=[criteria["A1"]], title="双减督查")
    second = await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)
    office = await as_.unit(unit)

    async def found(query):
        answer = await office.get(f"{URL}?{query}")
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["items"]]

    assert await found("criterion=A1") == [str(first.id)]
    assert await found("criterion=B12") == []
    assert await found("verdict=unreviewed") == [str(first.id)]
    assert await found("state=promised") == [str(second.id)]
    assert await found("q=减督") == [str(first.id)]
    assert await found(f"campaign_id={campaign.id}&unit_id={unit.id}&sort=title") == [
        str(second.id),
        str(first.id),
    ]


async def test_what_is_said_about_a_file_changes_with_if_match(as_, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)
    office = await as_.unit(unit)
    read = (await office.get(f"{URL}/{evidence.id}")).json()

    answer = await office.edit(read, f"{URL}/{evidence.id}", title="新题名", note=None)
    stale = await office.edit(read, f"{URL}/{evidence.id}", title="旧题名")
    wrong = await office.edit(
        answer.json(),
        f"{URL}/{evidence.id}",
        covers_from="2026-05-01",
        covers_until="2026-04-01",
    )

    assert (answer.json()["title"], answer.json()["version"]) == ("新题名", 2)
    assert stale.status_code == 412
    assert wrong.json()["code"] == "evidence.period"


async def test_the_committee_changes_nothing_of_a_units(as_, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)
    officer = await as_.officer()
    read = (await officer.get(f"{URL}/{evidence.id}")).json()

    assert read["actions"] == []
    assert (await officer.edit(read, f"{URL}/{evidence.id}", title="改")).status_code == 403
    assert (await officer.move(read, f"{URL}/{evidence.id}", "withdraw")).status_code == 403
    assert (await officer.post(URL, json=promise(campaign))).status_code == 403


async def test_withdrawing_needs_that_nothing_locked_uses_it(as_, world, unit, campaign, standard):
    criteria = await criteria_of(world, standard)
    free = await make_evidence(world, unit, campaign, shows=[criteria["A1"]])
    locked = await make_evidence(
        world, unit, campaign, shows=[criteria["A1"]], locked_at=datetime.now(UTC)
    )
    office = await as_.unit(unit)

    gone = await office.move({"version": 1}, f"{URL}/{free.id}", "withdraw", "传错了")
    stays = await office.move({"version": 1}, f"{URL}/{locked.id}", "withdraw")
    again = await office.move({"version": 2}, f"{URL}/{free.id}", "withdraw")

    assert gone.json()["state"] == "withdrawn"
    assert stays.status_code == 409
    assert stays.json()["detail"] == "已签发的自查报告正在引用，不能撤回。"
    assert again.status_code == 409
    read = (await office.get(f"{URL}/{locked.id}")).json()
    assert read["actions"][0]["blocked"] == "已签发的自查报告正在引用，不能撤回。"
    events = await world.all(select(Event).where(Event.name == "evidence.withdraw"))
    assert [event.data["opinion"] for event in events] == ["传错了"]


async def test_the_units_own_copies_are_named_and_no_others(as_, world, unit, campaign):
    first = await make_evidence(world, unit, campaign, title="初稿")
    await make_evidence(world, await make_unit(world), campaign)
    second = await make_evidence(world, unit, campaign)

    read = (await (await as_.unit(unit)).get(f"{URL}/{second.id}")).json()

    assert [one["title"] for one in read["same"]] == [first.title]


async def test_the_items_show_the_best_of_their_evidence(as_, world, unit, campaign, standard):
    criteria = await criteria_of(world, standard)
    for code, fields in {
        "A1": {"verdict": "accepted"},
        "A2": {},
        "B12": {"state": EvidenceState.PROMISED},
        "C6": {"verdict": "rejected"},
    }.items():
        await make_evidence(world, unit, campaign, shows=[criteria[code]], **fields)
    await make_evidence(world, unit, campaign, shows=[criteria["A1"]])
    office = await as_.unit(unit)

    cells = (await office.get(f"/api/v1/evidence-matrix?campaign_id={campaign.id}")).json()
    summary = (await office.get(f"/api/v1/evidence-summary?campaign_id={campaign.id}")).json()

    assert {cell["code"]: cell["shown"] for cell in cells} == {
        "A1": "accepted",
        "A2": "available",
        "B12": "promised",
        "C6": "none",
        "D1": "none",
    }
    assert [cell["rejected"] for cell in cells] == [0, 0, 0, 1, 0]
    assert (summary["available"], summary["promised"], summary["criteria"]) == (4, 1, 4)
    assert (summary["rejected"], summary["saved"]) == (1, 0)
    assert summary["bytes"] == 4 * len(CONTENT)


async def test_a_foreign_units_items_are_not_found(as_, world, unit, campaign):
    foreign = await make_unit(world)
    office, officer = await as_.unit(unit), await as_.officer()
    url = f"/api/v1/evidence-matrix?campaign_id={campaign.id}&unit_id={foreign.id}"

    assert (await office.get(url)).status_code == 404
    assert len((await officer.get(url)).json()) == 5
    own = f"/api/v1/evidence-matrix?campaign_id={campaign.id}"
    assert (await officer.get(own)).status_code == 403


async def test_every_change_leaves_one_event(as_, world, unit, campaign):
    office = await as_.unit(unit)
    made = (await office.post(URL, json=promise(campaign, file_name="纪要.txt"))).json()
    url = f"{URL}/{made['id']}"
    await office.edit(made, url, note="备注")
    await office.put(f"{url}/content", content=CONTENT, headers={"If-Match": '"2"'})
    await office.post(f"{url}/ticket")

    events = await world.all(select(Event).order_by(Event.seq))

    assert [event.name for event in events] == [
        "evidence.created",
        "evidence.updated",
        "evidence.receive",
        "evidence.opened",
    ]
    assert len({event.actor for event in events}) == 1
    assert len(await world.all(select(Evidence))) == 1
