"""The router every slice uses: idempotent POSTs, and one route for each transition."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from starlette.routing import Match, Route
from starlette.types import Scope

from sihao.core.errors import TooLarge
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import Replay, require_key
from sihao.core.lifecycle import Lifecycle, Transition, TransitionBody
from sihao.core.proof import require_proof

BASE = "/api/v1"
LARGEST_BODY = 64 * 1024 * 1024
"""Bytes of a body that is read as a whole; what may be larger is read as a stream."""
_OK_BELOW = 400


class BoundedRequest(Request):
    """A request whose body, read as a whole, cannot fill the memory."""

    async def body(self) -> bytes:
        """Read the body. Raises `TooLarge` at the first byte beyond the limit."""
        if not hasattr(self, "_body"):
            parts, size = [], 0
            async for part in self.stream():
                size += len(part)
                if size > LARGEST_BODY:
                    code, zh = "request.too_large", "提交的内容过大，请分批提交。"
                    raise TooLarge(code, zh, "The request is too large.")
                parts.append(part)
            self._body = b"".join(parts)
        return self._body


class ProductRoute(APIRoute):
    """Answers a repeated POST from the record, and records the first answer before the commit."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            bounded = BoundedRequest(request.scope, request.receive)
            try:
                if self.body_field is not None:
                    await bounded.body()  # here, because FastAPI calls whatever is raised a 400
                response = await handle(bounded)
            except Replay as replay:
                return replay.response
            pending = getattr(request.state, "idempotent", None)
            if pending is not None and response.status_code < _OK_BELOW:
                await pending.keep(response)
            return response

        return handler


class Router(APIRouter):
    """An `APIRouter` of product routes."""

    def __init__(self, *, prefix: str, tag: str) -> None:
        super().__init__(prefix=prefix, tags=[tag], route_class=ProductRoute)

    @cached_property
    def _heads(self) -> frozenset[str]:
        """The first words of the routes' paths; an included router looks after its own."""
        return frozenset(
            route.path.split("/")[1] if isinstance(route, Route) else "" for route in self.routes
        )

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Pass over all routes at once when none begins like the path; there are some 200."""
        head = scope["path"].removeprefix(BASE).lstrip("/").partition("/")[0]
        if self._heads.isdisjoint((head, "")):
            return Match.NONE, {}
        return super().matches(scope)

    def transitions(
        self,
        lifecycle: Lifecycle[Any],
        move: Callable[..., Awaitable[Any]],
        show: Callable[..., Awaitable[Any]],
        *,
        context: Any,
        response_model: Any,
        path: str = "/{id}",
        without: Iterable[str] = (),
    ) -> None:
        """Add `POST {path}/{transition}` for each arrow of `lifecycle`.

        `await move(ctx, id, version, name, opinion)` makes the transition and returns the row,
        `await show(ctx, row)` its representation; `context` is the `Ctx` annotation. Arrows in
        `without` take more than an opinion and have routes of their own.
        """
        skipped = frozenset(without)
        for one in lifecycle.transitions:
            if one.name not in skipped:
                self.add_api_route(
                    f"{path}/{one.name}",
                    _endpoint(one.name, move, show, context),
                    methods=["POST"],
                    operation_id=f"{lifecycle.subject}_{one.name}",
                    summary=f"{lifecycle.label}：{one.label}",
                    response_model=response_model,
                    dependencies=marks(one),
                )


def marks(one: Transition[Any]) -> list[Any]:
    """Give what a transition's route asks for: a key for a signature, a fresh proof."""
    asked = ((one.signature, require_key), (one.proof, require_proof))
    return [Depends(mark) for wanted, mark in asked if wanted]


def _endpoint(
    name: str,
    move: Callable[..., Awaitable[Any]],
    show: Callable[..., Awaitable[Any]],
    context: Any,
) -> Callable[..., Awaitable[Any]]:
    async def endpoint(
        ctx: Any,
        response: Response,
        id: UUID,
        body: TransitionBody,
        version: IfMatch,
    ) -> Any:
        row = await move(ctx, id, version, name, body.opinion)
        tag(response, row)
        return await show(ctx, row)

    endpoint.__annotations__["ctx"] = context
    return endpoint
