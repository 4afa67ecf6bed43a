"""What looks into a sent file has nothing of ours around it, and does not outlive its block."""

import asyncio
import os

from sihao.core.sandbox import running


async def test_no_secret_of_ours_is_in_its_environment(monkeypatch):
    monkeypatch.setenv("SIHAO_SIGNING_KEY", "not-for-parsers")
    names = "import os; print(*os.environ)"
    async with running("timeit", "-n1", "-r1", names) as process:
        told, _ = await process.communicate()
    assert process.returncode == 0
    assert b"PYTHONUTF8" in told
    assert b"SIHAO" not in told


async def test_it_is_killed_when_nobody_waits_for_it_any_more():
    async with running("timeit", "-n1", "-r1", "import time; time.sleep(60)") as process:
        await asyncio.sleep(0)
    assert process.returncode is not None
    assert process.returncode != 0 or os.name != "posix"
