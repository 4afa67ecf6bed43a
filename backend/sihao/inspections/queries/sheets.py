"""Read sheets, judgements and deductions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.accounts.models import Person
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import row_of
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence
from sihao.inspections import policy
from sihao.inspections.lifecycle import SHEET, InspectionState, SheetFacts
from sihao.inspections.models import (
    Deduction,
    Inspection,
    InspectionGroup,
    Judgement,
    ScoreSheet,
)
from sihao.inspections.queries.allocations import list_items_for
from sihao.inspections.queries.inspections import get_group_of
from sihao.inspections.queries.items import Item
from sihao.inspections.schemas.sheets import (
    DeductionPublic,
    JudgementPublic,
    SheetItem,
    SheetPublic,
    SheetRow,
)
from sihao.inspections.scoring import item_score, lost_points
from sihao.units.models import Unit

_judged = (
    sa_select(func.count())
    .select_from(Judgement)
    .where(col(Judgement.sheet_id) == col(ScoreSheet.id))
    .scalar_subquery()
)
_ROWS = row_of(
    SheetRow, ScoreSheet, col(Person.display_name).label("inspector_name"), _judged.label("judged")
).join(Person, col(Person.id) == col(ScoreSheet.inspector_id))


def _visible(ctx: Context) -> Select[Any]:
    return _ROWS.where(policy.visible_sheets(ctx.actor))


async def list_sheets(ctx: Context, inspection_id: UUID) -> list[SheetRow]:
    """List the sheets of an inspection that the actor may read."""
    rows = _visible(ctx).where(col(ScoreSheet.inspection_id) == inspection_id)
    found = await ctx.db.execute(rows.order_by(col(Person.display_name), col(ScoreSheet.id)))
    return [SheetRow(**row) for row in found.mappings()]


async def get_sheet(ctx: Context, sheet_id: UUID, *, lock: bool = False) -> ScoreSheet:
    """Read one sheet; raise `NotFound` for one that is not to be seen yet."""
    rows = select(ScoreSheet).where(ScoreSheet.id == sheet_id, policy.visible_sheets(ctx.actor))
    sheet = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if sheet is None:
        raise NotFound("sheet.unknown", "没有这份评分表。", "No such sheet.")
    return sheet


async def list_sheet_owners(ctx: Context, inspection_id: UUID) -> set[UUID]:
    """Tell who has a sheet for an inspection."""
    rows = select(ScoreSheet.inspector_id).where(ScoreSheet.inspection_id == inspection_id)
    return set((await ctx.db.exec(rows)).all())


async def get_inspection_of(ctx: Context, sheet: ScoreSheet) -> Inspection:
    """Read the inspection of a sheet that the actor sees."""
    return (await ctx.db.exec(select(Inspection).where(Inspection.id == sheet.inspection_id))).one()


async def get_judgement(ctx: Context, sheet_id: UUID, criterion_id: UUID) -> Judgement | None:
    """Read and hold the judgement of one item, if there is one."""
    rows = select(Judgement).where(
        Judgement.sheet_id == sheet_id, Judgement.criterion_id == criterion_id
    )
    return (await ctx.db.exec(rows.with_for_update())).first()


async def list_judgements(ctx: Context, sheet_ids: Iterable[UUID]) -> list[Judgement]:
    """List the judgements of sheets that the actor may read."""
    rows = (
        select(Judgement)
        .join(ScoreSheet, col(ScoreSheet.id) == col(Judgement.sheet_id))
        .where(col(Judgement.sheet_id).in_(list(sheet_ids)), policy.visible_sheets(ctx.actor))
    )
    return list((await ctx.db.exec(rows)).all())


async def list_deductions(
    ctx: Context, judgements: Sequence[Judgement]
) -> dict[UUID, list[Deduction]]:
    """List the deductions of judgements, by judgement, in the catalogue's order."""
    rows = select(Deduction).where(col(Deduction.judgement_id).in_([one.id for one in judgements]))
    order = (col(Deduction.clause_number).asc().nulls_last(), col(Deduction.clause))
    found: dict[UUID, list[Deduction]] = {}
    for one in (await ctx.db.exec(rows.order_by(*order, col(Deduction.id)))).all():
        found.setdefault(one.judgement_id, []).append(one)
    return found


