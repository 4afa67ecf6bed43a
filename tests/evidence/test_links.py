from datetime import UTC, datetime

import pytest
from sqlmodel import select

from sihao.core.context import Role
from sihao.core.events import Event
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import EvidenceLink, Verdict
from tests.factories import make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_evidence import make_evidence, make_link

LINKS = "/api/v1/evidence-links"


@pytest.fixture
async def criteria(world):
    standard = await make_standard(world)
    return await criteria_of(world, standard)


@pytest.fixture
async def evidence(world, criteria):
    unit, standard_id = await make_unit(world), criteria["A1"].standard_id
    campaign = await make_campaign(world, standard=type("Standard", (), {"id": standard_id}))
    made = await make_evidence(world, unit, campaign)
    made.__dict__["unit"], made.__dict__["campaign"] = unit, campaign
    return made


async def link_to(client, evidence, criterion):
    url = f"/api/v1/evidence/{evidence.id}/links"
    return await client.post(url, json={"criterion_id": str(criterion.id)})


async def test_one_file_serves_several_items(as_, evidence, criteria):
    office = await as_.unit(evidence.unit)

    first = await link_to(office, evidence, criteria["A1"])
    second = await link_to(office, evidence, criteria["C6"])
    again = await link_to(office, evidence, criteria["A1"])

    assert first.status_code == 201, first.text
    assert [first.json()["label"], second.json()["label"]] == ["A1", "C6"]
    assert again.status_code == 409
    assert again.json()["code"] == "evidence_link.exists"
    read = (await office.get(f"/api/v1/evidence/{evidence.id}/links")).json()
    assert [use["label"] for use in read] == ["A1", "C6"]
    assert [action["name"] for action in read[0]["actions"]] == ["delete"]


async def test_a_link_goes_while_nothing_has_locked_it(as_, world, evidence, criteria):
    office = await as_.unit(evidence.unit)
    link = (await link_to(office, evidence, criteria["A1"])).json()
    locked = await make_link(
        world, evidence, criterion_id=criteria["C6"].id, locked_at=datetime.now(UTC)
    )

    gone = await office.delete(f"{LINKS}/{link['id']}", headers={"If-Match": '"1"'})
    stays = await office.delete(f"{LINKS}/{locked.id}", headers={"If-Match": '"1"'})

    assert gone.status_code == 204, gone.text
    assert stays.status_code == 409
    assert stays.json()["code"] == "evidence_link.locked"
    names = [event.name for event in await world.all(select(Event).order_by(Event.seq))]
    assert names == ["evidence_link.created", "evidence_link.deleted"]


async def test_the_committee_accepts_and_rejects_with_a_reason(as_, world, evidence, criteria):
    link = await make_link(world, evidence, criterion_id=criteria["A1"].id)
    officer, office = await as_.officer(), await as_.unit(evidence.unit)
    url = f"{LINKS}/{link.id}"

    async def judge(name, version, **body):
        return await officer.post(f"{url}/{name}", json=body, headers={"If-Match": f'"{version}"'})

    accepted = await judge("accept", 1)
    silent = await judge("reject", 2)
    stale = await judge("reject", 1, reason="缺印发日期")
    rejected = await judge("reject", 2, reason="缺印发日期")

    assert accepted.json()["verdict"] == "accepted"
    offered = [action["name"] for action in accepted.json()["actions"]]
    assert offered == ["accept", "reject", "reset"]
    assert silent.status_code == 422
    assert silent.json()["errors"][0]["pointer"] == "/body/reason"
    assert stale.status_code == 412
    assert rejected.json()["verdict"] == "rejected"
    seen = (await office.get(f"/api/v1/evidence/{evidence.id}")).json()["uses"]
    assert [(use["verdict"], use["reason"]) for use in seen] == [("rejected", "缺印发日期")]
    names = [event.name for event in await world.all(select(Event).order_by(Event.seq))]
    assert names == ["evidence_link.accepted", "evidence_link.rejected"]


@pytest.mark.parametrize("role", [Role.UNIT_LEAD, Role.UNIT_OFFICE, Role.LEADER, Role.LEADERSHIP])
async def test_no_one_else_judges(as_, world, evidence, criteria, role):
    link = await make_link(world, evidence, criterion_id=criteria["A1"].id)
    client = await as_.role(role, unit=evidence.unit)

    answer = await client.post(f"{LINKS}/{link.id}/accept", json={}, headers={"If-Match": '"1"'})

    assert answer.status_code == 403


async def test_an_assessor_does_not_judge_the_own_unit(as_, world, evidence, criteria):
    link = await make_link(world, evidence, criterion_id=criteria["A1"].id)
    client = await as_.role(Role.INSPECTOR, Role.UNIT_OFFICE, unit=evidence.unit)

    answer = await client.post(f"{LINKS}/{link.id}/accept", json={}, headers={"If-Match": '"1"'})

    assert answer.status_code == 403
    assert answer.json()["code"] == "evidence_link.role"


