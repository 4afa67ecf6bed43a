"""Every hostile file, one after the other: refused with its own problem or kept inert."""

import asyncio
from pathlib import Path

from sihao.core.errors import Problem
from sihao.evidence.guard.examine import examine
from tests.evidence.guard.corpus import corpus
from tests.evidence.guard.hostile import INERT, Case

_FLAT = 32
"""MiB that this process may grow by while it has all of them examined."""


async def test_hostile_files_are_refused_with_their_own_problem_or_kept_inert(tmp_path):
    hostile = list(corpus())
    assert len(hostile) >= 150
    assert len({one.expected for one in hostile}) >= 20
    await outcome(hostile[0], tmp_path)
    before = resident()

    outcomes = dict(zip(hostile, await all_of(hostile, tmp_path), strict=True))

    wrong = {
        f"{one.what} ({one.file_name})": f"{found} instead of {one.expected}"
        for one, found in outcomes.items()
        if found != one.expected
    }
    assert wrong == {}
    assert resident() - before < _FLAT
    assert list(tmp_path.iterdir()) == []


async def all_of(cases: list[Case], folder: Path) -> list[str]:
    one_more = asyncio.Semaphore(2)

    async def take(case: Case) -> str:
        async with one_more:
            return await outcome(case, folder)

    return await asyncio.gather(*(take(case) for case in cases))


async def outcome(case: Case, folder: Path) -> str:
    path = folder / f"{id(case)}"
    await asyncio.to_thread(lambda: path.write_bytes(case.make()))
    try:
        await examine(path, case.file_name)
    except Problem as problem:
        return problem.code
    finally:
        path.unlink()
    return INERT


def resident() -> int:
    """MiB of memory that this process holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024
