"""`/auth/bootstrap`: the first account of an installation."""

from fastapi import Request, Response

from sihao.accounts.actions import bootstrap as actions
from sihao.accounts.auth import LogInCtx
from sihao.accounts.schemas import Bootstrap
from sihao.core.errors import Problem
from sihao.core.problems import answer
from sihao.core.routes import Router

router = Router(prefix="", tag="accounts")


@router.post("/auth/bootstrap", operation_id="installation_claim", status_code=204)
async def claim(ctx: LogInCtx, request: Request, body: Bootstrap) -> Response:
    """Make the security administrator by the one-time code that `sihao init` printed."""
    made = await actions.claim(ctx, body)
    return answer(request, made) if isinstance(made, Problem) else Response(status_code=204)
