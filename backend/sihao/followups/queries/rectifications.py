"""Read rectifications and the thread they stand in."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Uuid,
    and_,
    case,
    literal,
    literal_column,
    null,
    or_,
    type_coerce,
)
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.followups import policy
from sihao.followups.lifecycle import RECTIFICATION, RectificationState
from sihao.followups.models import Rectification
from sihao.followups.queries.history import list_history
from sihao.followups.schemas.rectifications import (
    Lamp,
    RectificationPublic,
    RectificationQuery,
    RectificationRow,
    Thread,
    ThreadFinding,
    ThreadProblem,
)
from sihao.inspections import policy as inspections
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Finding, Inspection
from sihao.plans import policy as plans
from sihao.plans.models import Plan, Problem
from sihao.units import policy as units
from sihao.units.models import Member, Unit

_YELLOW_FROM = 20
_RED_FROM = 10
_GIVEN_BACK = (InspectionState.FEEDBACK, InspectionState.FINALIZED)
_UNITS_TURN = col(Rectification.state).in_(
    (RectificationState.ASSIGNED, RectificationState.RETURNED)
)
_SORTS = {"due_on": col(Rectification.due_on), "unit": col(Unit.sort_order)}


def _rows(ctx: Context) -> Select[Any]:
    days = _days_left(ctx)
    shows_origin = policy.reads_interviews(ctx.actor)
    interview_id = col(Rectification.interview_id) if shows_origin else type_coerce(null(), Uuid)
    return (
        row_of(
            RectificationRow,
            Rectification,
            interview_id.label("interview_id"),
            col(Unit.name).label("unit_name"),
            col(Campaign.year).label("year"),
            col(Criterion.code).label("code"),
            col(Member.name).label("owner_name"),
            _lamp(days).label("lamp"),
            days.label("days_left"),
        )
        .join(Unit, col(Unit.id) == col(Rectification.unit_id))
        .join(Campaign, col(Campaign.id) == col(Rectification.campaign_id))
        .outerjoin(Finding, col(Finding.id) == col(Rectification.finding_id))
        .outerjoin(Criterion, col(Criterion.id) == col(Finding.criterion_id))
        .outerjoin(Member, col(Member.id) == col(Rectification.owner_id))
        .where(policy.visible_rectifications(ctx.actor))
    )


def _days_left(ctx: Context) -> ColumnElement[Any]:
    """Count the days to the due date while it is the unit's turn; else null."""
    days = type_coerce(col(Rectification.due_on) - literal(ctx.today, Date), Integer)
    return case((_UNITS_TURN, days), else_=literal_column("NULL::integer"))


def _lamp(days: ColumnElement[Any]) -> ColumnElement[Any]:
    return case(
        (days <= _RED_FROM, literal_column(f"'{Lamp.RED}'")),
        (days <= _YELLOW_FROM, literal_column(f"'{Lamp.YELLOW}'")),
        (days > _YELLOW_FROM, literal_column(f"'{Lamp.GREEN}'")),
        else_=literal_column("NULL"),
    )


