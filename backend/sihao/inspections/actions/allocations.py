"""Allocate items to specialists of a group."""

from uuid import UUID

from sihao.campaigns.queries import get_campaign, get_rules
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch
from sihao.inspections.actions.phase import PREPARING, hold_phase
from sihao.inspections.models import InspectionGroup, ItemAllocation
from sihao.inspections.queries import allocations, groups, inspections
from sihao.inspections.queries.items import list_items
from sihao.inspections.schemas.allocations import AllocationBody


async def allocate_items(
    ctx: Context, group_id: UUID, version: int, body: AllocationBody
) -> InspectionGroup:
    """Say whose each item is, before the group's first inspection starts.

    Raises `Conflict` once it has started, `Invalid` for strangers and for fewer people than the
    scheme wants independent words on an item.
    """
    ctx.require(Role.OFFICER)
    group = await groups.get_group(ctx, group_id, lock=True)
    campaign = await hold_phase(ctx, group.campaign_id, PREPARING)
    check_version(group, version)
    if await inspections.list_running(ctx, group.id):
        code, zh = "allocation.started", "本组已有单位开始检查，不能再调整条目分工。"
        raise Conflict(code, zh, "An inspection of this group has started.")
    await _check(ctx, group, body)
    known = {
        one.criterion.id for one in await list_items(ctx, await get_campaign(ctx, campaign.id))
    }
    for at, row in enumerate(body.items):
        if row.criterion_id not in known:
            code, zh = "criterion.unknown", "本年度的创建标准没有这个条目。"
            pointer = f"/body/items/{at}/criterion_id"
            raise Invalid(code, zh, "No such item in this year.", pointer=pointer)
    for old in await allocations.list_allocations(ctx, group.id):
        await ctx.db.delete(old)
    await ctx.db.flush()
    ctx.db.add_all(
        ItemAllocation(group_id=group.id, criterion_id=row.criterion_id, person_id=person_id)
        for row in body.items
        for person_id in dict.fromkeys(row.person_ids)
    )
    touch(ctx, group)
    emit(
        ctx,
        "group.allocated",
        group.id,
        audience=Audience.COMMITTEE,
        items=sum(bool(row.person_ids) for row in body.items),
    )
    await ctx.db.flush()
    return group


async def _check(ctx: Context, group: InspectionGroup, body: AllocationBody) -> None:
    members = {one.person_id for one in await groups.list_group_members(ctx, group.id)}
    scorers = (await get_rules(ctx, group.campaign_id)).scorers
    seen: set[UUID] = set()
    for at, row in enumerate(body.items):
        pointer = f"/body/items/{at}/person_ids"
        if row.criterion_id in seen:
            code, zh = "allocation.twice", "同一条目出现了两次。"
            raise Invalid(code, zh, "This item is there twice.", pointer=pointer)
        seen.add(row.criterion_id)
        if set(row.person_ids) - members:
            code, zh = "allocation.member", "条目只能分给本组成员。"
            raise Invalid(code, zh, "Somebody here is not of the group.", pointer=pointer)
        if row.person_ids and len(set(row.person_ids)) < scorers:
            code, zh = "allocation.scorers", f"评分方案要求每个条目由 {scorers} 人独立评分。"
            raise Invalid(code, zh, "Too few for independent words.", pointer=pointer)
