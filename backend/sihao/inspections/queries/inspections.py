"""Read inspections and what their guards look at."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.queries import get_campaign, get_rules
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.inspections import policy
from sihao.inspections.lifecycle import (
    INSPECTION,
    OBJECTION_OPEN,
    InspectionFacts,
    InspectionState,
    SheetState,
)
from sihao.inspections.models import (
    Inspection,
    InspectionGroup,
    ItemDecision,
    Judgement,
    Objection,
    ScoreSheet,
)
from sihao.inspections.queries.groups import GroupPeople, get_people
from sihao.inspections.queries.items import list_items
from sihao.inspections.schemas.inspections import (
    InspectionPublic,
    InspectionQuery,
    InspectionRow,
)
from sihao.units.models import Unit

_ROWS = (
    row_of(
        InspectionRow,
        Inspection,
        col(Unit.name).label("unit_name"),
        col(InspectionGroup.name).label("group_name"),
    )
    .join(Unit, col(Unit.id) == col(Inspection.unit_id))
    .join(InspectionGroup, col(InspectionGroup.id) == col(Inspection.group_id))
)
_SORTS = {
    "sort_order": col(Unit.sort_order),
    "updated_at": col(Inspection.updated_at),
}


def _rows(ctx: Context) -> Select[Any]:
    mine = (
        sa_select(col(ScoreSheet.id))
        .where(
            col(ScoreSheet.inspection_id) == col(Inspection.id),
            col(ScoreSheet.inspector_id) == ctx.actor.id,
        )
        .scalar_subquery()
    )
    judged = (
        sa_select(func.count())
        .select_from(Judgement)
        .join(ScoreSheet, col(ScoreSheet.id) == col(Judgement.sheet_id))
        .where(
            col(ScoreSheet.inspection_id) == col(Inspection.id),
            col(ScoreSheet.inspector_id) == ctx.actor.id,
        )
        .scalar_subquery()
    )
    return _ROWS.where(policy.visible(ctx.actor)).add_columns(
        mine.label("my_sheet_id"),
        judged.label("my_judged"),
        INSPECTION.actions_sql(Inspection, ctx.actor).label("actions"),
    )


async def list_inspections(ctx: Context, query: InspectionQuery) -> Response:
    """Answer a page of inspections."""
    ctx.require_scope("result:read")
    rows = _rows(ctx)
    for column, wanted in (
        (Inspection.campaign_id, query.campaign_id),
        (Inspection.group_id, query.group_id),
        (Inspection.unit_id, query.unit_id),
        (Inspection.state, query.state),
    ):
        if wanted is not None:
            rows = rows.where(col(column) == wanted)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name), col(Unit.code)))
    return await json_page(ctx, rows, query, _SORTS, col(Inspection.id))


async def get_inspection(ctx: Context, inspection_id: UUID, *, lock: bool = False) -> Inspection:
    """Read one inspection; raise `NotFound` for a foreign one too."""
    ctx.require_scope("result:read")
    rows = select(Inspection).where(Inspection.id == inspection_id, policy.visible(ctx.actor))
    inspection = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if inspection is None:
        raise NotFound("inspection.unknown", "没有这项检查考核。", "No such inspection.")
    return inspection


async def get_inspection_named(ctx: Context, inspection_id: UUID, *, lock: bool) -> Inspection:
    """Read one inspection named in a body; raise `Invalid` for a foreign one too."""
    try:
        return await get_inspection(ctx, inspection_id, lock=lock)
    except NotFound as missing:
        pointer = "/body/inspection_id"
        raise Invalid(missing.code, missing.zh, missing.en, pointer=pointer) from missing


async def get_group_of(ctx: Context, inspection: Inspection) -> InspectionGroup:
    """Read the group of an inspection that the actor sees."""
    rows = select(InspectionGroup).where(InspectionGroup.id == inspection.group_id)
    return (await ctx.db.exec(rows)).one()


async def get_people_of(ctx: Context, inspection: Inspection) -> GroupPeople:
    """Tell who judges an inspection's unit and who stands aside."""
    return await get_people(ctx, await get_group_of(ctx, inspection), inspection.unit_id)


async def list_running(ctx: Context, group_id: UUID) -> list[Inspection]:
    """List a group's inspections in progress."""
    rows = select(Inspection).where(
        Inspection.group_id == group_id, Inspection.state == InspectionState.IN_PROGRESS
    )
    return list((await ctx.db.exec(rows)).all())


async def list_waiting(ctx: Context, inspection: Inspection, people: GroupPeople) -> list[str]:
    """Name the inspectors whose sheet is not submitted."""
    rows = select(ScoreSheet.inspector_id).where(
        ScoreSheet.inspection_id == inspection.id, ScoreSheet.state == SheetState.SUBMITTED
    )
    done = set((await ctx.db.exec(rows)).all())
    return [name for key, name in people.inspectors.items() if key not in done]


async def get_facts(ctx: Context, inspection: Inspection, people: GroupPeople) -> InspectionFacts:
    """Gather what the guards of an inspection look at."""
    campaign = await get_campaign(ctx, inspection.campaign_id)
    undecided: list[str] = []
    if inspection.state is InspectionState.IN_PROGRESS:
        decided = await _list_decided(ctx, inspection)
        items = await list_items(ctx, campaign)
        undecided = [one.criterion.code for one in items if one.criterion.id not in decided]
    open_ones = select(func.count()).where(
        col(Objection.inspection_id) == inspection.id, col(Objection.state).in_(OBJECTION_OPEN)
    )
    return InspectionFacts(
        now=ctx.now,
        inspecting=campaign.state is CampaignState.INSPECTING,
        inspectors=frozenset(people.inspectors),
        leader_id=people.leader_id,
        waiting=tuple(await list_waiting(ctx, inspection, people)),
        undecided=tuple(undecided),
        objections_open=(await ctx.db.exec(open_ones)).one(),
        scorers=(await get_rules(ctx, campaign.id)).scorers if campaign.standard_id else 1,
    )


def versions_of_words() -> Any:
    """Add up the versions of the judgements on a decision's item: none of them ever shrinks."""
    return (
        sa_select(func.coalesce(func.sum(col(Judgement.version)), 0))
        .join(ScoreSheet, col(ScoreSheet.id) == col(Judgement.sheet_id))
        .where(
            col(ScoreSheet.inspection_id) == col(ItemDecision.inspection_id),
            col(Judgement.criterion_id) == col(ItemDecision.criterion_id),
        )
        .correlate(ItemDecision)
        .scalar_subquery()
    )


async def _list_decided(ctx: Context, inspection: Inspection) -> set[UUID]:
    """Tell which items are decided: after the last word that an inspector had on them."""
    rows = select(ItemDecision.criterion_id).where(
        ItemDecision.inspection_id == inspection.id,
        func.coalesce(col(ItemDecision.rests_on) == versions_of_words(), True),
    )
    return set((await ctx.db.exec(rows)).all())


async def show_inspection(ctx: Context, inspection: Inspection) -> InspectionPublic:
    """Represent an inspection with its people and the caller's actions."""
    row = (
        (await ctx.db.execute(_rows(ctx).where(col(Inspection.id) == inspection.id)))
        .mappings()
        .one()
    )
    people = await get_people_of(ctx, inspection)
    facts = await get_facts(ctx, inspection, people)
    return InspectionPublic.model_validate(
        {
            **row,
            "actions": INSPECTION.actions(ctx.actor, inspection, facts),
            "leader_id": people.leader_id,
            "inspectors": list(people.inspectors.values()),
            "aside": list(people.aside.values()),
        }
    )
