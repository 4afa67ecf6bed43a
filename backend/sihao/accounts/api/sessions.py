"""Log-in, tokens, sessions, the own person."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Cookie, Form, Request, Response

from sihao.accounts import policy, queries
from sihao.accounts.actions import sessions as actions
from sihao.accounts.actions.sessions import Issued
from sihao.accounts.api.cookies import REFRESH, client_of, json_answer, keep_refresh
from sihao.accounts.auth import Ctx, LogInCtx
from sihao.accounts.schemas import (
    Access,
    Login,
    Me,
    PasswordChange,
    SessionPublic,
    TokenAnswer,
    UnitRef,
)
from sihao.core.errors import Problem, Unauthenticated
from sihao.core.problems import answer
from sihao.core.routes import Router

router = Router(prefix="", tag="accounts")

SecureCookie = Annotated[str | None, Cookie(alias=REFRESH.secure)]
PlainCookie = Annotated[str | None, Cookie(alias=REFRESH.plain)]


def _with_cookie(request: Request, issued: Issued | Problem) -> Response:
    if isinstance(issued, Problem):
        return answer(request, issued)
    response = json_answer(Access(access_token=issued.access, expires_in=issued.seconds))
    keep_refresh(request, response, issued)
    return response


@router.post("/auth/login", operation_id="session_open", response_model=Access)
async def log_in(ctx: LogInCtx, request: Request, body: Login) -> Response:
    """Log in from the browser: access token in the answer, refresh token in an HttpOnly cookie."""
    client = client_of(request)
    issued = await actions.log_in(ctx, body.name, body.password, body.totp, client)
    return _with_cookie(request, issued)


@router.post("/auth/refresh", operation_id="session_refresh", response_model=Access)
async def refresh(
    ctx: LogInCtx, request: Request, secure: SecureCookie = None, plain: PlainCookie = None
) -> Response:
    """Get a new access token by the cookie, which rotates."""
    token = secure or plain
    if token is None:
        raise Unauthenticated("auth.required", "请先登录。", "Sign in first.")
    return _with_cookie(request, await actions.refresh(ctx, token))


@router.post("/auth/logout", operation_id="session_close", status_code=204)
async def log_out(
    ctx: LogInCtx, response: Response, secure: SecureCookie = None, plain: PlainCookie = None
) -> None:
    """End this browser's session."""
    if token := secure or plain:
        await actions.log_out(ctx, token)
    REFRESH.forget(response)


@router.post("/auth/token", operation_id="token_issue", response_model=TokenAnswer)
async def issue_token(  # noqa: PLR0913, PLR0917 - OAuth has this form
    ctx: LogInCtx,
    request: Request,
    grant_type: Annotated[Literal["password", "refresh_token", "client_credentials"], Form()],
    username: Annotated[str, Form(max_length=64)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    refresh_token: Annotated[str, Form(max_length=200)] = "",
    client_id: Annotated[str, Form(max_length=64)] = "",
    client_secret: Annotated[str, Form(max_length=200)] = "",
    totp: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """OAuth 2.0 for scripts and other systems."""
    if grant_type == "password":
        issued = await actions.log_in(ctx, username, password, totp, client_of(request))
    elif grant_type == "refresh_token":
        issued = await actions.refresh(ctx, refresh_token)
    else:
        issued = await actions.issue_to_service(ctx, client_id, client_secret, client_of(request))
    if isinstance(issued, Problem):
        return answer(request, issued)
    token = TokenAnswer(
        access_token=issued.access,
        expires_in=issued.seconds,
        refresh_token=issued.refresh,
        scope=issued.scope,
    )
    return json_answer(token)


@router.get("/me", operation_id="me_get", response_model=Me)
async def get_me(ctx: Ctx) -> Me:
    """Say who is logged in and which views there are."""
    actor = ctx.actor
    login = "" if actor.is_service else (await queries.get_me(ctx)).name
    unit = await queries.get_own_unit(ctx)
    return Me(
        id=ctx.person_id,
        name=login,
        display_name=actor.name,
        unit=UnitRef(id=unit.id, name=unit.name) if unit else None,
        member_id=actor.member_id,
        roles=sorted(actor.roles),
        views=policy.views(actor),
        scopes=sorted(actor.scopes),
    )


@router.get("/auth/sessions", operation_id="session_list", response_model=list[SessionPublic])
async def list_sessions(ctx: Ctx) -> list[SessionPublic]:
    """List the own log-ins."""
    return [
        SessionPublic(**one.model_dump(), current=one.id == ctx.actor.session_id)
        for one in await queries.list_sessions(ctx)
    ]


@router.post("/auth/sessions/revoke_others", operation_id="session_revoke_others", status_code=204)
async def revoke_others(ctx: Ctx) -> None:
    """End all of the own log-ins but this one."""
    await actions.revoke_others(ctx)


@router.delete("/auth/sessions/{id}", operation_id="session_revoke", status_code=204)
async def revoke_session(ctx: Ctx, id: UUID) -> None:
    """End one of the own log-ins."""
    await actions.revoke_session(ctx, id)


@router.post("/auth/password", operation_id="password_change", status_code=204)
async def change_password(ctx: Ctx, body: PasswordChange) -> None:
    """Change the own password."""
    await actions.change_password(ctx, body.current, body.new)
