"""`/audit` for the auditor, `/settings` for the system administrator: no business data."""

import asyncio
import shutil
from typing import Annotated

from fastapi import Query, Response
from pydantic import PostgresDsn, SecretStr

from sihao import __version__
from sihao.accounts import queries
from sihao.accounts.auth import Ctx
from sihao.accounts.schemas import (
    AuditQuery,
    AuditRow,
    HealthPublic,
    SettingPublic,
    SettingsPublic,
)
from sihao.core.context import Role
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.core.settings import Settings, settings

router = Router(prefix="", tag="oversight")


@router.get("/audit", operation_id="audit_list", response_model=Page[AuditRow])
async def list_audit(ctx: Ctx, query: Annotated[AuditQuery, Query()]) -> Response:
    """List what happened, all of it, the newest first."""
    ctx.require(Role.ADMIN_AUDIT)
    return await queries.list_audit(ctx, query)


@router.get("/settings", operation_id="settings_get", response_model=SettingsPublic)
async def get_settings(ctx: Ctx) -> SettingsPublic:
    """Show the settings without secrets, and how the product is."""
    ctx.require(Role.ADMIN_SYSTEM)
    database = await queries.get_database_health(ctx)
    disk = await asyncio.to_thread(_disk)
    return SettingsPublic(
        settings=[_shown(name, settings()) for name in Settings.model_fields],
        health=HealthPublic(
            product_version=__version__,
            database_now=ctx.now,
            disk_total_bytes=disk[0],
            disk_free_bytes=disk[1],
            **database,
        ),
    )


def _disk() -> tuple[int, int]:
    folder = settings().data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.total, usage.free


def _shown(name: str, current: Settings) -> SettingPublic:
    """Addresses lose their credentials, secrets their text."""
    value = getattr(current, name)
    is_given = name in current.model_fields_set
    if isinstance(value, SecretStr) or value is None:
        text = None
    elif isinstance(value, PostgresDsn):
        host = value.hosts()[0]
        text = f"{host['host']}:{host['port']}{value.path or ''}"
    else:
        text = str(value)
    return SettingPublic(name=f"SIHAO_{name.upper()}", value=text, is_given=is_given)
