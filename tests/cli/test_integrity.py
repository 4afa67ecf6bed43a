"""`sihao fsck` and `sihao scrub` find every damaged file, and say whose it is."""

import asyncio
import os
import time
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from sihao.cli import cli
from sihao.core import db, stores
from sihao.core.settings import settings
from sihao.core.stores.local import LocalStore
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.process import place_of_its_own

SOUND, WRONG = b"sound", "会议纪要".encode()


@pytest.fixture
async def kept(monkeypatch):
    """An installation with two files in its store; commands run on it."""
    async with place_of_its_own() as place:
        for name in ("SIHAO_DATABASE_URL", "SIHAO_DATA_DIR"):
            monkeypatch.setenv(name, place.environment[name])
        clear()
        unit = await make_unit(place.world)
        campaign = await make_campaign(place.world)
        await make_evidence(place.world, unit, campaign, content=SOUND)
        await make_evidence(place.world, unit, campaign, content=WRONG, title="民主生活会")
        yield LocalStore(settings().blob_dir), unit
    monkeypatch.undo()
    clear()


def clear():
    settings.cache_clear()
    stores.store.cache_clear()
    db.engine.cache_clear()


async def run(*arguments):
    return await asyncio.to_thread(CliRunner().invoke, cli, arguments)


def at(store, content):
    return store.address(sha256(content).hexdigest())


@pytest.mark.parametrize("command", ["fsck", "scrub"])
async def test_a_sound_store_is_sound(kept, command):
    told = await run(command)

    assert (told.exit_code, told.output) == (0, "✓ 2 files are there and right\n")


@pytest.mark.parametrize("command", ["fsck", "scrub"])
async def test_a_missing_file_is_found_and_whose_it_is(kept, command):
    store, unit = kept
    at(store, WRONG).unlink()

    told = await run(command)

    assert told.exit_code == 1
    assert "is missing" in told.output
    assert f"{unit.name}: 民主生活会 / 党组会议纪要.txt" in told.output
    assert "1 of 2 files are damaged" in told.output


async def test_a_file_of_another_size_is_found(kept):
    store, _ = kept
    at(store, WRONG).write_bytes(b"short")

    told = await run("fsck")

    assert (told.exit_code, "has 5 bytes" in told.output) == (1, True)


async def test_one_changed_byte_is_found_by_reading_all_of_them(kept):
    store, _ = kept
    at(store, WRONG).write_bytes(WRONG[:-1] + b"?")

    assert (await run("fsck")).exit_code == 0
    assert (await run("scrub", "--rate", "1")).exit_code == 1


async def test_nobodys_files_are_waste_and_no_damage(kept):
    store, _ = kept
    stray = at(store, b"nobody's")
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"nobody's")
    old = time.time() - 3 * 86_400
    os.utime(stray, (old, old))

    told = await run("fsck")

    assert told.exit_code == 0
    assert "1 files in the store are nobody's" in told.output


async def test_without_a_database_nothing_is_claimed(kept, monkeypatch):
    monkeypatch.setenv("SIHAO_DATABASE_URL", "postgresql+asyncpg://nobody@127.0.0.1:9/nothing")
    clear()

    assert (await run("fsck")).exit_code == 2
