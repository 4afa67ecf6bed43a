"""Correct a published result: a new version beside the old one, with its reason (F42)."""

from collections.abc import Mapping
from uuid import UUID

from sihao.core.canonical import digest
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.results.actions.results import freeze
from sihao.results.changes import Version, changes
from sihao.results.evaluation import evaluate
from sihao.results.frozen import FrozenAssessment, FrozenItem, Inputs, Outcome, scores
from sihao.results.lifecycle import CORRECTION, CorrectionState, ResultState
from sihao.results.models import AnnualResult, ResultCorrection
from sihao.results.queries import corrections as queries
from sihao.results.queries import results
from sihao.results.schemas import AssessmentPatch, CorrectionCreate, CorrectionLines, ItemPatch

_STATED = {"total", "grade", "inputs", "inputs_hash", "outcome", "outcome_hash"}


async def draft_correction(
    ctx: Context, result_id: UUID, version: int, body: CorrectionCreate
) -> ResultCorrection:
    """Draft the next version of a published result.

    Raises what `reckon` raises, and `Conflict` for a result that has a draft already.
    """
    ctx.require(Role.OFFICER)
    result = await results.get_result(ctx, result_id, lock=True)
    check_version(result, version)
    given = reckon(result, body)
    drafts = await queries.list_corrections(ctx, result.id, CorrectionState.DRAFTED)
    if drafts:
        code, zh = "correction.twice", "这份结果已有一份待审定的更正。"
        raise Conflict(code, zh, "There is a draft already.")
    inputs, outcome, said = freeze(given)
    correction = ResultCorrection(
        unit_id=result.unit_id,
        result_id=result.id,
        revision=await queries.next_revision(ctx, result),
        reason=body.reason,
        total=said.total,
        grade=said.grade,
        inputs=inputs,
        inputs_hash=digest(inputs),
        outcome=outcome,
        outcome_hash=digest(outcome),
        **{f"before_{name}": getattr(result, name) for name in _STATED},
        drafted_by=ctx.actor.name,
        drafted_by_id=ctx.actor.id,
        **stamps(ctx),
    )
    ctx.db.add(correction)
    await ctx.db.flush()
    emit(
        ctx,
        "correction.drafted",
        correction.id,
        correction.unit_id,
        audience=Audience.COMMITTEE,
        total=str(said.total),
        grade=said.grade,
    )
    return correction


async def preview_correction(
    ctx: Context, result_id: UUID, body: CorrectionLines
) -> tuple[Version, Version]:
    """Give a result as it would be corrected, and as it stands. Nothing is kept; see `reckon`."""
    ctx.require(Role.OFFICER)
    result = await results.get_result(ctx, result_id)
    given = reckon(result, body)
    return Version(given, evaluate(given)), Version.read(result.inputs, result.outcome)


def reckon(result: AnnualResult, body: CorrectionLines) -> Inputs:
    """Give a result's inputs with a correction's lines put in.

    Raises `Conflict` for one that is not published, `Invalid` for an unknown item or assessment,
    for more lost than the item has, and for lines that change nothing.
    """
    if result.state != ResultState.PUBLISHED:
        code, zh = "correction.not_published", "结果公布以后才能更正；公布前可以重新计算。"
        raise Conflict(code, zh, "Only a published result is corrected.")
    old = Inputs.model_validate_json(result.inputs)
    given = old.model_copy(
        update={
            "items": _patch_items(old, {one.code: (at, one) for at, one in enumerate(body.items)}),
            "assessments": _patch_assessments(old, body.assessments),
        }
    )
    if given.assessments == old.assessments and _same(result, given):
        code, zh = "correction.nothing", "更正内容与现行结果相同，没有可更正的。"
        raise Invalid(code, zh, "Nothing changes.", pointer="/body/items")
    return given


def _same(result: AnnualResult, given: Inputs) -> bool:
    """Say whether no figure moves; another reason alone is no correction."""
    now = Version(given, evaluate(given))
    moved = changes(now, Version.read(result.inputs, result.outcome), {})
    return not any(one.change for one in moved.items)


def _patch_items(old: Inputs, patches: Mapping[str, tuple[int, ItemPatch]]) -> list[FrozenItem]:
    asked = old.rules.asked_of(old.unit_class)
    known = {one.code for one in old.items} & asked.keys()
    for code, (at, patch) in patches.items():
        if code not in known:
            raise _unknown(f"/body/items/{at}/code", f"结果中没有条目 {code}。")
        if patch.lost > asked[code].points:
            zh = f"{code} 共 {asked[code].points} 分，不能扣得更多。"
            where = f"/body/items/{at}/lost"
            raise Invalid("correction.lost", zh, "More than the item has.", pointer=where)
    return [
        one.model_copy(
            update={
                "lost": patches[one.code][1].lost + one.restored,
                "reason": "；".join(
                    part for part in (one.reason, f"更正：{patches[one.code][1].reason}") if part
                ),
            }
        )
        if one.code in patches
        else one
        for one in old.items
    ]


def _patch_assessments(old: Inputs, patches: list[AssessmentPatch]) -> list[FrozenAssessment]:
    said = {one.code: one for one in patches}
    known = {one.code for one in old.assessments}
    for at, patch in enumerate(patches):
        if patch.code not in known:
            raise _unknown(f"/body/assessments/{at}/code", f"结果中没有并入考核 {patch.code}。")
    return [
        one.model_copy(update={"score": said[one.code].score, "source": said[one.code].source})
        if one.code in said
        else one
        for one in old.assessments
    ]


def _unknown(pointer: str, zh: str) -> Invalid:
    return Invalid("correction.unknown", zh, "The result has no such row.", pointer=pointer)


async def move_correction(
    ctx: Context, correction_id: UUID, version: int, name: str, opinion: str
) -> ResultCorrection:
    """Publish a correction, which puts its version in force, or dismiss it."""
    correction = await queries.get_correction(ctx, correction_id, lock=True)
    check_version(correction, version)
    result = await results.get_result(ctx, correction.result_id, lock=True)
    stale = result.outcome_hash != correction.before_outcome_hash
    facts = "结果在拟制更正以后又有变动，请重新拟制。" if stale else None
    CORRECTION.apply(ctx, correction, name, opinion, facts=facts, reason=correction.reason)
    if name == "publish":
        _put_in_force(ctx, result, correction)
    return correction


def _put_in_force(ctx: Context, result: AnnualResult, correction: ResultCorrection) -> None:
    correction.published_by = ctx.actor.name
    correction.published_at = ctx.now
    outcome = Outcome.model_validate_json(correction.outcome)
    result.sqlmodel_update(correction.model_dump(include={*_STATED, "revision"}))
    result.scores = scores(outcome)
    result.findings = outcome.findings
    result.computed_by, result.computed_by_id = correction.drafted_by, correction.drafted_by_id
    result.approved_by = ctx.actor.name
    result.published_at = ctx.now
    touch(ctx, result)
