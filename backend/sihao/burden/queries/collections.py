"""Read collections of material, and what is there already of what they ask for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import func, or_
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select

from sihao.burden import policy
from sihao.burden.lifecycle import MATERIAL_COLLECTION
from sihao.burden.models import MaterialCollection, MaterialRequest
from sihao.burden.schemas import (
    Holding,
    MaterialCollectionPublic,
    MaterialCollectionQuery,
    MaterialCollectionRow,
    Need,
)
from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, row_of
from sihao.evidence import policy as evidence_policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceLink
from sihao.ledgers import policy as ledgers_policy
from sihao.ledgers.models import LedgerEntry
from sihao.units.models import Unit

_ROWS = row_of(MaterialCollectionRow, MaterialCollection)
_SORTS = {"due_on": col(MaterialCollection.due_on)}


async def list_collections(ctx: Context, query: MaterialCollectionQuery) -> Response:
    """Answer a page of collections."""
    actions = MATERIAL_COLLECTION.actions_sql(MaterialCollection, ctx.actor).label("actions")
    rows = _ROWS.add_columns(actions).where(policy.visible(ctx.actor))
    for name in ("campaign_id", "state"):
        if (value := getattr(query, name)) is not None:
            rows = rows.where(getattr(MaterialCollection, name) == value)
    return await json_page(ctx, rows, query, _SORTS, col(MaterialCollection.id))


async def get_collection(
    ctx: Context, collection_id: UUID, *, lock: bool = False
) -> MaterialCollection:
    """Read one collection; raise `NotFound` for one that does not ask the reader."""
    rows = select(MaterialCollection).where(
        MaterialCollection.id == collection_id, policy.visible(ctx.actor)
    )
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        code, zh = "material_collection.unknown", "没有这项材料收集。"
        raise NotFound(code, zh, "No such collection of material.")
    return found


async def show_collection(ctx: Context, collection: MaterialCollection) -> MaterialCollectionPublic:
    """Represent a collection with what the units that the caller reads hold of it."""
    needs = await _list_needs(ctx, collection)
    actions = MATERIAL_COLLECTION.actions(
        ctx.actor, collection, tuple(one.code for one in needs if _is_flagged(one))
    )
    given = collection.model_dump(exclude={"reasons"})
    return MaterialCollectionPublic.model_validate({**given, "needs": needs, "actions": actions})


async def list_flagged(ctx: Context, collection: MaterialCollection) -> tuple[str, ...]:
    """Name what units hold already and no reason asks for again."""
    return tuple(one.code for one in await _list_needs(ctx, collection) if _is_flagged(one))


def _is_flagged(need: Need) -> bool:
    return bool(need.held) and not need.reason


async def list_codes(ctx: Context, collection: MaterialCollection) -> set[str]:
    """List the codes of the year's items."""
    rows = (
        sa_select(col(Criterion.code))
        .join(Campaign, col(Campaign.standard_id) == col(Criterion.standard_id))
        .where(col(Campaign.id) == collection.campaign_id)
    )
    return set((await ctx.db.execute(rows)).scalars())


async def count_units(ctx: Context, units: Iterable[UUID]) -> int:
    """Count which of these are units that can be asked."""
    rows = sa_select(func.count()).where(
        col(Unit.id).in_(units), col(Unit.active), policy.visible_units(ctx.actor)
    )
    return int((await ctx.db.execute(rows)).scalar_one())


async def _list_needs(ctx: Context, collection: MaterialCollection) -> list[Need]:
    await ctx.db.flush()
    counted = sa_select(func.count()).where(
        col(MaterialRequest.collection_id) == collection.id, policy.visible_requests(ctx.actor)
    )
    asked = int((await ctx.db.execute(counted)).scalar_one())
    held: dict[str, list[Holding]] = {}
    for rows in (_pieces(ctx, collection), _entries(ctx, collection)):
        for row in (await ctx.db.execute(rows)).mappings():
            shown = {name: row[name] for name in Holding.model_fields}
            held.setdefault(row["code"], []).append(Holding(**shown))
    ledgers = [str(one) for one in collection.ledgers]
    return [
        Need(
            code=code,
            is_ledger=code in ledgers,
            units_asked=asked,
            units_holding=len(held.get(code, ())),
            reason=collection.reasons.get(code, ""),
            held=held.get(code, []),
        )
        for code in (*collection.codes, *ledgers)
    ]


def _pieces(ctx: Context, collection: MaterialCollection) -> Any:
    """Evidence linked to the items; without a date of its own it is about the whole year."""
    until = func.coalesce(col(Evidence.covers_until), col(Evidence.covers_from))
    rows = (
        _holdings(Evidence, col(Criterion.code), col(Evidence.received_at), Evidence.title)
        .join(EvidenceLink, col(EvidenceLink.evidence_id) == col(Evidence.id))
        .join(Criterion, col(Criterion.id) == col(EvidenceLink.criterion_id))
        .where(
            evidence_policy.visible(ctx.actor),
            col(Evidence.state) == EvidenceState.AVAILABLE,
            col(Criterion.code).in_(collection.codes),
            or_(until.is_(None), until >= collection.covers_from),
            func.coalesce(col(Evidence.covers_from), until, collection.covers_from)
            <= collection.covers_until,
        )
    )
    return _of_asked(rows, Evidence, col(Criterion.code), collection)


def _entries(ctx: Context, collection: MaterialCollection) -> Any:
    last = func.coalesce(col(LedgerEntry.ended_on), col(LedgerEntry.happened_on))
    kind = col(LedgerEntry.kind)
    rows = _holdings(LedgerEntry, kind, col(LedgerEntry.happened_on), LedgerEntry.title).where(
        ledgers_policy.visible(ctx.actor),
        kind.in_(collection.ledgers),
        col(LedgerEntry.happened_on) <= collection.covers_until,
        last >= collection.covers_from,
    )
    return _of_asked(rows, LedgerEntry, kind, collection)


def _holdings(table: Any, code: Any, at: Any, title: Any) -> Any:
    return sa_select(
        code.label("code"),
        col(table.unit_id).label("unit_id"),
        func.min(Unit.name).label("unit_name"),
        func.count(col(table.id).distinct()).label("count"),
        func.array_agg(_newest_first(col(table.id), at, table))[1].label("first_id"),
        func.array_agg(_newest_first(col(title), at, table))[1].label("first_title"),
    ).join(Unit, col(Unit.id) == col(table.unit_id))


def _newest_first(shown: Any, at: Any, table: Any) -> Any:
    return aggregate_order_by(shown, at.desc(), col(table.id))


def _of_asked(rows: Any, table: Any, code: Any, collection: MaterialCollection) -> Any:
    asked = sa_select(col(MaterialRequest.unit_id)).where(
        col(MaterialRequest.collection_id) == collection.id
    )
    return (
        rows.where(col(table.campaign_id) == collection.campaign_id, col(table.unit_id).in_(asked))
        .group_by(code, col(table.unit_id))
        .order_by(code, func.min(Unit.sort_order), col(table.unit_id))
    )
