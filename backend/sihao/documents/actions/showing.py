"""Show documents and papers: what is on them now, and what offends the standard."""

from uuid import UUID

from sihao.core.context import Context
from sihao.documents import policy
from sihao.documents.actions.documents import compose
from sihao.documents.kinds import write
from sihao.documents.layout.blocks import Official
from sihao.documents.layout.check import check
from sihao.documents.lifecycle import DOCUMENT, DocumentFacts, DocumentState
from sihao.documents.models import Document, DocumentKind
from sihao.documents.paper import Paper, from_paper, to_paper
from sihao.documents.queries import documents as queries
from sihao.documents.schemas import (
    DocumentPublic,
    DocumentRow,
    PreviewPublic,
    ViolationPublic,
)
from sihao.documents.written import official


async def show_document(ctx: Context, document: Document) -> DocumentPublic:
    """Represent a document to the actor; a draft is written anew each time."""
    await ctx.db.flush()
    waits, opening, closing = None, document.opening or "", document.closing or ""
    if document.state is DocumentState.DRAFT:
        written = await write(ctx, document.kind, document.subject_id)
        waits = written.waits
        opening = written.opening if document.opening is None else document.opening
        closing = written.closing if document.closing is None else document.closing
        paper = to_paper(compose(document, written))
    else:
        paper = issued_paper(document)
    units = await queries.list_recipients(ctx, document)
    known = {*DocumentRow.model_fields, *DocumentPublic.model_fields}
    own = await queries.find_own_recipient(ctx, document)
    return DocumentPublic(
        **document.model_dump(include=known, exclude={"opening", "closing"}),
        opening=opening,
        closing=closing,
        opening_changed=document.opening is not None,
        closing_changed=document.closing is not None,
        recipients=len(units),
        received=sum(one.received_at is not None for one in units),
        waits=waits,
        paper=paper,
        violations=_violations(from_paper(paper)),
        units=units,
        may_edit=policy.may_edit(ctx.actor, document),
        may_receive=own is not None
        and own.received_at is None
        and policy.may_receive(ctx.actor, document),
        actions=DOCUMENT.actions(ctx.actor, document, DocumentFacts(waits)),
    )


def issued_paper(document: Document) -> Paper:
    """Give what was on it when it was issued; of one that was withdrawn, with a mark."""
    paper = Paper.model_validate_json(document.frozen or "")
    if document.state is DocumentState.WITHDRAWN:
        return paper.model_copy(update={"mark": "已撤回"})
    return paper


async def show_preview(ctx: Context, kind: DocumentKind, subject_id: UUID) -> PreviewPublic:
    """Write a paper about a matter as it is now."""
    written = await write(ctx, kind, subject_id)
    living = await queries.find_living(ctx, kind, subject_id)
    paper = official(written)
    return PreviewPublic(
        kind=kind,
        subject_id=subject_id,
        final=written.dated is not None,
        waits=written.waits,
        document_id=living.id if living else None,
        paper=to_paper(paper),
        violations=_violations(paper),
    )


def _violations(paper: Official) -> list[ViolationPublic]:
    return [
        ViolationPublic(code=one.code, place=one.place, sentence=one.sentence)
        for one in check(paper)
    ]
