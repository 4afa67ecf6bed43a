"""`/results` and the computing of a year."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import tag
from sihao.core.lifecycle import TransitionBody
from sihao.core.paging import Page, json_response
from sihao.core.routes import Router, marks
from sihao.results.actions import results as actions
from sihao.results.actions.comparisons import outcome_of
from sihao.results.changes import Version, changes
from sihao.results.frozen import Outcome
from sihao.results.lifecycle import RESULT
from sihao.results.models import AnnualResult, Comparison
from sihao.results.queries import comparisons
from sihao.results.queries import results as queries
from sihao.results.schemas import (
    Changes,
    Computed,
    Moved,
    Recount,
    ResultPublic,
    ResultQuery,
    ResultRow,
    SchemeTrial,
)

router = Router(prefix="", tag="results")


async def _show(ctx: Context, result: AnnualResult) -> ResultPublic:
    unit, campaign = await queries.get_named(ctx, result)
    return ResultPublic(
        **result.model_dump(exclude={"total"}),
        total=actions.total_of(result),
        unit_name=unit.name,
        unit_class=unit.unit_class,
        year=campaign.year,
        actions=RESULT.actions(ctx.actor, result),
    )


@router.get("/results", operation_id="result_list", response_model=Page[ResultRow])
async def list_results(ctx: Ctx, query: Annotated[ResultQuery, Query()]) -> Response:
    """List results; a unit finds its own published ones."""
    return await queries.list_results(ctx, query)


@router.get("/results/{id}", operation_id="result_get", response_model=ResultPublic)
async def get_result(ctx: Ctx, response: Response, id: UUID) -> ResultPublic:
    """Read a result."""
    result = await queries.get_result(ctx, id)
    tag(response, result)
    return await _show(ctx, result)


@router.get("/results/{id}/explanation", operation_id="result_explanation", response_model=Outcome)
async def get_explanation(ctx: Ctx, id: UUID) -> Response:
    """Open the score: total → part → dimension → item → deductions. The stored bytes themselves."""
    return json_response((await queries.get_result(ctx, id)).outcome)


@router.get("/results/{id}/recount", operation_id="result_recount", response_model=Recount)
async def get_recount(ctx: Ctx, id: UUID) -> Recount:
    """Compute the result again from its frozen inputs and compare the bytes."""
    return actions.recount(await queries.get_result(ctx, id))


@router.get("/results/{id}/changes", operation_id="result_changes", response_model=Changes)
async def get_changes(ctx: Ctx, id: UUID) -> Changes:
    """Set a result beside the year before: what moved, and why."""
    result = await queries.get_result(ctx, id)
    before = await queries.get_result_before(ctx, result)
    return changes(
        Version.read(result.inputs, result.outcome),
        Version.read(before.inputs, before.outcome) if before else None,
        await queries.get_mapping(ctx, before, result) if before else {},
    )


@router.get(
    "/campaigns/{id}/results/frozen",
    operation_id="results_frozen",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {}}}},
)
async def get_frozen(ctx: Ctx, id: UUID) -> Response:
    """Give what a year's results were computed from, one unit a line, for `recount.py`.

    `inputs` and `outcome` are texts, byte for byte as their SHA-256 was taken. A unit gets its own.
    """
    results = await queries.list_results_of(ctx, id)
    body = b"".join(
        orjson.dumps({"revision": one.revision} | _frozen(one)) + b"\n" for one in results
    )
    return _download(body, "application/x-ndjson", "frozen.ndjson")


@router.get(
    "/comparisons/{id}/frozen",
    operation_id="comparison_frozen",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)
async def get_frozen_comparison(ctx: Ctx, id: UUID) -> Response:
    """Give what a comparison was computed from, for `recount.py --comparison`.

    `inputs` and `outcome` are texts, byte for byte as their SHA-256 was taken. Answers 404 before
    both years are frozen.
    """
    comparison = await comparisons.get_comparison(ctx, id)
    outcome_of(comparison)
    return _download(orjson.dumps(_frozen(comparison)), "application/json", "comparison.json")


def _frozen(row: AnnualResult | Comparison) -> dict[str, str | None]:
    names = ("state", "inputs", "inputs_hash", "outcome", "outcome_hash")
    return {name: getattr(row, name) for name in names}


def _download(body: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)


router.transitions(
    RESULT,
    actions.move_result,
    _show,
    context=Ctx,
    response_model=ResultPublic,
    path="/results/{id}",
)


@router.post("/campaigns/{id}/scheme/try", operation_id="scheme_try", response_model=Outcome)
async def try_scheme(ctx: Ctx, id: UUID, body: SchemeTrial) -> Outcome:
    """Evaluate a made-up unit by a scheme that need not be saved."""
    return await actions.try_scheme(ctx, id, body)


@router.post(
    "/campaigns/{id}/results:compute", operation_id="results_compute", response_model=Computed
)
async def compute_results(ctx: Ctx, id: UUID) -> Computed:
    """Compute a year's results from its final inspections."""
    return await actions.compute_results(ctx, id)


@router.post(
    "/campaigns/{id}/results:approve",
    operation_id="results_approve",
    response_model=Moved,
    dependencies=marks(RESULT.transition("approve")),
)
async def approve_results(ctx: Ctx, id: UUID, body: TransitionBody) -> Moved:
    """Approve all computed results of a year."""
    return await actions.move_results(ctx, id, "approve", body.opinion)


@router.post(
    "/campaigns/{id}/results:publish",
    operation_id="results_publish",
    response_model=Moved,
    dependencies=marks(RESULT.transition("publish")),
)
async def publish_results(ctx: Ctx, id: UUID, body: TransitionBody) -> Moved:
    """Publish all approved results of a year: each unit sees its own."""
    return await actions.move_results(ctx, id, "publish", body.opinion)
