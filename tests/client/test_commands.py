"""The command line's client as a script runs it: a process of its own against a served product."""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from sihao.accounts.models import ServiceAccount
from sihao.accounts.passwords import hash_now
from sihao.core.context import Role
from sihao.core.rates import RateCount
from sihao.evidence.models import EvidenceFile, Upload
from sihao.ledgers.models import LedgerEntry
from tests.conftest import ROOT
from tests.factories import PASSWORD, STAMPS, make_committee, make_person, make_unit
from tests.factories_campaigns import make_campaign, make_standard
from tests.process import place_of_its_own

HEAD = "台账,外部编号,名称,日期,学习专题,应到人数,实到人数"
SECRET = "the-secret-of-a-night"
MIB = 1024 * 1024


class Served:
    """A served city of one unit with a service account, and the client to run against it."""

    def __init__(self, place, unit, campaign, home: Path) -> None:
        self.place, self.unit, self.campaign, self.home = place, unit, campaign, home
        self.account = {
            "SIHAO_URL": place.url,
            "SIHAO_CLIENT_ID": "nightly",
            "SIHAO_CLIENT_SECRET": SECRET,
        }

    def start(self, *arguments: object, **environment: str) -> subprocess.Popen:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SIHAO_")}
        kept |= {"XDG_CONFIG_HOME": str(self.home), "PYTHONPATH": str(ROOT / "backend")}
        kept |= {"LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, "-m", "sihao", *map(str, arguments)],
            cwd=self.home,
            env={**kept, **environment},
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )

    def run(self, *arguments: object, typed: str = "", **environment: str):
        process = self.start(*arguments, **(environment or self.account))
        out, err = process.communicate(typed, timeout=120)
        return process.returncode, out, err

    @contextmanager
    def worker(self):
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", "sihao", "worker"]
        environment = self.place.environment
        process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
        try:
            yield
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
async def served(tmp_path_factory):
    async with place_of_its_own() as place:
        world = place.world
        await make_committee(world)
        unit = await make_unit(world)
        campaign = await make_campaign(world, standard=await make_standard(world))
        await world.add(
            ServiceAccount(
                name="OA",
                client_id="nightly",
                secret_hash=hash_now(SECRET),
                scopes=["import", "ledger:write", "evidence:write"],
                unit_id=unit.id,
                **STAMPS,
            )
        )
        await place.start()
        made = Served(place, unit, campaign, tmp_path_factory.mktemp("home"))
        with made.worker():
            yield made


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def rows(*numbers: int, wrong: bool = False) -> str:
    lines = [f"T5,OA-{n},学习{n},2026-03-02,学习党章,7,6" for n in numbers]
    if wrong:
        lines.append("T5,OA-X,学习,不是日期,学习党章,7,6")
    return "\n".join([HEAD, *lines])


async def test_a_file_is_imported_and_its_mistakes_come_back_marked(served, folder):
    file, marked = folder / "台账.csv", folder / "marked.xlsx"
    file.write_text(rows(1, 2, wrong=True))

    looked = served.run("import", "ledger-entries", file, "--dry-run", "--json")
    kept = served.run("import", "ledger-entries", file, "--mode", "partial", "--errors-out", marked)

    assert looked[0] == 1, looked
    assert json.loads(looked[1])["refused"] == 1
    assert kept[0] == 1, kept
    assert "新增 2" in kept[1]
    assert "行 4" in kept[1]
    assert marked.read_bytes().startswith(b"PK")
    found = select(LedgerEntry.external_code).order_by(LedgerEntry.external_code)
    assert await served.place.world.all(found) == ["OA-1", "OA-2"]


async def test_an_export_is_importable_again_unchanged(served, folder):
    file, out = folder / "a.csv", folder / "out.xlsx"
    file.write_text(rows(11, 12))
    assert served.run("import", "ledger-entries", file)[0] == 0

    made = served.run("export", "ledger-entries", "-o", out, "--campaign", "2026", "--json")
    again = served.run("import", "ledger-entries", out, "--json")

    assert made[0] == 0, made
    assert again[0] == 0, again
    told = json.loads(again[1])
    assert (told["created"], told["updated"]) == (0, 0)
    assert told["unchanged"] == json.loads(made[1])["rows"] >= 2
    assert list(folder.glob(".*.part")) == []


