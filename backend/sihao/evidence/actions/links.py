"""Say what evidence shows, take it back, judge it, lock it."""

from uuid import UUID

from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid, NotFound, Problem
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.evidence import policy, queries
from sihao.evidence.actions.holding import check_takes, open_evidence
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceLink, Verdict
from sihao.evidence.queries import Locked, Naming
from sihao.evidence.schemas import (
    LinkOutcome,
    LinkStatus,
    LinkTarget,
    LinkWanted,
    VerdictWanted,
)


async def create_link(ctx: Context, evidence_id: UUID, target: LinkTarget) -> EvidenceLink:
    """Say one more thing that the evidence shows (B1)."""
    evidence = await open_evidence(ctx, evidence_id)
    link = await add_link(ctx, evidence, target, "/body")
    touch(ctx, evidence)
    _record(ctx, link, target)
    return link


async def create_links(ctx: Context, wanted: list[LinkWanted]) -> list[LinkOutcome]:
    """Make many links; each is made or refused for itself, in the order given (F71)."""
    ctx.require_scope(policy.SCOPE)
    held: dict[UUID, Evidence] = {}
    made: dict[UUID, int] = {}
    outcomes: list[LinkOutcome] = []
    for at, one in enumerate(wanted):
        try:
            if one.evidence_id not in held:
                held[one.evidence_id] = await open_evidence(ctx, one.evidence_id)
            evidence, pointer = held[one.evidence_id], f"/body/links/{at}"
            link = await add_link(ctx, evidence, one.target(), pointer)
        except Problem as refused:
            exists = refused.code == "evidence_link.exists"
            outcomes.append(
                LinkOutcome(
                    status=LinkStatus.EXISTS if exists else LinkStatus.REFUSED,
                    code=refused.code,
                    detail=refused.zh,
                )
            )
        else:
            made[evidence.id] = made.get(evidence.id, 0) + 1
            outcomes.append(LinkOutcome(status=LinkStatus.CREATED, link_id=link.id))
    for evidence_id, count in made.items():
        touch(ctx, held[evidence_id])
        emit(
            ctx,
            "evidence.linked",
            evidence_id,
            held[evidence_id].unit_id,
            audience=Audience.UNIT,
            links=count,
        )
    return outcomes


async def add_link(
    ctx: Context, evidence: Evidence, target: LinkTarget, pointer: str
) -> EvidenceLink:
    """Link a piece that is held. Raises `Invalid` for an unknown target, `Conflict` for a known."""
    key = next(iter(target.model_dump(exclude_none=True)))
    if not await queries.is_target(ctx, evidence, target):
        code = "evidence_link.target_unknown"
        zh = "没有这个条目、措施、台账记录、检查问题、自查报告或并入考核。"
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


async def delete_link(ctx: Context, link_id: UUID, version: int) -> None:
    """Take a use back while nothing judged or signed rests on it."""
    ctx.require_scope(policy.SCOPE)
    found = await queries.get_link(ctx, link_id)
    evidence = await queries.get_evidence(ctx, found.evidence_id, lock=True)
    link = await queries.get_link(ctx, link_id, lock=True)
    policy.check_hands_in(ctx.actor, evidence)
    check_version(link, version)
    await check_takes(ctx, evidence.campaign_id)
    if reason := why_not_removed(link, await queries.list_namings(ctx, evidence)):
        raise Conflict("evidence_link.locked", reason, "Something judged or signed rests on it.")
    await ctx.db.delete(link)
    touch(ctx, evidence)
    emit(
        ctx,
        "evidence_link.deleted",
        link.id,
        link.unit_id,
        audience=Audience.UNIT,
        evidence_id=str(evidence.id),
    )


async def judge_link(
    ctx: Context, link_id: UUID, version: int, verdict: Verdict, reason: str = ""
) -> EvidenceLink:
    """Accept what the evidence is said to show, reject it with the reason, or take that back."""
    held = await queries.hold_links(ctx, [link_id])
    if link_id not in held:
        raise _unknown()
    link, evidence = held[link_id]
    _check_verdict(ctx, link, evidence, version, verdict, reason, "/body")
    await check_takes(ctx, evidence.campaign_id)
    _give(ctx, link, evidence, verdict, reason)
    return link


