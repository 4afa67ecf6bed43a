"""`/ledgers`, `/ledger-entries` and `/indicators`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.ledgers import actions, overview, queries
from sihao.ledgers.models import LedgerEntry
from sihao.ledgers.schemas import (
    EntryBatch,
    EntryCreate,
    EntryPublic,
    EntryQuery,
    EntryUpdate,
    Indicator,
    IndicatorCode,
    IndicatorOpened,
    IndicatorsQuery,
    LedgerPublic,
    LedgersQuery,
)

router = Router(prefix="", tag="ledgers")


@router.get("/ledgers", operation_id="ledger_list", response_model=list[LedgerPublic])
async def list_ledgers(ctx: Ctx, query: Annotated[LedgersQuery, Query()]) -> list[LedgerPublic]:
    """List the twenty ledgers with what their rows ask for, and how many there are."""
    return await overview.list_ledgers(ctx, query)


@router.get("/ledger-entries", operation_id="ledger_entry_list", response_model=Page[EntryPublic])
async def list_entries(ctx: Ctx, query: Annotated[EntryQuery, Query()]) -> Response:
    """List rows of ledgers."""
    ctx.require_scope(actions.SCOPE)
    return await queries.list_entries(ctx, query)


@router.post(
    "/ledger-entries",
    operation_id="ledger_entry_create",
    response_model=EntryPublic,
    status_code=201,
)
async def create_entry(ctx: Ctx, response: Response, body: EntryCreate) -> EntryPublic:
    """Add a row."""
    return await _answer(ctx, response, await actions.create_entry(ctx, body))


@router.post(
    "/ledger-entries/batch",
    operation_id="ledger_entry_create_batch",
    response_model=list[EntryPublic],
    status_code=201,
)
async def create_entries(ctx: Ctx, body: EntryBatch) -> list[EntryPublic]:
    """Add up to 500 rows of one kind; a single bad one refuses all."""
    entries = await actions.create_entries(ctx, body)
    return await queries.show_entries(ctx, [entry.id for entry in entries])


@router.get("/ledger-entries/{id}", operation_id="ledger_entry_get", response_model=EntryPublic)
async def get_entry(ctx: Ctx, response: Response, id: UUID) -> EntryPublic:
    """Read a row."""
    ctx.require_scope(actions.SCOPE)
    return await _answer(ctx, response, await queries.get_entry(ctx, id))


@router.patch(
    "/ledger-entries/{id}", operation_id="ledger_entry_update", response_model=EntryPublic
)
async def update_entry(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: EntryUpdate
) -> EntryPublic:
    """Change a row."""
    return await _answer(ctx, response, await actions.update_entry(ctx, id, version, body))


@router.delete("/ledger-entries/{id}", operation_id="ledger_entry_delete", status_code=204)
async def delete_entry(ctx: Ctx, id: UUID, version: IfMatch) -> None:
    """Take a row away."""
    await actions.delete_entry(ctx, id, version)


@router.get("/indicators", operation_id="indicator_list", response_model=list[Indicator])
async def list_indicators(ctx: Ctx, query: Annotated[IndicatorsQuery, Query()]) -> list[Indicator]:
    """Compute a unit's figures."""
    ctx.require_scope(actions.SCOPE)
    unit_id = await queries.find_unit(ctx, query.unit_id)
    campaign = await queries.find_campaign(ctx, query.campaign_id)
    return await queries.compute_indicators(ctx, unit_id, campaign)


@router.get(
    "/indicators/{criterion}/rows",
    operation_id="indicator_open",
    response_model=IndicatorOpened,
)
async def open_indicator(
    ctx: Ctx, criterion: IndicatorCode, query: Annotated[IndicatorsQuery, Query()]
) -> IndicatorOpened:
    """Open a figure into the ledger rows behind it."""
    ctx.require_scope(actions.SCOPE)
    unit_id = await queries.find_unit(ctx, query.unit_id)
    campaign = await queries.find_campaign(ctx, query.campaign_id)
    return await queries.open_indicator(ctx, unit_id, campaign, criterion)


async def _answer(ctx: Context, response: Response, entry: LedgerEntry) -> EntryPublic:
    tag(response, entry)
    return (await queries.show_entries(ctx, [entry.id]))[0]
