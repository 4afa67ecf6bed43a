"""Let files go along with a referral: through the guard in, by one-time tickets out."""

from datetime import datetime
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch
from sihao.core.stores import store
from sihao.core.stores.spool import Received
from sihao.core.tickets import draw_ticket, hash_of, used
from sihao.evidence.guard.examine import Examined
from sihao.evidence.queries import hold_bytes, record_blob
from sihao.followups import policy
from sihao.followups.models import Referral, ReferralFile, ReferralTicket
from sihao.followups.queries import referral_files as queries
from sihao.followups.queries import referrals

_MOST = 20
"""Files of one referral."""


async def open_draft(ctx: Context, referral_id: UUID, version: int) -> Referral:
    """Hold a referral whose files may still change; raise `Conflict` for one that is approved."""
    referral = await referrals.get_referral(ctx, referral_id, lock=True)
    ctx.require(Role.OFFICER)
    check_version(referral, version)
    if not policy.may_edit_draft(ctx.actor, referral):
        code, zh = "referral.not_drafted", "提请批准之后不能再修改。"
        raise Conflict(code, zh, "It is approved already.")
    return referral


async def add_file(
    ctx: Context, referral_id: UUID, version: int, name: str, taken: Received, found: Examined
) -> Referral:
    """Attach a file that has been examined; whoever does so has written the draft."""
    referral = await open_draft(ctx, referral_id, version)
    if taken.size == 0:
        code, zh = "evidence.empty", "文件是空的，请核对后再传。"
        raise Invalid(code, zh, "The file is empty.", pointer="/body")
    if len(await queries.list_files(ctx, referral.id)) >= _MOST:
        code, zh = "referral_file.many", f"一件提请最多附 {_MOST} 个文件。"
        raise Conflict(code, zh, f"At most {_MOST} files.")
    await hold_bytes(ctx, taken.sha256)
    await store().put(taken.path, taken.sha256)
    await record_blob(ctx, taken.sha256, taken.size)
    file = ReferralFile(
        unit_id=referral.unit_id,
        referral_id=referral.id,
        file_name=name,
        size=taken.size,
        media_type=found.media_type,
        sha256=taken.sha256,
        added_by=ctx.actor.name,
        added_at=ctx.now,
    )
    ctx.db.add(file)
    _changed(ctx, referral, "file_added", file)
    await ctx.db.flush()
    return referral


async def remove_file(ctx: Context, referral_id: UUID, file_id: UUID, version: int) -> Referral:
    """Take a file out of the draft; what the collector finds unnamed it throws away."""
    referral = await open_draft(ctx, referral_id, version)
    file = await queries.get_file(ctx, referral.id, file_id)
    await queries.forget_tickets(ctx, file.id)
    await ctx.db.delete(file)
    _changed(ctx, referral, "file_removed", file)
    await ctx.db.flush()
    return referral


def _changed(ctx: Context, referral: Referral, verb: str, file: ReferralFile) -> None:
    referral.drafted_by_id, referral.drafted_by = ctx.person_id, ctx.actor.name
    touch(ctx, referral)
    _note(ctx, referral, verb, file)


def _note(ctx: Context, referral: Referral, verb: str, file: ReferralFile) -> None:
    emit(
        ctx,
        f"referral.{verb}",
        referral.id,
        referral.unit_id,
        audience=Audience.COMMITTEE,
        opinion=file.file_name,
        sha256=file.sha256,
    )


async def issue_ticket(ctx: Context, referral_id: UUID, file_id: UUID) -> tuple[str, datetime]:
    """Give a one-time ticket for a file; who opens it is on record."""
    referral = await referrals.get_referral(ctx, referral_id)
    file = await queries.get_file(ctx, referral.id, file_id)
    ticket = draw_ticket(ctx)
    ctx.db.add(
        ReferralTicket(
            token_hash=ticket.hash,
            unit_id=referral.unit_id,
            file_id=file.id,
            person_id=ctx.person_id,
            expires_at=ticket.expires_at,
        )
    )
    _note(ctx, referral, "file_opened", file)
    await ctx.db.flush()
    return ticket.said, ticket.expires_at


async def open_file(ctx: Context, ticket: str) -> ReferralFile:
    """Use a ticket up and give what it opens; raise `Gone` when it is used or expired."""
    file = await queries.use_ticket(ctx, hash_of(ticket))
    if file is None:
        raise used()
    return file
