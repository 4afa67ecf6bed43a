"""Compute, approve and publish results."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.campaigns.lifecycle import CampaignState
from sihao.core.canonical import canonical, digest
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections.actions.co_assessments import release_published
from sihao.results.evaluation import evaluate
from sihao.results.frozen import Inputs, Outcome, scores
from sihao.results.grading import find_drops, graded
from sihao.results.lifecycle import RESULT, ResultState
from sihao.results.models import AnnualResult
from sihao.results.queries import inputs as frozen
from sihao.results.queries import results as queries
from sihao.results.schemas import Computed, Moved, Recount, SchemeTrial


async def compute_results(ctx: Context, campaign_id: UUID) -> Computed:
    """Compute a year's results anew from its final inspections, until they are approved.

    Raises `Conflict` outside the settling stage.
    """
    ctx.require(Role.OFFICER, Role.SYSTEM)
    campaign = await campaigns.hold_campaign(ctx, campaign_id)
    if campaign.state != CampaignState.SETTLING:
        code, zh = "campaign.phase", "年度进入结果审定阶段后才能计算结果。"
        raise Conflict(code, zh, "Results are computed while the campaign is settling.")
    inputs, missing = await frozen.list_inputs(ctx, campaign)
    inputs = with_drops(inputs)
    known = {one.unit_id: one for one in await queries.list_results_of(ctx, campaign_id, lock=True)}
    kept = {unit for unit, one in known.items() if one.state != ResultState.COMPUTED}
    for unit_id, given in inputs.items():
        if unit_id not in kept:
            _store(ctx, campaign_id, unit_id, given, known.get(unit_id))
    computed = len(inputs.keys() - kept)
    emit(ctx, "result.computed", campaign_id, audience=Audience.COMMITTEE, units=computed)
    return Computed(computed=computed, kept=len(kept), missing=missing)


def _store(
    ctx: Context, campaign_id: UUID, unit_id: UUID, given: Inputs, row: AnnualResult | None
) -> None:
    inputs, outcome, result = freeze(given)
    values: dict[str, Any] = {
        "total": result.total,
        "grade": result.grade,
        "scores": scores(result),
        "findings": result.findings,
        "inputs": inputs,
        "inputs_hash": digest(inputs),
        "outcome": outcome,
        "outcome_hash": digest(outcome),
        "computed_by": ctx.actor.name,
        "computed_by_id": ctx.actor.id,
    }
    if row is None:
        ctx.db.add(AnnualResult(campaign_id=campaign_id, unit_id=unit_id, **values, **stamps(ctx)))
    elif row.inputs_hash != values["inputs_hash"] or row.outcome_hash != values["outcome_hash"]:
        row.sqlmodel_update(values)
        touch(ctx, row)


async def try_scheme(ctx: Context, campaign_id: UUID, body: SchemeTrial) -> Outcome:
    """Evaluate a made-up unit of a year; raise `NotFound` without a standard. Nothing is kept."""
    ctx.require(Role.OFFICER, Role.LEADER)
    campaign = await campaigns.get_campaign(ctx, campaign_id)
    given = await frozen.make_up_inputs(ctx, campaign, body)
    return evaluate(given)


def with_drops(inputs: Mapping[UUID, Inputs]) -> dict[UUID, Inputs]:
    """Tell each unit of a year which grades it misses by the quota of its class."""
    given = {str(unit): (one, evaluate(one)) for unit, one in inputs.items()}
    drops = find_drops({unit: graded(one, outcome) for unit, (one, outcome) in given.items()})
    return {
        unit: one.model_copy(update={"drops": drops.get(str(unit), [])})
        for unit, one in inputs.items()
    }


def freeze(given: Inputs) -> tuple[str, str, Outcome]:
    """Evaluate inputs; return their canonical text, the outcome's, and the outcome."""
    result = evaluate(given)
    return (
        freeze_inputs(given),
        canonical(result.model_dump(mode="json")),
        result,
    )


def freeze_inputs(given: Inputs) -> str:
    """Write inputs as the text whose hash is kept."""
    return canonical(given.model_dump(mode="json"))


def recount(result: AnnualResult) -> Recount:
    """Compute once more from the frozen text alone: the same bytes, or something is wrong."""
    _, outcome, _ = freeze(Inputs.model_validate_json(result.inputs))
    return Recount(
        same=outcome == result.outcome and digest(result.inputs) == result.inputs_hash,
        stored_hash=result.outcome_hash,
        recounted_hash=digest(outcome),
    )


async def move_result(
    ctx: Context, result_id: UUID, version: int, name: str, opinion: str
) -> AnnualResult:
    """Approve or publish one result. Raises `Conflict` for approving what is out of date."""
    result = await queries.get_result(ctx, result_id, lock=True)
    check_version(result, version)
    _move(ctx, result, name, opinion)
    if name == "approve":
        await _check_fresh(ctx, result.campaign_id, [result])
    if name == "publish":
        await release_published(ctx, result.campaign_id, [result.unit_id])
    return result


def _move(ctx: Context, result: AnnualResult, name: str, opinion: str) -> None:
    RESULT.apply(ctx, result, name, opinion, total=str(result.total), grade=result.grade)
    if name == "approve":
        result.approved_by = ctx.actor.name
    else:
        result.published_at = ctx.now


async def move_results(ctx: Context, campaign_id: UUID, name: str, opinion: str) -> Moved:
    """Approve or publish all results of a year that are ready, each with its own event.

    Raises `Conflict` when none is ready, and for approving what is out of date.
    """
    ctx.require(Role.LEADER)
    await campaigns.hold_campaign(ctx, campaign_id)
    (ready,) = RESULT.transition(name).sources
    rows = await queries.list_results_of(ctx, campaign_id, ready, lock=True)
    if not rows:
        label = RESULT.transition(name).label
        raise Conflict(f"result.{name}.none", f"没有可以{label}的结果。", "No result is ready.")
    for row in rows:
        _move(ctx, row, name, opinion)
    if name == "approve":
        await _check_fresh(ctx, campaign_id, rows)
    else:
        await release_published(ctx, campaign_id, [row.unit_id for row in rows])
    return Moved(moved=len(rows))


async def _check_fresh(ctx: Context, campaign_id: UUID, rows: Sequence[AnnualResult]) -> None:
    """Refuse results that would come out otherwise now: something was decided after computing."""
    campaign = await campaigns.get_campaign(ctx, campaign_id)
    inputs, _ = await frozen.list_inputs(ctx, campaign)
    now = with_drops(inputs)
    late = [
        now[row.unit_id].unit_name
        for row in rows
        if row.unit_id in now and freeze_inputs(now[row.unit_id]) != row.inputs
    ]
    if late:
        zh = f"{'、'.join(late[:3])}{'等' if len(late) > 3 else ''} {len(late)} 个单位的数据"  # noqa: PLR2004 - names shown
        zh += "在结果计算以后又有变动，请重新计算后再审定。"
        raise Conflict("result.stale", zh, "Compute again: something has changed since.")


def total_of(result: AnnualResult) -> Decimal:
    """Give the total as the scheme rounded it, not as the column pads it."""
    return Outcome.model_validate_json(result.outcome).total
