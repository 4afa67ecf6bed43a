"""Find problems, hold them against the standard, close them, carry them over (R7, R8)."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col

from sihao.campaigns import queries as campaigns
from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.plans import queries
from sihao.plans.actions.numbers import check_order, next_number
from sihao.plans.actions.plans import check_draft, hold_draft
from sihao.plans.lifecycle import PROBLEM
from sihao.plans.models import Measure, Plan, Problem, ProblemCriterion, ProblemSource
from sihao.plans.problem_schemas import ProblemCreate, ProblemUpdate
from sihao.plans.schemas import CarryOver
from sihao.units import queries as units

_NULLABLE = frozenset({"member_id"})


async def create_problem(ctx: Context, plan_id: UUID, body: ProblemCreate) -> tuple[Problem, Plan]:
    """Add a problem at the end of the draft."""
    plan = await hold_draft(ctx, plan_id)
    await check_member(ctx, plan, body.member_id, "/body/member_id")
    held = await _find_criteria(ctx, plan, body.criteria)
    problem = Problem.model_validate(
        body.model_dump(exclude={"criteria"}, mode="json"),
        update={
            "unit_id": plan.unit_id,
            "plan_id": plan.id,
            "number": next_number(await queries.list_problem_rows(ctx, plan)),
            **stamps(ctx),
        },
    )
    ctx.db.add(problem)
    await ctx.db.flush()
    _hold(ctx, problem, held)
    emit(
        ctx,
        "problem.created",
        problem.id,
        plan.unit_id,
        audience=Audience.UNIT,
        number=problem.number,
    )
    return problem, plan


async def update_problem(
    ctx: Context, problem_id: UUID, version: int, body: ProblemUpdate
) -> tuple[Problem, Plan]:
    """Change a problem of the draft."""
    problem, plan = await queries.get_problem(ctx, problem_id, lock=True)
    await check_draft(ctx, plan)
    check_version(problem, version)
    await check_member(ctx, plan, body.member_id, "/body/member_id")
    sent = body.model_dump(exclude_unset=True, exclude={"criteria"})
    changes = {k: v for k, v in sent.items() if v is not None or k in _NULLABLE}
    problem.sqlmodel_update(changes)
    if body.criteria is not None:
        held = await _find_criteria(ctx, plan, body.criteria)
        for link in await queries.list_links(ctx, problem.id):
            await ctx.db.delete(link)
        await ctx.db.flush()
        _hold(ctx, problem, held)
    touch(ctx, problem)
    emit(
        ctx,
        "problem.updated",
        problem.id,
        plan.unit_id,
        audience=Audience.UNIT,
        fields=sorted(body.model_fields_set),
    )
    return problem, plan


async def delete_problem(ctx: Context, problem_id: UUID, version: int) -> None:
    """Strike a problem from the draft; signed versions keep it.

    One that was carried over stays, and so does one that measures still answer.
    """
    problem, plan = await queries.get_problem(ctx, problem_id, lock=True)
    await check_draft(ctx, plan)
    check_version(problem, version)
    if problem.carried_from_id is not None:
        code, zh = "problem.carried_over", "上年转入的问题不能删去，办结后销号。"
        raise Conflict(code, zh, "A problem carried over is not struck out.")
    measures = await queries.list_measure_rows(ctx, plan.id)
    if any(one.problem_id == problem.id for one in measures):
        code, zh = "problem.has_measures", "还有措施解决这个问题，请先删去或改挂这些措施。"
        raise Conflict(code, zh, "Measures still answer this problem.")
    await ctx.db.execute(
        delete(ProblemCriterion).where(col(ProblemCriterion.problem_id) == problem.id)
    )
    await ctx.db.delete(problem)
    await ctx.db.flush()
    await ctx.db.execute(
        update(Problem)
        .where(col(Problem.plan_id) == plan.id, col(Problem.number) > problem.number)
        .values(number=Problem.number - 1)
    )
    emit(
        ctx,
        "problem.deleted",
        problem.id,
        plan.unit_id,
        audience=Audience.UNIT,
        number=problem.number,
    )


async def order_problems(ctx: Context, plan_id: UUID, version: int, ids: list[UUID]) -> Plan:
    """Number the draft's problems anew."""
    plan = await hold_draft(ctx, plan_id)
    check_version(plan, version)
    problems = {one.id: one for one in await queries.list_problem_rows(ctx, plan)}
    check_order(problems, ids)
    for number, ident in enumerate(ids, start=1):
        problems[ident].number = number
    touch(ctx, plan)
    emit(ctx, "plan.problems_ordered", plan.id, plan.unit_id, audience=Audience.UNIT)
    return plan


