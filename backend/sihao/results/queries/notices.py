"""Read public notices and the objections to them."""

from uuid import UUID

from fastapi import Response
from sqlalchemy import func
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, row_of
from sihao.evidence.models import Evidence
from sihao.results import policy
from sihao.results.lifecycle import NOTICE_OBJECTION, NoticeObjectionState
from sihao.results.models import Commendation, Comparison, NoticeObjection
from sihao.results.queries.comparisons import get_years
from sihao.results.schemas import (
    NoticedTeam,
    NoticeObjectionPublic,
    NoticeObjectionQuery,
    NoticePublic,
)
from sihao.units.models import Unit

_OBJECTIONS = (
    row_of(
        NoticeObjectionPublic,
        NoticeObjection,
        col(Comparison.name).label("comparison_name"),
        col(Unit.name).label("unit_name"),
        col(Evidence.title).label("evidence_title"),
    )
    .join(Comparison, col(Comparison.id) == col(NoticeObjection.comparison_id))
    .outerjoin(Unit, col(Unit.id) == col(NoticeObjection.unit_id))
    .outerjoin(Evidence, col(Evidence.id) == col(NoticeObjection.evidence_id))
)


async def list_notices(ctx: Context) -> list[NoticePublic]:
    """List the notices and circulars, the newest first."""
    rows = (
        select(Comparison)
        .where(policy.visible_notices(ctx.actor))
        .order_by(col(Comparison.notice_until).desc())
    )
    return [await _show(ctx, one) for one in (await ctx.db.exec(rows)).all()]


async def _show(ctx: Context, one: Comparison) -> NoticePublic:
    first, second = await get_years(ctx, one)
    return NoticePublic(
        **one.model_dump(),
        first_year=first.year,
        second_year=second.year,
        teams=[NoticedTeam.model_validate(team) for team in one.noticed],
        may_object=policy.may_object(ctx, one),
    )


async def get_notice_named(ctx: Context, comparison_id: UUID) -> Comparison:
    """Read and hold the notice that a body names; raise `Invalid` where there is none."""
    rows = select(Comparison).where(
        Comparison.id == comparison_id, policy.visible_notices(ctx.actor)
    )
    found = (await ctx.db.exec(rows.with_for_update())).first()
    if found is None:
        code, zh = "notice.unknown", "没有这次公示。"
        raise Invalid(code, zh, "No such notice.", pointer="/body/comparison_id")
    return found


async def list_commended(ctx: Context, comparison_id: UUID) -> list[tuple[Commendation, str]]:
    """List who is commended, with the unit's name, in the order of units."""
    rows = (
        select(Commendation, Unit.name)
        .join(Unit, col(Unit.id) == col(Commendation.unit_id))
        .where(Commendation.comparison_id == comparison_id)
        .order_by(col(Unit.sort_order), col(Unit.id))
    )
    return list((await ctx.db.exec(rows)).all())


async def count_open(ctx: Context, comparison_id: UUID) -> int:
    """Count the objections that wait for an answer."""
    rows = (
        select(func.count())
        .select_from(NoticeObjection)
        .where(
            NoticeObjection.comparison_id == comparison_id,
            NoticeObjection.state == NoticeObjectionState.FILED,
            policy.visible_notice_objections(ctx.actor),
        )
    )
    return (await ctx.db.exec(rows)).one()


async def list_objections(ctx: Context, query: NoticeObjectionQuery) -> Response:
    """Answer a page of objections."""
    actions = NOTICE_OBJECTION.actions_sql(NoticeObjection, ctx.actor).label("actions")
    rows = _OBJECTIONS.add_columns(actions).where(policy.visible_notice_objections(ctx.actor))
    if query.comparison_id:
        rows = rows.where(col(NoticeObjection.comparison_id) == query.comparison_id)
    if query.state:
        rows = rows.where(col(NoticeObjection.state) == query.state)
    sorts = {"created_at": col(NoticeObjection.created_at)}
    return await json_page(ctx, rows, query, sorts, col(NoticeObjection.id))


async def get_objection(ctx: Context, objection_id: UUID, *, lock: bool = False) -> NoticeObjection:
    """Read one objection; raise `NotFound` for another unit's."""
    rows = select(NoticeObjection).where(
        NoticeObjection.id == objection_id, policy.visible_notice_objections(ctx.actor)
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("notice_objection.unknown", "没有这件异议。", "No such objection.")
    return found


async def show_objection(ctx: Context, objection: NoticeObjection) -> NoticeObjectionPublic:
    """Represent an objection."""
    rows = _OBJECTIONS.where(col(NoticeObjection.id) == objection.id)
    row = (await ctx.db.execute(rows)).mappings().one()
    return NoticeObjectionPublic(**row, actions=NOTICE_OBJECTION.actions(ctx.actor, objection))
