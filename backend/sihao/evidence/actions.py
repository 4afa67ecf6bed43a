"""Hand in evidence, say what it shows, judge it, open it."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.queries import hold_campaign
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Gone, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.files import Received
from sihao.core.lifecycle import stamps, touch
from sihao.evidence import policy, queries
from sihao.evidence.lifecycle import EVIDENCE, EvidenceFacts, EvidenceState
from sihao.evidence.models import DownloadTicket, Evidence, EvidenceLink, Verdict
from sihao.evidence.queries import Locked
from sihao.evidence.schemas import EvidenceCreate, EvidenceUpdate, LinkTarget

TICKET_LIVES = timedelta(minutes=2)
_TAKES = frozenset({CampaignState.OPEN, CampaignState.INSPECTING, CampaignState.SETTLING})


async def create_evidence(ctx: Context, body: EvidenceCreate) -> Evidence:
    """Promise a file: its line in the manifest counts from now, its bytes may follow."""
    ctx.require_scope(policy.SCOPE)
    unit_id = ctx.unit_id
    try:
        await _check_takes(ctx, body.campaign_id)
    except NotFound as unknown:
        raise Invalid(unknown.code, unknown.zh, unknown.en, pointer="/body/campaign_id") from None
    evidence = Evidence.model_validate(
        body.model_dump(exclude={"links"}),
        update={
            "unit_id": unit_id,
            "uploaded_by": ctx.actor.name,
            "uploaded_by_id": ctx.actor.id,
            **stamps(ctx),
        },
    )
    policy.check_hands_in(ctx.actor, evidence)
    ctx.db.add(evidence)
    await ctx.db.flush()
    for at, target in enumerate(body.links):
        await _add_link(ctx, evidence, target, f"/body/links/{at}")
    emit(
        ctx,
        "evidence.created",
        evidence.id,
        unit_id,
        title=evidence.title,
        file_name=evidence.file_name,
        links=len(body.links),
    )
    return evidence


async def update_evidence(
    ctx: Context, evidence_id: UUID, version: int, body: EvidenceUpdate
) -> Evidence:
    """Change what is said about a file; not what it is."""
    evidence = await _open_evidence(ctx, evidence_id, version)
    changes = body.model_dump(exclude_unset=True)
    for required in ("title", "note"):
        if changes.get(required, "") is None:
            del changes[required]
    evidence.sqlmodel_update(changes)
    start, end = evidence.covers_from, evidence.covers_until
    if start and end and end < start:
        code, zh = "evidence.period", "材料所属时间的止日不能早于起日。"
        raise Invalid(code, zh, "The period ends before it begins.", pointer="/body/covers_until")
    touch(ctx, evidence)
    emit(ctx, "evidence.updated", evidence.id, evidence.unit_id, fields=sorted(changes))
    return evidence


async def move_evidence(
    ctx: Context, evidence_id: UUID, version: int, name: str, opinion: str
) -> Evidence:
    """Withdraw what nothing locked uses."""
    evidence = await queries.get_evidence(ctx, evidence_id, lock=True)
    check_version(evidence, version)
    await _check_takes(ctx, evidence.campaign_id)
    facts = EvidenceFacts(await queries.count_locked(ctx, evidence.id))
    EVIDENCE.apply(ctx, evidence, name, opinion, facts=facts)
    return evidence


async def expect_content(ctx: Context, evidence_id: UUID, version: int) -> str:
    """Check before the first byte that the content may come; give the name of the file."""
    ctx.require_scope(policy.SCOPE)
    evidence = await queries.get_evidence(ctx, evidence_id)
    policy.check_hands_in(ctx.actor, evidence)
    check_version(evidence, version)
    await _check_takes(ctx, evidence.campaign_id)
    if evidence.state is not EvidenceState.PROMISED:
        code, zh = "evidence.receive.state", "这份材料已有内容或已撤回，请另行登记后上传。"
        raise Conflict(code, zh, "It has its content already, or is withdrawn.")
    return evidence.file_name


async def receive_content(
    ctx: Context, evidence_id: UUID, version: int, file: Received, media_type: str
) -> Evidence:
    """Keep bytes that are durable and checked: first at their address, then in the record."""
    evidence = await _open_evidence(ctx, evidence_id, version)
    await queries.hold_bytes(ctx, file.sha256)
    await file.keep()
    await queries.record_blob(ctx, file.sha256, file.size)
    evidence.sqlmodel_update(
        {
            "sha256": file.sha256,
            "size": file.size,
            "media_type": media_type,
            "received_at": ctx.now,
        }
    )
    verified = replace(ctx, actor=replace(ctx.actor, roles=ctx.actor.roles | {Role.SYSTEM}))
    EVIDENCE.apply(verified, evidence, "receive", sha256=file.sha256, size=file.size)
    return evidence


async def create_link(ctx: Context, evidence_id: UUID, target: LinkTarget) -> EvidenceLink:
    """Say one more thing that the file shows (B1)."""
    evidence = await _open_evidence(ctx, evidence_id)
    link = await _add_link(ctx, evidence, target, "/body")
    touch(ctx, evidence)
    emit(
        ctx,
        "evidence_link.created",
        link.id,
        link.unit_id,
        evidence_id=str(evidence.id),
        **target.model_dump(mode="json", exclude_none=True),
    )
    return link


async def delete_link(ctx: Context, link_id: UUID, version: int) -> None:
    """Take a use back while no signed self-report has locked it."""
    ctx.require_scope(policy.SCOPE)
    found = await queries.get_link(ctx, link_id)
    evidence = await queries.get_evidence(ctx, found.evidence_id, lock=True)
    link = await queries.get_link(ctx, link_id, lock=True)
    policy.check_hands_in(ctx.actor, evidence)
    check_version(link, version)
    await _check_takes(ctx, evidence.campaign_id)
    if reason := why_not_removed(link):
        raise Conflict("evidence_link.locked", reason, "A signed self-report uses it.")
    await ctx.db.delete(link)
    touch(ctx, evidence)
    emit(ctx, "evidence_link.deleted", link.id, link.unit_id, evidence_id=str(evidence.id))


async def judge_link(
    ctx: Context, link_id: UUID, version: int, verdict: Verdict, reason: str
) -> EvidenceLink:
    """Accept what the file is said to show, or reject it with the reason."""
    link = await queries.get_link(ctx, link_id, lock=True)
    policy.check_judges(ctx.actor, link)
    check_version(link, version)
    evidence = await queries.get_evidence(ctx, link.evidence_id)
    await _check_takes(ctx, evidence.campaign_id)
    if evidence.state is not EvidenceState.AVAILABLE:
        code, zh = "evidence_link.no_content", "材料内容尚未上传或已撤回，不能认定。"
        raise Conflict(code, zh, "There is nothing to judge.")
    if verdict is Verdict.REJECTED and not reason:
        code, zh = "evidence_link.reason", "不采信须写明理由。"
        raise Invalid(code, zh, "Say why.", pointer="/body/reason")
    link.verdict, link.reason = verdict, reason
    touch(ctx, link)
    emit(
        ctx,
        f"evidence_link.{verdict.value}",
        link.id,
        link.unit_id,
        evidence_id=str(evidence.id),
        title=evidence.title,
        reason=reason,
    )
    return link


async def lock_links(ctx: Context, campaign_id: UUID, unit_id: UUID) -> list[Locked]:
    """Lock the unit's links of a year, as a signature does, and list what they show."""
    used = await queries.hold_used(ctx, campaign_id, unit_id)
    await queries.mark_locked(ctx, {one.evidence_id for one in used})
    return used


