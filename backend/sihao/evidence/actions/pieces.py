"""Register evidence and its files, change what is said about it, go on using last year's."""

from uuid import UUID

from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.evidence import policy, queries
from sihao.evidence.actions.contents import is_late, settle, system
from sihao.evidence.actions.holding import check_takes, open_evidence
from sihao.evidence.actions.links import add_link
from sihao.evidence.lifecycle import EVIDENCE, EvidenceFacts, EvidenceState
from sihao.evidence.models import Evidence, EvidenceFile
from sihao.evidence.schemas import EvidenceCreate, EvidenceReuse, EvidenceUpdate, FileCreate

FILES_OF_A_PIECE = 50


async def create_evidence(ctx: Context, body: EvidenceCreate) -> Evidence:
    """Promise a piece: its bytes may follow."""
    ctx.require_scope(policy.SCOPE)
    unit_id = ctx.unit_id
    try:
        await check_takes(ctx, body.campaign_id)
    except NotFound as unknown:
        raise Invalid(unknown.code, unknown.zh, unknown.en, pointer="/body/campaign_id") from None
    evidence = Evidence.model_validate(
        body.model_dump(exclude={"links", "file_name", "files"}),
        update={"unit_id": unit_id, **_mine(ctx), **stamps(ctx)},
    )
    policy.check_hands_in(ctx.actor, evidence)
    ctx.db.add(evidence)
    await ctx.db.flush()
    files = body.all_files()
    ctx.db.add_all(_new_file(ctx, evidence, one, position) for position, one in enumerate(files, 1))
    for at, target in enumerate(body.links):
        await add_link(ctx, evidence, target, f"/body/links/{at}")
    await ctx.db.flush()
    emit(
        ctx,
        "evidence.created",
        evidence.id,
        unit_id,
        audience=Audience.UNIT,
        title=evidence.title,
        file_name=files[0].file_name,
        files=len(files),
        links=len(body.links),
    )
    return evidence


async def update_evidence(
    ctx: Context, evidence_id: UUID, version: int, body: EvidenceUpdate
) -> Evidence:
    """Change what is said about a piece; not what it is."""
    evidence = await open_evidence(ctx, evidence_id, version)
    changes = body.model_dump(exclude_unset=True)
    for required in ("title", "note", "kind"):
        if changes.get(required, "") is None:
            del changes[required]
    evidence.sqlmodel_update(changes)
    start, end = evidence.covers_from, evidence.covers_until
    if start and end and end < start:
        code, zh = "evidence.period", "材料所属时间的止日不能早于起日。"
        raise Invalid(code, zh, "The period ends before it begins.", pointer="/body/covers_until")
    touch(ctx, evidence)
    emit(
        ctx,
        "evidence.updated",
        evidence.id,
        evidence.unit_id,
        audience=Audience.UNIT,
        fields=sorted(changes),
    )
    return evidence


async def move_evidence(
    ctx: Context, evidence_id: UUID, version: int, name: str, opinion: str
) -> Evidence:
    """Withdraw what nothing judged or signed names.

    The piece is held first, and whatever names it holds it too: who is second finds the other.
    """
    evidence = await queries.get_evidence(ctx, evidence_id, lock=True)
    check_version(evidence, version)
    await check_takes(ctx, evidence.campaign_id)
    facts = EvidenceFacts(queries.say_namings(await queries.list_namings(ctx, evidence)))
    EVIDENCE.apply(ctx, evidence, name, opinion, facts=facts)
    return evidence


async def add_file(ctx: Context, evidence_id: UUID, version: int, body: FileCreate) -> Evidence:
    """Promise one more file, or with `replaces_id` a new revision of one (F18, F22)."""
    evidence = await open_evidence(ctx, evidence_id, version)
    await add_file_to(ctx, evidence, body)
    touch(ctx, evidence)
    return evidence


async def add_file_to(ctx: Context, evidence: Evidence, body: FileCreate) -> EvidenceFile:
    """Add a file to a piece that is held."""
    files = await queries.list_files(ctx, evidence.id)
    old = next((one for one in files if one.id == body.replaces_id), None)
    if body.replaces_id is not None and (old is None or old.replaced_at is not None):
        code, zh = "evidence_file.replaced", "没有这个文件，或者它已有更新的版本。"
        raise Invalid(code, zh, "No such file.", pointer="/body/replaces_id")
    if len({one.position for one in files}) >= FILES_OF_A_PIECE and old is None:
        code, zh = "evidence.files", f"一份材料最多 {FILES_OF_A_PIECE} 个文件，请另行登记。"
        raise Conflict(code, zh, f"A piece has at most {FILES_OF_A_PIECE} files.")
    position = old.position if old else max((one.position for one in files), default=0) + 1
    file = _new_file(ctx, evidence, body, position, old)
    ctx.db.add(file)
    await ctx.db.flush()
    emit(
        ctx,
        "evidence.file_promised",
        evidence.id,
        evidence.unit_id,
        audience=Audience.UNIT,
        file_id=str(file.id),
        file_name=file.file_name,
        replaces_id=old and str(old.id),
    )
    return file


