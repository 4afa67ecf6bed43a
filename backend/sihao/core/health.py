"""Whether the process lives and whether it can serve; for supervisors, without a log-in."""

from fastapi import APIRouter
from sqlalchemy import text

from sihao.core.db import engine

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", operation_id="health_live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/ready", operation_id="health_ready")
async def ready() -> dict[str, str]:
    """The database answers too; otherwise a problem says that it does not."""
    async with engine().connect() as connection:
        await connection.execute(text("SELECT 1"))
    return {"status": "ok"}
