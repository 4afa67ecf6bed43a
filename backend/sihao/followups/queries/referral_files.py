"""Read the files that go along with referrals."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.followups import policy
from sihao.followups.models import Referral, ReferralFile, ReferralTicket
from sihao.followups.schemas.referrals import ReferralFilePublic


async def list_files(ctx: Context, referral_id: UUID) -> list[ReferralFilePublic]:
    """List a referral's files in the order they were added."""
    rows = (
        select(ReferralFile)
        .join(Referral, col(Referral.id) == col(ReferralFile.referral_id))
        .where(Referral.id == referral_id, policy.visible_referrals(ctx.actor))
        .order_by(col(ReferralFile.added_at), col(ReferralFile.id))
    )
    return [
        ReferralFilePublic.model_validate(one, from_attributes=True)
        for one in await ctx.db.exec(rows)
    ]


async def get_file(ctx: Context, referral_id: UUID, file_id: UUID) -> ReferralFile:
    """Read one file; raise `NotFound` for whoever may not read its referral."""
    rows = (
        select(ReferralFile)
        .join(Referral, col(Referral.id) == col(ReferralFile.referral_id))
        .where(
            ReferralFile.id == file_id,
            Referral.id == referral_id,
            policy.visible_referrals(ctx.actor),
        )
    )
    found: ReferralFile | None = (await ctx.db.exec(rows)).first()
    if found is None:
        raise NotFound("referral_file.unknown", "没有这个文件。", "No such file.")
    return found


async def use_ticket(ctx: Context, token_hash: str) -> ReferralFile | None:
    """Use a ticket up and give its file; None when it is used or expired.

    Raises `NotFound` for a ticket that never was.
    """
    good = (
        (col(ReferralTicket.token_hash) == token_hash)
        & col(ReferralTicket.used_at).is_(None)
        & (col(ReferralTicket.expires_at) > ctx.now)
    )
    used = update(ReferralTicket).where(good).values(used_at=ctx.now)
    opened = (
        await ctx.db.execute(used.returning(col(ReferralTicket.file_id)))
    ).scalar_one_or_none()
    if opened is not None:
        return await ctx.db.get(ReferralFile, opened)
    known = sa_select(col(ReferralTicket.file_id)).where(
        col(ReferralTicket.token_hash) == token_hash
    )
    if (await ctx.db.execute(known)).first() is None:
        raise NotFound("ticket.unknown", "没有这个下载地址。", "No such ticket.")
    return None


async def forget_tickets(ctx: Context, file_id: UUID) -> None:
    """Drop the addresses of a file that goes."""
    await ctx.db.execute(delete(ReferralTicket).where(col(ReferralTicket.file_id) == file_id))
