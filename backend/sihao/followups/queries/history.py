"""Read from the record what happened to one case."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.events import Audience, Event
from sihao.core.lifecycle import Lifecycle
from sihao.followups import policy
from sihao.followups.schemas.history import HistoryLine

_OTHERS = {
    "created": "提出",
    "updated": "修改",
    "recheck": "回头看",
    "record_read": "查阅约谈记录",
    "readers": "确定可阅人员",
    "file_added": "附上文件",
    "file_removed": "撤下文件",
    "file_opened": "下载文件",
}


async def list_history(
    ctx: Context, lifecycle: Lifecycle[Any], *subjects: UUID
) -> list[HistoryLine]:
    """List the steps of a case the actor may read; what the committee said inside stays there.

    `subjects` are the case and what it continues from earlier years.
    """
    rows = select(Event).where(col(Event.subject_id).in_(subjects))
    if not policy.reads_inside(ctx.actor):
        rows = rows.where(col(Event.audience) != Audience.COMMITTEE)
    labels = _OTHERS | {one.name: one.label for one in lifecycle.transitions}
    return [
        HistoryLine(
            id=one.id,
            name=verb,
            label=labels[verb],
            at=one.at,
            actor=one.actor,
            opinion=one.data.get("opinion", ""),
        )
        for one in await ctx.db.exec(rows.order_by(col(Event.txid), col(Event.seq)))
        if (verb := one.name.rpartition(".")[2]) in labels
    ]
