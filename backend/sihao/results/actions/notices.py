"""Public notice of the list of a comparison: given, objected to, answered (R21)."""

from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections.queries.calendar import get_calendar
from sihao.inspections.queries.sheets import check_evidence
from sihao.results import policy
from sihao.results.lifecycle import NOTICE_OBJECTION, ComparisonState, NoticeObjectionState
from sihao.results.models import Commendation, Comparison, NoticeObjection
from sihao.results.queries import comparisons, notices
from sihao.results.schemas import NoticedTeam, NoticeObjectionCreate, Withdrawal


async def give_notice(ctx: Context, comparison: Comparison) -> None:
    """Keep the list as it is given notice of, and until when: working days, today not counted."""
    calendar = await get_calendar(ctx)
    comparison.notice_until = calendar.end_of(ctx.now, comparison.notice_days)
    listed = await notices.list_commended(ctx, comparison.id)
    comparison.noticed = [
        NoticedTeam(unit_id=row.unit_id, unit_name=name, merits=row.merits).model_dump(mode="json")
        for row, name in listed
    ]


async def file_objection(ctx: Context, body: NoticeObjectionCreate) -> NoticeObjection:
    """Object to the list of a notice: a unit while it runs, an officer for who wrote a letter.

    Raises `Conflict` when the notice is over, `Invalid` for a team that is not on it and for a
    letter without a sender or with evidence, which only units have.
    """
    ctx.require(Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.OFFICER)
    notice = await notices.get_notice_named(ctx, body.comparison_id)
    if not policy.may_object(ctx, notice):
        code, zh = "notice_objection.closed", "公示已经期满，不再受理异议。"
        raise Conflict(code, zh, "The notice is over.")
    names = {team["unit_id"]: team["unit_name"] for team in notice.noticed}
    if body.about_id is not None and str(body.about_id) not in names:
        code, zh = "notice_objection.about", "公示名单上没有这个单位。"
        raise Invalid(code, zh, "The team is not on the list.", pointer="/body/about_id")
    unit_id = await _check_sender(ctx, body)
    made = NoticeObjection(
        **body.model_dump(),
        unit_id=unit_id,
        about_name=names.get(str(body.about_id), ""),
        filed_by=ctx.actor.name,
        filed_by_id=ctx.actor.id,
        **stamps(ctx),
    )
    ctx.db.add(made)
    await ctx.db.flush()
    audience = Audience.COMMITTEE if unit_id is None else Audience.UNIT
    emit(ctx, "notice_objection.filed", made.id, unit_id, audience=audience)
    return made


async def _check_sender(ctx: Context, body: NoticeObjectionCreate) -> UUID | None:
    """Give the objecting unit; None for a letter."""
    if Role.OFFICER not in ctx.actor.roles:
        if body.sender:
            code, zh = "notice_objection.unit", "单位的异议以本单位名义提出，不填来信人。"
            raise Invalid(code, zh, "A unit objects itself.", pointer="/body/sender")
        await check_evidence(ctx, ctx.unit_id, {"/body/evidence_id": body.evidence_id})
        return ctx.unit_id
    if not body.sender:
        code, zh = "notice_objection.sender", "写明来信人。"
        raise Invalid(code, zh, "Say who wrote the letter.", pointer="/body/sender")
    if body.evidence_id is not None:
        code, zh = "notice_objection.evidence", "来信的材料没有登记为佐证，请写在异议里。"
        raise Invalid(code, zh, "A letter has no evidence.", pointer="/body/evidence_id")
    return None


async def move_objection(
    ctx: Context, objection_id: UUID, version: int, name: str, opinion: str
) -> NoticeObjection:
    """Answer an objection: it is founded, or not; the answer says why."""
    objection = await notices.get_objection(ctx, objection_id, lock=True)
    check_version(objection, version)
    NOTICE_OBJECTION.apply(ctx, objection, name, opinion)
    objection.answer = opinion
    objection.answered_by, objection.answered_at = ctx.actor.name, ctx.now
    await ctx.db.flush()
    return objection


async def withdraw_commendation(
    ctx: Context, commendation_id: UUID, version: int, body: Withdrawal
) -> Commendation:
    """Take a team off the list after an objection to it, or to the list, was upheld.

    The list as it was given notice of stays on record, with the team marked. Raises `Conflict`
    outside the notice, `Invalid` for an objection that does not bear it.
    """
    ctx.require(Role.LEADER)
    row = await comparisons.get_commendation(ctx, commendation_id)
    check_version(row, version)
    comparison = await comparisons.get_comparison(ctx, row.comparison_id, lock=True)
    if comparison.state != ComparisonState.NOTICED or row.withdrawn_at is not None:
        code, zh = "commendation.withdraw", "只有公示中、仍在名单上的单位可以撤下。"
        raise Conflict(code, zh, "Only a team that is on a running notice's list.")
    objection = await notices.get_objection(ctx, body.objection_id)
    bears = objection.comparison_id == comparison.id and objection.about_id in {None, row.unit_id}
    if not bears or objection.state != NoticeObjectionState.UPHELD:
        code, zh = "commendation.objection", "撤下须以一件成立的、关于这个单位的异议为据。"
        raise Invalid(code, zh, "No upheld objection to it.", pointer="/body/objection_id")
    row.withdrawn_reason, row.withdrawn_by, row.withdrawn_at = body.reason, ctx.actor.name, ctx.now
    touch(ctx, row)
    comparison.noticed = [
        team | {"withdrawn": team["withdrawn"] or team["unit_id"] == str(row.unit_id)}
        for team in comparison.noticed
    ]
    emit(
        ctx,
        "commendation.withdrawn",
        row.id,
        row.unit_id,
        audience=Audience.COMMITTEE,
        reason=body.reason,
        objection_id=str(objection.id),
    )
    return row
