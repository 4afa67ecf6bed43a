"""Read which items of a year are whose to judge."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from sihao.campaigns.queries import get_campaign, get_rules
from sihao.core.context import Context
from sihao.inspections.allocation import duties
from sihao.inspections.models import Inspection, InspectionGroup, ItemAllocation
from sihao.inspections.queries.inspections import get_people_of
from sihao.inspections.queries.items import Item, list_items
from sihao.inspections.schemas.allocations import AllocatedItem, AllocationPublic


async def list_allocations(ctx: Context, group_id: UUID) -> list[ItemAllocation]:
    """List a group's specialists."""
    rows = select(ItemAllocation).where(ItemAllocation.group_id == group_id)
    return list((await ctx.db.exec(rows.order_by(col(ItemAllocation.id)))).all())


async def list_specialists(ctx: Context, group_id: UUID) -> dict[UUID, frozenset[UUID]]:
    """Tell for each allocated item whose it is."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for one in await list_allocations(ctx, group_id):
        found[one.criterion_id].add(one.person_id)
    return {item: frozenset(people) for item, people in found.items()}


async def list_duties(
    ctx: Context, inspection: Inspection, items: Sequence[Item]
) -> dict[UUID, frozenset[UUID]]:
    """Tell for each item who judges it for this unit."""
    people = await get_people_of(ctx, inspection)
    rules = await get_rules(ctx, inspection.campaign_id)
    specialists = await list_specialists(ctx, inspection.group_id)
    return duties(
        [one.criterion.id for one in items], people.inspectors, specialists, rules.scorers
    )


async def list_items_for(ctx: Context, inspection: Inspection, inspector_id: UUID) -> list[Item]:
    """List the items of a unit that are this inspector's to judge."""
    items = await list_items(ctx, await get_campaign(ctx, inspection.campaign_id))
    shared = await list_duties(ctx, inspection, items)
    return [one for one in items if inspector_id in shared[one.criterion.id]]


async def show_allocation(ctx: Context, group: InspectionGroup) -> AllocationPublic:
    """Represent a group's allocation; an item that nobody is named for is everybody's."""
    items = await list_items(ctx, await get_campaign(ctx, group.campaign_id))
    specialists = await list_specialists(ctx, group.id)
    return AllocationPublic(
        group_id=group.id,
        scorers=(await get_rules(ctx, group.campaign_id)).scorers,
        items=[
            AllocatedItem(
                criterion_id=one.criterion.id,
                code=one.criterion.code,
                title=one.criterion.title,
                person_ids=sorted(specialists.get(one.criterion.id, ())),
            )
            for one in items
        ],
        version=group.version,
    )
