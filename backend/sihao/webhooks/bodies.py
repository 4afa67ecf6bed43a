"""What goes out: which kind of thing happened to what, and where to read it. No contents."""

from datetime import datetime
from uuid import UUID

import orjson

from sihao.core.events import Event
from sihao.core.routes import BASE
from sihao.core.settings import settings


def write_event(event: Event) -> str:
    """Write an event's body. Who fetches more does so as himself, with his own rights."""
    data: dict[str, object] = {
        "id": event.id,
        "subject_id": event.subject_id,
        "unit_id": event.unit_id,
        "url": f"{settings().public_origin}{BASE}/events?subject_id={event.subject_id}",
    }
    return _write(event.name, event.at, data)


def write_test(event_id: UUID, now: datetime) -> str:
    """Write the body of a test."""
    return _write("webhook.test", now, {"id": event_id})


def _write(name: str, at: datetime, data: dict[str, object]) -> str:
    return orjson.dumps({"type": name, "timestamp": at, "data": data}, default=str).decode()
