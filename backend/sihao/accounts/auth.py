"""Turn a bearer token into a Context; every endpoint takes `ctx: Ctx`."""

from collections.abc import AsyncGenerator, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jose import JWTError
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.accounts import queries
from sihao.core import idempotency, rates
from sihao.core.addresses import address_of
from sihao.core.context import Actor, Context, Role, as_system, transaction
from sihao.core.errors import Forbidden, Unauthenticated
from sihao.core.proof import Proof, wanted_proof
from sihao.core.settings import settings
from sihao.core.tokens import tokens

_bearer = HTTPBearer(auto_error=False, bearerFormat="JWT")
_OPEN = text("SELECT * FROM open_context(:subject, :session)")
_OPEN_ASKER = text("SELECT * FROM open_asker_context(:subject)")
_OPEN_SERVICE = text("SELECT * FROM open_service_context(:subject, CAST(:address AS text))")


_ADDRESS = "address"
"""Where a session keeps from which network another system came, for `reopen`."""


async def open_session() -> AsyncGenerator[AsyncSession, None]:
    """Open the request's one transaction; tests replace it."""
    async with transaction() as db:
        yield db


Session = Annotated[AsyncSession, Depends(open_session, scope="function")]


async def _open_context(
    request: Request,
    db: Session,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Context:
    claims = _read_claims(credentials)
    session = UUID(claims["sid"]) if claims.get("sid") else None
    subject = UUID(claims["sub"])
    rates.count_request(subject)
    await rates.count_costly(db, request, subject)
    if session is None:
        ctx = await _resolve_service(db, subject, address_of(request))
    else:
        ctx = await _resolve(db, subject, session)
        await _check_proof(ctx, wanted_proof(request), claims.get("auth_at"))
    await idempotency.begin(ctx, request)
    return ctx


async def _check_proof(ctx: Context, wanted: Proof | None, proved_at: int | None) -> None:
    """Raise `Forbidden` where a fresh proof is asked for and the token tells of an older one."""
    if wanted is None:
        return
    at = settings()
    limit = ctx.now.timestamp() - at.step_up_minutes * 60
    if proved_at is not None and proved_at >= limit:
        return
    asks = wanted is Proof.ALWAYS or at.step_up == "all"
    if asks or (at.step_up == "totp" and await queries.has_stronger_proof(ctx)):
        zh = "办理这一步要再次确认是您本人，请输入验证码或密码。"
        raise Forbidden("auth.step_up", zh, "Prove again who you are, then repeat this.")


async def release(ctx: Context) -> None:
    """End the transaction so far, before waiting long for the client; `reopen` goes on."""
    await ctx.db.rollback()


async def reopen(ctx: Context) -> Context:
    """Open the same actor's context in a new transaction; 401 for who was shut out meanwhile."""
    if ctx.actor.session_id is None:
        return await _resolve_service(ctx.db, ctx.person_id, ctx.db.info[_ADDRESS])
    return await _resolve(ctx.db, ctx.person_id, ctx.actor.session_id)


async def act_for(ctx: Context, subject: UUID) -> Context:
    """Turn a job's context into that of whoever asked for it, in the same transaction.

    Roles and scopes are read anew: raises `Unauthenticated` for whoever is disabled by now. Having
    logged out meanwhile ends nothing.
    """
    opened = (await ctx.db.execute(_OPEN_ASKER, {"subject": subject})).one_or_none()
    if opened is None:
        zh = "账号已停用，任务没有办理。"
        raise Unauthenticated("job.asker", zh, "Whoever asked for this is disabled.")
    return _context(ctx.db, opened, subject, None)


async def _resolve(db: AsyncSession, subject: UUID, session: UUID | None) -> Context:
    who = {"subject": subject, "session": session}
    opened = (await (await db.connection()).execute(_OPEN, who)).one_or_none()
    return _context(db, opened, subject, session)


async def _resolve_service(db: AsyncSession, subject: UUID, address: str) -> Context:
    """Open another system's context; its networks count, and the use is noted."""
    db.info[_ADDRESS] = address
    who = {"subject": subject, "address": address}
    opened = (await (await db.connection()).execute(_OPEN_SERVICE, who)).one_or_none()
    return _context(db, opened, subject, None)


def _context(db: AsyncSession, opened: Any, subject: UUID, session: UUID | None) -> Context:
    if opened is None:
        raise Unauthenticated("auth.ended", "登录已失效，请重新登录。", "This log-in has ended.")
    actor = Actor(
        name=opened.name,
        roles=frozenset(map(Role, opened.roles or ())),
        id=subject,
        unit_id=opened.unit_id,
        member_id=opened.member_id,
        assigned=frozenset(opened.assigned),
        scopes=frozenset(opened.scopes),
        session_id=session,
    )
    return Context(db, actor, opened.opened_at)


def _read_claims(credentials: HTTPAuthorizationCredentials | None) -> Mapping[str, Any]:
    if credentials is None:
        raise Unauthenticated("auth.required", "请先登录。", "Sign in first.")
    try:
        return tokens().read(credentials.credentials)
    except JWTError as error:
        code, zh = "auth.token", "登录凭证无效或已过期。"
        raise Unauthenticated(code, zh, "The token is not valid.") from error


Ctx = Annotated[Context, Depends(_open_context, scope="function")]
"""The context of whoever holds the bearer token; 401 when it is good no more."""


async def _open_anonymous(db: Session) -> Context:
    return await as_system(db)


AnonymousCtx = Annotated[Context, Depends(_open_anonymous, scope="function")]
"""For the few routes where a one-time ticket proves who comes."""


async def _open_log_in(request: Request, db: Session) -> Context:
    await rates.count_log_in(db, request)
    return await as_system(db)


LogInCtx = Annotated[Context, Depends(_open_log_in, scope="function")]
"""For the routes where a secret proves who comes; they are counted, so that none is guessed."""
