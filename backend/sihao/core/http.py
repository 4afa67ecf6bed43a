"""What every answer carries: a request id and the security headers; and what is counted of it."""

import secrets
from time import perf_counter
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from sihao.core import metrics

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OVER_TLS = {"Cross-Origin-Opener-Policy": "same-origin"}
"""Browsers ignore it on plain HTTP, and complain on the console."""


class Headers:
    """Pure ASGI, so that nothing is buffered: streams and uploads pass through."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Add the headers to one answer, and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = request_id = secrets.token_hex(8)
        always = _HEADERS | _OVER_TLS if scope["scheme"] == "https" else _HEADERS

        began, status = perf_counter(), 500

        async def send_with_headers(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in always.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            metrics.observe(scope, status, perf_counter() - began)
