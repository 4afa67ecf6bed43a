"""Read interviews, and who gives occasion to one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Date, cast, func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign, Criterion
from sihao.campaigns.scheme import Rules
from sihao.core.calendars import Appointment
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.followups import policy
from sihao.followups.lifecycle import INTERVIEW, InterviewFacts, RectificationState
from sihao.followups.models import Interview, InterviewRecord, Rectification, Referral
from sihao.followups.queries.history import list_history
from sihao.followups.queries.records import find_record, list_readers
from sihao.followups.schemas.interviews import (
    FindingLine,
    Grounds,
    InterviewPublic,
    InterviewQuery,
    InterviewRow,
    Suggestion,
    Suggestions,
)
from sihao.inspections import policy as inspections
from sihao.inspections.models import Finding, Inspection
from sihao.results import policy as results
from sihao.results.frozen import Inputs
from sihao.results.lifecycle import ResultState
from sihao.results.models import AnnualResult
from sihao.units.models import Unit

_LIVING = col(Rectification.state) != RectificationState.CARRIED_OVER


def _count(*more: Any) -> Any:
    return (
        sa_select(func.count())
        .where(col(Rectification.interview_id) == col(Interview.id), _LIVING, *more)
        .correlate(Interview)
        .scalar_subquery()
    )


_VERIFIED = col(Rectification.state) == RectificationState.VERIFIED
_ROWS = (
    row_of(
        InterviewRow,
        Interview,
        col(Unit.name).label("unit_name"),
        col(Campaign.year).label("year"),
        _count().label("rectifications"),
        _count(_VERIFIED).label("verified"),
    )
    .join(Unit, col(Unit.id) == col(Interview.unit_id))
    .join(Campaign, col(Campaign.id) == col(Interview.campaign_id))
)
_SORTS = {
    "unit": col(Unit.sort_order),
    "created_at": col(Interview.created_at),
    "meeting_at": func.coalesce(col(Interview.meeting_at), col(Interview.created_at)),
}
_LENGTH = timedelta(hours=2)
"""How long a calendar shows an interview to last; the notice names its beginning alone."""
_SETTLED = (ResultState.APPROVED, ResultState.PUBLISHED)


async def list_suggestions(ctx: Context, campaign_id: UUID) -> Suggestions:
    """List the settled results that are both poor and full of problems (R22), worst first."""
    try:
        campaign = await campaigns.get_campaign(ctx, campaign_id)
        rules = await campaigns.get_rules(ctx, campaign_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/query/campaign_id") from error
    rows = (
        sa_select(AnnualResult, col(Unit.name), col(Interview.id))
        .join(Unit, col(Unit.id) == col(AnnualResult.unit_id))
        .outerjoin(Interview, col(Interview.result_id) == col(AnnualResult.id))
        .where(
            col(AnnualResult.campaign_id) == campaign_id,
            col(AnnualResult.state).in_(_SETTLED),
            col(AnnualResult.total) < rules.interview.below,
            col(AnnualResult.findings) >= rules.interview.findings,
            results.visible(ctx.actor),
        )
        .order_by(col(AnnualResult.total), col(Unit.sort_order))
    )
    return Suggestions(
        year=campaign.year,
        below=rules.interview.below,
        many=rules.interview.findings,
        items=[
            Suggestion(
                **grounds_of(result, rules).model_dump(),
                result_id=result.id,
                unit_id=result.unit_id,
                unit_name=unit_name,
                interview_id=interview_id,
            )
            for result, unit_name, interview_id in await ctx.db.execute(rows)
        ],
    )


def grounds_of(result: AnnualResult, rules: Rules) -> Grounds:
    """Gather from a result what an interview would stand on."""
    inputs = Inputs.model_validate_json(result.inputs)
    return Grounds(
        total=rules.rounded(result.total),
        below=rules.interview.below,
        grade=result.grade,
        findings=result.findings,
        many=rules.interview.findings,
        items=list(dict.fromkeys(inputs.finding_items)),
    )


async def find_interview_of(ctx: Context, result_id: UUID) -> Interview | None:
    """Find the interview that a result has given occasion to."""
    rows = select(Interview).where(Interview.result_id == result_id)
    return (await ctx.db.exec(rows)).first()


async def list_interviews(ctx: Context, query: InterviewQuery) -> Response:
    """Answer a page of interviews."""
    actions = INTERVIEW.actions_sql(Interview, ctx.actor).label("actions")
    rows = _ROWS.add_columns(actions).where(policy.visible_interviews(ctx.actor))
    for column, wanted in (
        (Interview.campaign_id, query.campaign_id),
        (Interview.unit_id, query.unit_id),
        (Interview.state, query.state),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    day = cast(func.timezone("Asia/Shanghai", col(Interview.meeting_at)), Date)
    if query.meeting_from:
        rows = rows.where(day >= query.meeting_from)
    if query.meeting_until:
        rows = rows.where(day <= query.meeting_until)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name)))
    return await json_page(ctx, rows, query, _SORTS, col(Interview.id))


async def list_appointments(
    ctx: Context, *, campaign_id: UUID | None = None, interview_id: UUID | None = None
) -> list[Appointment]:
    """List the meetings that notices have named, by date."""
    rows = (
        sa_select(Interview, col(Unit.name))
        .join(Unit, col(Unit.id) == col(Interview.unit_id))
        .where(policy.visible_interviews(ctx.actor), col(Interview.meeting_at).is_not(None))
        .order_by(col(Interview.meeting_at), col(Interview.id))
    )
    if campaign_id:
        rows = rows.where(col(Interview.campaign_id) == campaign_id)
    if interview_id:
        rows = rows.where(col(Interview.id) == interview_id)
    return [
        Appointment(
            id=one.id,
            version=one.version,
            updated_at=one.updated_at,
            start=one.meeting_at,
            length=_LENGTH,
            title=f"集体约谈：{unit_name}领导班子",
            place=one.place,
            note=one.topics,
        )
        for one, unit_name in await ctx.db.execute(rows)
        if one.meeting_at is not None
    ]


async def get_interview(ctx: Context, interview_id: UUID, *, lock: bool = False) -> Interview:
    """Read one interview; raise `NotFound` for whoever may not read it (yet)."""
    rows = select(Interview).where(
        Interview.id == interview_id, policy.visible_interviews(ctx.actor)
    )
    interview = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if interview is None:
        raise NotFound("interview.unknown", "没有这次约谈。", "No such interview.")
    return interview


async def get_facts(ctx: Context, interview: Interview) -> InterviewFacts:
    """Load what the guards of an interview look at."""
    mine = col(Rectification.interview_id) == interview.id
    rows = sa_select(
        sa_select(col(AnnualResult.state))
        .where(col(AnnualResult.id) == interview.result_id)
        .scalar_subquery(),
        sa_select(func.count()).where(mine, _LIVING).scalar_subquery(),
        sa_select(func.count()).where(mine, _VERIFIED).scalar_subquery(),
        sa_select(col(InterviewRecord.text) != "")
        .where(col(InterviewRecord.interview_id) == interview.id)
        .scalar_subquery(),
    )
    state, rectifications, verified, written = (await ctx.db.execute(rows)).one()
    published = state == ResultState.PUBLISHED
    return InterviewFacts(published, rectifications, verified, written=bool(written))


async def show_interview(ctx: Context, interview: Interview) -> InterviewPublic:
    """Represent an interview to the actor."""
    await ctx.db.flush()
    facts = await get_facts(ctx, interview)
    names = (
        sa_select(col(Unit.name), col(Campaign.year))
        .join(Campaign, col(Campaign.id) == interview.campaign_id)
        .where(col(Unit.id) == interview.unit_id)
    )
    unit_name, year = (await ctx.db.execute(names)).one()
    referral = sa_select(col(Referral.id)).where(
        col(Referral.interview_id) == interview.id, policy.visible_referrals(ctx.actor)
    )
    record = await find_record(ctx, interview.id)
    return InterviewPublic(
        **interview.model_dump(exclude={"grounds"}),
        readers=await list_readers(ctx, record) if record else [],
        may_read=record is not None,
        may_name_readers=policy.may_name_readers(ctx.actor, interview),
        grounds=Grounds.model_validate(interview.grounds),
        unit_name=unit_name,
        year=year,
        rectifications=facts.rectifications,
        verified=facts.verified,
        actions=INTERVIEW.actions(ctx.actor, interview, facts),
        findings=await _list_findings(ctx, interview),
        history=await list_history(ctx, INTERVIEW, interview.id),
        referral_id=(await ctx.db.execute(referral.limit(1))).scalar(),
    )


async def _list_findings(ctx: Context, interview: Interview) -> list[FindingLine]:
    answered = (
        sa_select(col(Rectification.id))
        .where(col(Rectification.finding_id) == col(Finding.id))
        .order_by(col(Rectification.created_at))
        .limit(1)
        .correlate(Finding)
        .scalar_subquery()
    )
    rows = (
        sa_select(col(Finding.id), col(Criterion.code), col(Finding.text), answered)
        .join(Inspection, col(Inspection.id) == col(Finding.inspection_id))
        .join(Criterion, col(Criterion.id) == col(Finding.criterion_id))
        .where(
            col(Inspection.campaign_id) == interview.campaign_id,
            col(Inspection.unit_id) == interview.unit_id,
            inspections.visible_findings(ctx.actor),
        )
        .order_by(col(Criterion.sort_order), col(Finding.created_at), col(Finding.id))
    )
    return [
        FindingLine(id=ident, code=code, text=text, rectification_id=rectification_id)
        for ident, code, text, rectification_id in await ctx.db.execute(rows)
    ]