async def list_rectifications(ctx: Context, query: RectificationQuery) -> Response:
    """Answer a page of rectifications."""
    actions = RECTIFICATION.actions_sql(Rectification, ctx.actor).label("actions")
    rows = _rows(ctx).add_columns(actions)
    for column, wanted in (
        (Rectification.campaign_id, query.campaign_id),
        (Rectification.unit_id, query.unit_id),
        (Rectification.finding_id, query.finding_id),
        (Rectification.state, query.state),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    if query.interview_id:
        mine = col(Rectification.interview_id) == query.interview_id
        rows = rows.where(and_(mine, literal(policy.reads_interviews(ctx.actor))))
    if query.overdue is not None:
        late = and_(_UNITS_TURN, col(Rectification.due_on) < ctx.today)
        rows = rows.where(late if query.overdue else ~late)
    if query.lamp:
        rows = rows.where(_lamp(_days_left(ctx)) == query.lamp.value)
    if query.q:
        rows = rows.where(matches(query.q, col(Rectification.text), col(Unit.name)))
    return await json_page(ctx, rows, query, _SORTS, col(Rectification.id))


async def get_rectification(
    ctx: Context, rectification_id: UUID, *, lock: bool = False
) -> Rectification:
    """Read one rectification; raise `NotFound` for a foreign one too."""
    rows = select(Rectification).where(
        Rectification.id == rectification_id, policy.visible_rectifications(ctx.actor)
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("rectification.unknown", "没有这项整改。", "No such rectification.")
    return found


async def show_rectification(ctx: Context, rectification: Rectification) -> RectificationPublic:
    """Represent a rectification to the actor."""
    await ctx.db.flush()
    row = _rows(ctx).where(col(Rectification.id) == rectification.id)
    shown = (await ctx.db.execute(row)).mappings().one()
    rest = rectification.model_dump(
        include={"report", "reported_by", "verified_by", "recheck", "rechecked_at"}
    )
    return RectificationPublic(
        **shown,
        **rest,
        may_edit=list(policy.editable_fields(ctx.actor, rectification)),
        may_recheck=policy.may_recheck(ctx.actor, rectification),
        actions=RECTIFICATION.actions(ctx.actor, rectification),
        history=await list_history(ctx, RECTIFICATION, rectification.id),
    )


async def get_given_back_finding(ctx: Context, finding_id: UUID) -> tuple[Finding, UUID]:
    """Read a finding that its unit has been told, and the campaign; raise `Invalid` otherwise."""
    rows = (
        sa_select(Finding, col(Inspection.campaign_id), col(Inspection.state))
        .join(Inspection, col(Inspection.id) == col(Finding.inspection_id))
        .where(col(Finding.id) == finding_id, inspections.visible_findings(ctx.actor))
    )
    found = (await ctx.db.execute(rows)).first()
    if found is None:
        code, zh = "finding.unknown", "没有这个发现问题。"
        raise Invalid(code, zh, "No such finding.", pointer="/body/finding_id")
    finding, campaign_id, state = found
    if state not in _GIVEN_BACK:
        code, zh = "finding.not_given_back", "检查结果反馈给单位之后才能交办整改。"
        raise Invalid(code, zh, "The unit has no feedback yet.", pointer="/body/finding_id")
    return finding, campaign_id


async def is_member(ctx: Context, unit_id: UUID, member_id: UUID) -> bool:
    """Tell whether somebody belongs to a unit's team."""
    rows = select(Member.id).where(
        Member.id == member_id, Member.unit_id == unit_id, units.visible_members(ctx.actor)
    )
    return (await ctx.db.exec(rows)).first() is not None


async def get_thread(ctx: Context, rectification: Rectification) -> Thread:
    """Follow a rectification back to its finding and on into later plans."""
    sources = [rectification.id]
    finding = None
    if rectification.finding_id:
        sources.append(rectification.finding_id)
        finding = await _get_thread_finding(ctx, rectification.finding_id)
    rows = (
        sa_select(
            col(Problem.id),
            col(Problem.plan_id),
            col(Campaign.year),
            col(Problem.text),
            col(Problem.state),
        )
        .join(Plan, col(Plan.id) == col(Problem.plan_id))
        .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
        .where(
            or_(*(col(Problem.source_id) == one for one in sources)),
            plans.visible_problems(ctx.actor),
        )
        .order_by(col(Campaign.year), col(Problem.number))
    )
    shows_origin = policy.reads_interviews(ctx.actor)
    return Thread(
        finding=finding,
        interview_id=rectification.interview_id if shows_origin else None,
        problems=[ThreadProblem(**one) for one in (await ctx.db.execute(rows)).mappings()],
    )


async def _get_thread_finding(ctx: Context, finding_id: UUID) -> ThreadFinding | None:
    rows = (
        sa_select(
            col(Finding.id),
            col(Campaign.year),
            col(Criterion.code),
            col(Criterion.title),
            col(Finding.text),
            col(Finding.root_cause),
        )
        .join(Inspection, col(Inspection.id) == col(Finding.inspection_id))
        .join(Campaign, col(Campaign.id) == col(Inspection.campaign_id))
        .join(Criterion, col(Criterion.id) == col(Finding.criterion_id))
        .where(col(Finding.id) == finding_id, inspections.visible_findings(ctx.actor))
    )
    found = (await ctx.db.execute(rows)).mappings().first()
    return ThreadFinding(**found) if found else None