async def test_a_folder_is_promised_and_sent_and_the_same_again_sends_nothing(served, folder):
    (folder / "A1 班子会议").mkdir()
    (folder / "A1 班子会议" / "纪要.txt").write_text("会议纪要，甲")
    (folder / "活动.txt").write_text("活动照片说明，乙")
    (folder / "坏.txt").write_bytes(b"MZ\x90\x00" + bytes(200))
    index = folder / "索引.csv"
    index.write_text("路径,标题,条目\n活动.txt,主题活动,B12\n不在.txt,无,A1\n")
    asked = ("upload", folder, "--index", index, "--json")

    plan = served.run(*asked, "--dry-run")
    unconfirmed = served.run(*asked)
    first = served.run(*asked, "--not-secret")
    second = served.run(*asked, "--not-secret")

    told = json.loads(plan[1])
    assert (plan[0], told["files"], told["missing"]) == (1, 3, ["不在.txt"])
    assert told["without_codes"] == ["坏.txt"]
    assert unconfirmed[0] == 2
    assert "国家秘密" in unconfirmed[2]
    told = json.loads(first[1])
    assert (first[0], told["sent"]) == (1, 2), first
    assert [one["path"] for one in told["refused"]] == ["坏.txt"]
    assert told["manifest"]["received"] == 2
    again = json.loads(second[1])
    assert (again["sent"], again["manifest"]["number"]) == (0, told["manifest"]["number"])


async def test_a_killed_upload_goes_on_where_it_was(served, folder):
    noise = random.Random(4)
    size = 48 * MIB
    big = folder / "A1" / "录音.txt"
    big.parent.mkdir()
    big.write_bytes(("学习记录" * 100).encode() + noise.randbytes(size).hex().encode())
    asked = ("upload", folder, "--not-secret", "--piece", 1, "--json")
    world = served.place.world

    killed = served.start(*asked, **served.account)
    offset = 0
    while offset < 4 * MIB:
        assert killed.poll() is None, killed.communicate()
        [offset] = await world.all(
            select(func.coalesce(func.max(Upload.offset_bytes), 0)).where(
                Upload.finished_at.is_(None)
            )
        )
        await asyncio.sleep(0.02)
    killed.kill()
    killed.communicate()
    code, out, err = served.run(*asked)

    assert code == 0, (out, err)
    told = json.loads(out)
    assert (told["sent"], told["manifest"]["received"]) == (1, 1)
    uploads = select(func.count()).select_from(Upload).where(Upload.length == big.stat().st_size)
    assert await world.all(uploads) == [1]
    received = select(EvidenceFile.size).where(EvidenceFile.received_at.is_not(None))
    assert big.stat().st_size in await world.all(received)


async def test_a_full_minute_is_waited_for(served, folder):
    file = folder / "a.csv"
    file.write_text(rows(31))
    [account] = await served.place.world.all(select(ServiceAccount.id))
    began_at = datetime.now(UTC) - timedelta(seconds=50)
    full = RateCount(key=f"rate_jobs:{account}", began_at=began_at, used=10_000)
    ctx = await served.place.world.ctx()
    await ctx.db.merge(full)
    await ctx.db.commit()
    await ctx.db.close()
    began = time.monotonic()

    code, _, err = served.run("import", "ledger-entries", file, "--dry-run")

    assert code == 0, err
    assert time.monotonic() - began > 3


async def test_wrong_credentials_and_a_silent_place_are_told_apart(served, folder):
    file = folder / "a.csv"
    file.write_text(rows(1))
    wrong = {**served.account, "SIHAO_CLIENT_SECRET": "guessed"}

    refused = served.run("import", "ledger-entries", file, **wrong)
    english = served.run("import", "ledger-entries", file, "--lang", "en", **wrong)
    nowhere = served.run("login", "http://127.0.0.1:9", "--name", "x", typed="y\n", LANG="zh_CN")

    assert refused[0] == 2
    assert "服务账号或密钥不对" in refused[2]
    assert "Unknown client" in english[2]
    assert nowhere[0] == 2
    assert "连接不上" in nowhere[2]


async def test_somebody_logs_in_once_and_an_ended_token_is_renewed(served, folder):
    person, _ = await make_person(served.place.world, Role.UNIT_OFFICE, unit=served.unit)
    file = folder / "a.csv"
    file.write_text(rows(21))
    path = served.home / "sihao" / "credentials.json"

    asked = ("login", served.place.url, "--name", person.name)
    code, _, err = served.run(*asked, typed=f"{PASSWORD}\n", LANG="zh_CN")
    assert code == 0, err
    assert path.stat().st_mode & 0o777 == 0o600
    before = json.loads(path.read_text())
    path.write_text(json.dumps({**before, "token": "spoilt", "expires_at": time.time() + 900}))
    code, _, err = served.run("import", "ledger-entries", file, "--dry-run", LANG="zh_CN")

    assert code == 0, err
    after = json.loads(path.read_text())
    assert after["refresh_token"] != before["refresh_token"]
    path.chmod(0o644)
    code, _, err = served.run("import", "ledger-entries", file, LANG="zh_CN")
    assert (code, "chmod 600" in err) == (2, True)
