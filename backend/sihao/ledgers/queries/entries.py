"""Read rows of ledgers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, Text, any_, cast, func, text
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlmodel import col, select

from sihao.campaigns import policy as campaigns_policy
from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import fixed, json_page, matches, row_of
from sihao.ledgers import policy
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember, LedgerKind
from sihao.ledgers.schemas import EntryPublic, EntryQuery
from sihao.plans import policy as plans_policy
from sihao.plans.models import Measure, Plan, Problem
from sihao.units.models import Member, Unit

_NAMED = func.json_build_object("id", col(Member.id), "name", col(Member.name))
_MEMBERS = (
    sa_select(
        func.coalesce(
            func.json_agg(aggregate_order_by(_NAMED, col(Member.rank_order), col(Member.id))),
            text("'[]'::json"),
            type_=JSON,
        )
    )
    .join_from(LedgerEntryMember, Member, col(Member.id) == col(LedgerEntryMember.member_id))
    .where(col(LedgerEntryMember.entry_id) == col(LedgerEntry.id))
    .correlate(LedgerEntry)
    .scalar_subquery()
    .label("members")
)
_ROWS = row_of(EntryPublic, LedgerEntry, col(Unit.name).label("unit_name"), _MEMBERS).join_from(
    LedgerEntry, Unit, col(Unit.id) == col(LedgerEntry.unit_id)
)
_PAGE = fixed(_ROWS)
_SHOWN = _PAGE.add_columns(col(LedgerEntry.id))
_SORTS = {
    "happened_on": col(LedgerEntry.happened_on),
    "updated_at": col(LedgerEntry.updated_at),
}
_LAST_DAY = func.coalesce(col(LedgerEntry.ended_on), col(LedgerEntry.happened_on))


async def get_entry(ctx: Context, entry_id: UUID, *, lock: bool = False) -> LedgerEntry:
    """Read one row; raise `NotFound` for a foreign one too."""
    rows = select(LedgerEntry).where(LedgerEntry.id == entry_id, policy.visible(ctx.actor))
    entry = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if entry is None:
        raise NotFound("ledger_entry.unknown", "没有这条台账记录。", "No such ledger entry.")
    return entry


async def show_entries(ctx: Context, ids: Sequence[UUID]) -> list[EntryPublic]:
    """Read rows as they are shown, in the order of `ids`."""
    found = await (await ctx.db.connection()).execute(_SHOWN.where(col(LedgerEntry.id).in_(ids)))
    shown = {row.id: EntryPublic.model_validate_json(row.j) for row in found}
    return [shown[one] for one in ids]


async def list_entries(ctx: Context, query: EntryQuery) -> Response:
    """Answer a page of rows."""
    rows = _PAGE.where(policy.visible(ctx.actor), *_filters(query))
    return await json_page(ctx, rows, query, _SORTS, col(LedgerEntry.id))


def _filters(query: EntryQuery) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = [
        col(getattr(LedgerEntry, name)) == value
        for name in ("campaign_id", "kind", "unit_id")
        if (value := getattr(query, name)) is not None
    ]
    if query.member_id:
        took_part = sa_select(col(LedgerEntryMember.entry_id)).where(
            col(LedgerEntryMember.member_id) == query.member_id
        )
        made.append(col(LedgerEntry.id).in_(took_part))
    if query.criterion:
        made.append(_serves(query.criterion))
    if query.happened_from:
        made.append(query.happened_from <= _LAST_DAY)
    if query.happened_until:
        made.append(col(LedgerEntry.happened_on) <= query.happened_until)
    if query.q:
        made.append(matches(query.q, col(LedgerEntry.title), col(LedgerEntry.external_code)))
    return made


def _serves(code: str) -> ColumnElement[bool]:
    """Rows of the ledgers that the item `code` of their campaign's standard names."""
    items = (
        sa_select(col(Criterion.id))
        .join(Campaign, col(Campaign.standard_id) == col(Criterion.standard_id))
        .where(
            col(Campaign.id) == col(LedgerEntry.campaign_id),
            col(Criterion.code) == code,
            cast(col(LedgerEntry.kind), Text) == any_(col(Criterion.ledgers)),
        )
    )
    return items.correlate(LedgerEntry).exists()


async def list_codes(
    ctx: Context, unit_id: UUID, kind: LedgerKind, codes: Sequence[str]
) -> set[str]:
    """Say which external codes a unit's ledger already has."""
    rows = select(LedgerEntry.external_code).where(
        LedgerEntry.unit_id == unit_id,
        LedgerEntry.kind == kind,
        col(LedgerEntry.external_code).in_(codes),
    )
    return {code for code in (await ctx.db.exec(rows)).all() if code is not None}


async def list_took_part(ctx: Context, entry_id: UUID) -> list[LedgerEntryMember]:
    """List who took part in a row."""
    rows = select(LedgerEntryMember).where(LedgerEntryMember.entry_id == entry_id)
    return list((await ctx.db.exec(rows)).all())


async def find_campaign(ctx: Context, campaign_id: UUID | None) -> Campaign:
    """Read the year asked for, or the newest one; raise `Invalid` when there is none."""
    rows = select(Campaign).where(campaigns_policy.visible(ctx.actor))
    if campaign_id:
        rows = rows.where(Campaign.id == campaign_id)
    found = (await ctx.db.exec(rows.order_by(col(Campaign.year).desc()).limit(1))).first()
    if found is None:
        code, zh = "campaign.unknown", "没有这个创建年度。"
        raise Invalid(code, zh, "No such campaign.", pointer="/query/campaign_id")
    return found


async def count_entries(
    ctx: Context, campaign_id: UUID, unit_id: UUID | None
) -> dict[str, tuple[int, date | None]]:
    """Count the rows of each ledger and tell the newest date; T1 and T2 count the plan's."""
    rows = (
        sa_select(col(LedgerEntry.kind), func.count(), func.max(col(LedgerEntry.happened_on)))
        .where(policy.visible(ctx.actor), col(LedgerEntry.campaign_id) == campaign_id)
        .group_by(col(LedgerEntry.kind))
    )
    if unit_id:
        rows = rows.where(col(LedgerEntry.unit_id) == unit_id)
    counts = {kind.value: (n, last) for kind, n, last in (await ctx.db.execute(rows)).all()}
    derived: tuple[tuple[str, Any, ColumnElement[bool]], ...] = (
        ("T1", Problem, plans_policy.visible_problems(ctx.actor)),
        ("T2", Measure, plans_policy.visible_measures(ctx.actor)),
    )
    for code, table, seen in derived:
        theirs = (
            sa_select(func.count())
            .select_from(table)
            .join(Plan, col(Plan.id) == col(table.plan_id))
            .where(seen, col(Plan.campaign_id) == campaign_id)
        )
        if unit_id:
            theirs = theirs.where(col(table.unit_id) == unit_id)
        counts[code] = ((await ctx.db.execute(theirs)).scalar_one(), None)
    return counts
