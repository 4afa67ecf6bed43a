"""Keep merged assessments (R18) and their results."""

from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound, Stale
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections import policy
from sihao.inspections.actions.phase import UNTIL_CLOSED, hold_phase, hold_phase_named
from sihao.inspections.models import (
    CoAssessment,
    CoAssessmentResult,
    CoResultChange,
    ResultWay,
)
from sihao.inspections.queries import co_assessments as queries
from sihao.inspections.schemas.co_assessments import (
    CoAssessmentCreate,
    CoAssessmentUpdate,
    CoResultBatch,
    CoResultBody,
    CoResultRow,
)


async def create_co_assessment(ctx: Context, body: CoAssessmentCreate) -> CoAssessment:
    """Add a merged assessment to a year's open list."""
    ctx.require(Role.OFFICER)
    await hold_phase_named(ctx, body.campaign_id, UNTIL_CLOSED)
    await queries.check_coassessor(ctx, body.owner_id)
    made = CoAssessment.model_validate(body, update=stamps(ctx))
    ctx.db.add(made)
    await ctx.db.flush()
    emit(ctx, "co_assessment.created", made.id, audience=Audience.COMMITTEE, code=made.code)
    return made


async def update_co_assessment(
    ctx: Context, co_assessment_id: UUID, version: int, body: CoAssessmentUpdate
) -> CoAssessment:
    """Rename a merged assessment or give it another owner."""
    ctx.require(Role.OFFICER)
    found = await queries.get_co_assessment(ctx, co_assessment_id, lock=True)
    await hold_phase(ctx, found.campaign_id, UNTIL_CLOSED)
    check_version(found, version)
    await queries.check_coassessor(ctx, body.owner_id)
    changes = body.model_dump(exclude_unset=True)
    found.sqlmodel_update({k: v for k, v in changes.items() if v is not None or k == "owner_id"})
    touch(ctx, found)
    emit(
        ctx,
        "co_assessment.updated",
        found.id,
        audience=Audience.COMMITTEE,
        fields=sorted(changes),
    )
    return found


async def write_result(
    ctx: Context, co_assessment_id: UUID, unit_id: UUID, version: int, body: CoResultBody
) -> CoAssessmentResult:
    """Write one unit's result; version 0 makes it."""
    row = CoResultRow(**body.model_dump(), unit_id=unit_id, version=version)
    found = await _open(ctx, co_assessment_id)
    if unit_id not in await queries.list_known_units(ctx, [unit_id]):
        raise NotFound("unit.unknown", "没有这个单位。", "No such unit.")
    existing = await queries.hold_results(ctx, found.id, [unit_id])
    written = _write(ctx, found, row, existing.get(unit_id), _way(ctx, ResultWay.FORM))
    await ctx.db.flush()
    return written


async def write_results(ctx: Context, co_assessment_id: UUID, body: CoResultBatch) -> int:
    """Write the results of many units, all or none; return how many."""
    found = await _open(ctx, co_assessment_id)
    wanted = [row.unit_id for row in body.rows]
    known = await queries.list_known_units(ctx, wanted)
    for at, unit_id in enumerate(wanted):
        pointer = f"/body/rows/{at}/unit_id"
        if unit_id not in known:
            raise Invalid("unit.unknown", "没有这个单位。", "No such unit.", pointer=pointer)
        if unit_id in wanted[:at]:
            code, zh = "result.twice", f"{known[unit_id]}出现了两次。"
            raise Invalid(code, zh, "This unit is there twice.", pointer=pointer)
    existing = await queries.hold_results(ctx, found.id, wanted)
    for row in body.rows:
        _write(ctx, found, row, existing.get(row.unit_id), _way(ctx, ResultWay.BULK))
    await ctx.db.flush()
    return len(body.rows)


async def _open(ctx: Context, co_assessment_id: UUID) -> CoAssessment:
    ctx.require_scope("coassessment:write")
    found = await queries.get_co_assessment(ctx, co_assessment_id)
    policy.check_writes_results(ctx.actor, found)
    await hold_phase(ctx, found.campaign_id, UNTIL_CLOSED)
    return found


def _way(ctx: Context, by_hand: ResultWay) -> ResultWay:
    return ResultWay.SYSTEM if ctx.actor.is_service else by_hand


def _write(
    ctx: Context,
    parent: CoAssessment,
    row: CoResultRow,
    existing: CoAssessmentResult | None,
    way: ResultWay,
) -> CoAssessmentResult:
    values = row.model_dump(exclude={"version", "unit_id"})
    if existing is None:
        if row.version:
            raise Stale("version.stale", "这个单位还没有结果，请重新打开。", "No result yet.")
        written = CoAssessmentResult.model_validate(
            values,
            update={"co_assessment_id": parent.id, "unit_id": row.unit_id, **stamps(ctx)},
        )
        ctx.db.add(written)
    else:
        if row.version is not None:
            check_version(existing, row.version)
        existing.sqlmodel_update(values)
        touch(ctx, existing)
        written = existing
    keep_history(ctx, written, way)
    emit(
        ctx,
        "co_assessment.scored",
        written.id,
        row.unit_id,
        audience=Audience.COMMITTEE,
        code=parent.code,
        score=str(row.score),
    )
    return written


async def release_results(ctx: Context, co_assessment_id: UUID) -> CoAssessment:
    """Let every unit read its result of this assessment; what is written later waits.

    Raises `Conflict` when there is nothing that is not released.
    """
    ctx.require(Role.COASSESSOR)
    found = await queries.get_co_assessment(ctx, co_assessment_id, lock=True)
    policy.check_writes_results(ctx.actor, found)
    released = await queries.release(ctx, [found.id])
    if not released:
        code, zh = "co_assessment.released", "没有尚未告知单位的结果。"
        raise Conflict(code, zh, "Every result is released.")
    emit(
        ctx,
        "co_assessment.released",
        found.id,
        audience=Audience.COMMITTEE,
        code=found.code,
        units=released,
    )
    return found


async def release_published(ctx: Context, campaign_id: UUID, unit_ids: list[UUID]) -> None:
    """Let units whose annual result is published read what merged assessments said."""
    await queries.release(ctx, await queries.list_ids(ctx, campaign_id), unit_ids)


def keep_history(ctx: Context, result: CoAssessmentResult, way: ResultWay) -> None:
    """Note how a result was written; whatever writes one calls it."""
    told = result.model_dump(
        include={"unit_id", "co_assessment_id", "score", "grade", "note", "source"}
    )
    change = CoResultChange(**told, way=way, changed_by=ctx.actor.name, changed_at=ctx.now)
    ctx.db.add(change)
