"""`/results/{id}/corrections` and `/corrections`."""

from uuid import UUID

from fastapi import Depends, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.routes import Router
from sihao.results.actions import corrections as actions
from sihao.results.changes import Version, changes
from sihao.results.lifecycle import CORRECTION
from sihao.results.models import ResultCorrection
from sihao.results.queries import corrections as queries
from sihao.results.queries import results
from sihao.results.schemas import (
    CorrectionCreate,
    CorrectionLines,
    CorrectionPreview,
    CorrectionPublic,
)

router = Router(prefix="", tag="results")


def _show(ctx: Context, correction: ResultCorrection) -> CorrectionPublic:
    before = Version.read(correction.before_inputs, correction.before_outcome)
    now = Version.read(correction.inputs, correction.outcome)
    return CorrectionPublic(
        **correction.model_dump(exclude={"total", "before_total"}),
        total=now.outcome.total,
        before_total=before.outcome.total,
        changes=changes(now, before, {}),
        actions=CORRECTION.actions(ctx.actor, correction),
    )


async def _show_one(ctx: Context, correction: ResultCorrection) -> CorrectionPublic:
    return _show(ctx, correction)


@router.get(
    "/results/{id}/corrections",
    operation_id="correction_list",
    response_model=list[CorrectionPublic],
)
async def list_corrections(ctx: Ctx, id: UUID) -> list[CorrectionPublic]:
    """List the versions of a result after the first; a unit sees those that were published."""
    result = await results.get_result(ctx, id)
    return [_show(ctx, one) for one in await queries.list_corrections(ctx, result.id)]


@router.post(
    "/results/{id}/corrections",
    operation_id="correction_draft",
    response_model=CorrectionPublic,
    status_code=201,
    dependencies=[Depends(require_key)],
)
async def draft_correction(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: CorrectionCreate
) -> CorrectionPublic:
    """Draft a correction; If-Match is the result's. It counts once another person publishes it."""
    correction = await actions.draft_correction(ctx, id, version, body)
    tag(response, correction)
    return _show(ctx, correction)


@router.post(
    "/results/{id}/corrections/preview",
    operation_id="correction_preview",
    response_model=CorrectionPreview,
)
async def preview_correction(ctx: Ctx, id: UUID, body: CorrectionLines) -> CorrectionPreview:
    """Compute what a correction would come to. Nothing is kept."""
    now, before = await actions.preview_correction(ctx, id, body)
    return CorrectionPreview(
        total=now.outcome.total,
        grade=now.outcome.grade,
        before_total=before.outcome.total,
        before_grade=before.outcome.grade,
        changes=changes(now, before, {}),
    )


@router.get("/corrections/{id}", operation_id="correction_get", response_model=CorrectionPublic)
async def get_correction(ctx: Ctx, response: Response, id: UUID) -> CorrectionPublic:
    """Read a correction, with what it moves."""
    correction = await queries.get_correction(ctx, id)
    tag(response, correction)
    return _show(ctx, correction)


router.transitions(
    CORRECTION,
    actions.move_correction,
    _show_one,
    context=Ctx,
    response_model=CorrectionPublic,
    path="/corrections/{id}",
)