async def issue_ticket(ctx: Context, evidence_id: UUID) -> tuple[str, datetime]:
    """Give a one-time ticket for the bytes; who opens a file is on record."""
    ctx.require_scope(policy.SCOPE)
    evidence = await queries.get_evidence(ctx, evidence_id)
    if evidence.state is not EvidenceState.AVAILABLE:
        code, zh = "evidence.no_content", "材料内容尚未上传或已撤回，没有文件可下载。"
        raise Conflict(code, zh, "There is no file to open.")
    ticket, expires_at = secrets.token_urlsafe(32), ctx.now + TICKET_LIVES
    ctx.db.add(
        DownloadTicket(
            token_hash=_hash(ticket),
            unit_id=evidence.unit_id,
            evidence_id=evidence.id,
            person_id=ctx.person_id,
            expires_at=expires_at,
        )
    )
    emit(ctx, "evidence.opened", evidence.id, evidence.unit_id, audience=Audience.ADMIN)
    return ticket, expires_at


async def open_file(ctx: Context, ticket: str) -> Evidence:
    """Use a ticket up; raise `Gone` when it was used or is too old."""
    opened = await queries.use_ticket(ctx, _hash(ticket))
    if opened is None:
        code, zh = "ticket.used", "下载地址只能用一次，现已失效，请回到材料页重新下载。"
        raise Gone(code, zh, "The ticket was used or has expired.")
    return await queries.file_of(ctx, opened)


def why_not_removed(link: EvidenceLink) -> str | None:
    """Give the reason why a link stays, or None."""
    return "已签发的自查报告正在引用，不能取消。" if link.locked_at else None


async def _open_evidence(ctx: Context, evidence_id: UUID, version: int | None = None) -> Evidence:
    """Lock a piece that the caller's unit may change, in a year that takes changes."""
    ctx.require_scope(policy.SCOPE)
    evidence = await queries.get_evidence(ctx, evidence_id, lock=True)
    policy.check_hands_in(ctx.actor, evidence)
    if version is not None:
        check_version(evidence, version)
    await _check_takes(ctx, evidence.campaign_id)
    if evidence.state is EvidenceState.WITHDRAWN:
        code, zh = "evidence.withdrawn", "这份材料已撤回，不能再改。"
        raise Conflict(code, zh, "It is withdrawn.")
    return evidence


async def _check_takes(ctx: Context, campaign_id: UUID) -> None:
    campaign = await hold_campaign(ctx, campaign_id)
    if campaign.state not in _TAKES:
        code, zh = "campaign.phase", "本创建年度尚未启动或已经结束，不能再变动佐证材料。"
        raise Conflict(code, zh, "The campaign takes no evidence now.", state=campaign.state)


async def _add_link(
    ctx: Context, evidence: Evidence, target: LinkTarget, pointer: str
) -> EvidenceLink:
    key = next(iter(target.model_dump(exclude_none=True)))
    if not await queries.is_target(ctx, evidence, target):
        code, zh = "evidence_link.target_unknown", "没有这个条目、措施、台账记录或检查问题。"
        raise Invalid(code, zh, "No such target.", pointer=f"{pointer}/{key}")
    if await queries.is_linked(ctx, evidence.id, target):
        code, zh = "evidence_link.exists", "这份材料已用于此处，不必重复。"
        raise Conflict(code, zh, "It is linked already.", pointer=f"{pointer}/{key}")
    link = EvidenceLink.model_validate(
        target.model_dump(),
        update={"unit_id": evidence.unit_id, "evidence_id": evidence.id, **stamps(ctx)},
    )
    ctx.db.add(link)
    await ctx.db.flush()
    return link


def _hash(ticket: str) -> str:
    return sha256(ticket.encode()).hexdigest()
