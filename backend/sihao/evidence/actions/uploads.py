"""Resumable uploads: begin one for a file that is to come, go on, finish, give up."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from sihao.core.context import Context
from sihao.core.errors import Conflict, Gone, Invalid
from sihao.core.events import Audience, emit
from sihao.core.stores.resumable import Held
from sihao.evidence import policy, queries
from sihao.evidence.actions.contents import Expected, as_expected, awaits
from sihao.evidence.actions.holding import open_evidence
from sihao.evidence.actions.pieces import add_file_to
from sihao.evidence.models import EvidenceFile, Upload
from sihao.evidence.schemas import FileCreate, UploadWanted

UPLOAD_LIVES = timedelta(days=7)
"""After so long without a byte an upload is dropped."""


class GoingOn(NamedTuple):
    """What is known of an upload while no transaction is open."""

    file: Expected
    length: int
    sha256: str | None


async def find_file(ctx: Context, wanted: UploadWanted, length: int) -> EvidenceFile:
    """Find the file that an upload is meant for.

    `file_id` names it. `evidence_id` means the piece's awaited file of that name, or else one more
    file of it. `sha256` alone means what the unit has promised with this hash and size.
    """
    ctx.require_scope(policy.SCOPE)
    if wanted.file_id is None and wanted.evidence_id is not None:
        return await _file_of_piece(ctx, wanted.evidence_id, wanted.filename)
    file_id = wanted.file_id
    if file_id is None and wanted.sha256 is not None:
        file_id = await queries.find_promised(ctx, wanted.sha256, length)
    if file_id is None:
        code, zh = "upload.whose", "没有说明文件属于哪份材料，清单中也没有相同校验值的待传文件。"
        en = "Name evidence_id or file_id, or the sha256 of a file that was promised."
        raise Invalid(code, zh, en, pointer="/header/Upload-Metadata")
    file = await queries.get_file(ctx, file_id)
    await open_evidence(ctx, file.evidence_id)
    if not awaits(file):
        code, zh = "evidence.receive.state", "没有待上传的文件：内容已收到，或文件已被新版本代替。"
        raise Conflict(code, zh, "It has its content already, or was replaced.")
    return file


async def _file_of_piece(ctx: Context, evidence_id: UUID, file_name: str) -> EvidenceFile:
    evidence = await open_evidence(ctx, evidence_id)
    for file in await queries.list_files(ctx, evidence.id):
        if awaits(file) and file.file_name == file_name:
            return file
    return await add_file_to(ctx, evidence, FileCreate(file_name=file_name))


async def begin_upload(
    ctx: Context, upload_id: UUID, wanted: UploadWanted, length: int, meta: str
) -> Upload:
    """Record an upload whose place in the spool is made."""
    file = await find_file(ctx, wanted, length)
    upload = Upload(
        id=upload_id,
        unit_id=file.unit_id,
        file_id=file.id,
        person_id=ctx.person_id,
        length=length,
        sha256=wanted.sha256,
        meta=meta,
        created_at=ctx.now,
        expires_at=ctx.now + UPLOAD_LIVES,
    )
    ctx.db.add(upload)
    await ctx.db.flush()
    return upload


def new_upload_id() -> UUID:
    """Draw the secret part of an upload's address."""
    return uuid4()


async def expect_bytes(ctx: Context, upload_id: UUID, offset: int, held: Held) -> GoingOn:
    """Check before the first byte that the upload may go on from `offset`."""
    ctx.require_scope(policy.SCOPE)
    upload = await queries.get_upload(ctx, upload_id)
    check_alive(ctx, upload)
    file = await queries.get_file(ctx, upload.file_id)
    await open_evidence(ctx, file.evidence_id)
    here = upload.length if upload.finished_at else await held.offset(upload.offset_bytes)
    if offset != here or upload.finished_at:
        code, zh = "upload.offset", "续传的位置不对，请先查询已收到的位置。"
        wrong = Conflict(code, zh, "Ask HEAD for the offset.", offset=here)
        wrong.headers["Upload-Offset"] = str(here)
        raise wrong
    return GoingOn(as_expected(file), upload.length, upload.sha256)


def check_alive(ctx: Context, upload: Upload) -> None:
    """Raise `Gone` for an upload that nobody went on with for too long."""
    if upload.expires_at <= ctx.now:
        code, zh = "upload.expired", "这次上传已过期，请重新上传。"
        raise Gone(code, zh, "This upload has expired.")


async def record_offset(ctx: Context, upload_id: UUID, offset: int) -> Upload:
    """Record bytes that are durable."""
    upload = await queries.get_upload(ctx, upload_id, lock=True)
    upload.offset_bytes, upload.expires_at = offset, ctx.now + UPLOAD_LIVES
    return upload


def finish_upload(ctx: Context, upload: Upload) -> None:
    """Record that the file is received; HEAD goes on telling so until the upload expires."""
    upload.finished_at = ctx.now


async def refuse_upload(ctx: Context, upload_id: UUID, file_name: str, code: str) -> None:
    """Drop an upload whose bytes were refused; of them nothing is kept."""
    upload = await queries.get_upload(ctx, upload_id, lock=True)
    await ctx.db.delete(upload)
    emit(
        ctx,
        "upload.refused",
        upload.file_id,
        upload.unit_id,
        audience=Audience.UNIT,
        file_name=file_name,
        code=code,
    )


async def give_up(ctx: Context, upload_id: UUID) -> None:
    """End an upload that its owner does not want any more."""
    upload = await queries.get_upload(ctx, upload_id, lock=True)
    await ctx.db.delete(upload)
