"""Take bytes in that are durable and checked, and give them out again."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sihao.core.context import CHINA, Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch
from sihao.core.stores import store
from sihao.core.stores.spool import Received
from sihao.core.tickets import draw_ticket, hash_of, used
from sihao.evidence import policy, queries
from sihao.evidence.actions.holding import open_evidence
from sihao.evidence.guard.examine import Examined
from sihao.evidence.lifecycle import EVIDENCE, EvidenceState
from sihao.evidence.models import DownloadTicket, Evidence, EvidenceFile
from sihao.evidence.queries import Closing


class Expected(NamedTuple):
    """The file that bytes are meant for, as it is known while no transaction is open."""

    file_id: UUID
    file_name: str
    declared_sha256: str | None
    declared_size: int | None


class ShownPage(NamedTuple):
    """The page behind a ticket, as it is known while no transaction is open."""

    sha256: str
    media_type: str
    page: int
    stamp: str


def check_arrived(file: Expected, taken: Received, expected: str | None) -> None:
    """Raise `Invalid` for an empty file, for other bytes than were sent or than were promised."""
    if taken.size == 0:
        code, zh = "evidence.empty", "文件是空的，请核对后再传。"
        raise Invalid(code, zh, "The file is empty.", pointer="/body")
    if expected is not None and expected.lower() != taken.sha256:
        code, zh = "evidence.hash", "收到的内容与校验值不一致，请重新上传。"
        raise Invalid(code, zh, "The bytes differ from their hash.", pointer="/body")
    promised = (file.declared_sha256, file.declared_size)
    if file.declared_sha256 is not None and promised != (taken.sha256, taken.size):
        code = "evidence.not_as_promised"
        zh = (
            "内容与清单登记的大小或校验值不一致。请上传清单所列的原文件；文件已改动的，请重报清单。"
        )
        raise Invalid(code, zh, "These are not the bytes that were promised.", pointer="/body")


async def expect_content(
    ctx: Context, evidence_id: UUID, version: int | None, file_id: UUID | None
) -> Expected:
    """Check before the first byte that the content may come; give the file it belongs to."""
    evidence = await open_evidence(ctx, evidence_id, version)
    files = [one for one in await queries.list_files(ctx, evidence.id) if awaits(one)]
    if file_id is not None:
        files = [one for one in files if one.id == file_id]
    if len(files) > 1:
        code, zh = "evidence.which_file", "这份材料有几个文件待上传，请指明是哪一个。"
        raise Conflict(code, zh, "Say which of its files this is.")
    if not files:
        code, zh = "evidence.receive.state", "没有待上传的文件：内容已收到，或文件已被新版本代替。"
        raise Conflict(code, zh, "It has its content already, or was replaced.")
    return as_expected(files[0])


def as_expected(file: EvidenceFile) -> Expected:
    """Remember what matters of a file while no transaction is open."""
    return Expected(file.id, file.file_name, file.declared_sha256, file.declared_size)


def awaits(file: EvidenceFile) -> bool:
    """Tell whether a file still waits for its bytes."""
    return file.received_at is None and file.replaced_at is None


async def receive_content(
    ctx: Context, file_id: UUID, version: int | None, taken: Received, found: Examined
) -> Evidence:
    """Record bytes that the store already has.

    Whatever else the unit has promised with the same hash and size is fulfilled by them too.
    """
    ctx.require_scope(policy.SCOPE)
    await queries.hold_bytes(ctx, taken.sha256)
    known = await queries.get_file(ctx, file_id)
    evidence = await open_evidence(ctx, known.evidence_id, version)
    file = await queries.get_file(ctx, file_id, lock=True)
    if not awaits(file):
        code, zh = "evidence.receive.state", "没有待上传的文件：内容已收到，或文件已被新版本代替。"
        raise Conflict(code, zh, "It has its content already, or was replaced.")
    if await store().size(taken.sha256) != taken.size:  # the collector was quicker
        await store().put(taken.path, taken.sha256)
    await queries.record_blob(ctx, taken.sha256, taken.size)
    await _fill(ctx, evidence, file, taken, found)
    for other in await queries.list_awaiting(ctx, evidence, taken.sha256, taken.size):
        piece = await queries.get_evidence(ctx, other.evidence_id, lock=True)
        await _fill(ctx, piece, other, taken, found)
    return evidence


async def _fill(
    ctx: Context, evidence: Evidence, file: EvidenceFile, taken: Received, found: Examined
) -> None:
    file.sqlmodel_update(
        {
            "sha256": taken.sha256,
            "size": taken.size,
            "media_type": found.media_type,
            "pages": found.pages,
            "text": found.text,
            "received_at": ctx.now,
        }
    )
    file.late = is_late(file, await queries.closing(ctx, evidence.campaign_id))
    await ctx.db.flush()
    await queries.replace_others(ctx, file)
    data: dict[str, Any] = {
        "file_id": str(file.id),
        "sha256": taken.sha256,
        "size": taken.size,
        "late": file.late,
    }
    if await settle(ctx, evidence, data):
        return
    if evidence.state is EvidenceState.AVAILABLE:
        data["verdicts"] = await queries.ask_again(ctx, evidence.id)
    touch(ctx, evidence)
    emit(
        ctx, "evidence.file_received", evidence.id, evidence.unit_id, audience=Audience.UNIT, **data
    )


async def settle(ctx: Context, evidence: Evidence, data: dict[str, Any]) -> bool:
    """Make a promised piece available once all its files are here; tell whether it was made so."""
    if evidence.state is not EvidenceState.PROMISED or await queries.is_waiting(ctx, evidence.id):
        return False
    evidence.received_at = ctx.now
    EVIDENCE.apply(system(ctx), evidence, "receive", **data)
    return True


def is_late(file: EvidenceFile, closing: Closing | None) -> bool:
    """Tell whether a file that has come is late.

    In time is what came before the window closed, and what was promised with its hash by then and
    came within the grace. Late is marked, never zeroed (§3).
    """
    if closing is None or file.received_at is None or file.received_at <= closing.closes_at:
        return False
    promised = file.declared_sha256 is not None and file.promised_at <= closing.closes_at
    return not (promised and file.received_at <= closing.grace_until)


def system(ctx: Context) -> Context:
    """The same context, for the transitions that the product makes itself."""
    return replace(ctx, actor=replace(ctx.actor, roles=ctx.actor.roles | {Role.SYSTEM}))


async def issue_ticket(
    ctx: Context, evidence_id: UUID, file_id: UUID | None, page: int | None = None
) -> tuple[str, datetime]:
    """Give a one-time ticket for a file's bytes or one page of it; who opens it is on record.

    Without `file_id` it is the first one; an earlier revision is named by its own id.
    """
    ctx.require_scope(policy.SCOPE)
    evidence = await queries.get_evidence(ctx, evidence_id)
    files = [one for one in await queries.list_files(ctx, evidence.id) if one.received_at]
    if file_id is None:
        files = [one for one in files if one.replaced_at is None]
    else:
        files = [one for one in files if one.id == file_id]
    if evidence.state is EvidenceState.WITHDRAWN or not files:
        code, zh = "evidence.no_content", "材料内容尚未上传或已撤回，没有文件可下载。"
        raise Conflict(code, zh, "There is no file to open.")
    ticket = draw_ticket(ctx)
    ctx.db.add(
        DownloadTicket(
            token_hash=ticket.hash,
            unit_id=evidence.unit_id,
            file_id=files[0].id,
            person_id=ctx.person_id,
            expires_at=ticket.expires_at,
            page=page,
            stamp=await _stamp(ctx) if page else None,
        )
    )
    emit(
        ctx,
        "evidence.opened",
        evidence.id,
        evidence.unit_id,
        audience=Audience.ADMIN,
        file_id=str(files[0].id),
        **({"page": page} if page else {}),
    )
    return ticket.said, ticket.expires_at


async def open_file(ctx: Context, ticket: str) -> EvidenceFile:
    """Use a ticket up; raise `Gone` when it was used or is too old."""
    opened = await queries.use_ticket(ctx, hash_of(ticket))
    if opened is None:
        raise used()
    return await queries.file_of(ctx, opened)


async def find_page(ctx: Context, ticket: str) -> ShownPage:
    """Tell what a good ticket shows; `use_page` uses it up after drawing."""
    found = await queries.find_page_ticket(ctx, hash_of(ticket))
    if found is None or found.page is None:
        raise used()
    file = await queries.file_of(ctx, found.file_id)
    return ShownPage(file.sha256 or "", file.media_type, found.page, found.stamp or "")


async def use_page(ctx: Context, ticket: str) -> None:
    """Use the ticket of a page up; raise `Gone` when somebody was quicker."""
    if await queries.use_ticket(ctx, hash_of(ticket), page=True) is None:
        raise used()


async def _stamp(ctx: Context) -> str:
    """Say who looks, of which unit, when: in Beijing's time."""
    when = ctx.now.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return " · ".join([ctx.actor.name, *await queries.list_unit_name(ctx), when])
