"""The built pages as a browser gets them."""

import gzip

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from sihao.spa import Pages


@pytest.fixture
async def get(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>四好</title>", encoding="utf-8")
    (tmp_path / "assets" / "index-1a2b.js").write_text("alert(1)")
    (tmp_path / "assets" / "index-1a2b.js.gz").write_bytes(gzip.compress(b"alert(1)"))
    app = Starlette(routes=[Mount("/", Pages(tmp_path))])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client.get


@pytest.mark.parametrize("path", ["/", "/u/plan", "/c/inspections/17"])
async def test_every_address_of_the_spa_gets_the_start_page(get, path):
    answer = await get(path)
    assert "四好" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


async def test_the_policy_allows_nothing_inline_and_no_other_host(get):
    policy = (await get("/u/plan")).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "script-src 'self';" in policy


async def test_hashed_files_are_kept_forever_and_sent_packed(get):
    answer = await get("/assets/index-1a2b.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"].endswith("immutable")
    assert answer.text == "alert(1)"


async def test_a_client_without_gzip_gets_the_plain_file(get):
    answer = await get("/assets/index-1a2b.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.text == "alert(1)"


async def test_what_the_browser_has_is_not_sent_again(get):
    tag = (await get("/")).headers["etag"]
    assert (await get("/", headers={"if-none-match": tag})).status_code == 304


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/assets/gone.js", "/favicon.ico", "/../pyproject.toml"]
)
async def test_what_is_missing_is_missing(get, path):
    assert (await get(path)).status_code == 404
