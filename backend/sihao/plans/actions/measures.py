"""Plan measures, report their progress, confirm their completion (R11, F16)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from sihao.core.context import UNIT_ROLES, UNIT_WRITERS, Context
from sihao.core.errors import Conflict, Forbidden, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.plans import queries
from sihao.plans.actions.numbers import check_order, next_number
from sihao.plans.actions.plans import check_draft, hold_draft
from sihao.plans.lifecycle import MEASURE, MeasureState
from sihao.plans.models import Measure, MeasureProgress, Plan
from sihao.plans.problem_schemas import MeasureCreate, MeasureUpdate, ProgressCreate
from sihao.units import queries as units

_NULLABLE = frozenset({"problem_id", "owner_id", "due_on"})


async def create_measures(
    ctx: Context, plan_id: UUID, rows: Sequence[MeasureCreate], pointers: Sequence[str]
) -> tuple[list[Measure], Plan]:
    """Add measures at the end of the draft, all or none; `pointers` name each row's place."""
    plan = await hold_draft(ctx, plan_id)
    await _check_references(ctx, plan, rows, pointers)
    number = next_number(await queries.list_measure_rows(ctx, plan.id))
    measures = [
        Measure.model_validate(
            row.model_dump(mode="json"),
            update={
                "unit_id": plan.unit_id,
                "plan_id": plan.id,
                "number": number + at,
                **stamps(ctx),
            },
        )
        for at, row in enumerate(rows)
    ]
    ctx.db.add_all(measures)
    await ctx.db.flush()
    numbers = [one.number for one in measures]
    emit(ctx, "plan.measures_added", plan.id, plan.unit_id, audience=Audience.UNIT, numbers=numbers)
    return measures, plan


async def update_measure(
    ctx: Context, measure_id: UUID, version: int, body: MeasureUpdate
) -> tuple[Measure, Plan]:
    """Change a measure of the draft."""
    measure, plan = await queries.get_measure(ctx, measure_id, lock=True)
    await check_draft(ctx, plan)
    check_version(measure, version)
    await _check_references(ctx, plan, [body], ["/body"])
    sent = body.model_dump(exclude_unset=True)
    measure.sqlmodel_update({k: v for k, v in sent.items() if v is not None or k in _NULLABLE})
    touch(ctx, measure)
    emit(
        ctx,
        "measure.updated",
        measure.id,
        plan.unit_id,
        audience=Audience.UNIT,
        fields=sorted(sent),
    )
    return measure, plan


async def delete_measure(ctx: Context, measure_id: UUID, version: int) -> None:
    """Strike a measure from the draft, unless progress was reported: history stays (F16)."""
    measure, plan = await queries.get_measure(ctx, measure_id, lock=True)
    await check_draft(ctx, plan)
    check_version(measure, version)
    if await queries.has_progress(ctx, measure.id):
        code, zh = "measure.has_progress", "这条措施已有进展记录，不能删去。"
        raise Conflict(code, zh, "Progress was reported; the measure stays.")
    await ctx.db.delete(measure)
    await ctx.db.flush()
    await ctx.db.execute(
        update(Measure)
        .where(col(Measure.plan_id) == plan.id, col(Measure.number) > measure.number)
        .values(number=Measure.number - 1)
    )
    emit(
        ctx,
        "measure.deleted",
        measure.id,
        plan.unit_id,
        audience=Audience.UNIT,
        number=measure.number,
    )


async def order_measures(ctx: Context, plan_id: UUID, version: int, ids: list[UUID]) -> Plan:
    """Number the draft's measures anew."""
    plan = await hold_draft(ctx, plan_id)
    check_version(plan, version)
    measures = {one.id: one for one in await queries.list_measure_rows(ctx, plan.id)}
    check_order(measures, ids)
    for number, ident in enumerate(ids, start=1):
        measures[ident].number = number
    touch(ctx, plan)
    emit(ctx, "plan.measures_ordered", plan.id, plan.unit_id, audience=Audience.UNIT)
    return plan


async def move_measure(
    ctx: Context, measure_id: UUID, version: int, name: str, opinion: str
) -> Measure:
    """Start a measure, ask for its completion, confirm or reject it."""
    measure, plan = await queries.get_measure(ctx, measure_id, lock=True)
    check_version(measure, version)
    facts = queries.measure_facts(measure, plan)
    MEASURE.apply(ctx, measure, name, opinion, facts=facts)
    if measure.state == MeasureState.COMPLETED:
        measure.completed_on = ctx.today
    return measure


async def report_progress(ctx: Context, measure_id: UUID, body: ProgressCreate) -> MeasureProgress:
    """Report progress: the unit's writers, or the member who owns the measure."""
    measure, plan = await queries.get_measure(ctx, measure_id, lock=True)
    actor = ctx.actor.towards(measure)
    owns = actor.member_id is not None and actor.member_id == measure.owner_id
    if not actor.has(UNIT_WRITERS) and not (actor.has(UNIT_ROLES) and owns):
        code, zh = "measure.progress_role", "进展由本单位经办人或者措施责任人填写。"
        raise Forbidden(code, zh, "Only the unit's writers and the owner report progress.")
    if not queries.is_in_force(plan) or measure.state == MeasureState.COMPLETED:
        code, zh = "measure.progress_state", "措施在计划执行后、认定完成前才填写进展。"
        raise Conflict(code, zh, "Progress is reported while the measure is carried out.")
    progress = MeasureProgress(
        **body.model_dump(),
        unit_id=measure.unit_id,
        measure_id=measure.id,
        reported_at=ctx.now,
        reported_by=ctx.actor.name,
    )
    ctx.db.add(progress)
    await ctx.db.flush()
    emit(
        ctx,
        "measure.progress_reported",
        measure.id,
        measure.unit_id,
        audience=Audience.UNIT,
        percent=body.percent,
    )
    return progress


async def _check_references(
    ctx: Context,
    plan: Plan,
    rows: Sequence[MeasureCreate | MeasureUpdate],
    pointers: Sequence[str],
) -> None:
    """Raise `Invalid` that names every owner not of the unit and every problem not of the plan."""
    members = {one.id for one in await units.list_members(ctx, plan.unit_id)}
    problems = {one.id for one in await queries.list_problem_rows(ctx, plan)}
    errors = []
    for row, pointer in zip(rows, pointers, strict=True):
        if row.owner_id is not None and row.owner_id not in members:
            detail = "本单位班子中没有这名成员。"
            place = f"{pointer}/owner_id"
            errors.append({"pointer": place, "code": "member.unknown", "detail": detail})
        if row.problem_id is not None and row.problem_id not in problems:
            detail = "本计划中没有这个问题。"
            place = f"{pointer}/problem_id"
            errors.append({"pointer": place, "code": "problem.unknown", "detail": detail})
    if errors:
        zh = f"有 {len(errors)} 处引用的对象不存在。"
        raise Invalid(errors[0]["code"], zh, "Some references are unknown.", errors=errors)
