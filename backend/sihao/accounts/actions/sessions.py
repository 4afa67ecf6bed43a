"""Log in and out, keep sessions, change passwords.

A refused log-in is itself a fact that must be kept, so these actions *return* the problem instead
of raising it (`guesses.py`).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sihao.accounts import queries
from sihao.accounts.actions.guesses import Guesses, guesses_for
from sihao.accounts.actions.one_time_codes import refuse_code, use_code
from sihao.accounts.models import LoginSession, Person, Way
from sihao.accounts.passwords import hash_password, is_password
from sihao.core.addresses import is_within
from sihao.core.context import Context, Role
from sihao.core.errors import Forbidden, Invalid, Problem, Unauthenticated
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch
from sihao.core.settings import settings
from sihao.core.tokens import tokens

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


async def log_in(
    ctx: Context, name: str, password: str, code: str, client: Client
) -> Issued | Problem:
    """Check a password, and a one-time code where the account has them; wrong ones are counted."""
    guesses = await guesses_for(ctx, name)
    if locked := guesses.locked(ctx):
        return locked
    person = await queries.get_person_by_name(ctx, name)
    right = await is_password(person.password_hash if person else None, password)
    if person is None or not right or person.disabled_at is not None:
        return refuse_password(ctx, guesses, person.id if person else None)
    if await is_password_off(ctx, person):
        return _password_off()
    codes = await queries.get_codes(ctx, person.id, lock=True)
    if codes is not None and codes.confirmed_at is not None:
        if not code.strip():
            return _code_needed()
        if not use_code(ctx, codes, code):
            return refuse_code(ctx, guesses, person.id)
    await guesses.forgive(ctx)
    return open_session(ctx, person, Way.PASSWORD, client)


def open_session(ctx: Context, person: Person, way: Way, client: Client) -> Issued:
    """Let somebody in who has proved just now who he is."""
    token = secrets.token_urlsafe(32)
    session = LoginSession(
        person_id=person.id,
        refresh_hash=_digest(token),
        created_at=ctx.now,
        used_at=ctx.now,
        expires_at=ctx.now + timedelta(days=settings().session_days),
        address=client.address[:64],
        user_agent=client.user_agent[:300],
        way=way,
        proved_at=ctx.now,
    )
    ctx.db.add(session)
    emit(ctx, "session.opened", session.id, audience=Audience.ADMIN, login=person.name, way=way)
    return issue(session, token)


async def is_password_off(ctx: Context, person: Person) -> bool:
    """Tell whether one of the roles signs in elsewhere only.

    Who keeps accounts always has his password: he lets people in when the other place is down.
    """
    roles = {one.role for one in await queries.list_grants(ctx, person.id)}
    words = [one for one in settings().password_off_for.split(",") if one]
    if Role.ADMIN_SECURITY in roles:
        return False
    return any(role == word or role.startswith(f"{word}.") for role in roles for word in words)


def _password_off() -> Problem:
    at = settings()
    where = at.oidc_label if at.oidc_issuer else at.cas_label
    zh = f"您的账号不用密码登录，请在登录页点“{where}”登录。"
    return Forbidden("auth.password_off", zh, "This account does not sign in by a password.")


def _code_needed() -> Problem:
    zh = "请填写手机上的 6 位动态验证码；手机不在身边，可填一个恢复码。"
    return Unauthenticated("auth.totp.needed", zh, "A one-time code is needed as well.")


def refuse_password(ctx: Context, guesses: Guesses, person_id: UUID | None) -> Problem:
    """Count a wrong password, of somebody or nobody."""
    return guesses.refuse(ctx, person_id, "auth.wrong", "账号或密码", "Wrong name or password.")


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
    return issue(session, renewed)


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


async def revoke_others(ctx: Context) -> int:
    """End all of the own log-ins but the one that asks; say how many there were."""
    others = [one for one in await queries.list_sessions(ctx) if one.id != ctx.actor.session_id]
    for session in others:
        session.revoked_at = ctx.now
        emit(ctx, "session.revoked", session.id, audience=Audience.ADMIN)
    return len(others)


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


def issue(session: LoginSession, refresh_token: str | None = None) -> Issued:
    """Sign an access token that tells when its holder last proved who he is."""
    seconds = settings().access_token_seconds
    proved = {"auth_at": int(session.proved_at.timestamp())} if session.proved_at else {}
    access = tokens().issue(str(session.person_id), seconds, sid=str(session.id), **proved)
    return Issued(access, seconds, refresh_token)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
