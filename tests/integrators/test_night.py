"""An office system's own script does its night: all arrives, and again it changes nothing."""

import ast
import asyncio
import csv
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from sihao.accounts.models import Person, RoleGrant
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceManifest
from sihao.ledgers.models import LedgerEntry

NIGHT = Path(__file__).with_name("night.py")
HEAD = "台账,外部编号,名称,日期,学习专题,应到人数,实到人数"
MINUTES = "党组会议纪要\n".encode() * 20_000
SHEET = "学习签到表\n".encode()
KEPT = (Person, RoleGrant, LedgerEntry, Evidence, EvidenceFile, EvidenceManifest)


async def run(city, folder: Path) -> dict:
    """Run the script as the office system would; give what it tells."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(NIGHT), str(folder),
        cwd=folder, env=city.environment(), stdout=pipe, stderr=pipe,
    )  # fmt: skip
    try:
        async with asyncio.timeout(180):
            said, wrong = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, (said.decode(), wrong.decode()[-2000:])
    return json.loads(said)


def bring(city, folder: Path) -> None:
    group = f"unit.office@{city.unit.code}"
    people = [f"wangfang,王芳,yes,{group}", f"lilei,李雷,yes,{group}", f"zhao,赵一,no,{group}"]
    (folder / "people.csv").write_text("\n".join(["login,name,active,group", *people]))
    rows = [f"T5,OA-{n},第{n}次学习,2026-0{n}-02,学习党章,7,{n}" for n in (1, 2, 3)]
    (folder / "ledgers.csv").write_text("\n".join([HEAD, *rows]))
    for name, content in (("A1/纪要.txt", MINUTES), ("A2/签到.txt", SHEET)):
        file = folder / "evidence" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


async def everything(world) -> dict:
    return {
        table.__tablename__: sorted(one.model_dump_json() for one in await world.all(select(table)))
        for table in KEPT
    }


async def test_the_script_knows_nothing_of_the_product():
    tree = ast.parse(NIGHT.read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
        )
    }

    assert imported - sys.stdlib_module_names == {"httpx"}


async def test_a_nights_exchange_arrives_and_a_second_night_changes_nothing(city, folder):
    world = city.place.world
    bring(city, folder)

    first = await run(city, folder)
    after = await everything(world)
    again = await run(city, folder)

    assert first == {
        "people": 4,
        "ledgers": {"state": "done", "created": 3, "updated": 0, "unchanged": 0, "refused": 0},
        "files": 2,
    }
    assert again == {
        "people": 0,
        "ledgers": {"state": "done", "created": 0, "updated": 0, "unchanged": 3, "refused": 0},
        "files": 0,
    }
    assert await everything(world) == after
    await check_people(world)
    await check_rows_and_files(world)
    check_what_was_brought_back(city, folder)


async def check_people(world) -> None:
    people = {one.name: one for one in await world.all(select(Person))}
    offices = await world.all(select(RoleGrant).where(RoleGrant.role == "unit.office"))
    assert {people[one].display_name for one in ("wangfang", "lilei", "zhao")} == {
        "王芳",
        "李雷",
        "赵一",
    }
    assert people["zhao"].disabled_at is not None
    assert {one.person_id for one in offices} == {people["wangfang"].id, people["lilei"].id}


async def check_rows_and_files(world) -> None:
    rows = await world.all(select(LedgerEntry).order_by(LedgerEntry.external_code))
    assert [(one.external_code, one.happened_on, one.details["attended"]) for one in rows] == [
        (f"OA-{n}", date(2026, n, 2), n) for n in (1, 2, 3)
    ]
    files = await world.all(select(EvidenceFile))
    assert {one.size for one in files} == {len(MINUTES), len(SHEET)}
    assert all(one.received_at is not None for one in files)


def check_what_was_brought_back(city, folder: Path) -> None:
    todos = json.loads((folder / "todos.json").read_text())
    assert {one["title"].split()[0] for one in todos["wangfang"]} == {
        "起草年度计划",
        "起草自查报告",
    }
    assert todos["zhao"] == []
    with (folder / "results.csv").open(encoding="utf-8", newline="") as file:
        [result] = csv.DictReader(file)
    assert (result["unit"], result["total"], result["grade"]) == ("市教育局", "91.5000", "好")


async def test_a_changed_row_and_a_new_file_are_all_that_the_next_night_brings(city, folder):
    bring(city, folder)
    await run(city, folder)
    ledgers = folder / "ledgers.csv"
    ledgers.write_text(ledgers.read_text().replace("学习党章,7,3", "学习条例,7,3"))
    (folder / "evidence/A1/补充.txt").write_text("补充说明")

    later = await run(city, folder)

    assert later["people"] == 0
    assert (later["ledgers"]["updated"], later["ledgers"]["unchanged"], later["files"]) == (1, 2, 1)


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path