async def judge_links(ctx: Context, wanted: list[VerdictWanted]) -> list[EvidenceLink]:
    """Judge many links: all of them, or none with every reason why (`Invalid`)."""
    held = await queries.hold_links(ctx, {one.link_id for one in wanted})
    refused: list[dict[str, str]] = []
    seen: set[UUID] = set()
    for at, one in enumerate(wanted):
        pointer = f"/body/verdicts/{at}"
        try:
            if one.link_id not in held:
                raise _unknown()
            if one.link_id in seen:
                code, zh = "evidence_link.twice", "同一条引用在这次提交中出现了两次。"
                raise Invalid(code, zh, "It is named twice.")
            seen.add(one.link_id)
            link, evidence = held[one.link_id]
            _check_verdict(ctx, link, evidence, one.version, one.verdict, one.reason, pointer)
        except Problem as problem:
            told = {"code": problem.code, "detail": problem.zh}
            refused.append({"pointer": problem.pointer or pointer, **told})
    if refused:
        code, zh = "evidence_link.verdicts", f"有 {len(refused)} 条认定不能成立，全部没有改动。"
        raise Invalid(code, zh, f"{len(refused)} cannot be; none is given.", errors=refused)
    for campaign_id in sorted({evidence.campaign_id for _, evidence in held.values()}):
        await check_takes(ctx, campaign_id)
    for one in wanted:
        _give(ctx, *held[one.link_id], one.verdict, one.reason)
    return [held[one.link_id][0] for one in wanted]


def _unknown() -> NotFound:
    return NotFound("evidence_link.unknown", "没有这条引用。", "No such link.")


def _check_verdict(
    ctx: Context,
    link: EvidenceLink,
    evidence: Evidence,
    version: int,
    verdict: Verdict,
    reason: str,
    pointer: str,
) -> None:
    """Raise what keeps this verdict from being given."""
    policy.check_judges(ctx.actor, link)
    check_version(link, version)
    if verdict is Verdict.UNREVIEWED:
        if link.verdict is Verdict.UNREVIEWED:
            code, zh = "evidence_link.not_judged", "这条引用还没有认定，不需撤销。"
            raise Conflict(code, zh, "There is no verdict to take back.")
        return
    if evidence.state is not EvidenceState.AVAILABLE:
        code, zh = "evidence_link.no_content", "材料内容尚未上传或已撤回，不能认定。"
        raise Conflict(code, zh, "There is nothing to judge.")
    if verdict is Verdict.REJECTED and not reason:
        code, zh = "evidence_link.reason", "不采信须写明理由。"
        raise Invalid(code, zh, "Say why.", pointer=f"{pointer}/reason")


def _give(
    ctx: Context, link: EvidenceLink, evidence: Evidence, verdict: Verdict, reason: str
) -> None:
    link.verdict, link.reason = verdict, reason
    touch(ctx, link)
    emit(
        ctx,
        f"evidence_link.{verdict.value}",
        link.id,
        link.unit_id,
        audience=Audience.UNIT,
        evidence_id=str(evidence.id),
        title=evidence.title,
        reason=reason,
    )


async def lock_links(ctx: Context, campaign_id: UUID, unit_id: UUID) -> list[Locked]:
    """Lock the unit's links of a year, as a signature does, and list what they show.

    What is listed names the revisions that stand now; a later one does not change it.
    """
    used = await queries.hold_used(ctx, campaign_id, unit_id)
    await queries.mark_locked(ctx, {one.evidence_id for one in used})
    return used


def why_not_removed(link: EvidenceLink, namings: list[Naming]) -> str | None:
    """Give the reason why a link stays, or None; `namings` are those of its piece."""
    said = queries.say_namings([one for one in namings if one.link_id == link.id])
    return f"{'、'.join(said)}正在引用，不能取消。" if said else None


def _record(ctx: Context, link: EvidenceLink, target: LinkTarget) -> None:
    emit(
        ctx,
        "evidence_link.created",
        link.id,
        link.unit_id,
        audience=Audience.UNIT,
        evidence_id=str(link.evidence_id),
        **target.model_dump(mode="json", exclude_none=True),
    )
