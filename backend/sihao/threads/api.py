"""`/threads`."""

from typing import Annotated

from fastapi import Query

from sihao.accounts.auth import Ctx
from sihao.core.routes import Router
from sihao.threads.queries.recurrences import list_recurrences
from sihao.threads.queries.threads import get_thread
from sihao.threads.recurrence import ALIKE
from sihao.threads.schemas import RecurrenceQuery, Recurrences, ThreadPublic, ThreadQuery

router = Router(prefix="", tag="threads")


@router.get("/threads", operation_id="thread_get", response_model=ThreadPublic)
async def read_thread(ctx: Ctx, query: Annotated[ThreadQuery, Query()]) -> ThreadPublic:
    """Follow one thing through the years, both ways."""
    return await get_thread(ctx, query.kind, query.id)


@router.get("/threads/recurrences", operation_id="recurrence_list", response_model=Recurrences)
async def read_recurrences(ctx: Ctx, query: Annotated[RecurrenceQuery, Query()]) -> Recurrences:
    """List what had been closed and was found again."""
    return Recurrences(alike=ALIKE, items=await list_recurrences(ctx, query))
