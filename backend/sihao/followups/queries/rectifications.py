"""Read rectifications, and what they may answer."""

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
    func,
    literal,
    literal_column,
    null,
    type_coerce,
)
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from sihao.accounts.models import Person, RoleGrant
from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import UNIT_WRITERS, Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.followups import policy
from sihao.followups.lifecycle import RECTIFICATION, RectificationState
from sihao.followups.models import Rectification
from sihao.followups.queries.history import list_history
from sihao.followups.schemas.rectifications import (
    Handler,
    Lamp,
    Origin,
    RectificationPublic,
    RectificationQuery,
    RectificationRow,
)
from sihao.inspections import policy as inspections
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Finding, Inspection
from sihao.ledgers import policy as ledgers
from sihao.ledgers.models import LedgerEntry, LedgerKind
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
_WITH_MATTERS = (LedgerKind.T3, LedgerKind.T4)
_LATER = aliased(Rectification)
_CARRIED_TO = (
    sa_select(col(_LATER.id))
    .where(col(_LATER.carried_from_id) == col(Rectification.id))
    .correlate(Rectification)
    .scalar_subquery()
)
_ORIGIN_TEXT = func.coalesce(col(Finding.text), col(Problem.text), col(LedgerEntry.title))
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
            col(Person.display_name).label("handler_name"),
            _origin(ctx).label("origin"),
            _lamp(days).label("lamp"),
            days.label("days_left"),
        )
        .join(Unit, col(Unit.id) == col(Rectification.unit_id))
        .join(Campaign, col(Campaign.id) == col(Rectification.campaign_id))
        .outerjoin(Finding, col(Finding.id) == col(Rectification.finding_id))
        .outerjoin(Criterion, col(Criterion.id) == col(Finding.criterion_id))
        .outerjoin(Member, col(Member.id) == col(Rectification.owner_id))
        .outerjoin(Person, col(Person.id) == col(Rectification.handler_id))
        .outerjoin(Problem, col(Problem.id) == col(Rectification.problem_id))
        .outerjoin(LedgerEntry, col(LedgerEntry.id) == col(Rectification.entry_id))
        .where(policy.visible_rectifications(ctx.actor))
    )


def _origin(ctx: Context) -> ColumnElement[Any]:
    known = {
        Origin.FINDING: col(Rectification.finding_id).is_not(None),
        Origin.PROBLEM: col(Rectification.problem_id).is_not(None),
        Origin.DEMOCRATIC_MEETING: col(LedgerEntry.kind) == LedgerKind.T3,
        Origin.DISCIPLINE_INSPECTION: col(LedgerEntry.kind) == LedgerKind.T4,
    }
    if policy.reads_interviews(ctx.actor):
        known[Origin.INTERVIEW] = col(Rectification.interview_id).is_not(None)
    whens: list[tuple[Any, Any]] = [
        (condition, literal_column(f"'{one}'")) for one, condition in known.items()
    ]
    return case(*whens, else_=literal_column("NULL"))


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
        (Rectification.problem_id, query.problem_id),
        (Rectification.entry_id, query.entry_id),
        (Rectification.state, query.state),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    if query.interview_id:
        mine = col(Rectification.interview_id) == query.interview_id
        rows = rows.where(and_(mine, literal(policy.reads_interviews(ctx.actor))))
    if query.origin:
        rows = rows.where(_origin(ctx) == query.origin.value)
    if query.mine is not None:
        mine = policy.handles(ctx.actor)
        rows = rows.where(mine if query.mine else ~mine)
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
    row = (
        _rows(ctx)
        .add_columns(_ORIGIN_TEXT.label("origin_text"), _CARRIED_TO.label("carried_to_id"))
        .where(col(Rectification.id) == rectification.id)
    )
    shown = (await ctx.db.execute(row)).mappings().one()
    rest = rectification.model_dump(
        include={
            *("report", "reported_by", "verified_by", "assigned_by"),
            *("recheck", "rechecked_at", "rechecked_by"),
        }
    )
    return RectificationPublic(
        **shown,
        **rest,
        may_edit=list(policy.editable_fields(ctx.actor, rectification)),
        actions=RECTIFICATION.actions(ctx.actor, rectification),
        history=await list_history(ctx, RECTIFICATION, *await _list_chain(ctx, rectification)),
    )


async def _list_chain(ctx: Context, row: Rectification) -> list[UUID]:
    """List it and what it continues, back through the years."""
    chain, before = [row.id], row.carried_from_id
    while before is not None:
        chain.append(before)
        rows = sa_select(col(Rectification.carried_from_id)).where(
            col(Rectification.id) == before, policy.visible_rectifications(ctx.actor)
        )
        before = (await ctx.db.execute(rows)).scalar()
    return chain


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


async def get_matter(
    ctx: Context, *, problem_id: UUID | None = None, entry_id: UUID | None = None
) -> tuple[UUID, UUID]:
    """Find unit and campaign of a signed plan's problem, or of a row of T3 or T4, to put right.

    Raises `Invalid` for any other.
    """
    if problem_id:
        rows = (
            sa_select(col(Problem.unit_id), col(Plan.campaign_id))
            .join(Plan, col(Plan.id) == col(Problem.plan_id))
            .where(
                col(Problem.id) == problem_id,
                col(Plan.signed_at).is_not(None),
                plans.visible_problems(ctx.actor),
            )
        )
        code, zh, field = "problem.unknown", "没有这个问题，或计划还没有签发。", "problem_id"
    else:
        rows = sa_select(col(LedgerEntry.unit_id), col(LedgerEntry.campaign_id)).where(
            col(LedgerEntry.id) == entry_id,
            col(LedgerEntry.kind).in_(_WITH_MATTERS),
            ledgers.visible(ctx.actor),
        )
        code, zh = (
            "ledger_entry.unknown",
            "没有这条台账；只有民主生活会和巡视巡察台账可以交办整改。",
        )
        field = "entry_id"
    found = (await ctx.db.execute(rows)).first()
    if found is None:
        raise Invalid(code, zh, "No such matter to put right.", pointer=f"/body/{field}")
    unit_id, campaign_id = found
    return unit_id, campaign_id


async def list_handlers(ctx: Context, unit_id: UUID) -> list[Handler]:
    """List who of a unit can do the work, by name."""
    rows = (
        sa_select(col(Person.id), col(Person.display_name))
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(
            col(RoleGrant.unit_id) == unit_id,
            ctx.actor.sees(RoleGrant.unit_id),
            col(RoleGrant.role).in_(UNIT_WRITERS),
            col(Person.disabled_at).is_(None),
        )
        .distinct()
        .order_by(col(Person.display_name), col(Person.id))
    )
    return [Handler(id=ident, name=name) for ident, name in await ctx.db.execute(rows)]


async def is_member(ctx: Context, unit_id: UUID, member_id: UUID) -> bool:
    """Tell whether somebody belongs to a unit's team."""
    rows = select(Member.id).where(
        Member.id == member_id, Member.unit_id == unit_id, units.visible_members(ctx.actor)
    )
    return (await ctx.db.exec(rows)).first() is not None
