"""More than so many a minute wait; each account for itself, an address widely."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from sihao.core import rates
from sihao.core.housekeeping import forget_old
from sihao.core.rates import RateCount
from sihao.core.settings import settings
from tests.accounts.test_service_use import come_from

TOKEN = "/api/v1/auth/token"
SEARCH = "/api/v1/search?q=党章"


@pytest.fixture
def limit(monkeypatch):
    """Set limits for one test."""

    def put(**limits: int) -> None:
        for name, value in limits.items():
            monkeypatch.setenv(f"SIHAO_RATE_{name.upper()}", str(value))
        settings.cache_clear()

    yield put
    monkeypatch.undo()
    settings.cache_clear()


def credentials(client_id: str) -> dict:
    return {"grant_type": "client_credentials", "client_id": client_id, "client_secret": "x"}


def is_too_many(answer) -> bool:
    if answer.status_code != 429:
        return False
    assert answer.json()["code"] == "rate.exceeded"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    return True


async def test_an_account_guesses_only_so_often_from_wherever(app, limit):
    limit(log_ins=30)
    here, there = come_from(app, "10.0.0.1"), come_from(app, "10.0.0.2")

    answers = [await here.post(TOKEN, data=credentials("svc_a")) for _ in range(3)]

    assert [one.status_code for one in answers] == [401] * 3
    assert is_too_many(await there.post(TOKEN, data=credentials("svc_a")))
    assert (await there.post(TOKEN, data=credentials("svc_b"))).status_code == 401


async def test_an_address_is_limited_widely(app, limit):
    limit(log_ins=5)
    here, there = come_from(app, "10.0.0.3"), come_from(app, "10.0.0.4")

    for n in range(5):
        answer = await here.post("/api/v1/auth/login", json={"name": f"p{n}", "password": "x"})
        assert answer.status_code == 401

    assert is_too_many(await here.post(TOKEN, data=credentials("svc_c")))
    assert (await there.post(TOKEN, data=credentials("svc_d"))).status_code == 401


async def test_what_costs_is_limited_for_each_account(as_, limit):
    limit(searches=2)
    one, other = await as_.officer(), await as_.leader()

    answers = [(await one.get(SEARCH)).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert is_too_many(await one.get(SEARCH))
    assert (await other.get(SEARCH)).status_code == 200
    assert (await one.get("/api/v1/me")).status_code == 200


async def test_a_minute_later_it_goes_on(as_, limit, world):
    limit(searches=1)
    officer = await as_.officer()
    await officer.get(SEARCH)
    assert is_too_many(await officer.get(SEARCH))
    [counted] = await world.all(select(RateCount))
    counted.began_at = datetime.now(UTC) - timedelta(seconds=61)
    await world.add(counted)

    assert (await officer.get(SEARCH)).status_code == 200


async def test_a_refused_import_counts(as_, limit):
    limit(jobs=2)
    service = await as_.service("import")

    answers = [await service.post("/api/v1/imports?kind=nothing", json={}) for _ in range(3)]

    assert [one.status_code for one in answers[:2]] == [422, 422]
    assert is_too_many(answers[2])


async def test_every_request_counts_in_the_process(as_, limit, monkeypatch):
    limit(requests=3)
    monkeypatch.setattr(rates, "time", lambda: 1_000_000.0)
    officer, other = await as_.officer(), await as_.leader()

    answers = [await officer.get("/api/v1/me") for _ in range(4)]

    assert [one.status_code for one in answers[:3]] == [200] * 3
    assert is_too_many(answers[3])
    assert (await other.get("/api/v1/me")).status_code == 200
    monkeypatch.setattr(rates, "time", lambda: 1_000_060.0)
    assert (await officer.get("/api/v1/me")).status_code == 200


async def test_old_counts_are_forgotten(world):
    long_ago = datetime.now(UTC) - timedelta(days=2)
    await world.add(
        RateCount(key="old", began_at=long_ago, used=1),
        RateCount(key=f"new{uuid4()}", began_at=datetime.now(UTC), used=1),
    )

    await world.act(forget_old)

    assert [one.key[:3] for one in await world.all(select(RateCount))] == ["new"]
