"""Read standards, campaigns, windows and schemes."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, Uuid, and_, column, func, literal_column, table
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from sihao.campaigns import policy
from sihao.campaigns.lifecycle import (
    CAMPAIGN,
    STANDARD,
    CampaignFacts,
    CampaignState,
    StandardFacts,
)
from sihao.campaigns.models import (
    Campaign,
    CampaignWindow,
    Criterion,
    CriterionMapping,
    Dimension,
    Scheme,
    SchemeVersion,
    Stage,
    Standard,
)
from sihao.campaigns.schemas import (
    CampaignPublic,
    CampaignQuery,
    StandardQuery,
    StandardSummary,
)
from sihao.campaigns.scheme import Rules
from sihao.campaigns.standard_document import CriterionEntry, DimensionEntry, StandardDocument
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.units.models import Unit, UnitKind

_COUNT = (
    sa_select(func.count())
    .where(col(Criterion.standard_id) == col(Standard.id))
    .correlate(Standard)
    .scalar_subquery()
)
_STANDARDS = row_of(StandardSummary, Standard, _COUNT.label("criteria_count"))
_STANDARD_SORTS = {"year": col(Standard.year), "name": col(Standard.name)}

_WINDOWS = (
    sa_select(
        func.coalesce(
            func.json_agg(
                aggregate_order_by(
                    func.json_build_object(
                        literal_column("'stage'"),
                        col(CampaignWindow.stage),
                        literal_column("'opens_at'"),
                        col(CampaignWindow.opens_at),
                        literal_column("'closes_at'"),
                        col(CampaignWindow.closes_at),
                    ),
                    col(CampaignWindow.opens_at),
                    col(CampaignWindow.closes_at),
                )
            ),
            literal_column("'[]'::json"),
        )
    )
    .where(col(CampaignWindow.campaign_id) == col(Campaign.id))
    .correlate(Campaign)
    .scalar_subquery()
)
_INSPECTION, _RESULT = (
    table(name, column("unit_id", Uuid()), column("campaign_id", Uuid()), column("state"))
    for name in ("inspection", "annual_result")
)
"""Inspections and results by their states; the slices themselves stand later on the shelf."""
_CAMPAIGNS = row_of(
    CampaignPublic,
    Campaign,
    col(Standard.name).label("standard_name"),
    _WINDOWS.label("windows"),
).outerjoin(Standard, col(Standard.id) == col(Campaign.standard_id))


async def get_campaign(ctx: Context, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    """Read one campaign; raise `NotFound` for a drafted one too, unless the actor prepares it."""
    rows = select(Campaign).where(Campaign.id == campaign_id, policy.visible(ctx.actor))
    return _found_campaign((await ctx.db.exec(rows.with_for_update() if lock else rows)).first())


async def hold_campaign(ctx: Context, campaign_id: UUID) -> Campaign:
    """Read one campaign and keep its phase as it is until this transaction ends (FOR SHARE)."""
    rows = select(Campaign).where(Campaign.id == campaign_id, policy.visible(ctx.actor))
    return _found_campaign((await ctx.db.exec(rows.with_for_update(read=True))).first())


def _found_campaign(campaign: Campaign | None) -> Campaign:
    if campaign is None:
        raise NotFound("campaign.unknown", "没有这个创建年度。", "No such campaign.")
    return campaign


async def list_campaigns(ctx: Context, query: CampaignQuery) -> Response:
    """Answer a page of campaigns."""
    drawn = CAMPAIGN.actions_sql(Campaign, ctx.actor).label("actions")
    rows = _CAMPAIGNS.add_columns(drawn).where(policy.visible(ctx.actor))
    if query.year:
        rows = rows.where(col(Campaign.year) == query.year)
    if query.state:
        rows = rows.where(col(Campaign.state) == query.state)
    return await json_page(ctx, rows, query, {"year": col(Campaign.year)}, col(Campaign.id))


async def list_windows(ctx: Context, campaign_id: UUID) -> list[CampaignWindow]:
    """List a campaign's windows in the order of time."""
    rows = (
        select(CampaignWindow)
        .join(Campaign, col(Campaign.id) == col(CampaignWindow.campaign_id))
        .where(CampaignWindow.campaign_id == campaign_id, policy.visible(ctx.actor))
        .order_by(col(CampaignWindow.opens_at), col(CampaignWindow.closes_at))
    )
    return list((await ctx.db.exec(rows)).all())


async def window(ctx: Context, campaign_id: UUID, stage: Stage) -> CampaignWindow | None:
    """Read when a stage opens and closes; an opened campaign has every window."""
    found = await list_windows(ctx, campaign_id)
    return next((one for one in found if one.stage == stage), None)


async def get_scheme(ctx: Context, campaign_id: UUID, *, lock: bool = False) -> Scheme:
    """Read how a year is scored; raise `NotFound` while no standard is chosen."""
    scheme = await find_scheme(ctx, campaign_id, lock=lock)
    if scheme is None:
        code, zh = "scheme.unknown", "这个创建年度还没有计分方案，请先选定创建标准。"
        raise NotFound(code, zh, "This campaign has no scheme yet.")
    return scheme


