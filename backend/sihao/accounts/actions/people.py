"""Keep accounts of people: who they are, what they may do, whether they may come in."""

import secrets
from hashlib import sha256
from uuid import UUID

from sihao.accounts import policy, queries
from sihao.accounts.models import EarlierUnit, Person, RoleGrant
from sihao.accounts.passwords import hash_password
from sihao.accounts.schemas import GrantBody, PersonCreate, PersonUpdate
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that reads like something else."""


def draw_password(groups: int = 3) -> str:
    """Draw a secret that can be read over the telephone, of 20 bits a group."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))


async def create_person(ctx: Context, body: PersonCreate) -> tuple[Person, str]:
    """Add somebody with roles; the initial password is given back once and kept only hashed."""
    ctx.require(Role.ADMIN_SECURITY, Role.SYSTEM)
    policy.check_grants([(one.role, one.unit_id) for one in body.grants], "/body/grants")
    for at, one in enumerate(body.grants):
        await _check_unit(ctx, one.unit_id, f"/body/grants/{at}/unit_id")
    password = draw_password()
    person = Person.model_validate(
        body.model_dump(exclude={"grants"}),
        update={"password_hash": await hash_password(password), **stamps(ctx)},
    )
    ctx.db.add(person)
    await ctx.db.flush()
    ctx.db.add_all(RoleGrant(person_id=person.id, **one.model_dump()) for one in body.grants)
    await ctx.db.flush()
    roles = sorted(one.role for one in body.grants)
    _record(ctx, "created", person, roles=roles)
    return person, password


async def update_person(ctx: Context, person_id: UUID, version: int, body: PersonUpdate) -> Person:
    """Change how somebody is called."""
    person = await _get_changed(ctx, person_id, version)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    person.sqlmodel_update(changes)
    touch(ctx, person)
    _record(ctx, "updated", person, fields=sorted(changes))
    return person


async def disable_person(ctx: Context, person_id: UUID, version: int) -> Person:
    """Shut somebody out at the next request; what they did stays."""
    person = await _get_changed(ctx, person_id, version)
    if person.id == ctx.actor.id:
        code, zh = "person.self", "不能停用自己的账号。"
        raise Conflict(code, zh, "You cannot disable yourself.")
    if person.disabled_at is not None:
        raise Conflict("person.disabled", "账号已经停用。", "This account is disabled already.")
    person.disabled_at = ctx.now
    await _end_sessions(ctx, person)
    touch(ctx, person)
    if Role.ADMIN_SECURITY in {one.role for one in await queries.list_grants(ctx, person.id)}:
        await _keep_a_keeper(ctx)
    _record(ctx, "disabled", person)
    return person


async def enable_person(ctx: Context, person_id: UUID, version: int) -> Person:
    """Let somebody in again."""
    person = await _get_changed(ctx, person_id, version)
    if person.disabled_at is None:
        raise Conflict("person.enabled", "账号没有停用。", "This account is not disabled.")
    person.disabled_at = None
    touch(ctx, person)
    _record(ctx, "enabled", person)
    return person


async def reset_password(ctx: Context, person_id: UUID, version: int) -> tuple[Person, str]:
    """Draw a new password, end every session and lift a lock-out."""
    person = await _get_changed(ctx, person_id, version)
    password = draw_password()
    person.password_hash = await hash_password(password)
    await _end_sessions(ctx, person)
    digest = sha256(person.name.strip().lower().encode()).hexdigest()
    if failure := await queries.get_failure(ctx, digest):
        await ctx.db.delete(failure)
    touch(ctx, person)
    _record(ctx, "reset_password", person)
    return person, password


async def add_grant(ctx: Context, person_id: UUID, version: int, body: GrantBody) -> Person:
    """Grant one more role."""
    person = await _get_changed(ctx, person_id, version)
    held = [(one.role, one.unit_id) for one in await queries.list_grants(ctx, person.id)]
    policy.check_grants([*held, (body.role, body.unit_id)], "/body")
    await _check_unit(ctx, body.unit_id, "/body/unit_id")
    ctx.db.add(RoleGrant(person_id=person.id, **body.model_dump()))
    touch(ctx, person)
    await ctx.db.flush()
    _record(ctx, "granted", person, role=body.role, of_unit=_text(body.unit_id))
    return person


async def remove_grant(ctx: Context, person_id: UUID, grant_id: UUID, version: int) -> Person:
    """Take a role away; it is gone at the next request."""
    person = await _get_changed(ctx, person_id, version)
    grants = {one.id: one for one in await queries.list_grants(ctx, person.id)}
    grant = grants.get(grant_id)
    if grant is None:
        raise NotFound("grant.unknown", "没有这项授权。", "No such grant.")
    if person.id == ctx.actor.id and grant.role is Role.ADMIN_SECURITY:
        code, zh = "person.self", "不能取消自己的安全管理员角色。"
        raise Conflict(code, zh, "You cannot take this role from yourself.")
    await ctx.db.delete(grant)
    if grant.unit_id is not None:
        await _keep_in_mind(ctx, person, grant.unit_id)
    touch(ctx, person)
    if grant.role is Role.ADMIN_SECURITY:
        await _keep_a_keeper(ctx)
    await ctx.db.flush()
    _record(ctx, "ungranted", person, role=grant.role, of_unit=_text(grant.unit_id))
    return person


async def _keep_a_keeper(ctx: Context) -> None:
    """Raise `Conflict` when nobody would be left who keeps accounts."""
    await ctx.db.flush()
    if not await queries.has_security_administrator(ctx):
        code, zh = "person.last_keeper", "这是最后一位能登录的安全管理员，须先另设一位。"
        raise Conflict(code, zh, "Nobody would be left who keeps accounts.")


async def _keep_in_mind(ctx: Context, person: Person, unit_id: UUID) -> None:
    """Note when somebody left a unit: he stands aside for it a while yet (回避)."""
    earlier = await queries.get_earlier_unit(ctx, person.id, unit_id)
    if earlier is None:
        earlier = EarlierUnit(person_id=person.id, unit_id=unit_id, left_on=ctx.today)
        ctx.db.add(earlier)
    earlier.left_on = ctx.today


async def _get_changed(ctx: Context, person_id: UUID, version: int) -> Person:
    ctx.require(Role.ADMIN_SECURITY, Role.SYSTEM)
    person = await queries.get_person(ctx, person_id, lock=True)
    check_version(person, version)
    return person


async def _check_unit(ctx: Context, unit_id: UUID | None, pointer: str) -> None:
    if unit_id is not None and not await queries.is_unit(ctx, unit_id):
        raise Invalid("unit.unknown", "没有这个单位。", "No such unit.", pointer=pointer)


async def _end_sessions(ctx: Context, person: Person) -> None:
    for session in await queries.list_sessions_of(ctx, person.id):
        session.revoked_at = ctx.now


def _text(unit_id: UUID | None) -> str | None:
    return str(unit_id) if unit_id else None


def _record(ctx: Context, verb: str, person: Person, **data: object) -> None:
    emit(ctx, f"person.{verb}", person.id, audience=Audience.ADMIN, login=person.name, **data)
