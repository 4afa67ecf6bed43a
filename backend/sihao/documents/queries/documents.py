"""Read documents, who has them, and the register of their numbers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, func
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from sihao.core.context import CHINA, Context, Role
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.documents import policy
from sihao.documents.lifecycle import DOCUMENT, DocumentState
from sihao.documents.models import (
    OUTGOING,
    Document,
    DocumentKind,
    DocumentRecipient,
    DocumentSeries,
)
from sihao.documents.schemas import (
    DocumentQuery,
    DocumentRow,
    RecipientPublic,
    RegisterQuery,
    SeriesPublic,
)
from sihao.units import policy as units
from sihao.units.models import Unit

_SENT = (
    sa_select(func.count())
    .where(col(DocumentRecipient.document_id) == col(Document.id))
    .correlate(Document)
    .scalar_subquery()
)
_RECEIVED = (
    sa_select(func.count(col(DocumentRecipient.received_at)))
    .where(col(DocumentRecipient.document_id) == col(Document.id))
    .correlate(Document)
    .scalar_subquery()
)
_ROWS = row_of(DocumentRow, Document, _SENT.label("recipients"), _RECEIVED.label("received"))
_NUMBER = col(Document.year) * 1_000_000 + col(Document.ordinal)
"""Orders the register; no series has a million numbers in a year."""


def _rows(ctx: Context) -> Select[Any]:
    actions = DOCUMENT.actions_sql(Document, ctx.actor).label("actions")
    return _ROWS.add_columns(actions).where(policy.visible(ctx.actor))


async def list_documents(ctx: Context, query: DocumentQuery) -> Response:
    """Answer a page of documents."""
    rows = _rows(ctx)
    for column, wanted in (
        (Document.campaign_id, query.campaign_id),
        (Document.unit_id, query.unit_id),
        (Document.subject_id, query.subject_id),
        (Document.kind, query.kind),
        (Document.state, query.state),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    if query.q:
        rows = rows.where(
            matches(query.q, col(Document.title), func.coalesce(col(Document.number), ""))
        )
    sorts = {"updated_at": col(Document.updated_at)}
    return await json_page(ctx, rows, query, sorts, col(Document.id))


async def list_register(ctx: Context, query: RegisterQuery) -> Response:
    """Answer a page of the register: all that has a number, what was withdrawn too."""
    rows = _rows(ctx).where(col(Document.ordinal).is_not(None))
    for column, wanted in (
        (Document.series, query.series),
        (Document.year, query.year),
        (Document.kind, query.kind),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    return await json_page(ctx, rows, query, {"number": _NUMBER}, col(Document.id))


async def list_series(ctx: Context) -> list[SeriesPublic]:
    """List the series in use this year, and those proposed, with their last numbers."""
    ctx.require(Role.OFFICER, Role.LEADER)
    rows = select(DocumentSeries).order_by(
        col(DocumentSeries.year).desc(), col(DocumentSeries.name)
    )
    found = [
        SeriesPublic(name=one.name, year=one.year, last=one.last) for one in await ctx.db.exec(rows)
    ]
    known = {(one.name, one.year) for one in found}
    year = ctx.today.year
    proposed = [
        SeriesPublic(name=name, year=year, last=0)
        for name in dict.fromkeys(OUTGOING.values())
        if (name, year) not in known
    ]
    return [*proposed, *found]


async def next_number(ctx: Context, series: str, year: int) -> int:
    """Draw a series' next number of a year; whoever draws at the same time waits his turn.

    It is drawn in the transaction that uses it: what is refused takes none, and none is missing.
    """
    drawn = insert(DocumentSeries).values(name=series, year=year, last=1)
    drawn = drawn.on_conflict_do_update(
        index_elements=["name", "year"], set_={"last": col(DocumentSeries.last) + 1}
    )
    return int((await ctx.db.execute(drawn.returning(col(DocumentSeries.last)))).scalar_one())


async def get_document(ctx: Context, document_id: UUID, *, lock: bool = False) -> Document:
    """Read one document; raise `NotFound` for whoever may not read it (yet)."""
    rows = select(Document).where(Document.id == document_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("document.unknown", "没有这份公文。", "No such document.")
    return found


async def find_living(ctx: Context, kind: DocumentKind, subject_id: UUID) -> Document | None:
    """Look up the document about a matter that was not withdrawn, if the actor reads it."""
    rows = select(Document).where(
        Document.kind == kind,
        Document.subject_id == subject_id,
        Document.state != DocumentState.WITHDRAWN,
        policy.visible(ctx.actor),
    )
    return (await ctx.db.exec(rows)).first()


async def get_recipient(ctx: Context, recipient_id: UUID) -> DocumentRecipient:
    """Read who has a document; raise `NotFound` for another unit's line."""
    rows = select(DocumentRecipient).where(
        DocumentRecipient.id == recipient_id, policy.visible_recipients(ctx.actor)
    )
    found = (await ctx.db.exec(rows)).first()
    if found is None:
        raise NotFound("receipt.unknown", "没有这张回执。", "No such receipt.")
    return found


