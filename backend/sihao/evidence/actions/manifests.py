"""Promise many files before the deadline: the receipt decides whether they are in time (§3)."""

from hashlib import sha256
from typing import Any

from sihao.campaigns.models import Campaign
from sihao.campaigns.queries import list_criteria
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.events import Audience, emit
from sihao.core.settings import settings
from sihao.evidence import policy, queries
from sihao.evidence.actions.holding import check_takes
from sihao.evidence.manifest_schemas import ManifestCreate, ManifestLine
from sihao.evidence.models import EvidenceManifest

_LISTED = 100
"""Errors told at once; the rest is counted."""
_FILE_NAME = 200


async def create_manifest(ctx: Context, body: ManifestCreate) -> EvidenceManifest:
    """Take a manifest as a whole: promised evidence with its files and links, and a receipt.

    What an earlier manifest said of a path stands; other bytes at a known path are a revision.
    Raises `Invalid` with every line that cannot be taken.
    """
    ctx.require_scope(policy.SCOPE)
    policy.check_promises(ctx.actor)
    try:
        campaign = await check_takes(ctx, body.campaign_id)
    except NotFound as unknown:
        raise Invalid(unknown.code, unknown.zh, unknown.en, pointer="/body/campaign_id") from None
    await _check_lines(ctx, campaign, body.lines)
    await queries.hold_paths(ctx, campaign.id)
    closing = await queries.closing(ctx, campaign.id)
    manifest = EvidenceManifest(
        unit_id=ctx.unit_id,
        campaign_id=campaign.id,
        received_at=ctx.now,
        content_hash=hash_of(body.lines),
        lines=len(body.lines),
        total_size=sum(one.size for one in body.lines),
        late=closing is not None and ctx.now > closing.closes_at,
        made_by=ctx.actor.name,
        made_by_id=ctx.actor.id,
    )
    ctx.db.add(manifest)
    await ctx.db.flush()
    written = await queries.fulfil_lines(ctx, manifest, campaign.standard_id, body.lines)
    manifest.unchanged = manifest.lines - written["revised"] - written["made"]
    manifest.number = await queries.next_number(ctx, campaign.id)
    await ctx.db.flush()
    emit(
        ctx,
        "evidence_manifest.received",
        manifest.id,
        manifest.unit_id,
        audience=Audience.UNIT,
        number=manifest.number,
        content_hash=manifest.content_hash,
        lines=manifest.lines,
        late=manifest.late,
        **{step: written[step] for step in ("revised", "made", "links")},
    )
    return manifest


def hash_of(lines: list[ManifestLine]) -> str:
    """Hash the canonical lines; anybody who has the list can compute it again.

    Hash, size, path and codes with tabs between them and a line feed behind, ordered by path.
    """
    digest = sha256()
    for one in sorted(lines, key=lambda line: line.path):
        digest.update(f"{one.sha256}\t{one.size}\t{one.path}\t{','.join(one.codes)}\n".encode())
    return digest.hexdigest()


async def _check_lines(ctx: Context, campaign: Campaign, lines: list[ManifestLine]) -> None:
    known = (
        {one.code for one in await list_criteria(ctx, campaign.standard_id)}
        if campaign.standard_id
        else set()
    )
    errors, seen = [], dict[str, int]()
    for at, line in enumerate(lines):
        here = f"/body/lines/{at}"
        if (first := seen.setdefault(line.path, at)) != at:
            errors.append(_error(f"{here}/path", "path", f"与第 {first + 1} 行的路径相同。"))
        if not 1 <= len(line.file_name) <= _FILE_NAME:
            zh = f"路径最后一段须为 1 至 {_FILE_NAME} 个字的文件名。"
            errors.append(_error(f"{here}/path", "file_name", zh))
        if line.size > settings().max_upload_bytes:
            limit = settings().max_upload_bytes // (1024 * 1024)
            errors.append(_error(f"{here}/size", "size", f"单个文件不能超过 {limit} MB。"))
        errors += [
            _error(f"{here}/codes/{n}", "code", f"本年度标准没有条目“{code}”。")
            for n, code in enumerate(line.codes)
            if code not in known
        ]
    if errors:
        zh = f"清单有 {len(errors)} 处错误，没有受理；请改正后重报。"
        en = f"The manifest has {len(errors)} errors; nothing was taken."
        raise Invalid("evidence_manifest.lines", zh, en, errors=errors[:_LISTED])


def _error(pointer: str, reason: str, detail: str) -> dict[str, Any]:
    return {"pointer": pointer, "code": f"evidence_manifest.{reason}", "detail": detail}
