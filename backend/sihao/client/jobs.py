"""Wait for a job of the server, with a bar where somebody looks; and find the year meant."""

import time
from collections.abc import Collection
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sihao.client.connection import Connection
from sihao.client.saying import CouldNot

SHORTEST, LONGEST = 0.2, 3.0
_YEAR = 4
_OVER = frozenset({"closed", "drafted"})


def bars(*, shown: bool) -> Progress:
    """Make progress bars on standard error."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not shown,
        transient=True,
    )


def wait_for(
    connection: Connection, path: str, running: Collection[str], title: str, *, shown: bool
) -> dict[str, Any]:
    """Look again and again, more and more rarely, until the job is in another state."""
    pause = SHORTEST
    with bars(shown=shown) as progress:
        bar = progress.add_task(title, total=None)
        while (job := connection.get(path))["state"] in running:
            done = (job.get("progress") or {}).get("done", 0)
            progress.update(bar, completed=done, total=job.get("total") or None)
            time.sleep(pause)
            pause = min(pause * 1.3, LONGEST)
    return job


def find_campaign(connection: Connection, wanted: str | None) -> str:
    """Give the id of the campaign: named by id or year, else the one that is going on."""
    if wanted and not (wanted.isdigit() and len(wanted) == _YEAR):
        return wanted
    found = connection.pages("/campaigns", year=wanted)
    if not wanted:
        found = [one for one in found if one["state"] not in _OVER]
    if len(found) == 1:
        return str(found[0]["id"])
    if wanted and not found:
        raise CouldNot(f"没有 {wanted} 年度。", f"There is no campaign of {wanted}.")
    raise CouldNot(
        "请用 --campaign 指明年度，如 --campaign 2026。",
        "Name the year: --campaign 2026.",
    )
