"""`/webhooks`, `/webhook-deliveries`, `/events/stream`."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Query, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.accounts.auth import Ctx
from sihao.core.context import Context, transaction
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import keep_nothing
from sihao.core.paging import Page
from sihao.core.proof import require_proof
from sihao.core.routes import Router
from sihao.core.tokens import tokens
from sihao.webhooks import actions, policy, queries
from sihao.webhooks.lifecycle import WEBHOOK
from sihao.webhooks.models import Signature, Webhook
from sihao.webhooks.schemas import (
    DeliveryPublic,
    DeliveryQuery,
    Place,
    Replayed,
    ReplayRequest,
    Rotation,
    StreamQuery,
    WebhookCreate,
    WebhookPublic,
    WebhookQuery,
    WebhookUpdate,
    WebhookWithSecret,
)
from sihao.webhooks.stream import EventStream

router = Router(prefix="", tag="webhooks")


def short_sessions() -> Callable[[], AbstractAsyncContextManager[AsyncSession]]:
    """Give what opens a stream's short transactions; tests replace it."""
    return transaction


@router.get("/webhooks", operation_id="webhook_list", response_model=Page[WebhookPublic])
async def list_webhooks(ctx: Ctx, query: Annotated[WebhookQuery, Query()]) -> Response:
    """List the addresses that events are sent to."""
    policy.check_keeper(ctx)
    return await queries.list_webhooks(ctx, query)


@router.post(
    "/webhooks",
    operation_id="webhook_create",
    response_model=WebhookWithSecret,
    status_code=201,
    dependencies=[Depends(require_proof)],
)
async def create_webhook(
    ctx: Ctx, request: Request, response: Response, body: WebhookCreate
) -> WebhookWithSecret:
    """Add an address; its secret is shown in this answer only."""
    webhook, secret = await actions.create_webhook(ctx, body)
    return await _with_secret(ctx, request, response, webhook, secret)


@router.get("/webhooks/{id}", operation_id="webhook_get", response_model=WebhookPublic)
async def get_webhook(ctx: Ctx, response: Response, id: UUID) -> WebhookPublic:
    """Read an address."""
    policy.check_keeper(ctx)
    return await _answer(ctx, response, await queries.get_webhook(ctx, id))


@router.patch("/webhooks/{id}", operation_id="webhook_update", response_model=WebhookPublic)
async def update_webhook(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: WebhookUpdate
) -> WebhookPublic:
    """Change name, address or events."""
    return await _answer(ctx, response, await actions.update_webhook(ctx, id, version, body))


@router.delete("/webhooks/{id}", operation_id="webhook_delete", status_code=204)
async def delete_webhook(ctx: Ctx, id: UUID, version: IfMatch) -> None:
    """Forget an address and its deliveries."""
    await actions.delete_webhook(ctx, id, version)


@router.post(
    "/webhooks/{id}/rotate",
    operation_id="webhook_rotate",
    response_model=WebhookWithSecret,
    dependencies=[Depends(require_proof)],
)
async def rotate_secret(
    ctx: Ctx, request: Request, response: Response, id: UUID, version: IfMatch, body: Rotation
) -> WebhookWithSecret:
    """Draw a new secret, shown in this answer only; both sign during the overlap."""
    overlap = timedelta(hours=body.overlap_hours)
    webhook, secret = await actions.rotate_secret(ctx, id, version, overlap)
    return await _with_secret(ctx, request, response, webhook, secret)


@router.post(
    "/webhooks/{id}/test",
    operation_id="webhook_test",
    response_model=DeliveryPublic,
    status_code=202,
)
async def test_webhook(ctx: Ctx, id: UUID) -> DeliveryPublic:
    """Send `webhook.test`; what is answered stands in the deliveries a moment later."""
    return _shown(await actions.test_webhook(ctx, id))


@router.get(
    "/webhooks/{id}/deliveries",
    operation_id="webhook_delivery_list",
    response_model=Page[DeliveryPublic],
)
async def list_deliveries(ctx: Ctx, id: UUID, query: Annotated[DeliveryQuery, Query()]) -> Response:
    """List what was or will be sent to an address, with every try."""
    policy.check_keeper(ctx)
    return await queries.list_deliveries(ctx, id, query)


@router.post("/webhooks/{id}/replay", operation_id="webhook_replay", response_model=Replayed)
async def replay_failed(ctx: Ctx, id: UUID, body: ReplayRequest) -> Replayed:
    """Send all again that failed since a time, in their order."""
    return Replayed(count=await actions.replay_failed(ctx, id, body.since))


@router.post(
    "/webhook-deliveries/{id}/replay",
    operation_id="webhook_delivery_replay",
    response_model=DeliveryPublic,
)
async def replay_delivery(ctx: Ctx, id: UUID) -> DeliveryPublic:
    """Send one again, under the same id."""
    return _shown(await actions.replay_delivery(ctx, id))


router.transitions(
    WEBHOOK,
    actions.move_webhook,
    queries.show_webhook,
    context=Ctx,
    response_model=WebhookPublic,
    path="/webhooks/{id}",
)


@router.get(
    "/events/stream",
    operation_id="event_stream",
    status_code=200,
    response_class=EventStream,
    responses={200: {"description": "Events, each with its place in the feed as `id`."}},
)
async def stream_events(
    ctx: Ctx,
    request: Request,
    query: Annotated[StreamQuery, Query()],
    open_session: Annotated[
        Callable[[], AbstractAsyncContextManager[AsyncSession]], Depends(short_sessions)
    ],
    last_event_id: Annotated[Place | None, Header()] = None,
) -> EventStream:
    """Follow the feed as server-sent events; `Last-Event-ID` goes on after a cut."""
    ctx.require_scope("event:read")
    begin = last_event_id or query.cursor or f"{await queries.present_place(ctx)}-0"
    token = request.headers["authorization"].partition(" ")[2]
    return EventStream(ctx, open_session, begin, tokens().read(token)["exp"])


async def _answer(ctx: Context, response: Response, webhook: Webhook) -> WebhookPublic:
    tag(response, webhook)
    return await queries.show_webhook(ctx, webhook)


async def _with_secret(
    ctx: Context, request: Request, response: Response, webhook: Webhook, secret: str
) -> WebhookWithSecret:
    keep_nothing(request)
    shown = await _answer(ctx, response, webhook)
    once = secret if webhook.signature is Signature.HMAC else None
    return WebhookWithSecret(**shown.model_dump(), secret=once)


def _shown(delivery: object) -> DeliveryPublic:
    return DeliveryPublic.model_validate(delivery, from_attributes=True)
