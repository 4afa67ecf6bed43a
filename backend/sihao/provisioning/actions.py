"""Make accounts and grants as a directory wants them, by the actions of accounts and their rules.

Nothing is deleted: whoever is deleted in the directory is shut out, loses his roles and is hidden
from it; what he did stays under his name, and the same log-in name brings the same account back.
"""

from uuid import UUID

from pydantic import ValidationError

from sihao.accounts import queries as accounts
from sihao.accounts.actions import people
from sihao.accounts.models import Person
from sihao.accounts.schemas import GrantBody, PersonCreate, PersonUpdate
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, Stale
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.core.words import validation_sentence
from sihao.provisioning import policy, queries
from sihao.provisioning.models import DirectoryGroup, DirectoryMember, DirectoryPerson
from sihao.provisioning.schemas import GroupWish, KnownGroup, KnownPerson, PersonWish, grant_named


async def create_person(ctx: Context, wish: PersonWish) -> UUID:
    """Add somebody without a password that anybody knows: he signs in by the city's own log-in."""
    found = await queries.find_hidden(ctx, wish.name)
    if found is not None:
        person, entry = found
        if entry is None or entry.hidden_at is None:
            raise _taken("person", "登录名")
        entry.hidden_at = None
        entry.external_id = wish.external_id
        await _follow(ctx, person, wish)
        _record(ctx, "person.shown", person.id, login=person.name)
        return person.id
    person, _ = await people.create_person(ctx, _checked(wish))
    ctx.db.add(DirectoryPerson(person_id=person.id, external_id=wish.external_id))
    if not wish.active:
        await people.disable_person(ctx, person.id, person.version)
    return person.id


async def change_person(ctx: Context, person_id: UUID, wish: PersonWish, tag: str | None) -> None:
    """Make somebody as the directory wants him; shutting him out ends his sessions."""
    known, entry = await _held(ctx, person_id, tag)
    await _follow(ctx, known.person, wish)
    if known.external_id != wish.external_id:
        if entry is None:
            entry = DirectoryPerson(person_id=person_id)
            ctx.db.add(entry)
        entry.external_id = wish.external_id
        touch(ctx, known.person)
        _record(ctx, "person.updated", person_id, login=known.person.name, fields=["external_id"])


async def hide_person(ctx: Context, person_id: UUID, tag: str | None) -> None:
    """Shut somebody out, take his roles away and hide him from the directory."""
    known, entry = await _held(ctx, person_id, tag)
    person = known.person
    for grant in await accounts.list_grants(ctx, person_id):
        await people.remove_grant(ctx, person_id, grant.id, person.version)
    for one in await queries.list_memberships(ctx, person_id):
        await ctx.db.delete(one)
    if person.disabled_at is None:
        await people.disable_person(ctx, person_id, person.version)
    if entry is None:
        entry = DirectoryPerson(person_id=person_id)
        ctx.db.add(entry)
    entry.external_id, entry.hidden_at = None, ctx.now
    touch(ctx, person)
    _record(ctx, "person.hidden", person_id, login=person.name)


async def create_group(ctx: Context, wish: GroupWish) -> UUID:
    """Add a group; whoever holds its grant already is a member besides those who are named."""
    if await queries.list_groups(ctx, name=wish.name.lower()):
        raise _taken("directory_group", "组名")
    role, unit_id = await _grant(ctx, wish.name)
    group = DirectoryGroup(
        name=wish.name, external_id=wish.external_id, role=role, unit_id=unit_id, **stamps(ctx)
    )
    ctx.db.add(group)
    await ctx.db.flush()
    _record(ctx, "directory_group.created", group.id, label=group.name, role=role)
    known = await queries.get_group(ctx, group.id)
    await _add(ctx, group, wish.members - {one for one, _ in known.members})
    return group.id


async def change_group(ctx: Context, group_id: UUID, wish: GroupWish, tag: str | None) -> None:
    """Give a group another name or other members; the members' grants follow at once."""
    known = await _held_group(ctx, group_id, tag)
    group, present = known.group, {one for one, _ in known.members}
    if wish.name != group.name:
        await _check_rename(ctx, group, wish.name)
    group.name, group.external_id = wish.name, wish.external_id
    await _remove(ctx, group, present - wish.members)
    await _add(ctx, group, wish.members - present)
    touch(ctx, group)
    _record(ctx, "directory_group.updated", group_id, label=group.name, members=len(wish.members))


