"""Keep accounts of other systems."""

import secrets
from uuid import UUID

from sihao.accounts import queries
from sihao.accounts.models import ServiceAccount
from sihao.accounts.passwords import hash_password
from sihao.accounts.schemas import ServiceAccountCreate
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch


async def create_service_account(
    ctx: Context, body: ServiceAccountCreate
) -> tuple[ServiceAccount, str]:
    """Add an account; its secret is given back once and kept only hashed."""
    ctx.require(Role.ADMIN_SECURITY)
    if body.unit_id is not None and not await queries.is_unit(ctx, body.unit_id):
        raise Invalid("unit.unknown", "没有这个单位。", "No such unit.", pointer="/body/unit_id")
    if body.expires_at is not None and body.expires_at <= ctx.now:
        code, zh = "service_account.expired", "失效时间须在将来。"
        raise Invalid(code, zh, "It must expire later.", pointer="/body/expires_at")
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


async def rotate_secret(ctx: Context, account_id: UUID, version: int) -> tuple[ServiceAccount, str]:
    """Draw a new secret; the old one is good no more."""
    account = await _get_live(ctx, account_id, version)
    secret = secrets.token_urlsafe(32)
    account.secret_hash = await hash_password(secret)
    touch(ctx, account)
    _record(ctx, "rotated", account)
    return account, secret


async def disable_service_account(ctx: Context, account_id: UUID, version: int) -> ServiceAccount:
    """Shut the other system out at its next request, for good."""
    account = await _get_live(ctx, account_id, version)
    account.disabled_at = ctx.now
    touch(ctx, account)
    _record(ctx, "disabled", account)
    return account


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
