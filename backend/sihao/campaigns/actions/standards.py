"""Write standards: while they are drafts, everything; once published, nothing but mappings."""

from dataclasses import replace
from uuid import UUID

from sihao.campaigns import queries
from sihao.campaigns.lifecycle import STANDARD, StandardState
from sihao.campaigns.models import Criterion, CriterionMapping, Dimension, Standard
from sihao.campaigns.schemas import (
    CriterionCreate,
    CriterionUpdate,
    DimensionsBody,
    MappingsBody,
    StandardCreate,
    StandardUpdate,
)
from sihao.campaigns.standard_document import CriterionEntry, StandardDocument, built_in
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch

_PER_DIMENSION = 1000
"""Items stand in the order of their dimensions, then of their numbers."""


async def create_standard(ctx: Context, body: StandardCreate) -> Standard:
    """Begin a standard: empty, or as a copy whose items are mapped to their originals."""
    _require_writer(ctx)
    standard = Standard.model_validate(body.model_dump(exclude={"copy_of"}), update=stamps(ctx))
    ctx.db.add(standard)
    await ctx.db.flush()
    if body.copy_of:
        await _copy(ctx, standard, body.copy_of)
    _record(ctx, "created", standard, copy_of=str(body.copy_of) if body.copy_of else None)
    return standard


async def _copy(ctx: Context, standard: Standard, source_id: UUID) -> None:
    old = await _get_named(ctx, source_id, "/body/copy_of")
    document = await queries.get_document(ctx, old)
    if document is None:
        code, zh = "standard.empty", "所选标准还没有条目，不能复制。"
        raise Invalid(code, zh, "That standard has no items.", pointer="/body/copy_of")
    await _fill(ctx, standard, document)
    originals = {one.code: one.id for one in await queries.list_criteria(ctx, old.id)}
    ctx.db.add_all(
        CriterionMapping(old_criterion_id=originals[one.code], new_criterion_id=one.id)
        for one in await queries.list_criteria(ctx, standard.id)
    )


async def import_standard(ctx: Context, document: StandardDocument) -> Standard:
    """Make a draft of a whole document. The file itself has been checked when it was read."""
    _require_writer(ctx)
    standard = Standard.model_validate(
        document.model_dump(include={"name", "year", "source"}), update=stamps(ctx)
    )
    ctx.db.add(standard)
    await ctx.db.flush()
    await _fill(ctx, standard, document)
    _record(ctx, "imported", standard, criteria=len(document.criteria))
    return standard


async def install_built_in(ctx: Context) -> Standard | None:
    """Publish the standard that ships with the product, if there is none of any kind yet."""
    ctx.require(Role.SYSTEM)
    if await queries.has_standards(ctx):
        return None
    writer = replace(ctx, actor=replace(ctx.actor, roles=ctx.actor.roles | {Role.OFFICER}))
    standard = await import_standard(writer, built_in(ctx.today.year))
    return await move_standard(writer, standard.id, standard.version, "publish")


async def _fill(ctx: Context, standard: Standard, document: StandardDocument) -> None:
    dimensions = {
        one.code: Dimension(**one.model_dump(), standard_id=standard.id, sort_order=at)
        for at, one in enumerate(document.dimensions)
    }
    ctx.db.add_all(dimensions.values())
    await ctx.db.flush()
    for entry in document.criteria:
        criterion = Criterion.model_validate(
            entry.model_dump(),
            update=_place(entry.code, dimensions) | {"standard_id": standard.id},
        )
        ctx.db.add(criterion)
    await ctx.db.flush()


def _place(code: str, dimensions: dict[str, Dimension]) -> dict[str, object]:
    dimension = dimensions[code[0]]
    order = dimension.sort_order * _PER_DIMENSION + int(code[1:])
    return {"dimension_id": dimension.id, "sort_order": order}


async def update_standard(
    ctx: Context, standard_id: UUID, version: int, body: StandardUpdate
) -> Standard:
    """Rename or redate a draft."""
    standard = await _get_draft(ctx, standard_id, version)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    standard.sqlmodel_update(changes)
    touch(ctx, standard)
    await ctx.db.flush()
    _record(ctx, "updated", standard, fields=sorted(changes))
    return standard


