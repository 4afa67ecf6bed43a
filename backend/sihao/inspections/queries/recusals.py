"""Read who stands aside for which unit, and why."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Date, Select, String, Uuid, column, table
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import Context, Role
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, row_of
from sihao.inspections import policy
from sihao.inspections.models import Recusal
from sihao.inspections.schemas.recusals import (
    RecusalPublic,
    RecusalQuery,
    StandingAside,
    UnitName,
)
from sihao.units.models import Unit, UnitKind

_ASIDE = table(
    "standing_aside",
    column("person_id", Uuid()),
    column("unit_id", Uuid()),
    column("why", String()),
    column("until", Date()),
)
"""The view of the same name: everything that keeps a person from judging a unit today."""


def _recusals(ctx: Context) -> Select[Any]:
    return (
        row_of(
            RecusalPublic,
            Recusal,
            col(Unit.name).label("unit_name"),
            col(Person.display_name).label("person_name"),
            policy.withdrawable(ctx.actor).label("may_withdraw"),
        )
        .join(Unit, col(Unit.id) == col(Recusal.unit_id))
        .join(Person, col(Person.id) == col(Recusal.person_id))
        .where(policy.visible_recusals(ctx.actor))
    )


async def list_recusals(ctx: Context, query: RecusalQuery) -> Response:
    """Answer a page of recusals."""
    rows = _recusals(ctx)
    if query.person_id:
        rows = rows.where(col(Recusal.person_id) == query.person_id)
    if query.unit_id:
        rows = rows.where(col(Recusal.unit_id) == query.unit_id)
    rows = rows.where(col(Recusal.withdrawn_at).is_not(None) == query.withdrawn)
    sorts = {"unit_name": col(Unit.name), "person_name": col(Person.display_name)}
    return await json_page(ctx, rows, query, sorts, col(Recusal.id))


async def get_recusal(ctx: Context, recusal_id: UUID, *, lock: bool = False) -> Recusal:
    """Read one recusal."""
    rows = select(Recusal).where(Recusal.id == recusal_id, policy.visible_recusals(ctx.actor))
    recusal = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if recusal is None:
        raise NotFound("recusal.unknown", "没有这条回避记录。", "No such recusal.")
    return recusal


async def show_recusal(ctx: Context, recusal_id: UUID) -> RecusalPublic:
    """Read one recusal with its names."""
    rows = _recusals(ctx).where(col(Recusal.id) == recusal_id)
    return RecusalPublic(**(await ctx.db.execute(rows)).mappings().one())


async def list_standing(ctx: Context) -> list[StandingAside]:
    """List every inspector with every unit he must not judge today."""
    inspectors = sa_select(col(RoleGrant.person_id)).where(col(RoleGrant.role) == Role.INSPECTOR)
    rows = (
        sa_select(
            *_ASIDE.c,
            col(Unit.name).label("unit_name"),
            col(Person.display_name).label("person_name"),
        )
        .join(Unit, col(Unit.id) == _ASIDE.c.unit_id)
        .join(Person, col(Person.id) == _ASIDE.c.person_id)
        .where(_ASIDE.c.person_id.in_(inspectors))
        .order_by(col(Person.display_name), _ASIDE.c.person_id, col(Unit.sort_order), _ASIDE.c.why)
    )
    return [StandingAside(**row) for row in (await ctx.db.execute(rows)).mappings()]


async def list_aside(ctx: Context, unit_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Tell for each unit who must not judge it today."""
    rows = sa_select(_ASIDE.c.unit_id, _ASIDE.c.person_id).where(
        _ASIDE.c.unit_id.in_(list(unit_ids))
    )
    aside: dict[UUID, frozenset[UUID]] = {}
    for unit_id, person_id in (await ctx.db.execute(rows)).all():
        aside[unit_id] = aside.get(unit_id, frozenset()) | {person_id}
    return aside


async def list_unit_names(ctx: Context, unit_ids: Iterable[UUID] | None = None) -> dict[UUID, str]:
    """Tell the names of these units, or of all: one may stand aside for any of them."""
    rows = select(Unit.id, Unit.name).where(Unit.kind == UnitKind.UNIT, col(Unit.active).is_(True))
    if unit_ids is not None:
        rows = rows.where(col(Unit.id).in_(list(unit_ids)))
    return dict((await ctx.db.exec(rows.order_by(col(Unit.sort_order), col(Unit.id)))).all())


async def list_units_to_name(ctx: Context) -> list[UnitName]:
    """List the units that a declaration may name."""
    names = await list_unit_names(ctx)
    return [UnitName(id=ident, name=name) for ident, name in names.items()]
