"""Read merged assessments and their results."""

from collections.abc import Iterable
from uuid import UUID

from fastapi import Response
from sqlalchemy import and_, func, update
from sqlalchemy import select as sa_select
from sqlalchemy.orm import outerjoin
from sqlmodel import col, select

from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import Context, Role
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.inspections import policy
from sihao.inspections.models import CoAssessment, CoAssessmentResult, CoResultChange
from sihao.inspections.schemas.co_assessments import (
    CoAssessmentPublic,
    CoAssessmentQuery,
    CoassessorPublic,
    CoResultChangePublic,
    CoResultPublic,
    CoResultQuery,
)
from sihao.units import policy as units_policy
from sihao.units.models import Unit, UnitKind

_READ, _WRITE = "result:read", "coassessment:write"
_owner = (
    sa_select(col(Person.display_name))
    .where(col(Person.id) == col(CoAssessment.owner_id))
    .scalar_subquery()
)
_results = (
    sa_select(func.count())
    .select_from(CoAssessmentResult)
    .where(col(CoAssessmentResult.co_assessment_id) == col(CoAssessment.id))
    .scalar_subquery()
)
_released = (
    sa_select(func.count(col(CoAssessmentResult.released_at)))
    .where(col(CoAssessmentResult.co_assessment_id) == col(CoAssessment.id))
    .scalar_subquery()
)
_units = (
    sa_select(func.count())
    .select_from(Unit)
    .where(col(Unit.active).is_(True), col(Unit.kind) == UnitKind.UNIT)
    .scalar_subquery()
)
_ROWS = row_of(
    CoAssessmentPublic,
    CoAssessment,
    _owner.label("owner_name"),
    _results.label("results"),
    _released.label("released"),
    _units.label("units"),
)
_RESULTS = row_of(
    CoResultPublic,
    CoAssessmentResult,
    col(Unit.id).label("unit_id"),
    col(Unit.name).label("unit_name"),
    func.coalesce(col(CoAssessmentResult.version), 0).label("version"),
)


def check_scope(ctx: Context) -> None:
    """Another system reads these with either scope. Raise `Forbidden`."""
    if _WRITE not in ctx.actor.scopes:
        ctx.require_scope(_READ)


async def list_co_assessments(ctx: Context, query: CoAssessmentQuery) -> Response:
    """Answer a page of merged assessments."""
    check_scope(ctx)
    rows = _ROWS.where(policy.visible_co_assessments(ctx.actor))
    if query.campaign_id:
        rows = rows.where(col(CoAssessment.campaign_id) == query.campaign_id)
    return await json_page(ctx, rows, query, {"code": col(CoAssessment.code)}, col(CoAssessment.id))


async def get_co_assessment(
    ctx: Context, co_assessment_id: UUID, *, lock: bool = False
) -> CoAssessment:
    """Read one merged assessment; raise `NotFound` for one of others."""
    check_scope(ctx)
    rows = select(CoAssessment).where(
        CoAssessment.id == co_assessment_id, policy.visible_co_assessments(ctx.actor)
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("co_assessment.unknown", "没有这项并入考核。", "No such assessment.")
    return found


async def show_co_assessment(ctx: Context, co_assessment_id: UUID) -> CoAssessmentPublic:
    """Represent a merged assessment with its owner and how many results are there."""
    row = (
        (await ctx.db.execute(_ROWS.where(col(CoAssessment.id) == co_assessment_id)))
        .mappings()
        .one()
    )
    return CoAssessmentPublic(**row)


async def list_coassessors(ctx: Context) -> list[CoassessorPublic]:
    """List everybody who can own a merged assessment."""
    rows = (
        row_of(CoassessorPublic, Person, col(Person.display_name).label("name"))
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role) == Role.COASSESSOR, col(Person.disabled_at).is_(None))
        .order_by(col(Person.display_name), col(Person.id))
    )
    return [CoassessorPublic(**row) for row in (await ctx.db.execute(rows)).mappings()]


