"""Read and note what stands behind evidence: bytes and tickets."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    String,
    and_,
    delete,
    func,
    literal,
    text,
    update,
)
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.evidence.models import Blob, DownloadTicket, Evidence, EvidenceFile
from sihao.units.models import Unit, UnitKind


class Kept(NamedTuple):
    """Bytes that should be in the store."""

    sha256: str
    size: int


class User(NamedTuple):
    """A file that consists of certain bytes; for operators, who look for damage."""

    unit: str
    title: str
    file_name: str


async def list_kept(ctx: Context, after: str, limit: int = 1000) -> list[Kept]:
    """Page through everything that should be in the store, in the order of its hash."""
    rows = select(Blob.sha256, Blob.size).where(Blob.sha256 > after)
    found = await ctx.db.exec(rows.order_by(col(Blob.sha256)).limit(limit))
    return [Kept(*one) for one in found]


async def list_users(ctx: Context, sha256: str) -> list[User]:
    """Tell whose files consist of these bytes; for the command line only."""
    rows = (
        select(Unit.name, Evidence.title, EvidenceFile.file_name)
        .join(Evidence, col(Evidence.unit_id) == col(Unit.id))
        .join(EvidenceFile, col(EvidenceFile.evidence_id) == col(Evidence.id))
        .where(EvidenceFile.sha256 == sha256)
        .order_by(col(Unit.name), col(Evidence.title))
    )
    return [User(*one) for one in await ctx.db.exec(rows)]


async def hold_bytes(ctx: Context, sha256: str) -> None:
    """Keep the collector away from these bytes, or arriving ones from the collector."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:sha256, 11))")
    await ctx.db.execute(lock, {"sha256": sha256})


async def record_blob(ctx: Context, sha256: str, size: int) -> None:
    """Note that these bytes are stored; equal ones are noted once."""
    row = {"sha256": sha256, "size": size, "stored_at": ctx.now}
    await ctx.db.execute(insert(Blob).values(row).on_conflict_do_nothing())


async def list_unrecorded(ctx: Context, hashes: list[str]) -> list[str]:
    """Tell which of these bytes no row names; for the collector only."""
    given = func.unnest(literal(hashes, ARRAY(String))).column_valued("given")
    known = sa_select(col(Blob.sha256)).where(col(Blob.sha256) == given)
    return list((await ctx.db.execute(sa_select(given).where(~known.exists()))).scalars())


async def use_ticket(ctx: Context, token_hash: str, *, page: bool = False) -> UUID | None:
    """Use a ticket up and tell what it opens; None when it is used or expired.

    Tickets of a page open no file, and the other way round. Raises `NotFound` for a ticket that
    never was.
    """
    used = update(DownloadTicket).where(_good(ctx, token_hash, page)).values(used_at=ctx.now)
    opened = (
        await ctx.db.execute(used.returning(col(DownloadTicket.file_id)))
    ).scalar_one_or_none()
    if opened is None:
        await _check_ticket(ctx, token_hash, page)
    return opened


async def find_page_ticket(ctx: Context, token_hash: str) -> DownloadTicket | None:
    """Read a good ticket of a page without using it up; None when it is used or expired.

    Raises `NotFound` for a ticket that never was.
    """
    found = await ctx.db.exec(select(DownloadTicket).where(_good(ctx, token_hash, page=True)))
    ticket = found.one_or_none()
    if ticket is None:
        await _check_ticket(ctx, token_hash, page=True)
    return ticket


def _good(ctx: Context, token_hash: str, page: bool) -> ColumnElement[bool]:
    of_page = col(DownloadTicket.page).is_not(None)
    return and_(
        col(DownloadTicket.token_hash) == token_hash,
        of_page if page else ~of_page,
        col(DownloadTicket.used_at).is_(None),
        col(DownloadTicket.expires_at) > ctx.now,
    )


async def _check_ticket(ctx: Context, token_hash: str, page: bool) -> None:
    ticket = await ctx.db.get(DownloadTicket, token_hash)
    if ticket is None or (ticket.page is not None) != page:
        raise NotFound("ticket.unknown", "没有这个下载地址。", "No such ticket.")


async def file_of(ctx: Context, file_id: UUID) -> EvidenceFile:
    """Read what a ticket opens."""
    return (await ctx.db.exec(select(EvidenceFile).where(EvidenceFile.id == file_id))).one()


async def list_unit_name(ctx: Context) -> list[str]:
    """Read the name of the actor's unit, the Work Committee's for whoever has none; or nothing."""
    own = ctx.actor.unit_id
    theirs = col(Unit.id) == own if own else col(Unit.kind) == UnitKind.COMMITTEE
    return list((await ctx.db.exec(select(Unit.name).where(theirs))).all())


async def forget_tickets(ctx: Context, before: datetime) -> None:
    """Drop tickets that expired before then; who opened what stays in the events."""
    await ctx.db.execute(delete(DownloadTicket).where(col(DownloadTicket.expires_at) < before))
