"""Read the complaint and suggestion box."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, case
from sqlmodel import col, select

from sihao.accounts.models import Person
from sihao.complaints import policy
from sihao.complaints.lifecycle import COMPLAINT
from sihao.complaints.models import Complaint
from sihao.complaints.schemas import ComplaintPublic, ComplaintQuery
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of

_AUTHOR = case((col(Complaint.named), col(Person.display_name)))
_ROWS = row_of(ComplaintPublic, Complaint, _AUTHOR.label("author")).outerjoin(
    Person, col(Person.id) == col(Complaint.author_id)
)
_SORTS = {"created_at": col(Complaint.created_at)}


def _rows(ctx: Context) -> Select[Any]:
    mine = policy.is_mine(ctx.actor).label("mine")
    return _ROWS.add_columns(mine).where(policy.visible(ctx.actor))


async def list_complaints(ctx: Context, query: ComplaintQuery) -> Response:
    """Answer a page of complaints."""
    actions = COMPLAINT.actions_sql(Complaint, ctx.actor).label("actions")
    rows = _rows(ctx).add_columns(actions)
    if query.state:
        rows = rows.where(col(Complaint.state) == query.state)
    if query.kind:
        rows = rows.where(col(Complaint.kind) == query.kind)
    if query.mine is not None:
        mine = policy.is_mine(ctx.actor)
        rows = rows.where(mine if query.mine else ~mine)
    if query.q:
        rows = rows.where(matches(query.q, col(Complaint.text)))
    return await json_page(ctx, rows, query, _SORTS, col(Complaint.id))


async def get_complaint(ctx: Context, complaint_id: UUID, *, lock: bool = False) -> Complaint:
    """Read one complaint; raise `NotFound` for somebody else's."""
    rows = select(Complaint).where(Complaint.id == complaint_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("complaint.unknown", "没有这件投诉建议。", "No such complaint.")
    return found


async def show_complaint(ctx: Context, complaint: Complaint) -> ComplaintPublic:
    """Represent a complaint to the actor."""
    await ctx.db.flush()
    row = (await ctx.db.execute(_rows(ctx).where(col(Complaint.id) == complaint.id))).mappings()
    return ComplaintPublic(**row.one(), actions=COMPLAINT.actions(ctx.actor, complaint))
