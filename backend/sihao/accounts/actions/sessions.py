"""Log in and out, keep sessions, change passwords.

A refused log-in is itself a fact that must be kept, so these actions *return* the problem instead
of raising it: raising would roll the record back.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sihao.accounts import queries
from sihao.accounts.models import LoginFailure, LoginSession
from sihao.accounts.passwords import hash_password, is_password
from sihao.core.addresses import is_within
from sihao.core.context import Context
from sihao.core.errors import Forbidden, Invalid, Problem, TooMany, Unauthenticated
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch
from sihao.core.settings import settings
from sihao.core.tokens import tokens

FREE_GUESSES = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
RETRY_WITHIN = timedelta(seconds=60)
"""How long after a rotation the refresh token before may be shown once more."""


@dataclass(frozen=True, slots=True)
class Issued:
    """Tokens for somebody who proved who they are. `refresh` is None for service accounts."""

    access: str
    seconds: int
    refresh: str | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """Where a log-in comes from."""

    address: str
    user_agent: str


async def log_in(ctx: Context, name: str, password: str, client: Client) -> Issued | Problem:
    """Check a password; after five wrong ones within the time the name is locked, growing."""
    digest = sha256(name.strip().lower().encode()).hexdigest()
    failure = await queries.get_failure(ctx, digest)
    if failure and failure.locked_until and failure.locked_until > ctx.now:
        return _locked(failure.locked_until - ctx.now)
    person = await queries.get_person_by_name(ctx, name)
    right = await is_password(person.password_hash if person else None, password)
    if person is None or not right or person.disabled_at is not None:
        return _refuse(ctx, digest, failure, person.id if person else None)
    if failure:
        await ctx.db.delete(failure)
    refresh = secrets.token_urlsafe(32)
    session = LoginSession(
        person_id=person.id,
        refresh_hash=_digest(refresh),
        created_at=ctx.now,
        used_at=ctx.now,
        expires_at=ctx.now + timedelta(days=settings().session_days),
        address=client.address[:64],
        user_agent=client.user_agent[:300],
    )
    ctx.db.add(session)
    emit(ctx, "session.opened", session.id, audience=Audience.ADMIN, login=person.name)
    return _issue(session, refresh)


def _locked(left: timedelta) -> Problem:
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return TooMany(
        "auth.locked",
        f"密码连续输错，该账号暂停登录 {minutes} 分钟。",
        "Too many wrong passwords; please wait.",
        retry_after=int(left.total_seconds()) + 1,
    )


def _refuse(
    ctx: Context, digest: str, failure: LoginFailure | None, person_id: UUID | None
) -> Problem:
    if failure is None:
        failure = LoginFailure(name_hash=digest, failed_at=ctx.now)
        ctx.db.add(failure)
    elif ctx.now - failure.failed_at > LONGEST_LOCK:
        failure.failures = 0
    failure.failures += 1
    failure.failed_at = ctx.now
    emit(
        ctx,
        "session.refused",
        person_id or UUID(digest[:32]),
        audience=Audience.ADMIN,
        failures=failure.failures,
    )
    if failure.failures >= FREE_GUESSES:
        doubled = FIRST_LOCK * 2 ** min(failure.failures - FREE_GUESSES, 10)
        failure.locked_until = ctx.now + min(doubled, LONGEST_LOCK)
        return _locked(failure.locked_until - ctx.now)
    left = FREE_GUESSES - failure.failures
    zh = f"账号或密码不对，还可以再试 {left} 次。"
    return Unauthenticated("auth.wrong", zh, "Wrong name or password.")


async def refresh(ctx: Context, token: str) -> Issued | Problem:
    """Rotate a refresh token.

    The one before is good once more, for a lost answer; after that somebody else holds a copy, and
    the session ends.
    """
    digest = _digest(token)
    session = await queries.get_session_by_token(ctx, digest)
    if session is None or session.revoked_at is not None or session.expires_at <= ctx.now:
        return Unauthenticated("auth.ended", "登录已失效，请重新登录。", "This log-in has ended.")
    if digest == session.previous_hash:
        if session.retried or ctx.now - session.used_at > RETRY_WITHIN:
            session.revoked_at = ctx.now
            emit(ctx, "session.reused", session.id, audience=Audience.ADMIN)
            zh = "登录凭证被重复使用，为安全起见已退出，请重新登录。"
            return Unauthenticated("auth.reused", zh, "This refresh token was used before.")
        session.retried = True
    else:
        session.previous_hash, session.retried = session.refresh_hash, False
    renewed = secrets.token_urlsafe(32)
    session.refresh_hash, session.used_at = _digest(renewed), ctx.now
    return _issue(session, renewed)


async def log_out(ctx: Context, token: str) -> None:
    """End the session of a refresh token; an unknown one is already out."""
    session = await queries.get_session_by_token(ctx, _digest(token))
    if session is not None and session.revoked_at is None:
        session.revoked_at = ctx.now
        emit(ctx, "session.closed", session.id, audience=Audience.ADMIN)


async def revoke_session(ctx: Context, session_id: UUID) -> None:
    """End one of the own log-ins, on whatever device it is."""
    session = await queries.get_session(ctx, session_id)
    session.revoked_at = ctx.now
    emit(ctx, "session.revoked", session.id, audience=Audience.ADMIN)


async def change_password(ctx: Context, current: str, new: str) -> None:
    """Set a new password and end every other session of the person."""
    person = await queries.get_me(ctx)
    if not await is_password(person.password_hash, current):
        code, zh = "password.wrong", "当前密码不对。"
        raise Invalid(code, zh, "The current password is wrong.", pointer="/body/current")
    if new == current or person.name.lower() in new.lower():
        code, zh = "password.weak", "新密码不能与当前密码相同，也不能包含账号名。"
        raise Invalid(code, zh, "Choose another password.", pointer="/body/new")
    person.password_hash = await hash_password(new)
    touch(ctx, person)
    for session in await queries.list_sessions(ctx):
        if session.id != ctx.actor.session_id:
            session.revoked_at = ctx.now
    emit(ctx, "person.changed_password", person.id, audience=Audience.ADMIN)


async def issue_to_service(
    ctx: Context, client_id: str, secret: str, client: Client
) -> Issued | Problem:
    """Client credentials: a token with the account's scopes, no refresh.

    The secret before the present one counts until its time. Only who has the secret is told that
    the address is wrong.
    """
    account = await queries.find_client(ctx, client_id)
    right = await is_password(account.secret_hash if account else None, secret)
    if account and not right and account.previous_until and account.previous_until > ctx.now:
        right = await is_password(account.previous_hash, secret)
    if account is None or not right or _is_over(account.disabled_at, account.expires_at, ctx.now):
        code, zh = "auth.client", "服务账号或密钥不对，或已停用。"
        return Unauthenticated(code, zh, "Unknown client or wrong secret.")
    if not is_within(client.address, account.addresses):
        zh = f"服务账号不能从地址 {client.address} 使用。"
        return Forbidden("auth.address", zh, f"Not from {client.address}.")
    account.used_at, account.used_from = ctx.now, client.address
    seconds = settings().access_token_seconds
    scope = " ".join(account.scopes)
    unit = str(account.unit_id) if account.unit_id else None
    access = tokens().issue(str(account.id), seconds, scope=scope, unit=unit, roles=[])
    return Issued(access, seconds, None, scope)


def _is_over(disabled_at: datetime | None, expires_at: datetime | None, now: datetime) -> bool:
    return disabled_at is not None or (expires_at is not None and expires_at <= now)


def _issue(session: LoginSession, refresh_token: str) -> Issued:
    seconds = settings().access_token_seconds
    access = tokens().issue(str(session.person_id), seconds, sid=str(session.id))
    return Issued(access, seconds, refresh_token)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
