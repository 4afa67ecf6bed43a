"""kill -9 while a whole file is being examined: it is examined again, and received once."""

import asyncio
from contextlib import suppress
from hashlib import sha256

import httpx
from sqlmodel import select

from sihao.core.context import Role
from sihao.core.events import Event
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Blob, EvidenceFile
from tests.evidence.uploading import STREAM, TUS, metadata
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.process import place_of_its_own

UPLOADS = "/api/v1/uploads"
CONTENT = "党组中心组学习记录，第三季度。\n".encode() * 200_000


async def test_a_server_killed_while_it_examines_a_file():
    async with place_of_its_own() as place:
        world = place.world
        unit, campaign = await make_unit(world), await make_campaign(world)
        _, token = await make_person(world, Role.UNIT_OFFICE, unit=unit)
        await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)
        (file,) = await world.all(select(EvidenceFile))
        said = metadata(filename="学习记录.txt", file_id=file.id)
        wanted = TUS | {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": said}
        await place.start()
        async with place.client(token) as client:
            url = (await client.post(UPLOADS, headers=wanted)).headers["location"]

            sending = asyncio.create_task(send(client, url, 0))
            while not any("sihao.evidence.guard" in one for one in place.children()):
                assert not sending.done(), "it was examined before anybody looked"
                await asyncio.sleep(0)
            place.kill()
            with suppress(httpx.TransportError):
                await sending

        before = await world.all(select(EvidenceFile))
        assert [one.received_at for one in before] == [None]
        assert await world.all(select(Blob)) == []

        await place.start()
        async with place.client(token) as client:
            known = int((await client.head(url, headers=TUS)).headers["upload-offset"])
            done = await send(client, url, known)

        assert done.status_code == 204, done.text
        after = await world.all(select(EvidenceFile))
        assert [one.sha256 for one in after] == [sha256(CONTENT).hexdigest()]
        assert len(await world.all(select(Blob))) == 1
        told = [one.name for one in await world.all(select(Event))]
        assert told.count("evidence.receive") == 1, told


async def send(client, url, start):
    headers = STREAM | {"Upload-Offset": str(start)}
    return await client.patch(url, content=CONTENT[start:], headers=headers, timeout=60)
