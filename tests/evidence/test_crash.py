"""kill -9 in the middle of an upload leaves nothing half, and the file can be handed in again."""

import asyncio
import socket
from hashlib import sha256

from sqlmodel import select

from sihao.core.context import Role
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Blob, Evidence
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.process import place_of_its_own

CONTENT = "党组会议纪要\n".encode() * 300_000


async def test_a_server_killed_in_the_middle_of_an_upload():
    async with place_of_its_own() as place:
        world = place.world
        unit, campaign = await make_unit(world), await make_campaign(world)
        _, token = await make_person(world, Role.UNIT_OFFICE, unit=unit)
        evidence = await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)
        await place.start()
        path = f"/api/v1/evidence/{evidence.id}/content"

        await send_half(place, path, token)
        place.kill()

        states = [row.state for row in await world.all(select(Evidence))]
        assert states == [EvidenceState.PROMISED]
        assert await world.all(select(Blob)) == []
        assert stored(place) == []

        await place.start()
        async with place.client(token) as client:
            again = await client.put(path, content=CONTENT, headers={"If-Match": '"1"'})
            ticket = (await client.post(f"/api/v1/evidence/{evidence.id}/ticket")).json()
            file = await client.get(ticket["url"])

        assert again.status_code == 200, again.text
        assert file.content == CONTENT
        assert stored(place) == [sha256(CONTENT).hexdigest()]


async def send_half(place, path, token):
    """Send half of the body and come back once the server has written some of it."""
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        f'If-Match: "1"\r\nContent-Length: {len(CONTENT)}\r\n\r\n'
    )
    connection = socket.create_connection(("127.0.0.1", place.port))
    with connection:
        await asyncio.to_thread(connection.sendall, head.encode() + CONTENT[: len(CONTENT) // 2])
        incoming = place.files / "incoming"
        while not any(file.stat().st_size for file in incoming.glob("*")):
            await asyncio.sleep(0.05)


def stored(place):
    folders = (place.files / "blobs").glob("??")
    return [file.name for folder in folders for file in folder.iterdir()]
