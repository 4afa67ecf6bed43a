"""`/co-assessments` and their results."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from sihao.accounts.auth import Ctx
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context, Role
from sihao.core.errors import NotFound
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.inspections.actions import co_assessments as actions
from sihao.inspections.models import CoAssessment
from sihao.inspections.queries import co_assessments as queries
from sihao.inspections.queries import disagreement
from sihao.inspections.schemas.co_assessments import (
    CoAssessmentCreate,
    CoAssessmentPublic,
    CoAssessmentQuery,
    CoAssessmentUpdate,
    CoassessorPublic,
    CoResultBatch,
    CoResultBody,
    CoResultChangePublic,
    CoResultPublic,
    CoResultQuery,
)
from sihao.inspections.schemas.disagreement import DisagreementPublic

router = Router(prefix="", tag="co-assessments")


@router.get(
    "/co-assessments",
    operation_id="co_assessment_list",
    response_model=Page[CoAssessmentPublic],
)
async def list_co_assessments(ctx: Ctx, query: Annotated[CoAssessmentQuery, Query()]) -> Response:
    """List merged assessments."""
    return await queries.list_co_assessments(ctx, query)


@router.post(
    "/co-assessments",
    operation_id="co_assessment_create",
    response_model=CoAssessmentPublic,
    status_code=201,
)
async def create_co_assessment(
    ctx: Ctx, response: Response, body: CoAssessmentCreate
) -> CoAssessmentPublic:
    """Add a merged assessment."""
    return await _answer(ctx, response, await actions.create_co_assessment(ctx, body))


@router.get(
    "/co-assessments/{id}",
    operation_id="co_assessment_get",
    response_model=CoAssessmentPublic,
)
async def get_co_assessment(ctx: Ctx, response: Response, id: UUID) -> CoAssessmentPublic:
    """Read a merged assessment."""
    return await _answer(ctx, response, await queries.get_co_assessment(ctx, id))


@router.patch(
    "/co-assessments/{id}",
    operation_id="co_assessment_update",
    response_model=CoAssessmentPublic,
)
async def update_co_assessment(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: CoAssessmentUpdate
) -> CoAssessmentPublic:
    """Rename a merged assessment or give it another owner."""
    return await _answer(ctx, response, await actions.update_co_assessment(ctx, id, version, body))


@router.get("/coassessors", operation_id="coassessor_list", response_model=list[CoassessorPublic])
async def list_coassessors(ctx: Ctx) -> list[CoassessorPublic]:
    """List who can own a merged assessment."""
    ctx.require(Role.OFFICER, Role.LEADER)
    return await queries.list_coassessors(ctx)


@router.post(
    "/co-assessments/{id}/release",
    operation_id="co_assessment_release",
    response_model=CoAssessmentPublic,
    dependencies=[Depends(require_key)],
)
async def release_results(ctx: Ctx, response: Response, id: UUID) -> CoAssessmentPublic:
    """Let every unit read its result before the year's results are published; for its owner."""
    return await _answer(ctx, response, await actions.release_results(ctx, id))


@router.get(
    "/co-assessments/{id}/results",
    operation_id="co_assessment_result_list",
    response_model=Page[CoResultPublic],
)
async def list_results(ctx: Ctx, id: UUID, query: Annotated[CoResultQuery, Query()]) -> Response:
    """List units with their results; missing ones are there with nulls."""
    found = await queries.get_co_assessment(ctx, id)
    return await queries.list_results(ctx, found.id, query)


@router.put(
    "/co-assessments/{id}/results",
    operation_id="co_assessment_result_batch",
    response_model=CoAssessmentPublic,
)
async def put_results(
    ctx: Ctx, response: Response, id: UUID, body: CoResultBatch
) -> CoAssessmentPublic:
    """Write the results of many units, all or none."""
    await actions.write_results(ctx, id, body)
    return await _answer(ctx, response, await queries.get_co_assessment(ctx, id))


@router.put(
    "/co-assessments/{id}/results/{unit_id}",
    operation_id="co_assessment_result_put",
    response_model=CoResultPublic,
)
async def put_result(
    ctx: Ctx,
    response: Response,
    id: UUID,
    unit_id: UUID,
    version: IfMatch,
    body: CoResultBody,
) -> CoResultPublic:
    """Write one unit's result; `If-Match: "0"` makes it."""
    result = await actions.write_result(ctx, id, unit_id, version, body)
    tag(response, result)
    names = await queries.list_known_units(ctx, [unit_id])
    return CoResultPublic(
        **result.model_dump(exclude={"co_assessment_id", "created_at"}), unit_name=names[unit_id]
    )


@router.get(
    "/co-assessments/{id}/results/{unit_id}/history",
    operation_id="co_assessment_result_history",
    response_model=list[CoResultChangePublic],
)
async def list_changes(ctx: Ctx, id: UUID, unit_id: UUID) -> list[CoResultChangePublic]:
    """Read when, by whom, how and from which source a unit's result was written."""
    found = await queries.get_co_assessment(ctx, id)
    if unit_id not in await queries.list_known_units(ctx, [unit_id]):
        raise NotFound("unit.unknown", "没有这个单位。", "No such unit.")
    return await queries.list_changes(ctx, found.id, unit_id)


@router.get(
    "/campaigns/{id}/disagreements",
    operation_id="disagreement_list",
    response_model=list[DisagreementPublic],
)
async def list_disagreements(ctx: Ctx, id: UUID) -> list[DisagreementPublic]:
    """List the units that merged assessments place far apart."""
    ctx.require(Role.OFFICER, Role.LEADER, Role.LEADERSHIP)
    return await disagreement.list_disagreements(ctx, (await get_campaign(ctx, id)).id)


async def _answer(ctx: Context, response: Response, found: CoAssessment) -> CoAssessmentPublic:
    await ctx.db.flush()
    tag(response, found)
    return await queries.show_co_assessment(ctx, found.id)
