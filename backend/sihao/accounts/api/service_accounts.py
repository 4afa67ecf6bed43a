"""`/service-accounts`: accounts of other systems, kept by the security administrator."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from sihao.accounts import queries
from sihao.accounts.actions import service_accounts as actions
from sihao.accounts.auth import Ctx
from sihao.accounts.models import ServiceAccount
from sihao.accounts.schemas import (
    SecretRotation,
    ServiceAccountCreate,
    ServiceAccountPublic,
    ServiceAccountQuery,
    ServiceAccountUpdate,
    ServiceAccountWithSecret,
)
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import keep_nothing
from sihao.core.paging import Page
from sihao.core.proof import require_proof
from sihao.core.routes import Router

router = Router(prefix="/service-accounts", tag="service-accounts")


@router.get("", operation_id="service_account_list", response_model=Page[ServiceAccountPublic])
async def list_service_accounts(
    ctx: Ctx, query: Annotated[ServiceAccountQuery, Query()]
) -> Response:
    """List accounts of other systems."""
    return await queries.list_service_accounts(ctx, query)


@router.post(
    "",
    operation_id="service_account_create",
    response_model=ServiceAccountWithSecret,
    dependencies=[Depends(require_proof)],
    status_code=201,
)
async def create_service_account(
    ctx: Ctx, request: Request, response: Response, body: ServiceAccountCreate
) -> ServiceAccountWithSecret:
    """Add an account; its secret is shown in this answer only."""
    account, secret = await actions.create_service_account(ctx, body)
    return await _with_secret(ctx, request, response, account, secret)


@router.patch(
    "/{id}",
    operation_id="service_account_update",
    response_model=ServiceAccountPublic,
    dependencies=[Depends(require_proof)],
)
async def update_service_account(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: ServiceAccountUpdate
) -> ServiceAccountPublic:
    """Change what the other system may do, from where and how long."""
    account = await actions.update_service_account(ctx, id, version, body)
    return await _answer(ctx, response, account)


@router.post(
    "/{id}/rotate",
    operation_id="service_account_rotate",
    response_model=ServiceAccountWithSecret,
    dependencies=[Depends(require_proof)],
)
async def rotate_secret(
    ctx: Ctx,
    request: Request,
    response: Response,
    id: UUID,
    version: IfMatch,
    body: SecretRotation | None = None,
) -> ServiceAccountWithSecret:
    """Draw a new secret, shown in this answer only; the old one may stay for a while."""
    until = body.previous_until if body else None
    account, secret = await actions.rotate_secret(ctx, id, version, until)
    return await _with_secret(ctx, request, response, account, secret)


@router.post(
    "/{id}/revoke_previous",
    operation_id="service_account_revoke_previous",
    response_model=ServiceAccountPublic,
)
async def revoke_previous(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch
) -> ServiceAccountPublic:
    """End the secret before the present one at once."""
    account = await actions.revoke_previous(ctx, id, version)
    return await _answer(ctx, response, account)


@router.post(
    "/{id}/disable",
    operation_id="service_account_disable",
    response_model=ServiceAccountPublic,
)
async def disable_service_account(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch
) -> ServiceAccountPublic:
    """Shut the other system out, for good."""
    account = await actions.disable_service_account(ctx, id, version)
    return await _answer(ctx, response, account)


async def _answer(
    ctx: Context, response: Response, account: ServiceAccount
) -> ServiceAccountPublic:
    tag(response, account)
    name = await queries.get_unit_name(ctx, account.unit_id)
    return ServiceAccountPublic(**account.model_dump(), unit_name=name)


async def _with_secret(
    ctx: Context, request: Request, response: Response, account: ServiceAccount, secret: str
) -> ServiceAccountWithSecret:
    keep_nothing(request)
    shown = await _answer(ctx, response, account)
    return ServiceAccountWithSecret(**shown.model_dump(), client_secret=secret)
