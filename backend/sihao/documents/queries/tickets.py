"""One-time addresses of papers."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.documents.models import DocumentTemplate, DocumentTicket


async def use_ticket(ctx: Context, token_hash: str) -> DocumentTicket | None:
    """Use a ticket up and give what it opens; None when it is used or expired.

    Raises `NotFound` for a ticket that never was.
    """
    good = (
        (col(DocumentTicket.token_hash) == token_hash)
        & col(DocumentTicket.used_at).is_(None)
        & (col(DocumentTicket.expires_at) > ctx.now)
    )
    used = update(DocumentTicket).where(good).values(used_at=ctx.now)
    opened = (await ctx.db.execute(used.returning(DocumentTicket))).scalar_one_or_none()
    if opened is None and await ctx.db.get(DocumentTicket, token_hash) is None:
        raise NotFound("ticket.unknown", "没有这个下载地址。", "No such ticket.")
    return opened


async def forget_tickets(ctx: Context) -> None:
    """Forget the asker's tickets that are good no more, with what was on the papers."""
    mine = col(DocumentTicket.person_id) == ctx.person_id
    old = mine & (col(DocumentTicket.expires_at) < ctx.now)
    await ctx.db.execute(delete(DocumentTicket).where(old))


async def read_template(ctx: Context, template_id: UUID) -> bytes:
    """Read the Word template that a ticket names."""
    rows = select(DocumentTemplate.data).where(DocumentTemplate.id == template_id)
    return (await ctx.db.exec(rows)).one()
