"""An API process stays small: what it takes when it has started, and what it has no need of."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the memory")
MOST_MIB = 150
"""Beside it stands what uploads may add, whatever their size: `python -m bench.uploads`."""
LATER = {
    "docx": "documents are made by jobs",
    "httpx": "what goes out is sent by jobs",
    "icalendar": "calendars are written now and then",
    "pypdfium2": "files are read by processes of their own",
    "python_calamine": "workbooks are read by processes of their own",
    "rensa": "texts are compared by jobs",
    "scim2_server": "directories speak to few processes",
    "typst": "documents are made by jobs",
    "xlsxwriter": "lists are written by jobs",
    "yaml": "rules are read and written a few times a year",
}
"""Megabytes each, and why an API process comes without them."""
TOLD = """
import json, re, sys
import sihao.main
status = open("/proc/self/status").read()
print(json.dumps([int(re.search(r"VmRSS:\\s+(\\d+)", status)[1]) // 1024, sorted(sys.modules)]))
"""


@pytest.fixture(scope="module")
def started() -> tuple[int, set[str]]:
    """Load the API in a process of its own; give the MiB that it takes and its modules."""
    made = subprocess.run(
        [sys.executable, "-c", TOLD],
        cwd=ROOT,
        env={**os.environ, "SIHAO_DATABASE_URL": "postgresql+asyncpg://nobody@localhost/none"},
        capture_output=True,
        check=True,
    )
    taken, modules = json.loads(made.stdout)
    return taken, set(modules)


def test_an_api_process_starts_within_its_bound(started):
    assert started[0] <= MOST_MIB


def test_an_api_process_starts_without_what_others_need(started):
    assert started[1] & LATER.keys() == set()
