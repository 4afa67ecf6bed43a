import re
from uuid import uuid4

import httpx
import pytest

from sihao.core import settings

URL = "/metrics"
TOKEN = "a-token-of-the-monitor"


def come_from(app, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://sihao.test")


async def figure(client, line: str) -> float:
    shown = (await client.get(URL)).text
    found = re.search(rf"^{re.escape(line)} (\S+)$", shown, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_answers_are_counted_by_template_and_status(client, as_):
    officer = await as_.officer()
    route = 'method="GET",route="/plans/{id}"'
    counted = f'sihao_requests_total{{{route},status="404"}}'
    timed = f"sihao_request_seconds_count{{{route}}}"
    before = await figure(client, counted), await figure(client, timed)

    for _ in range(2):
        await officer.get(f"/api/v1/plans/{uuid4()}")

    assert await figure(client, counted) == before[0] + 2
    assert await figure(client, timed) == before[1] + 2


async def test_what_no_route_serves_is_one_group(client):
    line = 'sihao_requests_total{method="other",route="other",status="404"}'
    before = await figure(client, line)

    await client.request("BREW", f"/{uuid4()}")

    shown = (await client.get(URL)).text
    assert await figure(client, line) == before + 1
    assert "BREW" not in shown


async def test_it_is_for_this_machine_or_with_the_token(app, monkeypatch):
    here, there = come_from(app, "127.0.0.1"), come_from(app, "192.0.2.1")
    assert (await here.get(URL)).status_code == 200
    refused = await there.get(URL, headers={"Authorization": "Bearer "})
    assert (refused.status_code, refused.json()["code"]) == (403, "metrics.closed")

    monkeypatch.setenv("SIHAO_METRICS_TOKEN", TOKEN)
    settings.settings.cache_clear()
    try:
        good = await there.get(URL, headers={"Authorization": f"Bearer {TOKEN}"})
        bad = await there.get(URL, headers={"Authorization": "Bearer another"})
    finally:
        monkeypatch.delenv("SIHAO_METRICS_TOKEN")
        settings.settings.cache_clear()
    assert (good.status_code, bad.status_code) == (200, 403)


@pytest.mark.parametrize("state", ["waiting", "running", "held"])
async def test_every_state_of_jobs_has_a_figure(client, state):
    assert f'sihao_jobs{{state="{state}"}}' in (await client.get(URL)).text
