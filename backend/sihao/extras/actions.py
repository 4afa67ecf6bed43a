"""Raise bonuses, penalties and vetoes; give notice of them and decide."""

from datetime import datetime
from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.core.context import Context
from sihao.core.errors import Forbidden, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps
from sihao.extras import policy, queries
from sihao.extras.lifecycle import EXTRA, RAISERS, ExtraOrigin
from sihao.extras.lines import ListLine
from sihao.extras.models import Extra
from sihao.extras.schemas import ExtraCreate
from sihao.inspections.actions.phase import PREPARING, hold_phase_named
from sihao.inspections.queries.calendar import get_calendar
from sihao.inspections.queries.co_assessments import list_known_units
from sihao.inspections.queries.sheets import check_evidence


async def raise_extra(ctx: Context, body: ExtraCreate) -> Extra:
    """Propose what the year's list knows, before results are settled.

    Bonuses and penalties are the committee's to raise, a bonus with evidence also the unit's; a
    veto that the scheme gives to a merged assessment is its owner's alone.
    """
    ctx.require(*RAISERS)
    campaign = await hold_phase_named(ctx, body.campaign_id, PREPARING)
    if body.unit_id not in await list_known_units(ctx, [body.unit_id]):
        pointer = "/body/unit_id"
        raise Invalid("unit.unknown", "没有这个单位。", "No such unit.", pointer=pointer)
    line = await queries.find_line(ctx, campaign.id, body.code)
    if line is None:
        code, zh = "extra.code", f"本年度的计分方案中没有 {body.code} 这一项。"
        raise Invalid(code, zh, "The scheme has no such line.", pointer="/body/code")
    head = (await queries.list_assessments(ctx, campaign.id)).get(line.assessment)
    refused = policy.why_not_raise(ctx.actor, line, head)
    if refused is not None:
        raise Forbidden("extra.raiser", refused, "It is for others to raise this.")
    extra = Extra.model_validate(
        body,
        update={
            "kind": line.kind,
            "clause": line.text,
            "points": line.points * body.times,
            "grade": line.grade,
            "co_assessment_id": head.id if head else None,
            "origin": policy.origin_of(ctx.actor, line),
            "raised_by": ctx.actor.name,
            "raised_by_id": ctx.person_id,
            **stamps(ctx),
        },
    )
    await _check_proof(ctx, extra)
    await _check_times(ctx, extra, line)
    ctx.db.add(extra)
    await ctx.db.flush()
    own = extra.origin is ExtraOrigin.UNIT
    emit(
        ctx,
        "extra.raised",
        extra.id,
        extra.unit_id,
        audience=Audience.UNIT if own else Audience.COMMITTEE,
        kind=extra.kind,
        code=extra.code,
        points=str(extra.points),
    )
    return extra


async def _check_proof(ctx: Context, extra: Extra) -> None:
    """Raise `Invalid` for neither evidence nor its absence; a unit applies with evidence."""
    await check_evidence(ctx, extra.unit_id, {"/body/evidence_id": extra.evidence_id})
    if extra.evidence_id is not None:
        return
    if extra.origin is ExtraOrigin.UNIT:
        code, zh = "extra.evidence", "申请加分须附佐证材料。"
        raise Invalid(code, zh, "An application needs evidence.", pointer="/body/evidence_id")
    if not extra.absence:
        code, zh = "extra.proof", "请选择佐证材料；没有的，写明依据何在或者为什么没有佐证。"
        raise Invalid(code, zh, "Name evidence or its absence.", pointer="/body/absence")


async def _check_times(ctx: Context, extra: Extra, line: ListLine) -> None:
    left = max(0, line.times_most - await queries.count_times(ctx, extra))
    if extra.times > left:
        zh = f"{extra.code} 每年最多计 {line.times_most} 次，对该单位还能提出 {left} 次。"
        pointer = "/body/times"
        raise Invalid("extra.times", zh, "More than the scheme allows.", pointer=pointer)


async def move_extra(ctx: Context, extra_id: UUID, version: int, name: str, opinion: str) -> Extra:
    """Give notice, hear the unit, confirm, dismiss, lift or withdraw."""
    extra = await queries.get_extra(ctx, extra_id, lock=True)
    check_version(extra, version)
    campaign = await campaigns.hold_campaign(ctx, extra.campaign_id)
    facts = await queries.get_facts(ctx, extra, campaign, lock=name in _DECIDE)
    EXTRA.apply(ctx, extra, name, opinion, facts=facts, kind=extra.kind, points=str(extra.points))
    who, now = ctx.actor.name, ctx.now
    if name == "publish_notice":
        extra.noticed_by, extra.noticed_by_id, extra.noticed_at = who, ctx.person_id, now
        extra.notice_until = await _end_of_notice(ctx, extra)
    elif name == "state_view":
        extra.view, extra.viewed_by, extra.viewed_at = opinion, who, now
    elif name == "answer_view":
        extra.answer, extra.answered_by, extra.answered_at = opinion, who, now
    else:
        extra.decision, extra.decided_by, extra.decided_at = opinion, who, now
    return extra


_DECIDE = frozenset({"confirm", "dismiss", "lift"})


async def _end_of_notice(ctx: Context, extra: Extra) -> datetime:
    """Tell until when it is on public notice: working days [C]; without any, until now."""
    line = await queries.find_line(ctx, extra.campaign_id, extra.code)
    if line is None or not line.notice_days:
        return ctx.now
    return (await get_calendar(ctx)).end_of(ctx.now, line.notice_days)
