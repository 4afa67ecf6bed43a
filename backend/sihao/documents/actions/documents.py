"""Draft documents, issue them under a number, withdraw them, confirm their receipt."""

from dataclasses import replace
from uuid import UUID

from sihao.core.canonical import canonical, digest
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Forbidden, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.documents import policy
from sihao.documents.kinds import write
from sihao.documents.layout.blocks import Official
from sihao.documents.lifecycle import DOCUMENT, DocumentFacts, DocumentState
from sihao.documents.models import OUTGOING, Document, DocumentRecipient
from sihao.documents.paper import Paper, to_paper
from sihao.documents.queries import documents as queries
from sihao.documents.schemas import DocumentCreate, DocumentUpdate
from sihao.documents.written import DRAFT_MARK, Written, official


async def create_document(ctx: Context, body: DocumentCreate) -> Document:
    """Draft a document about a matter."""
    ctx.require(Role.OFFICER)
    if body.kind not in OUTGOING:
        code, zh = "document.own_signature", f"{body.kind.label}随其自身的签字定稿，不另行发文。"
        raise Invalid(code, zh, "Its own signature makes it final.", pointer="/body/kind")
    try:
        written = await write(ctx, body.kind, body.subject_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/subject_id") from error
    if await queries.find_living(ctx, body.kind, body.subject_id):
        code, zh = "document.exists", f"已经有这一事项的{body.kind.label}；要重发请先撤回原件。"
        raise Conflict(code, zh, "There is a document about it already.")
    document = Document(
        campaign_id=written.campaign_id,
        unit_id=written.unit_id,
        kind=body.kind,
        subject_id=body.subject_id,
        title=written.title,
        addressee=written.addressee,
        series=OUTGOING[body.kind],
        recipient_ids=list(written.recipients),
        drafted_by=ctx.actor.name,
        drafted_by_id=ctx.actor.id,
        **stamps(ctx),
    )
    ctx.db.add(document)
    await ctx.db.flush()
    _note(ctx, document, "created")
    return document


async def update_document(
    ctx: Context, document_id: UUID, version: int, body: DocumentUpdate
) -> Document:
    """Change a draft's words; whoever does has written it."""
    ctx.require(Role.OFFICER)
    document = await queries.get_document(ctx, document_id, lock=True)
    check_version(document, version)
    policy.check_editable(document)
    changes = body.model_dump(exclude_unset=True)
    for name, value in changes.items():
        if value is None and name not in {"opening", "closing"}:
            code, zh = "document.empty", "这一项不能为空。"
            raise Invalid(code, zh, "It cannot be empty.", pointer=f"/body/{name}")
        setattr(document, name, value)
    document.drafted_by, document.drafted_by_id = ctx.actor.name, ctx.actor.id
    touch(ctx, document)
    _note(ctx, document, "updated", fields=sorted(changes))
    return document


async def move_document(
    ctx: Context, document_id: UUID, version: int, name: str, opinion: str
) -> Document:
    """Issue or withdraw."""
    document = await queries.get_document(ctx, document_id, lock=True)
    check_version(document, version)
    if name == "withdraw":
        DOCUMENT.apply(ctx, document, name, opinion, number=document.number)
        document.withdrawn_reason, document.withdrawn_at = opinion, ctx.now
        return document
    written = await write(ctx, document.kind, document.subject_id)
    DOCUMENT.apply(ctx, document, name, opinion, facts=DocumentFacts(written.waits))
    await _issue(ctx, document, written)
    return document


async def _issue(ctx: Context, document: Document, written: Written) -> None:
    """Give it its number, freeze what is on it, and give it to its units."""
    document.year, document.issued_on = ctx.today.year, ctx.today
    document.ordinal = await queries.next_number(ctx, document.series, document.year)
    document.number = f"{document.series}〔{document.year}〕{document.ordinal}号"
    document.issued_by = ctx.actor.name
    document.recipient_ids = list(written.recipients)
    document.frozen = freeze(to_paper(compose(document, written)))
    document.frozen_hash = digest(document.frozen)
    await ctx.db.flush()
    ctx.db.add_all(
        DocumentRecipient(document_id=document.id, unit_id=unit_id)
        for unit_id in written.recipients
    )
    await ctx.db.flush()
    for unit_id in written.recipients:
        emit(
            ctx,
            "document.sent",
            document.id,
            unit_id,
            audience=Audience.UNIT if document.kind not in policy.READERS else Audience.RESTRICTED,
            number=document.number,
            kind=document.kind.value,
        )


def freeze(paper: Paper) -> str:
    """Write a paper as canonical JSON."""
    return canonical(paper.model_dump(mode="json"))


def compose(document: Document, written: Written) -> Official:
    """Put the matter, the officer's words and, once there is one, the number together."""
    paper = official(written, opening=document.opening, closing=document.closing)
    issued = document.state is not DocumentState.DRAFT
    return replace(
        paper,
        title=document.title,
        addressee=document.addressee or None,
        number=document.number,
        dated=document.issued_on,
        copies_to=tuple(document.copies_to),
        printed_by=written.organ,
        printed_on=document.issued_on,
        red_heading=issued,
        mark=None if issued else DRAFT_MARK,
    )


async def confirm_receipt(ctx: Context, document_id: UUID) -> Document:
    """Note that the own unit has it; raise `Conflict` when that is noted already."""
    document = await queries.get_document(ctx, document_id)
    own = await queries.find_own_recipient(ctx, document, lock=True)
    if own is None or not policy.may_receive(ctx.actor, document):
        code, zh = "document.receipt_role", "公文由收文单位经办人签收；已撤回的不再签收。"
        raise Forbidden(code, zh, "Only those it was issued to confirm receipt.")
    if own.received_at is not None:
        code, zh = "document.received", f"本单位已由{own.received_by}签收。"
        raise Conflict(code, zh, "Receipt is confirmed already.")
    own.received_at, own.received_by = ctx.now, ctx.actor.name
    emit(
        ctx,
        "document.received",
        document.id,
        own.unit_id,
        audience=Audience.COMMITTEE,
        number=document.number,
    )
    await ctx.db.flush()
    return document


def _note(ctx: Context, document: Document, verb: str, **data: object) -> None:
    emit(
        ctx,
        f"document.{verb}",
        document.id,
        document.unit_id,
        audience=Audience.COMMITTEE,
        kind=document.kind.value,
        **data,
    )
