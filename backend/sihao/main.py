"""The API process."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from sihao.core import health, problems
from sihao.core.db import engine
from sihao.core.http import Headers
from sihao.core.settings import settings
from sihao.slices import ROUTERS
from sihao.spa import Pages

BASE = "/api/v1"


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncGenerator[None, None]:
    yield
    await engine().dispose()


def create_app() -> FastAPI:
    """Build the application: every slice's router, problems, headers, the pages if wanted."""
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
    api = APIRouter(prefix=BASE)
    for router in ROUTERS:
        api.include_router(router)
    app.include_router(api)
    app.include_router(health.router)
    if folder := settings().spa_dir:
        app.mount("/", Pages(folder))
    return app


app = create_app()
