"""A manifest promises files before the deadline; its receipt decides whether they are in time."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlmodel import select

from sihao.campaigns.models import Stage
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceLink
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign, make_standard
from tests.factories_evidence import CONTENT

URL = "/api/v1/evidence-manifests"
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


@pytest.fixture
async def office(as_, unit):
    return await as_.unit(unit)


def line(path="会议/党组会议纪要.txt", content=CONTENT, **fields):
    return {
        "path": path,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "codes": ["A1"],
        **fields,
    }


def body(campaign, *lines, **fields):
    return {"campaign_id": str(campaign.id), "not_secret": True, "lines": lines, **fields}


async def evidence(client):
    return (await client.get("/api/v1/evidence?sort=title")).json()["items"]


async def put(client, piece, content, file=0):
    return await client.put(
        f"/api/v1/evidence/{piece['id']}/content?file_id={piece['files'][file]['id']}",
        content=content,
        headers={"If-Match": f'"{piece["version"]}"'},
    )


async def test_a_manifest_makes_promised_evidence_with_its_items(office, world, campaign):
    lines = [
        line(),
        line("照片/A.jpg", b"x", codes=["A1", "B12"], title="活动照片", kind="picture"),
    ]

    answer = await office.post(URL, json=body(campaign, *lines))

    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert receipt["number"] == "清单〔2026〕001号"
    assert (receipt["lines"], receipt["waiting"], receipt["received"]) == (2, 2, 0)
    assert receipt["total_size"] == len(CONTENT) + 1
    assert receipt["late"] is False
    made = {one["title"]: one for one in await evidence(office)}
    assert set(made) == {"党组会议纪要", "活动照片"}
    picture = made["活动照片"]
    assert (picture["state"], picture["kind"], picture["file_name"]) == (
        "promised",
        "picture",
        "A.jpg",
    )
    assert [use["label"] for use in picture["uses"]] == ["A1", "B12"]
    names = [one.name for one in await world.all(select(Event))]
    assert names == ["evidence_manifest.received"]


async def test_the_receipts_hash_can_be_computed_by_anybody(office, campaign):
    lines = [line("b.txt", NEWER, codes=[]), line("a.txt", codes=["B12", "A1"])]

    receipt = (await office.post(URL, json=body(campaign, *lines))).json()

    said = "".join(
        f"{one['sha256']}\t{one['size']}\t{one['path']}\t{','.join(one['codes'])}\n"
        for one in sorted(lines, key=lambda one: one["path"])
    )
    assert receipt["content_hash"] == sha256(said.encode()).hexdigest()


async def test_every_bad_line_is_told_and_nothing_is_taken(office, world, campaign):
    lines = [
        line("a.txt"),
        line("a.txt"),
        line("b.txt", codes=["Z9", "A1"]),
        line("c.txt", size=4 * 1024**3),
        line("ordner/"),
    ]

    answer = await office.post(URL, json=body(campaign, *lines))

    assert answer.status_code == 422
    told = {(one["pointer"], one["code"]) for one in answer.json()["errors"]}
    assert told == {
        ("/body/lines/1/path", "evidence_manifest.path"),
        ("/body/lines/2/codes/0", "evidence_manifest.code"),
        ("/body/lines/3/size", "evidence_manifest.size"),
        ("/body/lines/4/path", "evidence_manifest.file_name"),
    }
    assert await world.all(select(Evidence)) == []


async def test_sent_again_it_changes_nothing_and_says_so(office, world, campaign):
    await office.post(URL, json=body(campaign, line()))

    again = (await office.post(URL, json=body(campaign, line(codes=["A1", "A2"])))).json()

    assert (again["number"], again["unchanged"]) == ("清单〔2026〕002号", 1)
    assert len(await world.all(select(Evidence))) == 1
    assert len(await world.all(select(EvidenceFile))) == 1
    assert len(await world.all(select(EvidenceLink))) == 2


async def test_other_bytes_at_a_known_path_are_a_revision(office, world, campaign):
    await office.post(URL, json=body(campaign, line()))
    (piece,) = await evidence(office)
    await put(office, piece, CONTENT)

    await office.post(URL, json=body(campaign, line(content=NEWER)))
    (piece,) = await evidence(office)
    await put(office, piece, NEWER, file=1)
    shown = (await office.get(f"/api/v1/evidence/{piece['id']}")).json()

    assert shown["sha256"] == sha256(NEWER).hexdigest()
    assert [one["sha256"] for one in shown["revisions"]] == [sha256(CONTENT).hexdigest()]
    assert len(await world.all(select(Evidence))) == 1


async def test_bytes_fulfil_a_manifest_and_what_is_to_come_is_listed(office, campaign):
    lines = [line("a.txt"), line("b.txt", NEWER)]
    receipt = (await office.post(URL, json=body(campaign, *lines))).json()
    piece = next(one for one in await evidence(office) if one["title"] == "a")

    await put(office, piece, CONTENT)

    now = (await office.get(f"{URL}/{receipt['id']}")).json()
    waiting = (await office.get(f"{URL}/{receipt['id']}/lines?state=waiting")).json()["items"]
    assert (now["waiting"], now["received"], now["late_files"]) == (1, 1, 0)
    assert [one["path"] for one in waiting] == ["b.txt"]
    assert now["grace_until"] > now["closes_at"] > now["as_of"]


async def test_before_the_deadline_the_manifest_and_within_the_grace_the_bytes(
    office, world, standard
):
    now = datetime.now(UTC)
    window = (now - timedelta(days=30), now + timedelta(days=1))
    campaign = await make_campaign(world, standard=standard, windows={Stage.SELF_REPORT: window})
    await office.post(URL, json=body(campaign, line()))
    ctx = await world.ctx()
    await ctx.db.execute(
        text("UPDATE evidence_file SET promised_at = promised_at - interval '2 days'")
    )
    await ctx.db.execute(
        text("UPDATE campaign_window SET closes_at = closes_at - interval '25 hours'")
    )
    await ctx.db.commit()
    await ctx.db.close()
    late = (await office.post(URL, json=body(campaign, line("b.txt", NEWER)))).json()
    pieces = {one["title"]: one for one in await evidence(office)}

    in_time = (await put(office, pieces["党组会议纪要"], CONTENT)).json()
    too_late = (await put(office, pieces["b"], NEWER)).json()

    assert late["late"] is True
    assert (in_time["state"], in_time["late"]) == ("available", False)
    assert (too_late["state"], too_late["late"]) == ("available", True)

    async def of(receipt, wanted):
        page = await office.get(f"{URL}/{receipt['id']}/lines?late={wanted}")
        return [one["path"] for one in page.json()["items"]]

    assert [await of(late, wanted) for wanted in ("true", "false")] == [["b.txt"], []]


async def test_another_units_bytes_fulfil_nothing(as_, world, campaign, office):
    await office.post(URL, json=body(campaign, line()))
    other = await as_.unit()
    await other.post(URL, json=body(campaign, line()))
    (theirs,) = await evidence(other)

    await put(other, theirs, CONTENT)

    assert [one["state"] for one in await evidence(office)] == ["promised"]


async def test_who_speaks_for_the_unit_hands_in_and_who_assesses_it_reads(
    as_, world, campaign, unit, office
):
    receipt = (await office.post(URL, json=body(campaign, line()))).json()
    member = await as_.role(Role.UNIT_MEMBER, unit=unit)
    service = await as_.service("evidence:write", unit=unit)
    stranger = await as_.unit()
    url = f"{URL}/{receipt['id']}"

    assert (await member.post(URL, json=body(campaign, line()))).status_code == 403
    assert (await service.post(URL, json=body(campaign, line("c.txt")))).status_code == 201
    assert (await stranger.get(url)).status_code == 404
    assert (await (await as_.officer()).get(url)).json()["unit_name"] == unit.name
    assert [one["waiting"] for one in (await office.get(URL)).json()["items"]] == [1, 1]
