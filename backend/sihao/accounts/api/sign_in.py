"""Sign in at another place that vouches for people (OIDC, CAS), and prove anew who one is.

The other place sends the browser back to a page of the front end (`/login/oidc`, `/login/cas`),
which hands over what it was given: no address here changes anything when it is merely visited.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Cookie, Request, Response

from sihao.accounts import cas, oidc
from sihao.accounts.actions import sign_in as actions
from sihao.accounts.actions.sign_in import VALID, Pending
from sihao.accounts.api.cookies import SIGN_IN, client_of, json_answer, keep_refresh
from sihao.accounts.auth import Ctx, LogInCtx, release, reopen
from sihao.accounts.elsewhere import Identity
from sihao.accounts.models import Way
from sihao.accounts.schemas import (
    Access,
    CasReturn,
    OidcReturn,
    SignedIn,
    SignInBegin,
    SignInBegun,
    SignInWays,
    StepUp,
)
from sihao.core.context import Context, as_system
from sihao.core.errors import Problem
from sihao.core.idempotency import keep_nothing
from sihao.core.problems import answer
from sihao.core.routes import Router
from sihao.core.settings import settings

router = Router(prefix="", tag="accounts")
SecureCookie = Annotated[str | None, Cookie(alias=SIGN_IN.secure)]
PlainCookie = Annotated[str | None, Cookie(alias=SIGN_IN.plain)]


@router.get("/auth/ways", operation_id="sign_in_get", response_model=SignInWays)
async def list_ways() -> SignInWays:
    """Say where people may sign in besides here."""
    at = settings()
    return SignInWays(
        oidc=at.oidc_label if at.oidc_issuer else None, cas=at.cas_label if at.cas_url else None
    )


@router.post("/auth/oidc/begin", operation_id="oidc_begin", response_model=SignInBegun)
async def begin_oidc(ctx: LogInCtx, request: Request, body: SignInBegin) -> Response:
    """Begin to sign in at the OpenID provider: the address to send the browser to."""
    await release(ctx)
    return await _begin_oidc(request, _pending(ctx, Way.OIDC, body.next))


@router.post("/auth/oidc/finish", operation_id="oidc_finish", response_model=SignedIn)
async def finish_oidc(
    ctx: LogInCtx,
    request: Request,
    body: OidcReturn,
    secure: SecureCookie = None,
    plain: PlainCookie = None,
) -> Response:
    """Finish it with what the provider sent back: in as after a log-in by password."""

    async def vouch(pending: Pending) -> Identity:
        if body.error or not body.code:
            raise oidc.refused("denied", body.error or "no code came")
        begun = oidc.Begun(state=pending.question, **pending.asked)
        return await oidc.provider().finish(begun, body.code, body.iss)

    return await _finish(ctx, request, secure or plain, (Way.OIDC, body.state), vouch)


@router.post("/auth/cas/begin", operation_id="cas_begin", response_model=SignInBegun)
async def begin_cas(ctx: LogInCtx, request: Request, body: SignInBegin) -> Response:
    """Begin to sign in at the CAS server: the address to send the browser to."""
    return _begin_cas(request, _pending(ctx, Way.CAS, body.next))


@router.post("/auth/cas/finish", operation_id="cas_finish", response_model=SignedIn)
async def finish_cas(
    ctx: LogInCtx,
    request: Request,
    body: CasReturn,
    secure: SecureCookie = None,
    plain: PlainCookie = None,
) -> Response:
    """Finish it with the ticket: in as after a log-in by password."""

    async def vouch(pending: Pending) -> Identity:
        return await cas.validate(body.ticket, anew=pending.session is not None)

    return await _finish(ctx, request, secure or plain, (Way.CAS, ""), vouch)


@router.post("/auth/step-up", operation_id="session_prove", response_model=Access)
async def prove(ctx: Ctx, request: Request, body: StepUp) -> Response:
    """Prove anew who one is, by a code or the password: the new access token says so."""
    keep_nothing(request)
    issued = await actions.prove(ctx, body.password, body.code)
    if isinstance(issued, Problem):
        return answer(request, issued)
    return json_answer(Access(access_token=issued.access, expires_in=issued.seconds))


@router.post("/auth/step-up/oidc", operation_id="session_prove_oidc", response_model=SignInBegun)
async def prove_by_oidc(ctx: Ctx, request: Request) -> Response:
    """Begin to prove anew who one is at the OpenID provider, which asks again for all it needs."""
    keep_nothing(request)
    pending = _pending(ctx, Way.OIDC, "")
    pending.session = ctx.session_id
    await release(ctx)
    begun = await _begin_oidc(request, pending)
    await reopen(ctx)
    return begun


@router.post("/auth/step-up/cas", operation_id="session_prove_cas", response_model=SignInBegun)
async def prove_by_cas(ctx: Ctx, request: Request) -> Response:
    """Begin to prove anew who one is at the CAS server."""
    keep_nothing(request)
    pending = _pending(ctx, Way.CAS, "")
    pending.session = ctx.session_id
    return _begin_cas(request, pending)


def _pending(ctx: Context, way: Way, wanted: str) -> Pending:
    return Pending(way=way, begun_at=int(ctx.now.timestamp()), next=wanted)


async def _begin_oidc(request: Request, pending: Pending) -> Response:
    address, begun = await oidc.provider().begin(anew=pending.session is not None)
    pending.question = begun.state
    pending.asked = {"nonce": begun.nonce, "verifier": begun.verifier}
    return _sent_to(request, address, pending)


def _begin_cas(request: Request, pending: Pending) -> Response:
    address = cas.log_in_address(anew=pending.session is not None)
    return _sent_to(request, address, pending)


def _sent_to(request: Request, address: str, pending: Pending) -> Response:
    response = json_answer(SignInBegun(address=address))
    SIGN_IN.set(request, response, actions.keep(pending), int(VALID.total_seconds()))
    return response


async def _finish(
    ctx: Context,
    request: Request,
    kept: str | None,
    expected: tuple[Way, str],
    vouch: Callable[[Pending], Awaitable[Identity]],
) -> Response:
    """Ask the other place without a transaction; whatever comes of it, the cookie has served."""
    way, state = expected
    await release(ctx)
    try:
        pending = actions.read_pending(ctx, kept, way, state)
        identity = await vouch(pending)
    except Problem as refusal:
        response = answer(request, actions.refuse(await as_system(ctx.db), way, refusal))
    else:
        issued = await actions.finish(
            await as_system(ctx.db), pending, identity, client_of(request)
        )
        if isinstance(issued, Problem):
            response = answer(request, issued)
        else:
            shown = SignedIn(
                access_token=issued.access, expires_in=issued.seconds, next=pending.next
            )
            response = json_answer(shown)
            keep_refresh(request, response, issued)
    SIGN_IN.forget(response)
    return response
