"""A disk that is full: said in a sentence, nothing lost, and all goes on once there is room."""

import asyncio
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from sihao.core.context import Role
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import EvidenceFile
from tests.evidence.uploading import STREAM, TUS, metadata
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.factories_ledgers import make_entry
from tests.process import place_of_its_own

API = "/api/v1"
MIB = 1024 * 1024
DISK = 24 * MIB
CONTENT = "党组中心组学习记录，第三季度。\n".encode() * 200_000
"""9 MB."""
HEAD = "台账,外部编号,名称,日期,学习专题,应到人数,实到人数"
ROWS = "\n".join([HEAD, *(f"T5,OA-{n},学习{n},2026-03-02,学习党章,7,6" for n in range(20_000))])


class Disk:
    """A small disk that only the product's processes see, and this test through one of them."""

    def __init__(self, where) -> None:
        if not (shutil.which("unshare") and shutil.which("nsenter")):
            pytest.skip("only Linux gives a process mounts of its own")
        where.mkdir(parents=True)
        command = f"mount -t tmpfs -o size={DISK} none {where} && echo ready && exec sleep 600"
        apart = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
        self._holder = subprocess.Popen([*apart, "sh", "-c", command], stdout=subprocess.PIPE)
        if self._holder.stdout.readline() != b"ready\n":
            self.remove()
            pytest.skip("this machine lets nobody mount a disk of his own")
        pid = str(self._holder.pid)
        user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        self.inside = ["nsenter", "--target", pid, *user, "--mount"]
        self._ballast = Path(f"/proc/{pid}/root{where}/ballast")

    def fill(self, left: int) -> None:
        """Leave so many bytes free."""
        folder = os.statvfs(self._ballast.parent)
        free = folder.f_bavail * folder.f_frsize
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free - left)

    def free(self) -> None:
        self._ballast.unlink()

    def remove(self) -> None:
        self._holder.kill()
        self._holder.wait()
        self._holder.stdout.close()


@pytest.fixture
async def place():
    async with place_of_its_own() as place:
        disk = Disk(place.files)
        try:
            place.disk, place.inside = disk, disk.inside
            world = place.world
            unit, place.campaign = await make_unit(world), await make_campaign(world)
            _, place.token = await make_person(world, Role.UNIT_OFFICE, unit=unit)
            place.unit = unit
            await place.start()
            yield place
        finally:
            place.kill()
            disk.remove()


async def test_an_upload_goes_on_once_there_is_room(place):
    world = place.world
    state = EvidenceState.PROMISED
    evidence = await make_evidence(world, place.unit, place.campaign, state=state)
    (file,) = await world.all(select(EvidenceFile))
    said = metadata(filename="学习记录.txt", file_id=file.id)
    wanted = TUS | {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": said}
    async with place.client(place.token) as client:
        begun = await client.post(f"{API}/uploads", headers=wanted)
        url = begun.headers["location"]
        place.disk.fill(left=6 * MIB)
        refused = await client.patch(url, content=CONTENT, headers=STREAM | {"Upload-Offset": "0"})
        known = int((await client.head(url, headers=TUS)).headers["upload-offset"])
        place.disk.free()
        at = STREAM | {"Upload-Offset": str(known)}
        done = await client.patch(url, content=CONTENT[known:], headers=at, timeout=60)
        ticket = (await client.post(f"{API}/evidence/{evidence.id}/ticket")).json()
        stored = await client.get(ticket["url"])

    assert_full(refused)
    assert 4 * MIB <= known <= 6 * MIB
    assert done.status_code == 204, done.text
    assert sha256(stored.content).digest() == sha256(CONTENT).digest()


async def test_a_file_that_finds_no_room_leaves_nothing_behind(place):
    state = EvidenceState.PROMISED
    evidence = await make_evidence(place.world, place.unit, place.campaign, state=state)
    path, head = f"{API}/evidence/{evidence.id}/content", {"If-Match": '"1"'}
    async with place.client(place.token) as client:
        place.disk.fill(left=2 * MIB)
        refused = await client.put(path, content=CONTENT, headers=head)
        place.disk.free()
        again = await client.put(path, content=CONTENT, headers=head, timeout=60)

    assert_full(refused)
    assert again.status_code == 200, again.text


async def test_an_import_that_finds_no_room_says_so_and_can_be_sent_again(place):
    async with place.client(place.token) as client:
        first = await send(place, client)
        place.disk.fill(left=100_000)
        with place.worker():
            failed = await outcome(client, f"{API}/imports/{first['id']}", {"checking", "received"})
            place.disk.free()
            second = await send(place, client)
            done = await outcome(client, f"{API}/imports/{second['id']}", {"checking", "received"})

    assert failed["state"] == "failed"
    assert [one["code"] for one in failed["causes"]] == ["storage.full"]
    assert "存储空间已满" in failed["causes"][0]["hint"]
    assert (done["state"], done["created"]) == ("done", 20_000)


async def test_an_export_that_finds_no_room_says_so_and_can_be_asked_again(place):
    for n in range(300):
        await make_entry(place.world, place.unit, place.campaign, title=f"学习{n}" + "。" * 180)
    asked = {"kind": "ledger-entries", "format": "csv", "filters": {}}
    async with place.client(place.token) as client:
        first = await client.post(f"{API}/exports", json=asked, headers=key())
        assert first.status_code == 202, first.text
        place.disk.fill(left=100_000)
        with place.worker():
            busy = {"waiting", "running"}
            failed = await outcome(client, f"{API}/exports/{first.json()['id']}", busy)
            place.disk.free()
            second = await client.post(f"{API}/exports", json=asked, headers=key())
            done = await outcome(client, f"{API}/exports/{second.json()['id']}", busy)

    assert failed["state"] == "failed"
    assert "存储空间已满" in failed["left_out"][0]
    assert (done["state"], done["rows"]) == ("done", 300)


def assert_full(answer) -> None:
    assert (answer.status_code, answer.json()["code"]) == (507, "storage.full")
    assert answer.json()["detail"] == "存储空间已满，请联系系统管理员。"


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


async def send(place, client) -> dict:
    asked = {"kind": "ledger-entries", "campaign_id": str(place.campaign.id)}
    headers = {"Content-Type": "text/csv", **key()}
    answer = await client.post(
        f"{API}/imports", params=asked, content=ROWS.encode(), headers=headers
    )
    assert answer.status_code == 202, answer.text
    return answer.json()


async def outcome(client, url, busy) -> dict:
    async with asyncio.timeout(90):
        while (told := (await client.get(url)).json())["state"] in busy:
            await asyncio.sleep(0.05)
    return told