async def delete_standard(ctx: Context, standard_id: UUID, version: int) -> None:
    """Throw a draft away; refused once a campaign has chosen it."""
    standard = await _get_draft(ctx, standard_id, version)
    if await queries.is_used(ctx, standard.id):
        code, zh = "standard.in_use", "已有创建年度选用这个标准，不能删除。"
        raise Conflict(code, zh, "A campaign has chosen this standard.")
    criteria = await queries.list_criteria(ctx, standard.id)
    for one in criteria:
        await _forget_mappings(ctx, one)
    for row in (*criteria, *await queries.list_dimensions(ctx, standard.id), standard):
        await ctx.db.delete(row)
        await ctx.db.flush()
    _record(ctx, "deleted", standard)


async def set_dimensions(
    ctx: Context, standard_id: UUID, version: int, body: DimensionsBody
) -> Standard:
    """Name and order a draft's dimensions; one that still has items stays."""
    standard = await _get_draft(ctx, standard_id, version)
    codes = [one.code for one in body.dimensions]
    if len(set(codes)) < len(codes):
        code, zh = "dimension.repeated", "方面编号不能重复。"
        raise Invalid(code, zh, "Codes repeat.", pointer="/body/dimensions")
    kept = {one.code: one for one in await queries.list_dimensions(ctx, standard.id)}
    criteria = await queries.list_criteria(ctx, standard.id)
    for code in kept.keys() - set(codes):
        if any(one.code[0] == code for one in criteria):
            zh = f"“{kept[code].title}”还有条目，不能删去。"
            raise Conflict("dimension.in_use", zh, "This dimension still has items.")
        await ctx.db.delete(kept.pop(code))
    for at, entry in enumerate(body.dimensions):
        dimension = kept.setdefault(
            entry.code, Dimension(**entry.model_dump(), standard_id=standard.id, sort_order=at)
        )
        dimension.title, dimension.sort_order = entry.title, at
        ctx.db.add(dimension)
    for one in criteria:
        one.sqlmodel_update(_place(one.code, kept))
    touch(ctx, standard)
    await ctx.db.flush()
    _record(ctx, "updated", standard, fields=["dimensions"])
    return standard


async def create_criterion(
    ctx: Context, standard_id: UUID, version: int, body: CriterionCreate
) -> tuple[Standard, Criterion]:
    """Add an item to a draft."""
    standard = await _get_draft(ctx, standard_id, version)
    place = await _place_in(ctx, standard, body)
    criterion = Criterion.model_validate(
        body.model_dump(), update=place | {"standard_id": standard.id}
    )
    ctx.db.add(criterion)
    touch(ctx, standard)
    await ctx.db.flush()
    _record(ctx, "criterion_added", standard, code=criterion.code)
    return standard, criterion


async def update_criterion(
    ctx: Context, standard_id: UUID, code: str, version: int, body: CriterionUpdate
) -> tuple[Standard, Criterion]:
    """Change an item of a draft."""
    standard = await _get_draft(ctx, standard_id, version)
    criterion = await _get_criterion(ctx, standard, code)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    entry = CriterionEntry.model_validate(
        criterion.model_dump(include=set(CriterionEntry.model_fields)) | changes
    )
    criterion.sqlmodel_update(entry.model_dump() | await _place_in(ctx, standard, entry))
    touch(ctx, standard)
    await ctx.db.flush()
    _record(ctx, "criterion_updated", standard, code=code, fields=sorted(changes))
    return standard, criterion


async def delete_criterion(ctx: Context, standard_id: UUID, code: str, version: int) -> None:
    """Take an item out of a draft, and its mappings with it."""
    standard = await _get_draft(ctx, standard_id, version)
    criterion = await _get_criterion(ctx, standard, code)
    await _forget_mappings(ctx, criterion)
    await ctx.db.delete(criterion)
    touch(ctx, standard)
    _record(ctx, "criterion_removed", standard, code=code)


