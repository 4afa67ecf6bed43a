"""`/campaigns/{id}/scheme`: how a year is scored, its saved states, its files."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Depends, Request, Response

from sihao.accounts.auth import Ctx
from sihao.campaigns import queries, scheme_sheets
from sihao.campaigns.actions import schemes as actions
from sihao.campaigns.api.files import FILES, Form, download, receive
from sihao.campaigns.examples import Example
from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Scheme
from sihao.campaigns.schemas import (
    SchemeBody,
    SchemePublic,
    SchemeVersionPublic,
    SchemeVersionRow,
)
from sihao.campaigns.scheme import Rules
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import require_key
from sihao.core.routes import Router

router = Router(prefix="", tag="schemes")


@router.get("/campaigns/{id}/scheme", operation_id="scheme_get", response_model=SchemePublic)
async def get_scheme(ctx: Ctx, response: Response, id: UUID) -> SchemePublic:
    """Read how the year is scored."""
    return await _answer(ctx, response, await queries.get_scheme(ctx, id))


@router.put("/campaigns/{id}/scheme", operation_id="scheme_set", response_model=SchemePublic)
async def set_scheme(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: SchemeBody
) -> SchemePublic:
    """Replace the scheme before the year opens."""
    scheme = await actions.set_rules(ctx, id, version, body.rules)
    return await _answer(ctx, response, scheme)


@router.post(
    "/campaigns/{id}/scheme/reset", operation_id="scheme_reset", response_model=SchemePublic
)
async def reset_scheme(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, example: Example = Example.DEFAULT
) -> SchemePublic:
    """Begin anew from one of the ready schemes."""
    scheme = await actions.reset_rules(ctx, id, version, example)
    return await _answer(ctx, response, scheme)


@router.post(
    "/campaigns/{id}/scheme/continue", operation_id="scheme_continue", response_model=SchemePublic
)
async def continue_scheme(ctx: Ctx, response: Response, id: UUID, version: IfMatch) -> SchemePublic:
    """Go on with last year's scheme, item by item as the standard's mapping says."""
    return await _answer(ctx, response, await actions.continue_rules(ctx, id, version))


@router.get(
    "/campaigns/{id}/scheme/export",
    operation_id="scheme_export",
    response_class=Response,
    responses={200: {"content": FILES}},
)
async def export_scheme(ctx: Ctx, id: UUID, format: Form = "xlsx") -> Response:
    """Download the scheme as a file that can be imported as it is."""
    campaign = await queries.get_campaign(ctx, id)
    rules = await queries.get_rules(ctx, id)
    content = await asyncio.to_thread(scheme_sheets.write_scheme, rules, format)
    return download(content, f"{campaign.year}年度计分方案", format)


@router.post(
    "/campaigns/{id}/scheme/import",
    operation_id="scheme_import",
    response_model=SchemePublic,
    dependencies=[Depends(require_key)],
    openapi_extra={"requestBody": {"required": True, "content": FILES}},
)
async def import_scheme(
    ctx: Ctx, request: Request, response: Response, id: UUID, version: IfMatch
) -> SchemePublic:
    """Replace the scheme by a workbook or YAML file; all mistakes come back by row and column."""
    content, media_type = await receive(request)
    rules = await asyncio.to_thread(scheme_sheets.read_scheme, content, media_type)
    scheme = await actions.set_rules(ctx, id, version, rules, actions.IMPORTED)
    return await _answer(ctx, response, scheme)


@router.get(
    "/campaigns/{id}/scheme/versions",
    operation_id="scheme_version_list",
    response_model=list[SchemeVersionRow],
)
async def list_versions(ctx: Ctx, id: UUID) -> list[Any]:
    """List every saved state, newest first, each with what it changed."""
    return await queries.list_versions(ctx, id)


@router.get(
    "/campaigns/{id}/scheme/versions/{number}",
    operation_id="scheme_version_get",
    response_model=SchemeVersionPublic,
)
async def get_version(ctx: Ctx, id: UUID, number: int) -> Any:
    """Read one saved state with its rules."""
    found = await queries.list_versions(ctx, id)
    one = next((each for each in found if each.number == number), None)
    if one is None:
        raise NotFound("scheme_version.unknown", "没有这个版本。", "No such version.")
    return one


async def _answer(ctx: Context, response: Response, scheme: Scheme) -> SchemePublic:
    campaign = await queries.get_campaign(ctx, scheme.campaign_id)
    saved = await queries.get_last_version(ctx, scheme.campaign_id)
    tag(response, scheme)
    return SchemePublic(
        campaign_id=campaign.id,
        rules=Rules.model_validate(scheme.rules),
        frozen=campaign.state is not CampaignState.DRAFTED,
        number=saved.number,
        rules_hash=saved.rules_hash,
        saved_by=saved.saved_by,
        version=scheme.version,
    )
