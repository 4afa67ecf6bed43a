"""A body that is read as a whole has an end."""

from sihao.core import routes


async def _endless():
    while True:
        yield b" " * 65536


async def test_a_body_without_end_is_refused_before_it_fills_the_memory(as_, monkeypatch):
    monkeypatch.setattr(routes, "LARGEST_BODY", 1024 * 1024)
    headers, url = {"Content-Type": "application/json"}, "/api/v1/complaints"
    answer = await (await as_.officer()).post(url, content=_endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


async def test_a_body_without_end_under_a_key_is_refused_too(as_, monkeypatch):
    monkeypatch.setattr(routes, "LARGEST_BODY", 1024 * 1024)
    headers = {"Content-Type": "text/csv", "Idempotency-Key": "endless"}
    url = "/api/v1/imports?kind=units"
    answer = await (await as_.officer()).post(url, content=_endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
