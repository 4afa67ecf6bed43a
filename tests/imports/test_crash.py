"""kill -9 in the middle of an import: nothing half, nothing twice, and it is done all the same."""

import asyncio
from uuid import uuid4

from sqlmodel import func, select

from sihao.core.context import Role
from sihao.core.events import Event
from sihao.ledgers.models import LedgerEntry
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.process import place_of_its_own

ROWS = 10_000
HEAD = "台账,外部编号,名称,日期,学习专题,应到人数,实到人数"


async def until(client, url, holds):
    async with asyncio.timeout(120):
        while not holds(told := (await client.get(url)).json()):
            await asyncio.sleep(0.02)
    return told


async def count(world, rows):
    return (await world.all(select(func.count()).select_from(rows)))[0]


async def test_a_worker_and_a_server_killed_in_the_middle_of_an_import():
    async with place_of_its_own() as place:
        world = place.world
        unit, campaign = await make_unit(world), await make_campaign(world)
        _, token = await make_person(world, Role.UNIT_OFFICE, unit=unit)
        lines = (f"T5,OA-{n},学习{n},2026-03-02,学习党章,7,6" for n in range(ROWS))
        sent = "\n".join([HEAD, *lines]).encode()
        asked = {"kind": "ledger-entries", "campaign_id": str(campaign.id)}
        headers = {"Content-Type": "text/csv", "Idempotency-Key": str(uuid4())}
        url = "/api/v1/imports"
        await place.start()
        async with place.client(token) as client:
            received = await client.post(url, params=asked, content=sent, headers=headers)
        assert received.status_code == 202, received.text
        place.kill()
        await place.start()

        async with place.client(token) as client:
            again = await client.post(url, params=asked, content=sent, headers=headers)
            assert again.json()["id"] == received.json()["id"]
            here = f"{url}/{received.json()['id']}"
            with place.worker() as first:
                await until(client, here, lambda told: told["progress"] is not None)
                first.kill()
                first.wait()
            between = (await client.get(here)).json()
            assert between["state"] in {"checking", "done"}
            assert await count(world, LedgerEntry) == (ROWS if between["state"] == "done" else 0)
            with place.worker():
                done = await until(client, here, lambda told: told["state"] != "checking")

        assert (done["state"], done["created"]) == ("done", ROWS)
        assert await count(world, LedgerEntry) == ROWS
        told = select(Event).where(Event.name == "ledger_entry.created").subquery()
        assert await count(world, told) == ROWS
