"""Ask units for material, without asking twice."""

from uuid import UUID

from sihao.burden import policy, queries
from sihao.burden.lifecycle import MATERIAL_COLLECTION
from sihao.burden.models import MaterialCollection, MaterialRequest
from sihao.burden.schemas import MaterialCollectionCreate, MaterialCollectionUpdate
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context, Role
from sihao.core.errors import Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch


async def create_collection(ctx: Context, body: MaterialCollectionCreate) -> MaterialCollection:
    """Draft a collection for some units."""
    ctx.require(Role.OFFICER)
    await get_campaign(ctx, body.campaign_id)
    made = MaterialCollection.model_validate(body, update=stamps(ctx))
    await _check(ctx, made)
    units = set(body.unit_ids)
    if await queries.count_units(ctx, units) != len(units):
        code, zh = "material_collection.unit", "所列单位中有不存在的单位。"
        raise Invalid(code, zh, "Some unit is unknown.", pointer="/body/unit_ids")
    ctx.db.add(made)
    await ctx.db.flush()
    for unit_id in units:
        ctx.db.add(MaterialRequest(collection_id=made.id, unit_id=unit_id))
    emit(ctx, "material_collection.created", made.id, audience=Audience.COMMITTEE)
    return made


async def update_collection(
    ctx: Context, collection_id: UUID, version: int, body: MaterialCollectionUpdate
) -> MaterialCollection:
    """Change a draft: leave out what is held, or say why it is asked for again."""
    ctx.require(Role.OFFICER)
    collection = await queries.get_collection(ctx, collection_id, lock=True)
    check_version(collection, version)
    policy.check_editable(collection)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    for name, value in changes.items():
        setattr(collection, name, value)
    await _check(ctx, collection)
    touch(ctx, collection)
    fields = sorted(changes)
    emit(
        ctx,
        "material_collection.updated",
        collection.id,
        audience=Audience.COMMITTEE,
        fields=fields,
    )
    return collection


async def move_collection(
    ctx: Context, collection_id: UUID, version: int, name: str, opinion: str
) -> MaterialCollection:
    """Send it or close it."""
    collection = await queries.get_collection(ctx, collection_id, lock=True)
    check_version(collection, version)
    flagged = await queries.list_flagged(ctx, collection)
    MATERIAL_COLLECTION.apply(ctx, collection, name, opinion, facts=flagged)
    if name == "send":
        collection.sent_at = ctx.now
    return collection


async def _check(ctx: Context, collection: MaterialCollection) -> None:
    """Raise `Invalid` for a collection of nothing, a period backwards or an unknown item."""
    if not collection.codes and not collection.ledgers:
        code, zh = "material_collection.empty", "请选择要收集的条目或台账。"
        raise Invalid(code, zh, "Ask for something.", pointer="/body/codes")
    if collection.covers_until < collection.covers_from:
        code, zh = "material_collection.period", "截止日期不能早于起始日期。"
        raise Invalid(code, zh, "The period runs backwards.", pointer="/body/covers_until")
    unknown = sorted(set(collection.codes) - await queries.list_codes(ctx, collection))
    if unknown:
        code, zh = "material_collection.code", f"本年度标准中没有条目 {'、'.join(unknown)}。"
        raise Invalid(code, zh, "Some item is unknown.", pointer="/body/codes")
