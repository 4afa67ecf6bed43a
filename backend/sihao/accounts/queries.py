"""Read accounts."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from sihao.accounts import policy
from sihao.accounts.models import LoginFailure, LoginSession, Person, ServiceAccount
from sihao.core.context import Context
from sihao.core.errors import NotFound


async def get_person_by_name(ctx: Context, name: str) -> Person | None:
    """Find who logs in; for the system only."""
    return (await ctx.db.exec(select(Person).where(Person.name == name))).first()


async def get_failure(ctx: Context, name_hash: str) -> LoginFailure | None:
    """Read how often a name failed, and hold the row."""
    rows = select(LoginFailure).where(LoginFailure.name_hash == name_hash)
    return (await ctx.db.exec(rows.with_for_update())).first()


async def get_session_by_token(ctx: Context, token_hash: str) -> LoginSession | None:
    """Find the session of a refresh token, the present or the one before, and hold it."""
    rows = select(LoginSession).where(
        (col(LoginSession.refresh_hash) == token_hash)
        | (col(LoginSession.previous_hash) == token_hash)
    )
    return (await ctx.db.exec(rows.with_for_update())).first()


async def get_service_account(ctx: Context, client_id: str) -> ServiceAccount | None:
    """Find the service account that shows its secret."""
    rows = select(ServiceAccount).where(ServiceAccount.client_id == client_id)
    return (await ctx.db.exec(rows)).first()


async def get_me(ctx: Context) -> Person:
    """Read the own person."""
    rows = select(Person).where(Person.id == ctx.actor.id)
    return (await ctx.db.exec(rows)).one()


async def get_own_unit(ctx: Context) -> Any:
    """Read id and name of the own unit, or None."""
    rows = text("SELECT id, name FROM unit WHERE id = :id")
    return (await ctx.db.execute(rows, {"id": ctx.actor.unit_id})).one_or_none()


async def list_sessions(ctx: Context) -> list[LoginSession]:
    """List the own live log-ins, newest first."""
    rows = (
        select(LoginSession)
        .where(policy.visible_sessions(ctx.actor))
        .where(col(LoginSession.revoked_at).is_(None), LoginSession.expires_at > ctx.now)
        .order_by(col(LoginSession.used_at).desc())
    )
    return list((await ctx.db.exec(rows)).all())


async def get_session(ctx: Context, session_id: UUID) -> LoginSession:
    """Read one own log-in."""
    rows = select(LoginSession).where(
        LoginSession.id == session_id, policy.visible_sessions(ctx.actor)
    )
    found = (await ctx.db.exec(rows)).first()
    if found is None:
        raise NotFound("session.unknown", "没有这个登录会话。", "No such session.")
    return found
