"""Declare that somebody stands aside for a unit (回避), and withdraw it."""

from uuid import UUID

from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid
from sihao.core.events import Audience, emit
from sihao.inspections import policy
from sihao.inspections.models import Recusal, RecusalKind
from sihao.inspections.queries import groups, recusals
from sihao.inspections.schemas.recusals import RecusalCreate, WithdrawalBody


async def create_recusal(ctx: Context, body: RecusalCreate) -> Recusal:
    """Record that a person stands aside for a unit; open sheets of theirs count no more.

    Raises `Invalid` where somebody worked there and no last day is told.
    """
    policy.check_declares(ctx.actor, body.person_id)
    await groups.check_inspectors(ctx, [body.person_id], "/body/person_id")
    if body.unit_id not in await recusals.list_unit_names(ctx, [body.unit_id]):
        code, zh = "unit.unknown", "没有这个单位。"
        raise Invalid(code, zh, "No such unit.", pointer="/body/unit_id")
    if body.kind is RecusalKind.WORKED_THERE and body.left_on is None:
        code, zh = "recusal.left_on", "曾在该单位任职的，请写明离任日期。"
        raise Invalid(code, zh, "Say when this person left.", pointer="/body/left_on")
    recusal = Recusal.model_validate(
        body,
        update={
            "declared_by_id": ctx.actor.id,
            "declared_by": ctx.actor.name,
            "declared_at": ctx.now,
        },
    )
    ctx.db.add(recusal)
    await ctx.db.flush()
    _tell(ctx, "created", recusal, reason=recusal.reason)
    return recusal


async def withdraw_recusal(ctx: Context, recusal_id: UUID, body: WithdrawalBody) -> Recusal:
    """Withdraw a declaration, with the reason; it stays on record."""
    recusal = await recusals.get_recusal(ctx, recusal_id, lock=True)
    policy.check_withdraws(ctx.actor, recusal)
    if recusal.withdrawn_at is not None:
        code, zh = "recusal.withdrawn", "这条回避已经撤销。"
        raise Conflict(code, zh, "It is withdrawn already.")
    recusal.withdrawn_at = ctx.now
    recusal.withdrawn_by = ctx.actor.name
    recusal.withdrawal = body.reason
    _tell(ctx, "withdrawn", recusal, reason=body.reason)
    await ctx.db.flush()
    return recusal


def _tell(ctx: Context, verb: str, recusal: Recusal, *, reason: str) -> None:
    emit(
        ctx,
        f"recusal.{verb}",
        recusal.id,
        recusal.unit_id,
        audience=Audience.COMMITTEE,
        person_id=str(recusal.person_id),
        kind=recusal.kind,
        reason=reason,
    )
