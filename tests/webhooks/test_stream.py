"""The feed as server-sent events: a real connection, resumed, ended, bounded."""

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import pytest

from sihao.core import events
from sihao.core.context import Actor, Context, as_system
from sihao.core.errors import TooMany, Unauthenticated
from sihao.webhooks import stream
from sihao.webhooks.stream import EventStream
from tests.webhooks.conftest import happen


class Reader:
    """Runs one stream as an ASGI server would; `said` is what came."""

    def __init__(self, answer):
        self._answer, self._gone = answer, asyncio.Event()
        self.messages = []

    @property
    def said(self):
        return b"".join(one.get("body", b"") for one in self.messages).decode()

    async def _send(self, message):
        self.messages.append(message)

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def until(self, words, seconds=10):
        async with asyncio.timeout(seconds):
            while words not in self.said:
                await asyncio.sleep(0.01)

    @asynccontextmanager
    async def open(self):
        running = asyncio.create_task(self._answer({}, self._receive, self._send))
        yield self
        self._gone.set()
        await running


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(stream, "LOOK_SECONDS", 0.02)


@pytest.fixture
def reopened(monkeypatch):
    """The database knows no session of these readers: they come in again as who they are."""

    async def reopen(ctx):
        return replace(ctx, now=(await as_system(ctx.db)).now)

    monkeypatch.setattr(stream, "reopen", reopen)


@pytest.fixture
async def reader(open_context):
    @asynccontextmanager
    async def session():
        async with open_context() as ctx:
            yield ctx.db

    def read(place="0-0", seconds=60, person=None):
        actor = Actor("服务", frozenset(), id=person or uuid4(), scopes=frozenset({"event:read"}))
        closed = Context(SimpleNamespace(info={}), actor, None)
        return Reader(EventStream(closed, session, place, time.time() + seconds))

    return read


async def test_events_come_as_they_happen_and_only_those_for_the_reader(
    reader, open_context, quick, reopened
):
    async with reader().open() as one:
        await happen(open_context, "interview.hold", audience=events.Audience.RESTRICTED)
        await happen(open_context, "plan.file")
        await one.until("event: plan.file")
    assert "interview" not in one.said
    start = one.messages[0]
    assert dict(start["headers"])[b"content-type"].startswith(b"text/event-stream")


async def test_a_reader_goes_on_where_it_was_cut_without_gap_or_repeat(
    reader, open_context, quick, reopened
):
    await happen(open_context, "plan.first", "plan.second")
    async with reader().open() as one:
        await one.until("plan.second")
    places = [line[4:] for line in one.said.splitlines() if line.startswith("id: ")]
    await happen(open_context, "plan.third")
    async with reader(places[0]).open() as again:
        await again.until("plan.third")
    names = [line[7:] for line in again.said.splitlines() if line.startswith("event: ")]
    assert names == ["plan.second", "plan.third"]


async def test_it_ends_with_the_token(reader, quick, reopened):
    async with reader(seconds=0.2).open() as one:
        async with asyncio.timeout(5):
            while not one.messages or one.messages[-1].get("more_body", True):
                await asyncio.sleep(0.02)


async def test_it_ends_for_who_is_shut_out(reader, quick, monkeypatch):
    async def shut_out(_):
        raise Unauthenticated("auth.ended", "登录已失效。", "Ended.")

    monkeypatch.setattr(stream, "reopen", shut_out)
    async with reader().open() as one:
        async with asyncio.timeout(5):
            while not one.messages or one.messages[-1].get("more_body", True):
                await asyncio.sleep(0.02)


async def test_silence_is_broken_for_proxies(reader, quick, reopened, monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.05)
    async with reader().open() as one:
        await one.until("\n: \n\n")


async def test_nothing_of_the_database_is_held_between_looks(
    reader, open_context, reopened, monkeypatch
):
    monkeypatch.setattr(stream, "LOOK_SECONDS", 30)
    async with reader().open() as one:
        await one.until("开始")
        await asyncio.sleep(0.3)
        assert open_context.engine.pool.checkedout() == 0


async def test_one_account_opens_so_many_streams_and_no_more(reader, quick, reopened):
    person = uuid4()
    first, second, third = (reader(person=person) for _ in range(3))
    async with first.open(), second.open(), third.open():
        for one in (first, second, third):
            await one.until("开始")
        with pytest.raises(TooMany):
            reader(person=person)
    async with reader(person=person).open() as again:
        await again.until("开始")


async def test_a_person_without_a_token_hears_nothing(client):
    assert (await client.get("/api/v1/events/stream")).status_code == 401


async def test_a_place_that_is_none_is_refused(as_):
    officer = await as_.officer()
    assert (await officer.get("/api/v1/events/stream", params={"cursor": "x"})).status_code == 422


async def test_a_service_account_needs_the_scope(as_):
    other = await as_.service("todo:sync")
    assert (await other.get("/api/v1/events/stream")).json()["code"] == "scope.required"
