"""`/self-reports/{id}/copies` and `/plans/{id}/copies`."""

from uuid import UUID

from sihao.accounts.auth import Ctx
from sihao.copies import actions
from sihao.copies.schemas import CopyCheck
from sihao.core.routes import Router

router = Router(prefix="", tag="copies")


@router.get(
    "/self-reports/{id}/copies", operation_id="self_report_copies", response_model=CopyCheck
)
async def check_report(ctx: Ctx, id: UUID) -> CopyCheck:
    """Compare a report and its files with last year's own and with other units' (照搬照抄)."""
    return await actions.check_report(ctx, id)


@router.get("/plans/{id}/copies", operation_id="plan_copies", response_model=CopyCheck)
async def check_plan(ctx: Ctx, id: UUID) -> CopyCheck:
    """Compare a plan with last year's own and with other units'."""
    return await actions.check_plan(ctx, id)