async def set_mappings(
    ctx: Context, standard_id: UUID, version: int, body: MappingsBody
) -> Standard:
    """Say which items of an old standard go on as which of this one; also after publication."""
    _require_writer(ctx)
    standard = await queries.get_standard(ctx, standard_id, lock=True)
    check_version(standard, version)
    old = await _get_named(ctx, body.old_standard_id, "/body/old_standard_id")
    if old.id == standard.id:
        code, zh = "mapping.self", "新旧标准不能是同一个。"
        raise Invalid(code, zh, "Old and new are the same.", pointer="/body/old_standard_id")
    olds = {one.code: one.id for one in await queries.list_criteria(ctx, old.id)}
    news = {one.code: one.id for one in await queries.list_criteria(ctx, standard.id)}
    for row in await queries.list_mapping_rows(ctx, standard.id, old.id):
        await ctx.db.delete(row)
    await ctx.db.flush()
    seen = set()
    for at, pair in enumerate(body.pairs):
        for known, field in ((olds, "old_code"), (news, "new_code")):
            if (named := getattr(pair, field)) not in known:
                zh, pointer = f"标准里没有条目 {named}。", f"/body/pairs/{at}/{field}"
                raise Invalid("criterion.unknown", zh, "No such item.", pointer=pointer)
        if (pair.old_code, pair.new_code) in seen:
            zh, pointer = f"{pair.old_code} → {pair.new_code} 重复。", f"/body/pairs/{at}"
            raise Invalid("mapping.repeated", zh, "This pair repeats.", pointer=pointer)
        seen.add((pair.old_code, pair.new_code))
        ctx.db.add(
            CriterionMapping(
                old_criterion_id=olds[pair.old_code],
                new_criterion_id=news[pair.new_code],
                note=pair.note,
            )
        )
    touch(ctx, standard)
    await ctx.db.flush()
    _record(ctx, "mapped", standard, old_standard_id=str(old.id), pairs=len(body.pairs))
    return standard


async def move_standard(
    ctx: Context, standard_id: UUID, version: int, name: str, opinion: str = ""
) -> Standard:
    """Make one transition of a standard."""
    standard = await queries.get_standard(ctx, standard_id, lock=True)
    check_version(standard, version)
    facts = await queries.get_standard_facts(ctx, standard.id)
    STANDARD.apply(ctx, standard, name, opinion, facts=facts, name_of=standard.name)
    return standard


def _require_writer(ctx: Context) -> None:
    ctx.require(Role.OFFICER, Role.SYSTEM)


async def _get_draft(ctx: Context, standard_id: UUID, version: int) -> Standard:
    _require_writer(ctx)
    standard = await queries.get_standard(ctx, standard_id, lock=True)
    check_version(standard, version)
    if standard.state is not StandardState.DRAFT:
        code, zh = "standard.published", "标准已发布，不能再改；需要调整请另起一版。"
        raise Conflict(code, zh, "A published standard does not change.")
    return standard


async def _get_named(ctx: Context, standard_id: UUID, pointer: str) -> Standard:
    try:
        return await queries.get_standard(ctx, standard_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer=pointer) from error


async def _get_criterion(ctx: Context, standard: Standard, code: str) -> Criterion:
    for one in await queries.list_criteria(ctx, standard.id):
        if one.code == code:
            return one
    raise NotFound("criterion.unknown", "标准里没有这个条目。", "No such item.")


async def _place_in(ctx: Context, standard: Standard, entry: CriterionEntry) -> dict[str, object]:
    dimensions = {one.code: one for one in await queries.list_dimensions(ctx, standard.id)}
    if entry.dimension not in dimensions:
        zh = f"没有编号为“{entry.dimension}”的方面。"
        raise Invalid("dimension.unknown", zh, "No such dimension.", pointer="/body/code")
    return _place(entry.code, dimensions)


async def _forget_mappings(ctx: Context, criterion: Criterion) -> None:
    for row in await queries.list_mappings_of(ctx, criterion.id):
        await ctx.db.delete(row)
    await ctx.db.flush()


def _record(ctx: Context, verb: str, standard: Standard, **data: object) -> None:
    emit(
        ctx,
        f"standard.{verb}",
        standard.id,
        audience=Audience.COMMITTEE,
        title=f"{standard.name}（{standard.year}）",
        **data,
    )
