"""Keep accounts of other systems."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sihao.accounts import queries
from sihao.accounts.models import ServiceAccount
from sihao.accounts.passwords import hash_password
from sihao.accounts.schemas import ServiceAccountCreate, ServiceAccountUpdate
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch

LONGEST_OVERLAP = timedelta(days=90)
"""How long two secrets may be good side by side [C]."""


async def create_service_account(
    ctx: Context, body: ServiceAccountCreate
) -> tuple[ServiceAccount, str]:
    """Add an account; its secret is given back once and kept only hashed."""
    ctx.require(Role.ADMIN_SECURITY)
    if body.unit_id is not None and not await queries.is_unit(ctx, body.unit_id):
        raise Invalid("unit.unknown", "没有这个单位。", "No such unit.", pointer="/body/unit_id")
    _check_expiry(ctx, body.expires_at)
    secret = secrets.token_urlsafe(32)
    account = ServiceAccount.model_validate(
        body.model_dump(),
        update={
            "scopes": sorted(set(body.scopes)),
            "client_id": f"svc_{secrets.token_hex(8)}",
            "secret_hash": await hash_password(secret),
            **stamps(ctx),
        },
    )
    ctx.db.add(account)
    await ctx.db.flush()
    _record(ctx, "created", account, scopes=account.scopes)
    return account, secret


async def update_service_account(
    ctx: Context, account_id: UUID, version: int, body: ServiceAccountUpdate
) -> ServiceAccount:
    """Change name, scopes, expiry or networks; good from the next request on."""
    account = await _get_live(ctx, account_id, version)
    changes = body.model_dump(exclude_unset=True)
    for name in ("name", "scopes", "addresses"):
        if name in changes and changes[name] is None:
            del changes[name]
    _check_expiry(ctx, changes.get("expires_at"))
    if "scopes" in changes:
        changes["scopes"] = sorted(set(changes["scopes"]))
    account.sqlmodel_update(changes)
    touch(ctx, account)
    _record(ctx, "updated", account, fields=sorted(changes))
    return account


async def rotate_secret(
    ctx: Context, account_id: UUID, version: int, previous_until: datetime | None
) -> tuple[ServiceAccount, str]:
    """Draw a new secret; the present one stays good until the given time, else not at all.

    One from before the present one ends in any case: never are more than two good.
    """
    account = await _get_live(ctx, account_id, version)
    if previous_until and not ctx.now < previous_until <= ctx.now + LONGEST_OVERLAP:
        zh = f"原密钥的失效时间须在 {LONGEST_OVERLAP.days} 天以内。"
        raise Invalid(
            "service_account.overlap",
            zh,
            f"The old secret may stay for {LONGEST_OVERLAP.days} days at most.",
            pointer="/body/previous_until",
        )
    secret = secrets.token_urlsafe(32)
    account.previous_hash = account.secret_hash if previous_until else None
    account.previous_until = previous_until
    account.secret_hash = await hash_password(secret)
    touch(ctx, account)
    until = previous_until.isoformat() if previous_until else None
    _record(ctx, "rotated", account, previous_until=until)
    return account, secret


async def revoke_previous(ctx: Context, account_id: UUID, version: int) -> ServiceAccount:
    """End the secret before the present one before its time."""
    account = await _get_live(ctx, account_id, version)
    if account.previous_hash is None:
        code, zh = "service_account.no_previous", "没有仍然有效的原密钥。"
        raise Conflict(code, zh, "There is no previous secret.")
    account.previous_hash = account.previous_until = None
    touch(ctx, account)
    _record(ctx, "revoked_previous", account)
    return account


async def disable_service_account(ctx: Context, account_id: UUID, version: int) -> ServiceAccount:
    """Shut the other system out at its next request, for good."""
    account = await _get_live(ctx, account_id, version)
    account.disabled_at = ctx.now
    touch(ctx, account)
    _record(ctx, "disabled", account)
    return account


def _check_expiry(ctx: Context, expires_at: datetime | None) -> None:
    if expires_at is not None and expires_at <= ctx.now:
        code, zh = "service_account.expired", "失效时间须在将来。"
        raise Invalid(code, zh, "It must expire later.", pointer="/body/expires_at")


async def _get_live(ctx: Context, account_id: UUID, version: int) -> ServiceAccount:
    ctx.require(Role.ADMIN_SECURITY)
    account = await queries.get_service_account(ctx, account_id, lock=True)
    check_version(account, version)
    if account.disabled_at is not None:
        code, zh = "service_account.disabled", "服务账号已停用，不能再改。"
        raise Conflict(code, zh, "This account is disabled.")
    return account


def _record(ctx: Context, verb: str, account: ServiceAccount, **data: object) -> None:
    emit(
        ctx,
        f"service_account.{verb}",
        account.id,
        audience=Audience.ADMIN,
        client_id=account.client_id,
        **data,
    )
