"""`/auth/totp`: the own one-time codes. Changing them asks for a fresh proof, whatever is set."""

from fastapi import Depends, Request, Response

from sihao.accounts import queries
from sihao.accounts.actions import one_time_codes as actions
from sihao.accounts.actions.sessions import is_password_off
from sihao.accounts.api.cookies import json_answer
from sihao.accounts.auth import Ctx
from sihao.accounts.models import Way
from sihao.accounts.schemas import CodeBody, RecoveryCodes, TotpBegun, TotpState
from sihao.core.errors import Problem
from sihao.core.idempotency import keep_nothing
from sihao.core.problems import answer
from sihao.core.proof import require_proof_always
from sihao.core.routes import Router

router = Router(prefix="/auth/totp", tag="accounts")


@router.get("", operation_id="totp_get", response_model=TotpState)
async def get_state(ctx: Ctx) -> TotpState:
    """Say whether codes are on, and how one may prove anew who one is."""
    codes = await queries.get_codes(ctx, ctx.person_id)
    is_on = codes is not None and codes.confirmed_at is not None
    session = await queries.get_session(ctx, ctx.session_id)
    off = await is_password_off(ctx, await queries.get_me(ctx))
    return TotpState(
        is_on=is_on,
        confirmed_at=codes.confirmed_at if codes else None,
        recovery_left=len(codes.recovery_hashes) if codes else 0,
        has_password=not off and session.way is Way.PASSWORD,
    )


@router.post(
    "",
    operation_id="totp_begin",
    response_model=TotpBegun,
    dependencies=[Depends(require_proof_always)],
)
async def begin(ctx: Ctx, request: Request) -> TotpBegun:
    """Draw a secret for an app, shown in this answer only; codes are on once one is shown."""
    keep_nothing(request)
    return await actions.begin_codes(ctx)


@router.post("/confirm", operation_id="totp_confirm", response_model=RecoveryCodes)
async def confirm(ctx: Ctx, request: Request, body: CodeBody) -> RecoveryCodes:
    """Switch codes on by the first right one; recovery codes are shown in this answer only."""
    keep_nothing(request)
    return RecoveryCodes(codes=await actions.confirm_codes(ctx, body.code))


@router.post("/recovery-codes", operation_id="totp_renew", response_model=RecoveryCodes)
async def renew(ctx: Ctx, request: Request, body: CodeBody) -> Response:
    """Draw new recovery codes by a right code, shown in this answer only; the old ones end."""
    keep_nothing(request)
    drawn = await actions.renew_recovery_codes(ctx, body.code)
    if isinstance(drawn, Problem):
        return answer(request, drawn)
    return json_answer(RecoveryCodes(codes=drawn))


@router.post("/remove", operation_id="totp_remove", status_code=204)
async def remove(ctx: Ctx, request: Request, body: CodeBody) -> Response:
    """Switch codes off by a right one."""
    refusal = await actions.remove_codes(ctx, body.code)
    return answer(request, refusal) if refusal else Response(status_code=204)