async def find_scheme(ctx: Context, campaign_id: UUID, *, lock: bool = False) -> Scheme | None:
    """Read how a year is scored, or None while no standard is chosen."""
    rows = (
        select(Scheme)
        .join(Campaign, col(Campaign.id) == col(Scheme.campaign_id))
        .where(Scheme.campaign_id == campaign_id, policy.visible(ctx.actor))
    )
    return (await ctx.db.exec(rows.with_for_update(of=Scheme) if lock else rows)).first()


async def get_rules(ctx: Context, campaign_id: UUID) -> Rules:
    """Read a year's scheme as rules."""
    return Rules.model_validate((await get_scheme(ctx, campaign_id)).rules)


async def find_last_version(ctx: Context, campaign_id: UUID) -> SchemeVersion | None:
    """Read the state of a scheme that was saved last."""
    rows = select(SchemeVersion).where(SchemeVersion.campaign_id == campaign_id)
    return (await ctx.db.exec(rows.order_by(col(SchemeVersion.number).desc()).limit(1))).first()


async def get_last_version(ctx: Context, campaign_id: UUID) -> SchemeVersion:
    """Read the saved state that counts; raise `NotFound` while there is none."""
    found = await find_last_version(ctx, campaign_id)
    if found is None:
        code, zh = "scheme.unknown", "这个创建年度还没有计分方案，请先选定创建标准。"
        raise NotFound(code, zh, "This campaign has no scheme yet.")
    return found


async def list_versions(ctx: Context, campaign_id: UUID) -> list[SchemeVersion]:
    """List every saved state of a year's scheme, newest first."""
    await get_scheme(ctx, campaign_id)
    rows = select(SchemeVersion).where(SchemeVersion.campaign_id == campaign_id)
    return list((await ctx.db.exec(rows.order_by(col(SchemeVersion.number).desc()))).all())


async def find_campaign_of(ctx: Context, year: int) -> Campaign | None:
    """Read a year's campaign, if the actor may see it."""
    rows = select(Campaign).where(Campaign.year == year, policy.visible(ctx.actor))
    return (await ctx.db.exec(rows)).first()


async def _list_uninspected(ctx: Context, campaign: Campaign) -> tuple[str, ...]:
    of_year = and_(_INSPECTION.c.unit_id == col(Unit.id), _INSPECTION.c.campaign_id == campaign.id)
    rows = (
        select(Unit.name)
        .outerjoin(_INSPECTION, of_year)
        .where(Unit.kind == UnitKind.UNIT, col(Unit.active))
        .where(_INSPECTION.c.state.is_distinct_from("finalized"))
        .order_by(col(Unit.sort_order), col(Unit.name))
    )
    return tuple((await ctx.db.exec(rows)).all())


async def _list_unpublished(ctx: Context, campaign: Campaign) -> tuple[str, ...]:
    of_year = and_(_RESULT.c.unit_id == col(Unit.id), _RESULT.c.campaign_id == campaign.id)
    rows = (
        select(Unit.name)
        .join(_INSPECTION, _INSPECTION.c.unit_id == col(Unit.id))
        .outerjoin(_RESULT, of_year)
        .where(_INSPECTION.c.campaign_id == campaign.id, _INSPECTION.c.state == "finalized")
        .where(_RESULT.c.state.is_distinct_from("published"))
        .order_by(col(Unit.sort_order), col(Unit.name))
    )
    return tuple((await ctx.db.exec(rows)).all())


async def get_campaign_facts(ctx: Context, campaign: Campaign) -> CampaignFacts:
    """Load what the guards of a campaign look at."""
    kept = {one.stage for one in await list_windows(ctx, campaign.id)}
    missing = tuple(stage.label for stage in Stage if stage not in kept)
    if campaign.standard_id is None:
        return CampaignFacts(None, missing, scheme_fits=False)
    standard = await get_standard(ctx, campaign.standard_id)
    codes = {one.code for one in await list_criteria(ctx, campaign.standard_id)}
    scheme = await find_scheme(ctx, campaign.id)
    saved = await find_last_version(ctx, campaign.id)
    fits = scheme is not None and scheme.rules["items"].keys() == codes
    inspecting = campaign.state is CampaignState.INSPECTING
    settling = campaign.state is CampaignState.SETTLING
    return CampaignFacts(
        standard.state,
        missing,
        scheme_fits=fits,
        scheme_by=saved.saved_by_id if saved else None,
        uninspected=await _list_uninspected(ctx, campaign) if inspecting else (),
        unpublished=await _list_unpublished(ctx, campaign) if settling else (),
    )


async def get_standard(ctx: Context, standard_id: UUID, *, lock: bool = False) -> Standard:
    """Read one standard; raise `NotFound` for a draft too, unless the actor writes it."""
    rows = select(Standard).where(Standard.id == standard_id, policy.visible_standards(ctx.actor))
    standard = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if standard is None:
        raise NotFound("standard.unknown", "没有这个创建标准。", "No such standard.")
    return standard