async def delete_file(ctx: Context, evidence_id: UUID, file_id: UUID, version: int) -> Evidence:
    """Take back the promise of a file that has not come and that no manifest names."""
    evidence = await open_evidence(ctx, evidence_id, version)
    files = await queries.list_files(ctx, evidence.id)
    file = next((one for one in files if one.id == file_id), None)
    if file is None:
        raise NotFound("evidence_file.unknown", "没有这个文件。", "No such file.")
    others = [one for one in files if one.id != file.id]
    if file.received_at is not None or file.path is not None or not others:
        code = "evidence_file.kept"
        zh = "已收到的、清单列明的和唯一的文件不能删除；可以上传新版本，或撤回整份材料。"
        raise Conflict(code, zh, "This file stays.")
    await queries.forget_uploads(ctx, file.id)
    await ctx.db.delete(file)
    await ctx.db.flush()
    touch(ctx, evidence)
    emit(
        ctx,
        "evidence.file_deleted",
        evidence.id,
        evidence.unit_id,
        audience=Audience.UNIT,
        file_name=file.file_name,
    )
    await settle(ctx, evidence, {})
    return evidence


async def reuse_evidence(ctx: Context, evidence_id: UUID, body: EvidenceReuse) -> Evidence:
    """Go on using a piece of an earlier year: nothing is uploaded again (B1, W17)."""
    ctx.require_scope(policy.SCOPE)
    old = await queries.get_evidence(ctx, evidence_id)
    policy.check_hands_in(ctx.actor, old)
    campaign = await check_takes(ctx, body.campaign_id)
    if old.campaign_id == campaign.id or old.state is not EvidenceState.AVAILABLE:
        code, zh = "evidence.reuse", "只能沿用以往年度已收到的材料。"
        raise Conflict(code, zh, "Only what an earlier year has can be used again.")
    evidence = Evidence.model_validate(
        old.model_dump(include={"title", "kind", "covers_from", "covers_until", "note"}),
        update={
            **body.model_dump(include={"campaign_id", "not_secret"}),
            "unit_id": old.unit_id,
            "reused_from_id": old.id,
            "received_at": ctx.now,
            **_mine(ctx),
            **stamps(ctx),
        },
    )
    ctx.db.add(evidence)
    await ctx.db.flush()
    await _use_again(ctx, old, evidence)
    for at, target in enumerate(body.links):
        await add_link(ctx, evidence, target, f"/body/links/{at}")
    await ctx.db.flush()
    EVIDENCE.apply(system(ctx), evidence, "receive", reused_from_id=str(old.id))
    return evidence


async def _use_again(ctx: Context, old: Evidence, evidence: Evidence) -> None:
    """Point to the same bytes once more; received now, as far as this year goes."""
    closing, copies = await queries.closing(ctx, evidence.campaign_id), {}
    kept = {"file_name", "sha256", "size", "media_type", "pages"}
    for position, one in enumerate(await queries.list_current(ctx, old.id), 1):
        again = EvidenceFile(
            **one.model_dump(include=kept),
            unit_id=evidence.unit_id,
            evidence_id=evidence.id,
            position=position,
            promised_at=ctx.now,
            received_at=ctx.now,
            uploaded_by=ctx.actor.name,
        )
        again.late = is_late(again, closing)
        ctx.db.add(again)
        copies[again.id] = one.id
    await ctx.db.flush()
    await queries.copy_texts(ctx, copies)


def _new_file(
    ctx: Context,
    evidence: Evidence,
    body: FileCreate,
    position: int,
    old: EvidenceFile | None = None,
) -> EvidenceFile:
    return EvidenceFile(
        unit_id=evidence.unit_id,
        evidence_id=evidence.id,
        position=position,
        file_name=body.file_name,
        declared_sha256=body.sha256,
        declared_size=body.size,
        promised_at=ctx.now,
        uploaded_by=ctx.actor.name,
        replaces_id=old.id if old else None,
    )


def _mine(ctx: Context) -> dict[str, object]:
    return {"uploaded_by": ctx.actor.name, "uploaded_by_id": ctx.actor.id}