async def check_coassessor(ctx: Context, person_id: UUID | None) -> None:
    """Raise `Invalid` unless this person can own a merged assessment."""
    known = {one.id for one in await list_coassessors(ctx)}
    if person_id is not None and person_id not in known:
        code, zh = "coassessor.unknown", "所选人员没有并入考核单位的角色，请先授予角色。"
        pointer = "/body/owner_id"
        raise Invalid(code, zh, "This person owns no assessments.", pointer=pointer)


async def list_results(ctx: Context, co_assessment_id: UUID, query: CoResultQuery) -> Response:
    """Answer a page of units with their results; units without one are there too."""
    own = and_(
        col(CoAssessmentResult.unit_id) == col(Unit.id),
        col(CoAssessmentResult.co_assessment_id) == co_assessment_id,
        policy.visible_results(ctx.actor),
    )
    rows = _RESULTS.select_from(outerjoin(Unit, CoAssessmentResult, own)).where(
        units_policy.visible(ctx.actor),
        col(Unit.kind) == UnitKind.UNIT,
        col(Unit.active).is_(True) | col(CoAssessmentResult.id).is_not(None),
    )
    if query.missing is not None:
        absent = col(CoAssessmentResult.id).is_(None)
        rows = rows.where(absent if query.missing else ~absent)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name), col(Unit.code)))
    sorts = {"sort_order": col(Unit.sort_order), "unit_name": col(Unit.name)}
    return await json_page(ctx, rows, query, sorts, col(Unit.id))


async def hold_results(
    ctx: Context, co_assessment_id: UUID, unit_ids: Iterable[UUID]
) -> dict[UUID, CoAssessmentResult]:
    """Read and hold the results of some units, by unit."""
    rows = select(CoAssessmentResult).where(
        CoAssessmentResult.co_assessment_id == co_assessment_id,
        col(CoAssessmentResult.unit_id).in_(list(unit_ids)),
        policy.visible_results(ctx.actor),
    )
    found = (await ctx.db.exec(rows.with_for_update())).all()
    return {one.unit_id: one for one in found}


async def list_ids(ctx: Context, campaign_id: UUID) -> list[UUID]:
    """List the ids of a year's merged assessments."""
    rows = select(CoAssessment.id).where(CoAssessment.campaign_id == campaign_id)
    return list((await ctx.db.exec(rows)).all())


async def release(
    ctx: Context, co_assessment_ids: Iterable[UUID], unit_ids: Iterable[UUID] | None = None
) -> int:
    """Release results that are not yet, of all units or of some; return how many."""
    rows = update(CoAssessmentResult).where(
        col(CoAssessmentResult.co_assessment_id).in_(list(co_assessment_ids)),
        col(CoAssessmentResult.released_at).is_(None),
    )
    if unit_ids is not None:
        rows = rows.where(col(CoAssessmentResult.unit_id).in_(list(unit_ids)))
    done = rows.values(released_at=ctx.now).returning(col(CoAssessmentResult.id))
    return len((await ctx.db.execute(done)).all())


async def list_changes(
    ctx: Context, co_assessment_id: UUID, unit_id: UUID
) -> list[CoResultChangePublic]:
    """List how one unit's result was written, from the first time on."""
    rows = (
        row_of(CoResultChangePublic, CoResultChange)
        .where(
            col(CoResultChange.co_assessment_id) == co_assessment_id,
            col(CoResultChange.unit_id) == unit_id,
            policy.visible_results(ctx.actor, CoResultChange),
        )
        .order_by(col(CoResultChange.changed_at), col(CoResultChange.id))
    )
    return [CoResultChangePublic(**row) for row in (await ctx.db.execute(rows)).mappings()]


async def list_known_units(ctx: Context, unit_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Tell the names of those of these units that exist."""
    rows = select(Unit.id, Unit.name).where(
        col(Unit.id).in_(list(unit_ids)),
        Unit.kind == UnitKind.UNIT,
        units_policy.visible(ctx.actor),
    )
    return dict((await ctx.db.exec(rows)).all())