async def list_titles(ctx: Context, evidence_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Tell the titles of evidence."""
    wanted = {one for one in evidence_ids if one is not None}
    rows = select(Evidence.id, Evidence.title).where(col(Evidence.id).in_(wanted))
    return dict((await ctx.db.exec(rows)).all()) if wanted else {}


async def check_evidence(
    ctx: Context, unit_id: UUID, evidence: Mapping[str, UUID | None]
) -> dict[UUID, str]:
    """Give the titles of evidence named in a body (by pointer).

    They are held, by id: nobody takes back what is being named. Raises `Invalid` for what the unit
    has not handed in, or has taken back.
    """
    wanted = {one for one in evidence.values() if one is not None}
    rows = (
        select(Evidence.id, Evidence.title)
        .where(
            col(Evidence.id).in_(wanted),
            Evidence.unit_id == unit_id,
            Evidence.state != EvidenceState.WITHDRAWN,
        )
        .order_by(col(Evidence.id))
        .with_for_update(read=True)
    )
    titles = dict((await ctx.db.exec(rows)).all())
    for pointer, one in evidence.items():
        if one is not None and one not in titles:
            code, zh = "evidence.unknown", "没有这份佐证材料，或者已经撤回。"
            raise Invalid(code, zh, "No such evidence of this unit.", pointer=pointer)
    return titles


async def show_judgements(
    ctx: Context, judgements: Sequence[Judgement], items: Sequence[Item]
) -> list[JudgementPublic]:
    """Represent judgements with their deductions and what they cost."""
    deductions = await list_deductions(ctx, judgements)
    flat = [one for some in deductions.values() for one in some]
    titles = await list_titles(ctx, (one.evidence_id for one in flat))
    known = {item.criterion.id: item for item in items}
    shown = []
    for one in judgements:
        if one.criterion_id not in known:
            continue
        item = known[one.criterion_id]
        own = deductions.get(one.id, [])
        lost = lost_points(item.most, (each.points for each in own))
        shown.append(
            JudgementPublic(
                **one.model_dump(exclude={"unit_id", "created_at", "updated_by"}),
                deductions=[show_deduction(each, titles) for each in own],
                lost=lost,
                score=item_score(item.points, lost),
            )
        )
    return shown


def show_deduction(one: Deduction, titles: Mapping[UUID, str]) -> DeductionPublic:
    """Represent a deduction with the title of its evidence."""
    title = titles.get(one.evidence_id, "") if one.evidence_id else ""
    return DeductionPublic(
        **one.model_dump(exclude={"unit_id", "judgement_id"}), evidence_title=title
    )


async def get_sheet_facts(ctx: Context, sheet: ScoreSheet, items: Sequence[Item]) -> SheetFacts:
    """Gather what the guards of a sheet look at."""
    rows = select(Judgement.criterion_id).where(Judgement.sheet_id == sheet.id)
    judged = set((await ctx.db.exec(rows)).all())
    left = (item.criterion.code for item in items if item.criterion.id not in judged)
    inspection = await get_inspection_of(ctx, sheet)
    return SheetFacts(
        unjudged=tuple(left),
        leader_id=(await get_group_of(ctx, inspection)).leader_id,
        running=inspection.state is InspectionState.IN_PROGRESS,
    )


async def list_items_of(ctx: Context, sheet: ScoreSheet) -> list[Item]:
    """List the items that a sheet judges."""
    inspection = await get_inspection_of(ctx, sheet)
    return await list_items_for(ctx, inspection, sheet.inspector_id)


async def show_sheet(ctx: Context, sheet: ScoreSheet) -> SheetPublic:
    """Represent a sheet that the actor has in hand, with what he may read of its judgements.

    Who gave a sheet back reads it no more.
    """
    named = (
        _ROWS.add_columns(
            col(Unit.name).label("unit_name"), col(InspectionGroup.name).label("group_name")
        )
        .join(Unit, col(Unit.id) == col(ScoreSheet.unit_id))
        .join(Inspection, col(Inspection.id) == col(ScoreSheet.inspection_id))
        .join(InspectionGroup, col(InspectionGroup.id) == col(Inspection.group_id))
    )
    row = (await ctx.db.execute(named.where(col(ScoreSheet.id) == sheet.id))).mappings().one()
    inspection = await get_inspection_of(ctx, sheet)
    campaign = await get_campaign(ctx, inspection.campaign_id)
    items = await list_items_for(ctx, inspection, sheet.inspector_id)
    facts = await get_sheet_facts(ctx, sheet, items)
    return SheetPublic(
        **row,
        year=campaign.year,
        items=[
            SheetItem(
                criterion_id=item.criterion.id,
                code=item.criterion.code,
                title=item.criterion.title,
                dimension=item.dimension,
                points=item.points,
            )
            for item in items
        ],
        judgements=await show_judgements(ctx, await list_judgements(ctx, [sheet.id]), items),
        actions=SHEET.actions(ctx.actor, sheet, facts),
    )