async def move_problem(
    ctx: Context, problem_id: UUID, version: int, name: str, opinion: str
) -> Problem:
    """Ask for closing, confirm or reject it."""
    problem, plan = await queries.get_problem(ctx, problem_id, lock=True)
    check_version(problem, version)
    facts = await queries.problem_facts(ctx, problem, plan)
    PROBLEM.apply(ctx, problem, name, opinion, facts=facts)
    return problem


async def carry_over(ctx: Context, plan_id: UUID, body: CarryOver) -> tuple[list[Problem], Plan]:
    """Take open problems of earlier years into this draft; the old ones end `carried_over`."""
    plan = await hold_draft(ctx, plan_id)
    campaign = await campaigns.get_campaign(ctx, plan.campaign_id)
    years = {one.id: one.year for one in await queries.list_candidates(ctx, plan)}
    number = next_number(await queries.list_problem_rows(ctx, plan))
    carried: list[Problem] = []
    for at, old_id in enumerate(dict.fromkeys(body.problem_ids)):
        if old_id not in years:
            code, zh = "problem.not_open", "这个问题不在可以转入的上年问题之列。"
            en = "This is no open problem of an earlier year."
            raise Invalid(code, zh, en, pointer=f"/body/problem_ids/{at}")
        old, _ = await queries.get_problem(ctx, old_id, lock=True)
        new = Problem(
            **old.model_dump(include={"text", "category", "member_id", "linkages"}),
            source=ProblemSource.CARRIED_OVER,
            source_note=f"{years[old_id]} 年问题 {old.number}",
            unit_id=plan.unit_id,
            plan_id=plan.id,
            number=number + len(carried),
            carried_from_id=old.id,
            **stamps(ctx),
        )
        ctx.db.add(new)
        await ctx.db.flush()
        if campaign.standard_id is not None:
            _hold(ctx, new, await queries.map_criteria(ctx, old.id, campaign.standard_id))
        if body.with_measures:
            await _copy_measures(ctx, old, new)
        PROBLEM.apply(ctx, old, "carry_over", carried_to=str(new.id))
        carried.append(new)
    await ctx.db.flush()
    return carried, plan


async def _copy_measures(ctx: Context, old: Problem, new: Problem) -> None:
    plan_id, unit_id = new.plan_id, new.unit_id
    there = await queries.list_measure_rows(ctx, plan_id)
    for number, one in enumerate(
        await queries.list_unfinished(ctx, old.id), start=next_number(there)
    ):
        kept = {"text", "owner_id", "expected_output", "co_owners", "linkages"}
        ctx.db.add(
            Measure(
                **one.model_dump(include=kept),
                unit_id=unit_id,
                plan_id=plan_id,
                problem_id=new.id,
                number=number,
                **stamps(ctx),
            )
        )
    await ctx.db.flush()


async def check_member(ctx: Context, plan: Plan, member_id: UUID | None, pointer: str) -> None:
    """Raise `Invalid` unless `member_id` is of the plan's unit."""
    if member_id is None:
        return
    if all(one.id != member_id for one in await units.list_members(ctx, plan.unit_id)):
        code, zh = "member.unknown", "本单位班子中没有这名成员。"
        raise Invalid(code, zh, "No such member of the unit's team.", pointer=pointer)


async def _find_criteria(ctx: Context, plan: Plan, wanted: Iterable[str]) -> list[UUID]:
    """Look items up by code or id in the campaign's standard; raise `Invalid` for others."""
    campaign = await campaigns.get_campaign(ctx, plan.campaign_id)
    known: dict[str, UUID] = {}
    if campaign.standard_id is not None:
        for one in await campaigns.list_criteria(ctx, campaign.standard_id):
            known[one.code] = known[str(one.id)] = one.id
    for at, name in enumerate(wanted):
        if name not in known:
            code, zh = "criterion.unknown", f"本年度创建标准中没有条目 {name}。"
            en = "No such item in this year's standard."
            raise Invalid(code, zh, en, pointer=f"/body/criteria/{at}")
    return list(dict.fromkeys(known[name] for name in wanted))


def _hold(ctx: Context, problem: Problem, criteria: Iterable[UUID]) -> None:
    for one in criteria:
        ctx.db.add(
            ProblemCriterion(unit_id=problem.unit_id, problem_id=problem.id, criterion_id=one)
        )
