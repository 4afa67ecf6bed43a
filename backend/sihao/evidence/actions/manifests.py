"""Promise many files before the deadline: the receipt decides whether they are in time (§3)."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

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


class Taken(NamedTuple):
    """A manifest, and how many of its lines are new files or new revisions of known ones."""

    manifest: EvidenceManifest
    made: int
    revised: int


class Mistake(NamedTuple):
    """What is wrong with one line, counted from 0; `nth` of its codes, if it is one of them."""

    at: int
    field: str
    reason: str
    zh: str
    nth: int | None = None


async def open_year(ctx: Context, campaign_id: UUID, pointer: str) -> Campaign:
    """Hold the year that a manifest is for; refuse whoever may not hand one in for it."""
    ctx.require_scope(policy.SCOPE)
    policy.check_promises(ctx.actor)
    try:
        return await check_takes(ctx, campaign_id)
    except NotFound as unknown:
        raise Invalid(unknown.code, unknown.zh, unknown.en, pointer=pointer) from None


async def create_manifest(ctx: Context, body: ManifestCreate) -> Taken:
    """Take a manifest as a whole: promised evidence with its files and links, and a receipt.

    What an earlier manifest said of a path stands; other bytes at a known path are a revision.
    Raises `Invalid` with every line that cannot be taken.
    """
    campaign = await open_year(ctx, body.campaign_id, "/body/campaign_id")
    if mistakes := await list_mistakes(ctx, campaign, body.lines):
        zh = f"清单有 {len(mistakes)} 处错误，没有受理；请改正后重报。"
        en = f"The manifest has {len(mistakes)} errors; nothing was taken."
        errors = [_error(one) for one in mistakes[:_LISTED]]
        raise Invalid("evidence_manifest.lines", zh, en, errors=errors)
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
    return Taken(manifest, written["made"], written["revised"])


def hash_of(lines: list[ManifestLine]) -> str:
    """Hash the canonical lines; anybody who has the list can compute it again.

    Hash, size, path and codes with tabs between them and a line feed behind, ordered by path.
    """
    digest = sha256()
    for one in sorted(lines, key=lambda line: line.path):
        digest.update(f"{one.sha256}\t{one.size}\t{one.path}\t{','.join(one.codes)}\n".encode())
    return digest.hexdigest()


async def list_mistakes(
    ctx: Context,
    campaign: Campaign,
    lines: Sequence[ManifestLine],
    numbers: Sequence[int] | None = None,
) -> list[Mistake]:
    """List what is wrong with lines that are each well written.

    `numbers` are those by which whoever sent them knows the lines; without any, from 1 on.
    """
    known = (
        {one.code for one in await list_criteria(ctx, campaign.standard_id)}
        if campaign.standard_id
        else set()
    )
    limit = settings().max_upload_bytes
    found, seen = list[Mistake](), dict[str, int]()
    for at, line in enumerate(lines):
        if (first := seen.setdefault(line.path, at)) != at:
            number = numbers[first] if numbers else first + 1
            found.append(Mistake(at, "path", "path", f"与第 {number} 行的路径相同。"))
        if not 1 <= len(line.file_name) <= _FILE_NAME:
            zh = f"路径最后一段须为 1 至 {_FILE_NAME} 个字的文件名。"
            found.append(Mistake(at, "path", "file_name", zh))
        if line.size > limit:
            zh = f"单个文件不能超过 {limit // (1024 * 1024)} MB。"
            found.append(Mistake(at, "size", "size", zh))
        found += [
            Mistake(at, "codes", "code", f"本年度标准没有条目“{code}”。", n)
            for n, code in enumerate(line.codes)
            if code not in known
        ]
    return found


def _error(one: Mistake) -> dict[str, Any]:
    place = one.field if one.nth is None else f"{one.field}/{one.nth}"
    pointer = f"/body/lines/{one.at}/{place}"
    return {"pointer": pointer, "code": f"evidence_manifest.{one.reason}", "detail": one.zh}
