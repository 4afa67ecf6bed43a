"""Read people and groups as a directory sees them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, text, union_all
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.accounts.auth import Ctx
from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import Context, Role
from sihao.core.errors import NotFound
from sihao.provisioning import policy
from sihao.provisioning.models import DirectoryGroup, DirectoryMember, DirectoryPerson
from sihao.provisioning.schemas import KnownGroup, KnownPerson
from sihao.units.models import Unit, UnitKind

_OPEN = text("SELECT open_provisioning()")
_MEMBERS = union_all(
    sa_select(col(DirectoryMember.group_id), col(DirectoryMember.person_id)),
    sa_select(col(DirectoryGroup.id).label("group_id"), col(RoleGrant.person_id)).join(
        RoleGrant,
        (col(RoleGrant.role) == col(DirectoryGroup.role))
        & col(RoleGrant.unit_id).is_not_distinct_from(col(DirectoryGroup.unit_id)),
    ),
).subquery("members")
"""Who is in which group: a grant is the membership of its group, whoever made it."""


async def open_directory(ctx: Ctx) -> Context:
    """Give the context in which accounts are kept; raise `Forbidden` for all but a directory.

    Row-level security looks the scope up itself before it opens accounts.
    """
    policy.check_may_provision(ctx.actor)
    await ctx.db.execute(_OPEN)
    return replace(ctx, actor=replace(ctx.actor, roles=frozenset({Role.ADMIN_SECURITY})))


async def find_hidden(ctx: Context, name: str) -> tuple[Person, DirectoryPerson | None] | None:
    """Find whoever logs in by this name, hidden or not, however it is written."""
    rows = (
        select(Person, DirectoryPerson)
        .outerjoin(DirectoryPerson, col(DirectoryPerson.person_id) == col(Person.id))
        .where(func.lower(col(Person.name)) == name.lower())
    )
    return (await ctx.db.exec(rows)).first()


async def list_people(ctx: Context, **wanted: str | UUID) -> list[KnownPerson]:
    """List people with their groups, all or by `id`, `name` or `external_id`."""
    groups = await _list_groups_of_people(ctx, wanted.get("id"))
    found = (await ctx.db.exec(_people(ctx, wanted))).all()
    return [
        KnownPerson(person, entry.external_id if entry else None, groups[person.id])
        for person, entry in found
    ]


def _people(ctx: Context, wanted: dict[str, str | UUID]) -> Any:
    rows = (
        select(Person, DirectoryPerson)
        .outerjoin(DirectoryPerson, col(DirectoryPerson.person_id) == col(Person.id))
        .where(policy.visible(ctx.actor))
        .order_by(col(Person.name))
    )
    columns: dict[str, Any] = {
        "id": col(Person.id),
        "name": func.lower(col(Person.name)),
        "external_id": col(DirectoryPerson.external_id),
    }
    for name, value in wanted.items():
        rows = rows.where(columns[name] == value)
    return rows


async def get_person(
    ctx: Context, person_id: UUID, *, lock: bool = False
) -> tuple[KnownPerson, DirectoryPerson | None]:
    """Read somebody, and what the directory said of him; raise `NotFound` for whoever is hidden."""
    rows = _people(ctx, {"id": person_id})
    found = (await ctx.db.exec(rows.with_for_update(of=Person) if lock else rows)).first()
    if found is None:
        raise NotFound("person.unknown", "没有这个人。", "No such person.")
    person, entry = found
    groups = (await _list_groups_of_people(ctx, person_id))[person_id]
    return KnownPerson(person, entry.external_id if entry else None, groups), entry


async def _list_groups_of_people(
    ctx: Context, person_id: str | UUID | None
) -> dict[UUID, list[tuple[UUID, str]]]:
    rows: Select[Any] = (
        sa_select(_MEMBERS.c.person_id, col(DirectoryGroup.id), col(DirectoryGroup.name))
        .join(DirectoryGroup, col(DirectoryGroup.id) == _MEMBERS.c.group_id)
        .where(policy.visible_groups(ctx.actor))
        .order_by(col(DirectoryGroup.name))
    )
    if person_id is not None:
        rows = rows.where(_MEMBERS.c.person_id == person_id)
    groups: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for person, group, name in (await ctx.db.execute(rows)).all():
        groups[person].append((group, name))
    return groups


async def list_groups(ctx: Context, **wanted: str | UUID) -> list[KnownGroup]:
    """List groups with their members, all or by `id`, `name` or `external_id`."""
    columns: dict[str, Any] = {
        "id": col(DirectoryGroup.id),
        "name": func.lower(col(DirectoryGroup.name)),
        "external_id": col(DirectoryGroup.external_id),
    }
    rows = select(DirectoryGroup).where(policy.visible_groups(ctx.actor))
    for name, value in wanted.items():
        rows = rows.where(columns[name] == value)
    found = (await ctx.db.exec(rows.order_by(col(DirectoryGroup.name)))).all()
    members = await _list_members(ctx, [one.id for one in found])
    return [KnownGroup(one, members[one.id]) for one in found]


async def get_group(ctx: Context, group_id: UUID, *, lock: bool = False) -> KnownGroup:
    """Read a group with its members."""
    rows = select(DirectoryGroup).where(
        DirectoryGroup.id == group_id, policy.visible_groups(ctx.actor)
    )
    group = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if group is None:
        raise NotFound("directory_group.unknown", "没有这个组。", "No such group.")
    return KnownGroup(group, (await _list_members(ctx, [group_id]))[group_id])


async def _list_members(
    ctx: Context, group_ids: Iterable[UUID]
) -> dict[UUID, list[tuple[UUID, str]]]:
    rows = (
        sa_select(_MEMBERS.c.group_id, col(Person.id), col(Person.display_name))
        .join(Person, col(Person.id) == _MEMBERS.c.person_id)
        .outerjoin(DirectoryPerson, col(DirectoryPerson.person_id) == col(Person.id))
        .where(_MEMBERS.c.group_id.in_(list(group_ids)), policy.visible(ctx.actor))
        .order_by(col(Person.name))
    )
    members: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for group, person, name in (await ctx.db.execute(rows)).all():
        members[group].append((person, name))
    return members


async def list_memberships(ctx: Context, person_id: UUID) -> list[DirectoryMember]:
    """List in which groups without a grant somebody is."""
    rows = select(DirectoryMember).where(DirectoryMember.person_id == person_id)
    return list((await ctx.db.exec(rows)).all())


async def get_membership(ctx: Context, group_id: UUID, person_id: UUID) -> DirectoryMember:
    """Read that somebody is in a group without a grant."""
    rows = select(DirectoryMember).where(
        DirectoryMember.group_id == group_id, DirectoryMember.person_id == person_id
    )
    return (await ctx.db.exec(rows)).one()


async def get_unit_id(ctx: Context, code: str) -> UUID | None:
    """Find the unit of a code; the committee is none."""
    rows = select(Unit.id).where(Unit.code == code, Unit.kind == UnitKind.UNIT)
    return (await ctx.db.exec(rows)).first()
