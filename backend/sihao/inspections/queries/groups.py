"""Read groups and their people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import JSON, func, literal_column
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select

from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import Context, Role
from sihao.core.errors import Invalid, NotFound
from sihao.core.paging import json_page, row_of
from sihao.inspections import policy
from sihao.inspections.allocation import Team
from sihao.inspections.models import GroupMember, Inspection, InspectionGroup
from sihao.inspections.queries.recusals import list_aside
from sihao.inspections.schemas.groups import (
    GroupPublic,
    GroupQuery,
    InspectorPublic,
)
from sihao.units.models import Unit, UnitKind

_named = func.json_build_object("id", col(Person.id), "name", col(Person.display_name))
_members = (
    sa_select(
        func.coalesce(
            func.json_agg(aggregate_order_by(_named, col(Person.display_name)), type_=JSON),
            literal_column("'[]'::json", JSON),
        )
    )
    .select_from(GroupMember)
    .join(Person, col(Person.id) == col(GroupMember.person_id))
    .where(col(GroupMember.group_id) == col(InspectionGroup.id))
    .scalar_subquery()
)
_inspections = (
    sa_select(func.count())
    .select_from(Inspection)
    .where(col(Inspection.group_id) == col(InspectionGroup.id))
    .scalar_subquery()
)
_GROUPS = row_of(
    GroupPublic, InspectionGroup, _members.label("members"), _inspections.label("inspections")
)


@dataclass(frozen=True, slots=True)
class GroupPeople:
    """Whom a unit has to do with: names by person; `aside` are members who must not judge it."""

    leader_id: UUID | None
    inspectors: Mapping[UUID, str]
    aside: Mapping[UUID, str]


async def list_groups(ctx: Context, query: GroupQuery) -> Response:
    """Answer a page of groups."""
    rows = _GROUPS.where(policy.visible_groups(ctx.actor))
    if query.campaign_id:
        rows = rows.where(col(InspectionGroup.campaign_id) == query.campaign_id)
    sorts = {"name": col(InspectionGroup.name)}
    return await json_page(ctx, rows, query, sorts, col(InspectionGroup.id))


async def get_group(ctx: Context, group_id: UUID, *, lock: bool = False) -> InspectionGroup:
    """Read one group; raise `NotFound` for one of others."""
    rows = select(InspectionGroup).where(
        InspectionGroup.id == group_id, policy.visible_groups(ctx.actor)
    )
    group = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if group is None:
        raise NotFound("group.unknown", "没有这个检查组。", "No such group.")
    return group


async def show_group(ctx: Context, group_id: UUID) -> GroupPublic:
    """Read one group with its people."""
    row = (
        (await ctx.db.execute(_GROUPS.where(col(InspectionGroup.id) == group_id))).mappings().one()
    )
    return GroupPublic(**row)


async def list_group_members(ctx: Context, group_id: UUID) -> list[GroupMember]:
    """List who sits in a group."""
    rows = select(GroupMember).where(GroupMember.group_id == group_id)
    return list((await ctx.db.exec(rows)).all())


async def list_inspectors(ctx: Context, campaign_id: UUID) -> list[InspectorPublic]:
    """List everybody with the inspector's role, and the year's groups they sit in."""
    groups = (
        sa_select(func.coalesce(func.array_agg(col(GroupMember.group_id)), literal_column("'{}'")))
        .select_from(GroupMember)
        .join(InspectionGroup, col(InspectionGroup.id) == col(GroupMember.group_id))
        .where(
            col(GroupMember.person_id) == col(Person.id),
            col(InspectionGroup.campaign_id) == campaign_id,
        )
        .scalar_subquery()
    )
    unit = (
        sa_select(func.min(Unit.name))
        .select_from(RoleGrant)
        .join(Unit, col(Unit.id) == col(RoleGrant.unit_id))
        .where(col(RoleGrant.person_id) == col(Person.id))
        .scalar_subquery()
    )
    rows = (
        sa_select(
            col(Person.id),
            col(Person.display_name).label("name"),
            unit.label("unit_name"),
            groups.label("group_ids"),
        )
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role) == Role.INSPECTOR, col(Person.disabled_at).is_(None))
        .order_by(col(Person.display_name), col(Person.id))
    )
    return [InspectorPublic(**row) for row in (await ctx.db.execute(rows)).mappings()]


async def check_inspectors(ctx: Context, person_ids: Iterable[UUID], pointer: str) -> None:
    """Raise `Invalid` unless all of these people can inspect."""
    wanted = set(person_ids)
    rows = select(RoleGrant.person_id).where(
        col(RoleGrant.role) == Role.INSPECTOR, col(RoleGrant.person_id).in_(wanted)
    )
    if wanted - set((await ctx.db.exec(rows)).all()):
        code, zh = "inspector.unknown", "所选人员中有人不是检查组成员角色，请先授予角色。"
        raise Invalid(code, zh, "Somebody here is no inspector.", pointer=pointer)


async def get_people(ctx: Context, group: InspectionGroup, unit_id: UUID) -> GroupPeople:
    """Tell who of a group judges a unit and who stands aside."""
    aside = (await list_aside(ctx, [unit_id])).get(unit_id, frozenset())
    rows = (
        select(Person.id, Person.display_name)
        .join(GroupMember, col(GroupMember.person_id) == col(Person.id))
        .where(GroupMember.group_id == group.id)
        .order_by(col(Person.display_name))
    )
    people = dict((await ctx.db.exec(rows)).all())
    return GroupPeople(
        leader_id=group.leader_id,
        inspectors={key: name for key, name in people.items() if key not in aside},
        aside={key: name for key, name in people.items() if key in aside},
    )


async def list_teams(ctx: Context, campaign_id: UUID) -> list[Team]:
    """List a year's groups by name, with members and the number of units they have."""
    rows = select(InspectionGroup).where(InspectionGroup.campaign_id == campaign_id)
    groups = (await ctx.db.exec(rows.order_by(col(InspectionGroup.name)))).all()
    members: dict[UUID, set[UUID]] = {}
    for one in (await ctx.db.exec(select(GroupMember))).all():
        members.setdefault(one.group_id, set()).add(one.person_id)
    counted = (
        sa_select(col(Inspection.group_id), func.count())
        .where(col(Inspection.campaign_id) == campaign_id)
        .group_by(col(Inspection.group_id))
    )
    loads: dict[Any, int] = {row[0]: row[1] for row in (await ctx.db.execute(counted)).all()}
    return [
        Team(
            id=group.id,
            leader_id=group.leader_id,
            members=frozenset(members.get(group.id, ())),
            load=loads.get(group.id, 0),
        )
        for group in groups
    ]


async def list_units_to_assign(ctx: Context, campaign_id: UUID) -> tuple[list[Unit], int]:
    """List active units without an inspection this year (R17), and count those that have one."""
    taken = select(Inspection.unit_id).where(Inspection.campaign_id == campaign_id)
    done = set((await ctx.db.exec(taken)).all())
    rows = select(Unit).where(col(Unit.active).is_(True), Unit.kind == UnitKind.UNIT)
    units = (await ctx.db.exec(rows.order_by(col(Unit.sort_order), col(Unit.code)))).all()
    return [unit for unit in units if unit.id not in done], len(done)


async def list_names(ctx: Context, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Tell people's names."""
    rows = select(Person.id, Person.display_name).where(col(Person.id).in_(set(person_ids)))
    return dict((await ctx.db.exec(rows)).all())


async def list_group_names(ctx: Context, campaign_id: UUID) -> dict[UUID, str]:
    """Tell the names of a year's groups."""
    rows = select(InspectionGroup.id, InspectionGroup.name).where(
        InspectionGroup.campaign_id == campaign_id
    )
    return dict((await ctx.db.exec(rows)).all())
