"""The items of a year with their points: what is judged."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sihao.campaigns.models import Campaign, Criterion
from sihao.campaigns.queries import get_campaign, get_rules, list_criteria, list_dimensions
from sihao.campaigns.scheme import Clause, Level
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion with the year's points and catalogue of deductions, or its levels.

    `most` is what can be lost: an item keeps its floor.
    """

    criterion: Criterion
    dimension: str
    dimension_title: str
    points: Decimal
    most: Decimal
    clauses: tuple[Clause, ...]
    levels: tuple[Level, ...]


async def list_items(ctx: Context, campaign: Campaign) -> list[Item]:
    """List a year's items in the order of its standard."""
    if campaign.standard_id is None:
        return []
    rules = (await get_rules(ctx, campaign.id)).items
    dimensions = {one.id: one for one in await list_dimensions(ctx, campaign.standard_id)}
    return [
        Item(
            criterion=one,
            dimension=dimensions[one.dimension_id].code,
            dimension_title=dimensions[one.dimension_id].title,
            points=rules[one.code].points,
            most=rules[one.code].most,
            clauses=tuple(rules[one.code].catalogue),
            levels=tuple(rules[one.code].levels),
        )
        for one in await list_criteria(ctx, campaign.standard_id)
        if one.code in rules
    ]


async def get_item(ctx: Context, campaign_id: UUID, criterion_id: UUID) -> Item:
    """Read one item named in an address; raise `NotFound` for one of another standard."""
    items = await list_items(ctx, await get_campaign(ctx, campaign_id))
    found = next((one for one in items if one.criterion.id == criterion_id), None)
    if found is None:
        raise NotFound("criterion.unknown", "没有这个条目。", "No such item.")
    return found


async def get_item_by_code(ctx: Context, campaign_id: UUID, code: str) -> Item:
    """Read one item by its code in the year's standard; raise `NotFound` for another."""
    items = await list_items(ctx, await get_campaign(ctx, campaign_id))
    found = next((one for one in items if one.criterion.code == code), None)
    if found is None:
        raise NotFound("criterion.unknown", "没有这个条目。", "No such item.")
    return found


async def get_item_named(ctx: Context, campaign_id: UUID, criterion_id: UUID) -> Item:
    """Read one item named in a body; raise `Invalid` for one of another standard."""
    try:
        return await get_item(ctx, campaign_id, criterion_id)
    except NotFound as missing:
        code, zh = "criterion.unknown", "本年度的创建标准没有这个条目。"
        pointer = "/body/criterion_id"
        raise Invalid(code, zh, "No such item in this year.", pointer=pointer) from missing
