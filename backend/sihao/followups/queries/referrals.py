"""Read referrals and who receives them."""

from uuid import UUID

from fastapi import Response
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.accounts.models import Person, RoleGrant
from sihao.campaigns.models import Campaign
from sihao.core.context import Context, Role
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.followups import policy
from sihao.followups.lifecycle import REFERRAL
from sihao.followups.models import Referral
from sihao.followups.queries.history import list_history
from sihao.followups.queries.referral_files import list_files
from sihao.followups.schemas.interviews import Grounds
from sihao.followups.schemas.referrals import (
    Receiver,
    ReferralPublic,
    ReferralQuery,
    ReferralRow,
)
from sihao.results.schemas import LeadershipOpinionPublic

_ROWS = row_of(ReferralRow, Referral, col(Campaign.year).label("year")).join(
    Campaign, col(Campaign.id) == col(Referral.campaign_id)
)
_SORTS = {"created_at": col(Referral.created_at)}


async def list_referrals(ctx: Context, query: ReferralQuery) -> Response:
    """Answer a page of referrals."""
    actions = REFERRAL.actions_sql(Referral, ctx.actor).label("actions")
    rows = _ROWS.add_columns(actions).where(policy.visible_referrals(ctx.actor))
    for column, wanted in (
        (Referral.campaign_id, query.campaign_id),
        (Referral.unit_id, query.unit_id),
        (Referral.state, query.state),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    if query.q:
        rows = rows.where(matches(query.q, col(Referral.unit_name), col(Referral.department)))
    return await json_page(ctx, rows, query, _SORTS, col(Referral.id))


async def get_referral(ctx: Context, referral_id: UUID, *, lock: bool = False) -> Referral:
    """Read one referral; raise `NotFound` for whoever may not read it (yet)."""
    rows = select(Referral).where(Referral.id == referral_id, policy.visible_referrals(ctx.actor))
    referral = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if referral is None:
        raise NotFound("referral.unknown", "没有这件提请。", "No such referral.")
    return referral


async def show_referral(ctx: Context, referral: Referral) -> ReferralPublic:
    """Represent a referral to the actor; the receiver learns nothing beyond the case."""
    await ctx.db.flush()
    rows = (
        sa_select(col(Campaign.year), col(Person.display_name))
        .join(Person, col(Person.id) == referral.receiver_id)
        .where(col(Campaign.id) == referral.campaign_id)
    )
    year, receiver_name = (await ctx.db.execute(rows)).one()
    inside = policy.reads_inside(ctx.actor)
    said = LeadershipOpinionPublic.model_validate(referral, from_attributes=True)
    hidden = LeadershipOpinionPublic(leadership_opinion="", leadership_by="", leadership_at=None)
    return ReferralPublic(
        **referral.model_dump(exclude={"grounds", "interview_id", *said.model_fields_set}),
        **(said if inside else hidden).model_dump(),
        grounds=Grounds.model_validate(referral.grounds) if referral.grounds else None,
        interview_id=referral.interview_id if inside else None,
        year=year,
        receiver_name=receiver_name,
        files=await list_files(ctx, referral.id),
        may_edit=policy.may_edit_draft(ctx.actor, referral),
        actions=REFERRAL.actions(ctx.actor, referral),
        history=await list_history(ctx, REFERRAL, referral.id) if inside else [],
    )


async def list_receivers(ctx: Context) -> list[Receiver]:
    """List who receives referrals for a department, by name."""
    rows = (
        sa_select(col(Person.id), col(Person.display_name))
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role) == Role.RECEIVER, col(Person.disabled_at).is_(None))
        .order_by(col(Person.display_name), col(Person.id))
    )
    return [Receiver(id=ident, name=name) for ident, name in await ctx.db.execute(rows)]


async def check_receiver(ctx: Context, person_id: UUID) -> None:
    """Raise `Invalid` unless somebody receives referrals for a department."""
    if person_id not in {one.id for one in await list_receivers(ctx)}:
        code, zh = "receiver.unknown", "没有这位接收人，请选择有关部门的接收账号。"
        raise Invalid(code, zh, "Not a receiver of referrals.", pointer="/body/receiver_id")