async def list_standards(ctx: Context, query: StandardQuery) -> Response:
    """Answer a page of standards."""
    drawn = STANDARD.actions_sql(Standard, ctx.actor).label("actions")
    rows = _STANDARDS.add_columns(drawn).where(policy.visible_standards(ctx.actor))
    if query.state:
        rows = rows.where(col(Standard.state) == query.state)
    if query.year:
        rows = rows.where(col(Standard.year) == query.year)
    if query.q:
        rows = rows.where(matches(query.q, col(Standard.name)))
    return await json_page(ctx, rows, query, _STANDARD_SORTS, col(Standard.id))


async def has_standards(ctx: Context) -> bool:
    """Tell whether there is any standard, draft or published."""
    return (await ctx.db.exec(select(Standard.id).limit(1))).first() is not None


async def list_criteria(ctx: Context, standard_id: UUID) -> list[Criterion]:
    """List a standard's items in its order."""
    rows = (
        select(Criterion)
        .join(Standard, col(Standard.id) == col(Criterion.standard_id))
        .where(Criterion.standard_id == standard_id, policy.visible_standards(ctx.actor))
        .order_by(col(Criterion.sort_order), col(Criterion.code))
    )
    return list((await ctx.db.exec(rows)).all())


async def list_dimensions(ctx: Context, standard_id: UUID) -> list[Dimension]:
    """List a standard's dimensions in its order."""
    rows = (
        select(Dimension)
        .join(Standard, col(Standard.id) == col(Dimension.standard_id))
        .where(Dimension.standard_id == standard_id, policy.visible_standards(ctx.actor))
        .order_by(col(Dimension.sort_order), col(Dimension.code))
    )
    return list((await ctx.db.exec(rows)).all())


async def get_standard_facts(ctx: Context, standard_id: UUID) -> StandardFacts:
    """Load what the guards of a standard look at."""
    criteria = await list_criteria(ctx, standard_id)
    used = {one.dimension_id for one in criteria}
    dimensions = await list_dimensions(ctx, standard_id)
    empty = tuple(f"“{one.title}”" for one in dimensions if one.id not in used)
    return StandardFacts(len(criteria), empty)


async def get_document(ctx: Context, standard: Standard) -> StandardDocument | None:
    """Gather a whole standard for export; None while it has no items."""
    criteria = await list_criteria(ctx, standard.id)
    if not criteria:
        return None
    entry = set(CriterionEntry.model_fields)
    return StandardDocument(
        **standard.model_dump(include={"name", "year", "source"}),
        dimensions=[
            DimensionEntry(code=one.code, title=one.title)
            for one in await list_dimensions(ctx, standard.id)
        ],
        criteria=[CriterionEntry(**one.model_dump(include=entry)) for one in criteria],
    )


async def is_used(ctx: Context, standard_id: UUID) -> bool:
    """Tell whether a campaign has chosen the standard."""
    rows = select(Campaign.id).where(Campaign.standard_id == standard_id).limit(1)
    return (await ctx.db.exec(rows)).first() is not None


async def list_mappings(ctx: Context, standard_id: UUID) -> list[dict[str, Any]]:
    """List which old items go on as which items of this standard, in this standard's order."""
    old, new = aliased(Criterion), aliased(Criterion)
    shown: list[ColumnElement[Any]] = [
        col(old.standard_id).label("old_standard_id"),
        col(old.id).label("old_criterion_id"),
        col(old.code).label("old_code"),
        col(old.title).label("old_title"),
        col(new.id).label("new_criterion_id"),
        col(new.code).label("new_code"),
        col(new.title).label("new_title"),
        col(CriterionMapping.note).label("note"),
    ]
    rows = (
        sa_select(*shown)
        .select_from(CriterionMapping)
        .join(old, col(old.id) == col(CriterionMapping.old_criterion_id))
        .join(new, col(new.id) == col(CriterionMapping.new_criterion_id))
        .join(Standard, col(Standard.id) == col(new.standard_id))
        .where(col(Standard.id) == standard_id, policy.visible_standards(ctx.actor))
        .order_by(col(new.sort_order), col(old.sort_order))
    )
    return [dict(row) for row in (await ctx.db.execute(rows)).mappings()]


async def list_mapping_rows(
    ctx: Context, new_standard_id: UUID, old_standard_id: UUID | None = None
) -> list[CriterionMapping]:
    """List the mapping's rows that lead to a standard, from one old standard or all."""
    old, new = aliased(Criterion), aliased(Criterion)
    rows = (
        select(CriterionMapping)
        .join(old, col(old.id) == col(CriterionMapping.old_criterion_id))
        .join(new, col(new.id) == col(CriterionMapping.new_criterion_id))
        .where(new.standard_id == new_standard_id)
    )
    if old_standard_id:
        rows = rows.where(old.standard_id == old_standard_id)
    return list((await ctx.db.exec(rows)).all())


async def list_mappings_of(ctx: Context, criterion_id: UUID) -> list[CriterionMapping]:
    """List the mapping's rows that lead to or from one item."""
    rows = select(CriterionMapping).where(
        (col(CriterionMapping.old_criterion_id) == criterion_id)
        | (col(CriterionMapping.new_criterion_id) == criterion_id)
    )
    return list((await ctx.db.exec(rows)).all())