async def find_own_recipient(
    ctx: Context, document: Document, *, lock: bool = False
) -> DocumentRecipient | None:
    """Look up the own unit's line of a document."""
    rows = select(DocumentRecipient).where(
        DocumentRecipient.document_id == document.id, ctx.actor.owns(DocumentRecipient.unit_id)
    )
    return (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()


async def list_recipients(ctx: Context, document: Document) -> list[RecipientPublic]:
    """List who has it; of a draft, who will."""
    if document.state is DocumentState.DRAFT:
        rows = (
            sa_select(col(Unit.id), col(Unit.name))
            .where(col(Unit.id).in_(document.recipient_ids), units.visible(ctx.actor))
            .order_by(col(Unit.sort_order), col(Unit.id))
        )
        return [
            RecipientPublic(
                id=None, unit_id=ident, unit_name=name, received_at=None, received_by="", late=False
            )
            for ident, name in await ctx.db.execute(rows)
        ]
    sent = (
        sa_select(DocumentRecipient, col(Unit.name))
        .join(Unit, col(Unit.id) == col(DocumentRecipient.unit_id))
        .where(
            col(DocumentRecipient.document_id) == document.id,
            policy.visible_recipients(ctx.actor),
        )
        .order_by(col(Unit.sort_order), col(Unit.id))
    )
    return [
        RecipientPublic(
            id=one.id,
            unit_id=one.unit_id,
            unit_name=name,
            received_at=one.received_at,
            received_by=one.received_by,
            late=is_late(ctx, document, one),
        )
        for one, name in await ctx.db.execute(sent)
    ]


def is_late(ctx: Context, document: Document, one: DocumentRecipient) -> bool:
    """Tell whether the receipt came, or still does not come, after the days it had."""
    if document.issued_on is None:
        return False
    day = one.received_at.astimezone(CHINA).date() if one.received_at else ctx.today
    return day > document.issued_on + timedelta(days=document.receipt_days)


async def list_issued_to(ctx: Context, campaign_id: UUID, unit_id: UUID) -> list[Document]:
    """List a year's documents that a unit was issued, by number: those that the actor reads."""
    rows = (
        select(Document)
        .join(DocumentRecipient, col(DocumentRecipient.document_id) == col(Document.id))
        .where(
            Document.campaign_id == campaign_id,
            DocumentRecipient.unit_id == unit_id,
            policy.visible(ctx.actor),
            policy.visible_recipients(ctx.actor),
        )
        .order_by(col(Document.series), _NUMBER)
    )
    return list((await ctx.db.exec(rows)).all())


async def find_receipt(ctx: Context, document: Document, unit_id: UUID) -> DocumentRecipient | None:
    """Look up a unit's line of a document."""
    rows = select(DocumentRecipient).where(
        DocumentRecipient.document_id == document.id,
        DocumentRecipient.unit_id == unit_id,
        policy.visible_recipients(ctx.actor),
    )
    return (await ctx.db.exec(rows)).first()
