"""Take files in, and carry a checked one out."""

from dataclasses import replace
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.jobs import enqueue
from sihao.core.lifecycle import stamps
from sihao.core.stores import store
from sihao.core.stores.spool import Received
from sihao.evidence.queries import hold_bytes, record_blob
from sihao.imports import policy, queries
from sihao.imports.kinds import KINDS
from sihao.imports.lifecycle import IMPORT
from sihao.imports.models import ImportFormat, ImportJob, ImportMode
from sihao.imports.schemas import ImportParameters
from sihao.units.queries import get_committee


async def receive_import(
    ctx: Context, asked: ImportParameters, file: Received, file_name: str, format_: ImportFormat
) -> ImportJob:
    """Keep a file and have it looked at; refuse at once whoever may not write any of it."""
    ctx.require_scope(policy.SCOPE)
    kind = KINDS[asked.kind]
    if kind.needs_campaign and asked.campaign_id is None:
        code, zh = "import.campaign", "请指明创建年度。"
        raise Invalid(code, zh, "Name the campaign.", pointer="/query/campaign_id")
    if kind.is_whole and asked.mode is ImportMode.PARTIAL:
        code, zh = "import.whole", f"{kind.title}整体导入，不能只导入一部分。"
        raise Invalid(code, zh, "It is taken as a whole.", pointer="/query/mode")
    if kind.is_confirmed and not asked.not_secret:
        code, zh = "import.not_secret", "请先确认所列文件都不涉及国家秘密。"
        raise Invalid(code, zh, "Confirm that none is secret.", pointer="/query/not_secret")
    await kind.allow(ctx, asked.campaign_id)
    await hold_bytes(ctx, file.sha256)
    await store().put(file.path, file.sha256)
    await record_blob(ctx, file.sha256, file.size)
    unit_id = ctx.actor.unit_id or (await get_committee(ctx)).id
    job = ImportJob(
        **asked.model_dump(include={"kind", "campaign_id", "mode", "dry_run"}),
        unit_id=unit_id,
        person_id=ctx.person_id,
        asked_by=ctx.actor.name,
        format=format_,
        file_name=file_name,
        size=file.size,
        sha256=file.sha256,
        **stamps(ctx),
    )
    ctx.db.add(job)
    await ctx.db.flush()
    told = job.model_dump(mode="json", include={"kind", "mode", "dry_run", "file_name", "sha256"})
    if kind.is_confirmed:
        told["not_secret"] = asked.not_secret
    emit(ctx, "import.received", job.id, unit_id, audience=Audience.UNIT, **told)
    await enqueue(ctx, "imports.begin", once=str(job.id), import_id=str(job.id))
    return job


async def move_import(
    ctx: Context, import_id: UUID, version: int, name: str, opinion: str
) -> ImportJob:
    """Carry out what a dry run found good, in the name of whoever says so."""
    ctx.require_scope(policy.SCOPE)
    job = await queries.get_import(ctx, import_id, lock=True)
    check_version(job, version)
    acting = ctx
    if ctx.actor.is_service:  # its scope stands for the role, for this step alone
        acting = replace(ctx, actor=replace(ctx.actor, roles=frozenset({Role.UNIT_OFFICE})))
    IMPORT.apply(acting, job, name, opinion)
    job.person_id, job.asked_by = ctx.person_id, ctx.actor.name
    await ctx.db.flush()
    await enqueue(ctx, "imports.work", once=str(job.id), import_id=str(job.id))
    return job
