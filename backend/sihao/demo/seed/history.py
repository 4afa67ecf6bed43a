"""The record of what happened, in the order in which it happened."""

from types import TracebackType
from typing import Any, Self

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.core.events import Event
from sihao.demo.seed.rows import Rows


class History:
    """Keeps back the events that the product records, because they are recorded once and for all.

    Years are built one part after the other; the feed tells them by their time.
    """

    def __init__(self, db: AsyncSession) -> None:
        self._db = db
        self._events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        event.listen(self._db.sync_session, "before_flush", self._keep_back)
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        event.remove(self._db.sync_session, "before_flush", self._keep_back)

    def _keep_back(self, session: Session, *_: object) -> None:
        for one in [row for row in session.new if isinstance(row, Event)]:
            session.expunge(one)
            self.tell(**one.model_dump(exclude={"id", "seq", "txid"}))

    def tell(self, **said: Any) -> None:
        """Take an event of the past in."""
        self._events.append(said)

    async def write(self, rows: Rows) -> None:
        """Write all events by their time."""
        for said in sorted(self._events, key=lambda one: one["at"]):
            rows.add(Event, **said)
        await rows.write(self._db)
