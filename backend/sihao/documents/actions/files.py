"""Give papers out as files: by one-time addresses, with what was on them at that moment."""

import re
from datetime import datetime
from uuid import UUID

from sihao.core.context import Context
from sihao.core.events import Audience, emit
from sihao.core.tickets import draw_ticket, hash_of, used
from sihao.documents.actions.documents import compose, freeze
from sihao.documents.actions.showing import issued_paper
from sihao.documents.kinds import write
from sihao.documents.lifecycle import DocumentState
from sihao.documents.models import DocumentKind, DocumentTicket
from sihao.documents.paper import Paper, to_paper
from sihao.documents.queries import documents, templates, tickets
from sihao.documents.rendering import ENDINGS
from sihao.documents.schemas import FileFormat
from sihao.documents.written import official

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


async def ticket_of_document(
    ctx: Context, document_id: UUID, form: FileFormat
) -> tuple[str, datetime]:
    """Give a one-time ticket for a document's file; who opens what was issued is on record."""
    document = await documents.get_document(ctx, document_id)
    if document.state is DocumentState.DRAFT:
        written = await write(ctx, document.kind, document.subject_id)
        paper = to_paper(compose(document, written))
    else:
        paper = issued_paper(document)
        emit(
            ctx,
            "document.opened",
            document.id,
            document.unit_id,
            audience=Audience.COMMITTEE,
            format=form,
        )
    return await give_ticket(ctx, document.kind, paper, form)


async def ticket_of_matter(
    ctx: Context, kind: DocumentKind, subject_id: UUID, form: FileFormat
) -> tuple[str, datetime]:
    """Give a one-time ticket for a paper about a matter, as it is now."""
    paper = to_paper(official(await write(ctx, kind, subject_id)))
    return await give_ticket(ctx, kind, paper, form)


async def give_ticket(
    ctx: Context,
    kind: DocumentKind,
    paper: Paper,
    form: FileFormat,
    *,
    template_id: UUID | None = None,
) -> tuple[str, datetime]:
    """Keep what is on the paper under a ticket; Word goes by the template in use."""
    await tickets.forget_tickets(ctx)
    ticket = draw_ticket(ctx)
    if template_id is None and form == "word":
        template_id = await templates.find_used_id(ctx, kind)
    ctx.db.add(
        DocumentTicket(
            token_hash=ticket.hash,
            person_id=ctx.person_id,
            file_name=file_name(paper, form),
            format=form,
            content=freeze(paper),
            template_id=template_id,
            expires_at=ticket.expires_at,
        )
    )
    await ctx.db.flush()
    return ticket.said, ticket.expires_at


def file_name(paper: Paper, form: FileFormat) -> str:
    """Name a file after its number and title."""
    told = f"{paper.number or ''}{paper.title}"[:120]
    return f"{_UNSAFE.sub('_', told).strip('. ') or '公文'}.{ENDINGS[form]}"


async def open_file(ctx: Context, ticket: str) -> tuple[DocumentTicket, bytes | None]:
    """Use a ticket up; give what it opens and the template it goes by.

    Raises `Gone` when it is used or expired.
    """
    found = await tickets.use_ticket(ctx, hash_of(ticket))
    if found is None:
        raise used()
    if found.template_id is None:
        return found, None
    return found, await tickets.read_template(ctx, found.template_id)
