"""Both servers as the bench runs them: they also tell how much processor time they have used."""

import time

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.client import CPU
from bench.floor import app as raw
from sihao.main import app as whole


def _watched(app: ASGIApp) -> ASGIApp:
    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == CPU:
            await PlainTextResponse(str(time.process_time()))(scope, receive, send)
        else:
            await app(scope, receive, send)

    return served


product = _watched(whole)
floor = _watched(raw)