async def test_a_foreign_link_is_not_found(as_, world, evidence, criteria):
    link = await make_link(world, evidence, criterion_id=criteria["A1"].id)
    stranger = await as_.unit()

    answer = await stranger.delete(f"{LINKS}/{link.id}", headers={"If-Match": '"1"'})

    assert answer.status_code == 404
    assert (await link_to(stranger, evidence, criteria["A1"])).status_code == 404


async def test_what_has_not_come_is_not_judged(as_, world, evidence, criteria):
    promised = await make_evidence(
        world, evidence.unit, evidence.campaign, state=EvidenceState.PROMISED
    )
    link = await make_link(world, promised, criterion_id=criteria["A1"].id)

    answer = await (await as_.officer()).post(
        f"{LINKS}/{link.id}/accept", json={}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 409
    assert answer.json()["code"] == "evidence_link.no_content"


async def test_withdrawn_evidence_shows_nothing_more(as_, world, evidence, criteria):
    withdrawn = await make_evidence(
        world, evidence.unit, evidence.campaign, state=EvidenceState.WITHDRAWN
    )

    answer = await link_to(await as_.unit(evidence.unit), withdrawn, criteria["A1"])

    assert answer.status_code == 409
    assert answer.json()["code"] == "evidence.withdrawn"


async def test_a_verdict_is_taken_back_while_there_is_one(as_, world, evidence, criteria):
    link = await make_link(
        world, evidence, criterion_id=criteria["A1"].id, verdict="rejected", reason="缺印发日期"
    )
    officer, office = await as_.officer(), await as_.unit(evidence.unit)
    url = f"{LINKS}/{link.id}/reset"

    foreign = await office.post(url, headers={"If-Match": '"1"'})
    back = await officer.post(url, headers={"If-Match": '"1"'})
    again = await officer.post(url, headers={"If-Match": '"2"'})

    assert foreign.status_code == 403
    assert (back.json()["verdict"], back.json()["reason"]) == ("unreviewed", "")
    assert [action["name"] for action in back.json()["actions"]] == ["accept", "reject"]
    assert (again.status_code, again.json()["code"]) == (409, "evidence_link.not_judged")
    names = [event.name for event in await world.all(select(Event))]
    assert names == ["evidence_link.unreviewed"]


def verdict_on(link, verdict="accepted", version=1, **fields):
    return {"link_id": str(link.id), "verdict": verdict, "version": version, **fields}


async def test_many_verdicts_are_given_at_once(as_, world, evidence, criteria):
    links = [
        await make_link(world, evidence, criterion_id=criteria[code].id) for code in ("A1", "C6")
    ]
    judged = await make_link(world, evidence, criterion_id=criteria["B12"].id, verdict="accepted")
    body = [
        verdict_on(links[0]),
        verdict_on(links[1], "rejected", reason="缺印发日期"),
        verdict_on(judged, "unreviewed"),
    ]

    answer = await (await as_.officer()).post(f"{LINKS}/verdicts", json={"verdicts": body})

    assert [(one["verdict"], one["reason"], one["version"]) for one in answer.json()] == [
        ("accepted", "", 2),
        ("rejected", "缺印发日期", 2),
        ("unreviewed", "", 2),
    ]
    names = {event.name for event in await world.all(select(Event))}
    assert names == {f"evidence_link.{one['verdict']}" for one in body}


async def test_one_verdict_that_cannot_be_keeps_all_from_being_given(
    as_, world, evidence, criteria
):
    first, second, third = [
        await make_link(world, evidence, criterion_id=criteria[code].id)
        for code in ("A1", "C6", "B12")
    ]
    gone = type("Link", (), {"id": "00000000-0000-4000-8000-000000000000"})
    body = [
        verdict_on(first),
        verdict_on(second, "rejected"),
        verdict_on(third, version=7),
        verdict_on(first),
        verdict_on(gone),
    ]

    answer = await (await as_.officer()).post(f"{LINKS}/verdicts", json={"verdicts": body})

    assert answer.status_code == 422
    assert answer.json()["detail"] == "有 4 条认定不能成立，全部没有改动。"
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [
        ("/body/verdicts/1/reason", "evidence_link.reason"),
        ("/body/verdicts/2", "version.stale"),
        ("/body/verdicts/3", "evidence_link.twice"),
        ("/body/verdicts/4", "evidence_link.unknown"),
    ]
    verdicts = {link.verdict for link in await world.all(select(EvidenceLink))}
    assert verdicts == {Verdict.UNREVIEWED}


async def test_a_unit_gives_no_verdicts_on_its_own(as_, world, evidence, criteria):
    link = await make_link(world, evidence, criterion_id=criteria["A1"].id)
    body = {"verdicts": [verdict_on(link)]}

    own = await (await as_.unit(evidence.unit)).post(f"{LINKS}/verdicts", json=body)
    other = await (await as_.unit()).post(f"{LINKS}/verdicts", json=body)

    assert [one["code"] for one in own.json()["errors"]] == ["evidence_link.role"]
    assert [one["code"] for one in other.json()["errors"]] == ["evidence_link.unknown"]
