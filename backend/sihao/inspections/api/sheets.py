"""Score sheets and their judgements."""

from uuid import UUID

from fastapi import Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import IfMatch, etag, tag
from sihao.core.routes import Router
from sihao.inspections.actions import sheets as actions
from sihao.inspections.lifecycle import SHEET
from sihao.inspections.queries import sheets as queries
from sihao.inspections.queries.inspections import get_inspection
from sihao.inspections.schemas.sheets import JudgementBody, JudgementPublic, SheetPublic, SheetRow

router = Router(prefix="", tag="inspections")


@router.get("/inspections/{id}/sheets", operation_id="sheet_list", response_model=list[SheetRow])
async def list_sheets(ctx: Ctx, id: UUID) -> list[SheetRow]:
    """List the sheets of an inspection that the caller may read."""
    inspection = await get_inspection(ctx, id)
    return await queries.list_sheets(ctx, inspection.id)


@router.get("/sheets/{id}", operation_id="sheet_get", response_model=SheetPublic)
async def get_sheet(ctx: Ctx, response: Response, id: UUID) -> SheetPublic:
    """Read a sheet with all its judgements."""
    sheet = await queries.get_sheet(ctx, id)
    tag(response, sheet)
    return await queries.show_sheet(ctx, sheet)


@router.put(
    "/sheets/{id}/judgements/{criterion_id}",
    operation_id="judgement_put",
    response_model=JudgementPublic,
)
async def put_judgement(
    ctx: Ctx,
    response: Response,
    id: UUID,
    criterion_id: UUID,
    version: IfMatch,
    body: JudgementBody,
) -> JudgementPublic:
    """Write the whole judgement of an item; `If-Match: "0"` makes the first."""
    judgement = await actions.judge_item(ctx, id, criterion_id, version, body)
    response.headers["ETag"] = etag(judgement.version)
    return judgement


router.transitions(
    SHEET,
    actions.move_sheet,
    queries.show_sheet,
    context=Ctx,
    response_model=SheetPublic,
    path="/sheets/{id}",
)