async def remove_group(ctx: Context, group_id: UUID, tag: str | None) -> None:
    """End a group and the grants of its members; the events keep who was in it."""
    known = await _held_group(ctx, group_id, tag)
    await _remove(ctx, known.group, {one for one, _ in known.members})
    await ctx.db.flush()
    await ctx.db.delete(known.group)
    _record(ctx, "directory_group.removed", group_id, label=known.group.name)


async def _held(
    ctx: Context, person_id: UUID, tag: str | None
) -> tuple[KnownPerson, DirectoryPerson | None]:
    known, entry = await queries.get_person(ctx, person_id, lock=True)
    _check_tag(known, tag)
    held = await accounts.list_grants(ctx, person_id)
    policy.check_appoints(ctx.actor, [one.role for one in held])
    return known, entry


async def _held_group(ctx: Context, group_id: UUID, tag: str | None) -> KnownGroup:
    known = await queries.get_group(ctx, group_id, lock=True)
    _check_tag(known, tag)
    if known.group.role:
        policy.check_appoints(ctx.actor, [known.group.role])
    return known


def _check_tag(known: KnownPerson | KnownGroup, tag: str | None) -> None:
    if tag is not None and known.tag != tag:
        zh = "内容已经改动，请重新读取后再提交。"
        raise Stale("version.stale", zh, "It was changed since you read it.")


async def _follow(ctx: Context, person: Person, wish: PersonWish) -> None:
    body = _checked(wish)
    if person.display_name != body.display_name:
        update = PersonUpdate(display_name=body.display_name)
        await people.update_person(ctx, person.id, person.version, update)
    if wish.active and person.disabled_at is not None:
        await people.enable_person(ctx, person.id, person.version)
    if not wish.active and person.disabled_at is None:
        await people.disable_person(ctx, person.id, person.version)


def _checked(wish: PersonWish) -> PersonCreate:
    try:
        return PersonCreate(name=wish.name, display_name=wish.display_name)
    except ValidationError as error:
        (first, *_) = error.errors()
        zh = f"{first['loc'][0]}：{validation_sentence(first)}"
        raise Invalid("directory.person", zh, str(first["msg"])) from error


async def _grant(ctx: Context, name: str) -> tuple[Role | None, UUID | None]:
    meant = grant_named(name)
    if meant is None:
        return None, None
    role, code = meant
    policy.check_appoints(ctx.actor, [role])
    unit_id = await queries.get_unit_id(ctx, code) if code is not None else None
    if (code is not None and unit_id is None) or (code is None) is role.startswith("unit."):
        zh = f"组名“{name}”的单位代码不对：单位角色写作 角色@单位代码，其他角色不带单位。"
        raise Invalid("directory_group.grant", zh, "This name means no grant of ours.")
    return role, unit_id


async def _check_rename(ctx: Context, group: DirectoryGroup, name: str) -> None:
    if group.role is not None or grant_named(name) is not None:
        zh = "组名就是所授的角色，不能改名；请另建一个组。"
        raise Invalid("directory_group.name", zh, "The name of a grant stays.")
    if any(one.group.id != group.id for one in await queries.list_groups(ctx, name=name.lower())):
        raise _taken("directory_group", "组名")


async def _add(ctx: Context, group: DirectoryGroup, members: set[UUID] | frozenset[UUID]) -> None:
    for one in sorted(members):
        known, _ = await _held(ctx, one, None)
        if group.role is None:
            ctx.db.add(DirectoryMember(group_id=group.id, person_id=one))
            touch(ctx, known.person)
        else:
            body = GrantBody(role=group.role, unit_id=group.unit_id)
            await people.add_grant(ctx, one, known.person.version, body)


async def _remove(ctx: Context, group: DirectoryGroup, members: set[UUID]) -> None:
    for one in sorted(members):
        known, _ = await _held(ctx, one, None)
        if group.role is None:
            await ctx.db.delete(await queries.get_membership(ctx, group.id, one))
            touch(ctx, known.person)
            continue
        for grant in await accounts.list_grants(ctx, one):
            if (grant.role, grant.unit_id) == (group.role, group.unit_id):
                await people.remove_grant(ctx, one, grant.id, known.person.version)


def _taken(subject: str, what: str) -> Conflict:
    return Conflict(f"{subject}.taken", f"{what}已被使用。", "This name is taken.")


def _record(ctx: Context, name: str, subject_id: UUID, **data: object) -> None:
    emit(ctx, name, subject_id, audience=Audience.ADMIN, **data)
