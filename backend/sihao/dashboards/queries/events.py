"""Read the record of what happened."""

from sqlalchemy import text as sql
from sqlalchemy import tuple_
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.events import Event
from sihao.dashboards import policy
from sihao.dashboards.schemas import EventFeed, EventPublic, EventQuery

COMMITTED = sql("event.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
"""Below every transaction that still runs: nothing can appear there any more."""


async def read_events(ctx: Context, query: EventQuery) -> EventFeed:
    """Answer the feed from a cursor on, or the newest events."""
    rows = select(Event).where(policy.visible(ctx.actor))
    if query.name:
        rows = rows.where(col(Event.name).startswith(query.name, autoescape=True))
    if query.subject_id:
        rows = rows.where(Event.subject_id == query.subject_id)
    if query.unit_id:
        rows = rows.where(Event.unit_id == query.unit_id)
    place = tuple_(col(Event.txid), col(Event.seq))
    if query.newest:
        rows = rows.order_by(col(Event.txid).desc(), col(Event.seq).desc())
    else:
        at = tuple(int(part) for part in (query.cursor or "0-0").split("-"))
        rows = rows.where(COMMITTED, place > tuple_(*at))
        rows = rows.order_by(col(Event.txid), col(Event.seq))
    found = (await ctx.db.exec(rows.limit(query.limit))).all()
    cursor = query.cursor or "0-0"
    if found and not query.newest:
        cursor = f"{found[-1].txid}-{found[-1].seq}"
    items = [EventPublic.model_validate(one, from_attributes=True) for one in found]
    return EventFeed(items=items, next_cursor=cursor)
