"""Server-sent events: the feed as it grows, for whoever keeps a connection open.

An answer of its own kind, because nothing may stream from a session: each look opens a short
transaction, checks that the reader still may, reads, and closes it before anything is sent.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from time import monotonic, time
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sihao.accounts.auth import reopen
from sihao.core.context import Context
from sihao.core.errors import Problem, TooMany
from sihao.core.events import Event
from sihao.dashboards.schemas import EventPublic
from sihao.webhooks import queries

LOOK_SECONDS = 2.0
HEARTBEAT_SECONDS = 15.0
"""Proxies close connections that say nothing for longer."""
MOST_AT_ONCE = 500
MOST_STREAMS = 50
MOST_OF_ONE = 3
"""Streams in one API process, and of one account."""

OpenSession = Callable[[], AbstractAsyncContextManager[AsyncSession]]
_open: Counter[UUID] = Counter()


class EventStream(Response):
    """Sends events until the token ends, the reader is shut out or goes away."""

    media_type = "text/event-stream"

    def __init__(
        self, ctx: Context, open_session: OpenSession, cursor: str, expires_at: float
    ) -> None:
        _check_room(ctx.person_id)
        super().__init__(headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._ctx, self._open_session = ctx, open_session
        txid, seq = cursor.split("-")
        self._place, self._expires_at = (int(txid), int(seq)), expires_at

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Answer until one of the ends."""
        reader = self._ctx.person_id
        _check_room(reader)
        _open[reader] += 1
        telling = asyncio.create_task(self._tell(send))
        leaving = asyncio.create_task(_wait_for_leave(receive))
        try:
            await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            _open[reader] -= 1
            for task in (telling, leaving):
                task.cancel()
            await asyncio.gather(telling, leaving, return_exceptions=True)
        if not telling.cancelled() and (error := telling.exception()):
            raise error

    async def _tell(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        spoke = monotonic()
        await _say(send, ": 开始\n\n")
        while time() < self._expires_at:
            try:
                said = await self._look()
            except Problem:
                break
            if not said and monotonic() - spoke > HEARTBEAT_SECONDS:
                said = ": \n\n"
            if said:
                spoke = monotonic()
                await _say(send, said)
            await asyncio.sleep(LOOK_SECONDS)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _look(self) -> str:
        """Read what is new; raises a problem for who may no longer."""
        async with self._open_session() as db:
            db.info.update(self._ctx.db.info)
            ctx = await reopen(replace(self._ctx, db=db))
            present = await queries.present_place(ctx)
            found = await queries.list_visible_events_after(ctx, self._place, MOST_AT_ONCE)
        last = (found[-1].txid or 0, found[-1].seq or 0) if found else self._place
        self._place = last if len(found) == MOST_AT_ONCE else max(last, (present, 0))
        return "".join(
            f"id: {one.txid}-{one.seq}\nevent: {one.name}\ndata: {_shown(one)}\n\n" for one in found
        )


def _shown(event: Event) -> str:
    return EventPublic.model_validate(event, from_attributes=True).model_dump_json()


def _check_room(reader: UUID) -> None:
    if _open[reader] >= MOST_OF_ONE or _open.total() >= MOST_STREAMS:
        code, zh = "stream.many", "同时打开的事件流过多，请先关闭其他连接，或改用 /events 轮询。"
        raise TooMany(code, zh, "Too many streams are open.", retry_after=30)


async def _say(send: Send, said: str) -> None:
    await send({"type": "http.response.body", "body": said.encode(), "more_body": True})


async def _wait_for_leave(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
