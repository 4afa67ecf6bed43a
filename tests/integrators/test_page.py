"""docs/integration.md cannot lie: all its blocks are run, as a reader would, in their order."""

import asyncio
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGE = (ROOT / "docs/integration.md").read_text()
PART = re.compile(
    r"^#+ (?P<head>[^\n]+)$|^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
MARK = "@@ done"
SECONDS = 180
CHAPTERS = [
    "Tokens 令牌",
    "Conventions 约定",
    "People 人员",
    "Ledgers in bulk 台账批量",
    "Evidence 佐证材料",
    "To-dos 待办",
    "Results 结果",
    "Events 事件",
    "Webhooks 推送",
    "Documents 公文",
    "Calendars 日历",
    "Sign-in 登录",
]


@dataclass(frozen=True)
class Block:
    language: str
    number: int
    head: str
    code: str


def blocks() -> list[Block]:
    found, head = [], ""
    for part in PART.finditer(PAGE):
        head = part["head"] or head
        if part["language"]:
            found.append(Block(part["language"], len(found), head, part["code"]))
    return found


BLOCKS = blocks()


def program(language: str, tell: str) -> str:
    own = [one for one in BLOCKS if one.language == language]
    return "\n".join(f"{one.code}\n{tell.format(f'{MARK} {one.number}')}" for one in own)


async def run(city, folder: Path, *command: str) -> str:
    """Run a program of the page to its end; give all that it said."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=city.environment(),
        stdout=pipe,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return f"{said.decode()}\nexit {process.returncode}"


async def send_when_heard(city) -> None:
    """Have the product send a delivery once the receiver of the page listens."""
    token, url = city.webhook_tests
    while True:
        try:
            _, writer = await asyncio.open_connection(
                "127.0.0.1", int(city.variables["WEBHOOK_PORT"])
            )
        except OSError:
            await asyncio.sleep(0.2)
        else:
            writer.close()
            break
    async with city.place.client(token) as client:
        sent = await client.post(url, json={})
        assert sent.status_code == 202, sent.text


async def test_every_block_of_the_page_does_what_it_says(city, tmp_path):
    script, python = tmp_path / "page.sh", tmp_path / "page.py"
    script.write_text("set -euo pipefail\n" + program("bash", "echo '{}'"))
    python.write_text(program("python", "print('{}', flush=True)"))

    said = {"bash": await run(city, tmp_path, "bash", str(script))}
    sending = asyncio.create_task(send_when_heard(city))
    said["python"] = await run(city, tmp_path, sys.executable, str(python))
    sending.cancel()

    failed = [one for one in BLOCKS if f"{MARK} {one.number}\n" not in said[one.language]]
    told = "\n\n".join(said[one.language][-3000:] for one in failed[:1])
    assert not failed, f"{failed[0].head}, {failed[0].language}:\n{failed[0].code}\n{told}"


def test_each_chapter_is_told_for_curl_and_for_python():
    told = {head: {one.language for one in BLOCKS if one.head == head} for head in CHAPTERS}

    assert all(languages == {"bash", "python"} for languages in told.values()), told


def test_the_page_names_every_variable_that_its_blocks_expect(city):
    table = PAGE[: PAGE.index("## Tokens")]
    assert set(re.findall(r"`([A-Z]+_[A-Z]+)`", table)) == set(city.variables)
