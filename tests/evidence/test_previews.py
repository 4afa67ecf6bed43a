"""One page, seen by one person, once."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlmodel import select

from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.settings import settings
from sihao.evidence.models import DownloadTicket
from sihao.units.models import UnitKind
from tests.evidence.guard import make
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence

URL = "/api/v1/evidence"


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def evidence(world, unit):
    campaign = await make_campaign(world)
    content = make.pdf("第一页", "第二页")
    return await make_evidence(
        world, unit, campaign, content=content, media_type="application/pdf", file_name="纪要.pdf"
    )


async def ticket_of(client, evidence, page=1):
    answer = await client.post(f"{URL}/{evidence.id}/preview?page={page}")
    assert answer.status_code == 200, answer.text
    return answer.json()["url"]


async def test_a_page_is_shown_once_to_whoever_holds_its_ticket(as_, client, unit, evidence):
    url = await ticket_of(await as_.unit(unit), evidence, page=2)

    first = await client.get(url)
    second = await client.get(url)

    assert first.status_code == 200, first.text
    assert Image.open(io.BytesIO(first.content)).size == (1240, 1755)
    assert first.headers["content-type"] == "image/webp"
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["x-pages"] == "2"
    assert (second.status_code, second.json()["code"]) == (410, "ticket.used")


async def test_the_ticket_of_a_page_says_who_looks_and_leaves_an_event(as_, world, unit, evidence):
    office = await as_.unit(unit)

    await ticket_of(office, evidence)

    (ticket,) = await world.all(select(DownloadTicket))
    who, where, when = ticket.stamp.split(" · ")
    assert (where, len(when)) == (unit.name, len("2026-11-24 16:20"))
    assert who
    events = await world.all(select(Event).where(Event.name == "evidence.opened"))
    assert [one.data["page"] for one in events] == [1]


async def test_the_committee_looks_in_its_own_name(as_, world, evidence):
    committee = await make_unit(world, kind=UnitKind.COMMITTEE, name="市直机关工委")

    await ticket_of(await as_.officer(), evidence)

    (ticket,) = await world.all(select(DownloadTicket))
    assert ticket.stamp.split(" · ")[1] == committee.name


async def test_a_page_behind_the_last_is_unknown(as_, client, unit, evidence):
    office = await as_.unit(unit)

    behind = await client.get(await ticket_of(office, evidence, page=3))
    beyond = await office.post(f"{URL}/{evidence.id}/preview?page=201")

    assert (behind.status_code, behind.json()["code"]) == (404, "preview.page")
    assert beyond.status_code == 422


async def test_tickets_of_pages_open_no_files_and_the_other_way_round(as_, client, unit, evidence):
    office = await as_.unit(unit)
    page = await ticket_of(office, evidence)
    file = (await office.post(f"{URL}/{evidence.id}/ticket")).json()["url"]

    assert (await client.get(page.replace("/previews/", "/files/"))).status_code == 404
    assert (await client.get(file.replace("/files/", "/previews/"))).status_code == 404
    assert (await client.get(page)).status_code == 200
    assert (await client.get(file)).status_code == 200


async def test_an_old_ticket_and_a_strangers_show_nothing(as_, client, world, unit, evidence):
    url = await ticket_of(await as_.unit(unit), evidence)
    (row,) = await world.all(select(DownloadTicket))
    row.expires_at = datetime.now(UTC) - timedelta(minutes=1)
    await world.add(row)

    assert (await client.get(url)).status_code == 410
    assert (await (await as_.unit()).post(f"{URL}/{evidence.id}/preview")).status_code == 404
    assert (await client.get("/api/v1/previews/nothing")).status_code == 404


async def test_what_cannot_be_shown_says_so_and_the_file_can_still_be_fetched(
    as_, client, world, unit
):
    evidence = await make_evidence(
        world,
        unit,
        await make_campaign(world),
        content=make.zip_of({"a.txt": "a"}),
        media_type="application/zip",
        file_name="材料.zip",
    )
    office = await as_.unit(unit)

    shown = await client.get(await ticket_of(office, evidence))

    assert (shown.status_code, shown.json()["code"]) == (422, "file.no_preview")
    assert not [one for one in (settings().data_dir / "incoming").rglob("*") if one.is_file()]


async def test_an_inspector_looks_at_what_is_assigned(as_, world, evidence):
    nobody = await as_.role(Role.INSPECTOR)

    assert (await nobody.post(f"{URL}/{evidence.id}/preview")).status_code == 404
