"""What a server that only knows `sihao.main:app` writes to standard error."""

import json
import subprocess
import sys

FAILS = """
import asyncio, httpx
from sihao.main import app

@app.get("/fails")
async def fails():
    secret = "a value nobody should read"
    raise RuntimeError("broken")

async def ask():
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        print((await client.get("/fails")).status_code)

asyncio.run(ask())
"""


def test_an_unexpected_error_is_one_line_without_the_values_of_variables():
    done = subprocess.run([sys.executable, "-c", FAILS], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "500"
    lines = [json.loads(line) for line in done.stderr.strip().splitlines()]
    [said] = [line for line in lines if line["event"] == "unexpected"]
    assert said["level"] == "error"
    assert "RuntimeError: broken" in said["exception"]
    assert "nobody should read" not in done.stderr
