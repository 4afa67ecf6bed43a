"""The API process."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI

from sihao.core import health, logs, metrics, problems
from sihao.core.db import engine
from sihao.core.http import Headers
from sihao.core.memory import give_back_large_blocks
from sihao.core.routes import BASE
from sihao.core.settings import settings
from sihao.slices import PROTOCOLS, ROUTERS
from sihao.spa import Pages


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncGenerator[None, None]:
    give_back_large_blocks()
    metrics.watch(engine())
    yield
    metrics.forget_process()
    await engine().dispose()


def create_app() -> FastAPI:
    """Build the application: every slice's router, problems, headers, the pages if wanted.

    Any server may run it: logs are set up here unless a command has done so, else tracebacks would
    carry the values of local variables.
    """
    if not structlog.is_configured():
        logs.configure()
    app = FastAPI(
        title="Sihao 四好",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    problems.install(app)
    app.add_middleware(Headers)
    for router in ROUTERS:
        app.include_router(router, prefix=BASE)
    for protocol in PROTOCOLS:
        app.include_router(protocol)
    app.include_router(health.router)
    app.include_router(metrics.router)
    if folder := settings().spa_dir:
        app.mount("/", Pages(folder))
    return app


app = create_app()
