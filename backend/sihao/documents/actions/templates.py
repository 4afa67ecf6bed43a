"""Keep the committee's own Word templates: take, check, use, go back to the built-in layout."""

import asyncio
import contextlib
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, TooLarge, Unavailable
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.core.sandbox import running
from sihao.core.stores.spool import Received
from sihao.core.stores.threads import in_thread
from sihao.core.tickets import draw_ticket
from sihao.documents.actions.files import give_ticket
from sihao.documents.models import DocumentKind, DocumentTemplate, DocumentTicket
from sihao.documents.paper import to_paper
from sihao.documents.queries import templates as queries
from sihao.documents.queries.tickets import forget_tickets
from sihao.documents.rendering import MEDIA_TYPES
from sihao.documents.template_fields import SAMPLE
from sihao.documents.template_schemas import FINDINGS, TemplateFinding
from sihao.evidence.guard.examine import Examined

LARGEST = 2 * 1024 * 1024
"""Bytes of a template."""
_SECONDS = 30


def check_upload(ctx: Context, file_name: str, declared: str | None) -> None:
    """Raise `Forbidden`, `Invalid` or `TooLarge` before the first byte comes."""
    ctx.require(Role.OFFICER)
    if not file_name.lower().endswith(".docx"):
        code, zh = (
            "document_template.docx",
            "模板须为 .docx 文件；.doc、.docm、.dotx 请另存为 .docx。",
        )
        raise Invalid(code, zh, "A template is a .docx file.", pointer="/query/file_name")
    if declared is not None and declared.isdigit():
        check_size(int(declared))


def check_size(size: int) -> None:
    """Raise `TooLarge`."""
    if size > LARGEST:
        code, zh = "document_template.too_large", "模板不能超过 2 MB，请去掉其中的大图片。"
        raise TooLarge(code, zh, "A template may have at most 2 MiB.")


async def find_faults(path: Path, examined: Examined) -> list[TemplateFinding]:
    """Have a template looked at by a process of its own; raise `Invalid` for any other file."""
    if examined.media_type != MEDIA_TYPES["word"]:
        code, zh = "document_template.docx", "文件内容不是 Word 文档（.docx）。"
        raise Invalid(code, zh, "It is no Word document.", pointer="/body")
    told = b""
    try:
        async with running("sihao.documents.checking", str(path)) as process:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SECONDS):
                    told = await process.stdout.read()
                    await process.wait()
    except OSError as error:
        code, zh = "document_template.not_checked", "模板暂时无法检查，请稍后重试。"
        raise Unavailable(code, zh, "It cannot be checked now.") from error
    if process.returncode != 0 or not told:
        code, zh = (
            "document_template.broken",
            "模板无法套用：它在检查时没有结束，请简化其中的循环。",
        )
        raise Invalid(code, zh, "It did not come to an end.", pointer="/body")
    return FINDINGS.validate_json(told)


async def add_template(
    ctx: Context,
    kind: DocumentKind,
    file_name: str,
    taken: Received,
    findings: list[TemplateFinding],
) -> DocumentTemplate:
    """Keep a template as the newest version and use it; raise `Invalid` for one with errors."""
    ctx.require(Role.OFFICER)
    faults = [one for one in findings if one.level == "error"]
    if faults:
        zh = "模板有误，没有采用：" + "".join(f"{one.place}：{one.sentence}" for one in faults[:5])
        told = [one.model_dump() for one in findings]
        raise Invalid(
            "document_template.faults", zh, "It has errors.", pointer="/body", findings=told
        )
    await _stop_using(ctx, kind)
    template = DocumentTemplate(
        kind=kind,
        number=await queries.next_version(ctx, kind),
        file_name=file_name,
        data=await in_thread(taken.path.read_bytes),
        sha256=taken.sha256,
        uploaded_by=ctx.actor.name,
        **stamps(ctx),
    )
    ctx.db.add(template)
    await ctx.db.flush()
    _note(ctx, template, "added")
    return template


async def use_template(ctx: Context, template_id: UUID, version: int) -> DocumentTemplate:
    """Go back to a version that is kept."""
    ctx.require(Role.OFFICER)
    template = await queries.get_template(ctx, template_id, lock=True)
    check_version(template, version)
    if template.in_use:
        code, zh = "document_template.used", "这个版本正在使用。"
        raise Conflict(code, zh, "It is in use.")
    await _stop_using(ctx, template.kind)
    template.in_use = True
    touch(ctx, template)
    _note(ctx, template, "used")
    await ctx.db.flush()
    return template


async def retire_template(ctx: Context, template_id: UUID, version: int) -> DocumentTemplate:
    """Write the kind with the built-in layout again; the versions stay."""
    ctx.require(Role.OFFICER)
    template = await queries.get_template(ctx, template_id, lock=True)
    check_version(template, version)
    if not template.in_use:
        code, zh = "document_template.unused", "这个版本没有在使用。"
        raise Conflict(code, zh, "It is not in use.")
    await _stop_using(ctx, template.kind)
    _note(ctx, template, "retired")
    return template


async def _stop_using(ctx: Context, kind: DocumentKind) -> None:
    used = await queries.find_used(ctx, kind)
    if used is not None:
        used.in_use = False
        touch(ctx, used)
        await ctx.db.flush()


async def ticket_of_trial(ctx: Context, template_id: UUID) -> tuple[str, datetime]:
    """Give a one-time ticket for the template filled in with made-up words."""
    template = await queries.get_template(ctx, template_id)
    return await give_ticket(ctx, template.kind, to_paper(SAMPLE), "word", template_id=template.id)


async def ticket_of_template(
    ctx: Context, kind: DocumentKind, template_id: UUID | None
) -> tuple[str, datetime]:
    """Give a one-time ticket for a template itself, or for one to start from with all fields."""
    ctx.require(Role.OFFICER, Role.LEADER)
    name = f"{kind.label}模板.docx"
    if template_id is not None:
        name = (await queries.get_template(ctx, template_id)).file_name
    await forget_tickets(ctx)
    ticket = draw_ticket(ctx)
    ctx.db.add(
        DocumentTicket(
            token_hash=ticket.hash,
            person_id=ctx.person_id,
            file_name=name,
            format="template",
            content="",
            template_id=template_id,
            expires_at=ticket.expires_at,
        )
    )
    await ctx.db.flush()
    return ticket.said, ticket.expires_at


def _note(ctx: Context, template: DocumentTemplate, verb: str) -> None:
    emit(
        ctx,
        f"document_template.{verb}",
        template.id,
        audience=Audience.COMMITTEE,
        kind=template.kind.value,
        number=template.number,
        sha256=template.sha256,
    )
