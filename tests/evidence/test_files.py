"""Several files make one piece of evidence, and a newer file never erases the older one."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from sihao.campaigns.models import Stage
from sihao.core.events import Event
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import EvidenceLink, Verdict
from tests.factories import make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_evidence import CONTENT, make_evidence, make_file

URL = "/api/v1/evidence"
NEWER = "党组会议纪要（修订）\n".encode()


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
    named = {"title": "党组会议材料", "not_secret": True, "campaign_id": str(campaign.id)}
    return {**named, **fields}


async def put(client, shown, content, file=None):
    file = file or {"id": shown["files"][0]["id"]}
    url = f"{URL}/{shown['id']}/content?file_id={file['id']}"
    headers = {"If-Match": f'"{shown["version"]}"'}
    return await client.put(url, content=content, headers=headers)


async def add(client, shown, **body):
    headers = {"If-Match": f'"{shown["version"]}"'}
    return await client.post(f"{URL}/{shown['id']}/files", json=body, headers=headers)


async def test_a_piece_is_available_once_all_its_files_are_here(as_, unit, campaign):
    office = await as_.unit(unit)
    files = [{"file_name": "签到表.txt"}, {"file_name": "照片.txt"}]
    made = await office.post(URL, json=promise(campaign, file_name="纪要.txt", files=files))
    shown = made.json()
    states = []
    for file in made.json()["files"]:
        answer = await put(office, shown, CONTENT + file["file_name"].encode(), file)
        shown = answer.json()
        states.append(shown["state"])

    assert made.status_code == 201, made.text
    assert [one["position"] for one in shown["files"]] == [1, 2, 3]
    assert states == ["promised", "promised", "available"]
    assert shown["file_name"] == "纪要.txt"
    assert all(one["received_at"] for one in shown["files"])


async def test_which_file_it_is_must_be_said_where_several_are_to_come(as_, unit, campaign):
    office = await as_.unit(unit)
    files = [{"file_name": "甲.txt"}, {"file_name": "乙.txt"}]
    shown = (await office.post(URL, json=promise(campaign, files=files))).json()

    headers = {"If-Match": '"1"'}
    answer = await office.put(f"{URL}/{shown['id']}/content", content=CONTENT, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (409, "evidence.which_file")


async def test_evidence_without_a_file_is_refused(as_, unit, campaign):
    answer = await (await as_.unit(unit)).post(URL, json=promise(campaign))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["detail"] == "请至少列出一个文件。"


async def test_one_more_file_leaves_what_is_there_available(as_, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)
    office = await as_.unit(unit)
    shown = (await office.get(f"{URL}/{evidence.id}")).json()

    added = (await add(office, shown, file_name="签到表.txt")).json()
    full = (await put(office, added, NEWER, added["files"][1])).json()

    assert added["state"] == "available"
    assert [bool(one["received_at"]) for one in added["files"]] == [True, False]
    assert [one["size"] for one in full["files"]] == [len(CONTENT), len(NEWER)]


async def test_a_revision_takes_the_place_of_its_forerunner_which_stays(as_, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)
    office = await as_.unit(unit)
    shown = (await office.get(f"{URL}/{evidence.id}")).json()
    old = shown["files"][0]

    asked = (await add(office, shown, file_name="纪要（修订）.txt", replaces_id=old["id"])).json()
    full = (await put(office, asked, NEWER, asked["files"][1])).json()
    earlier = await office.post(f"{URL}/{evidence.id}/ticket?file_id={old['id']}")
    latest = await office.post(f"{URL}/{evidence.id}/ticket")

    assert (asked["state"], asked["file_name"]) == ("available", "党组会议纪要.txt")
    assert full["file_name"] == "纪要（修订）.txt"
    assert [one["id"] for one in full["revisions"]] == [old["id"]]
    assert full["revisions"][0]["replaced_at"] is not None
    assert full["files"][0]["replaces_id"] == old["id"]
    assert (await office.get(earlier.json()["url"])).content == CONTENT
    assert (await office.get(latest.json()["url"])).content == NEWER


async def test_a_revision_of_what_was_replaced_is_refused(as_, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign)
    old = await make_file(
        world, evidence, b"older", position=1, replaced_at=datetime.now(UTC), file_name="旧.txt"
    )
    office = await as_.unit(unit)
    shown = (await office.get(f"{URL}/{evidence.id}")).json()

    answer = await add(office, shown, file_name="新.txt", replaces_id=str(old.id))

    assert answer.status_code == 422
    assert answer.json()["code"] == "evidence_file.replaced"


async def test_other_bytes_ask_the_assessors_again(as_, world, unit, campaign, standard):
    criteria = await criteria_of(world, standard)
    evidence = await make_evidence(
        world, unit, campaign, shows=[criteria["A1"]], verdict=Verdict.ACCEPTED
    )
    office = await as_.unit(unit)
    shown = (await office.get(f"{URL}/{evidence.id}")).json()
    asked = (
        await add(office, shown, file_name="修订.txt", replaces_id=shown["files"][0]["id"])
    ).json()
    (kept,) = await world.all(select(EvidenceLink))

    full = (await put(office, asked, NEWER, asked["files"][1])).json()

    assert kept.verdict is Verdict.ACCEPTED
    assert full["uses"][0]["verdict"] == "unreviewed"
    event = (await world.all(select(Event).where(Event.name == "evidence.file_received")))[0]
    assert event.data["verdicts"] == 1


async def test_a_promise_of_a_file_can_be_taken_back_but_bytes_cannot(as_, world, unit, campaign):
    evidence = await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)
    kept = await make_file(world, evidence, CONTENT, position=2)
    office = await as_.unit(unit)
    shown = (await office.get(f"{URL}/{evidence.id}")).json()
    headers = {"If-Match": f'"{shown["version"]}"'}
    base = f"{URL}/{evidence.id}/files"

    refused = await office.delete(f"{base}/{kept.id}", headers=headers)
    taken = await office.delete(f"{base}/{shown['files'][0]['id']}", headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (409, "evidence_file.kept")
    assert taken.status_code == 200, taken.text
    assert taken.json()["state"] == "available"
    assert [one["id"] for one in taken.json()["files"]] == [str(kept.id)]


async def test_promised_bytes_must_be_the_ones_that_come(as_, unit, campaign):
    office = await as_.unit(unit)
    declared = {"sha256": sha256(CONTENT).hexdigest().upper(), "size": len(CONTENT)}
    files = [{"file_name": "纪要.txt", **declared}]
    shown = (await office.post(URL, json=promise(campaign, files=files))).json()

    other = await put(office, shown, NEWER)
    same = await put(office, shown, CONTENT)

    assert (other.status_code, other.json()["code"]) == (422, "evidence.not_as_promised")
    assert same.status_code == 200, same.text


async def test_promised_bytes_fulfil_every_promise_of_the_unit_and_none_of_others(
    as_, world, unit, campaign
):
    other = await make_unit(world)
    declared = {"sha256": sha256(CONTENT).hexdigest(), "size": len(CONTENT)}
    office, theirs = await as_.unit(unit), await as_.unit(other)
    files = [{"file_name": "纪要.txt", **declared}]
    first = (await office.post(URL, json=promise(campaign, files=files))).json()
    second = (await office.post(URL, json=promise(campaign, files=files))).json()
    foreign = (await theirs.post(URL, json=promise(campaign, files=files))).json()

    await put(office, first, CONTENT)

    assert (await office.get(f"{URL}/{second['id']}")).json()["state"] == "available"
    assert (await theirs.get(f"{URL}/{foreign['id']}")).json()["state"] == "promised"


@pytest.mark.parametrize(
    ("promised", "closed_ago", "late"),
    [
        (True, timedelta(hours=1), False),
        (False, timedelta(hours=1), True),
        (True, timedelta(hours=73), True),
        (False, -timedelta(hours=1), False),
    ],
    ids=["within the grace", "without a promise", "beyond the grace", "before the deadline"],
)
async def test_late_is_marked_and_still_taken(
    as_, world, unit, standard, promised, closed_ago, late
):
    closes_at = datetime.now(UTC) - closed_ago
    window = (closes_at - timedelta(days=60), closes_at)
    campaign = await make_campaign(world, standard=standard, windows={Stage.SELF_REPORT: window})
    declared = (
        {"declared_sha256": sha256(CONTENT).hexdigest(), "declared_size": len(CONTENT)}
        if promised
        else {}
    )
    evidence = await make_evidence(world, unit, campaign)
    file = await make_file(
        world,
        evidence,
        position=2,
        promised_at=datetime.now(UTC) - timedelta(days=30),
        **declared,
    )
    office = await as_.unit(unit)
    shown = (await office.get(f"{URL}/{evidence.id}")).json()

    answer = await put(office, shown, CONTENT, {"id": file.id})

    assert answer.status_code == 200, answer.text
    assert answer.json()["files"][1]["late"] is late
    assert answer.json()["late"] is late
    listed = (await office.get(f"{URL}?late={str(late).lower()}")).json()["items"]
    assert [one["id"] for one in listed] == [str(evidence.id)]


async def test_last_years_evidence_is_offered_and_used_again_without_an_upload(as_, world, unit):
    old_standard, standard = await make_standard(world, year=2025), await make_standard(world)
    before = await make_campaign(world, standard=old_standard, year=2025)
    campaign = await make_campaign(world, standard=standard)
    old, new = await criteria_of(world, old_standard), await criteria_of(world, standard)
    evidence = await make_evidence(world, unit, before, shows=[old["A1"]])
    stranger = await make_evidence(world, await make_unit(world), before, shows=[old["A1"]])
    office = await as_.unit(unit)
    query = {"campaign_id": str(campaign.id), "criterion_id": str(new["A1"].id)}

    offered = (await office.get(f"{URL}/suggestions", params=query)).json()
    body = {
        "campaign_id": str(campaign.id),
        "not_secret": True,
        "links": [{"criterion_id": str(new["A1"].id)}],
    }
    again = await office.post(f"{URL}/{evidence.id}/reuse", json=body)
    refused = await office.post(f"{URL}/{stranger.id}/reuse", json=body)
    offered_now = (await office.get(f"{URL}/suggestions", params=query)).json()

    assert [(one["id"], one["code"], one["files"]) for one in offered] == [
        (str(evidence.id), "A1", 1)
    ]
    assert again.status_code == 201, again.text
    assert again.json()["state"] == "available"
    assert again.json()["reused_from_id"] == str(evidence.id)
    assert again.json()["sha256"] == sha256(CONTENT).hexdigest()
    assert refused.status_code == 404
    assert [one["reused"] for one in offered_now] == [True]


async def test_many_links_are_each_made_or_refused_for_themselves(
    as_, world, unit, campaign, standard
):
    criteria = await criteria_of(world, standard)
    mine = await make_evidence(world, unit, campaign, shows=[criteria["A1"]])
    theirs = await make_evidence(world, await make_unit(world), campaign)
    office = await as_.unit(unit)
    links = [
        {"evidence_id": str(piece.id), "criterion_id": str(criteria[code].id)}
        for piece, code in ((mine, "A2"), (mine, "A1"), (theirs, "A1"), (mine, "B12"))
    ]

    answer = await office.post("/api/v1/evidence-links/batch", json={"links": links})

    assert answer.status_code == 200, answer.text
    assert [(one["status"], one["code"]) for one in answer.json()] == [
        ("created", None),
        ("exists", "evidence_link.exists"),
        ("refused", "evidence.unknown"),
        ("created", None),
    ]
    assert len(await world.all(select(EvidenceLink))) == 3
    names = [one.name for one in await world.all(select(Event))]
    assert names == ["evidence.linked"]
