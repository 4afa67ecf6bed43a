"""Read accounts."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, Uuid, column, exists, func, literal_column, or_, table, text
from sqlalchemy import String as SaString
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select

from sihao.accounts import policy
from sihao.accounts.models import (
    BootstrapCode,
    EarlierUnit,
    LoginFailure,
    LoginSession,
    OneTimeCodes,
    Person,
    RoleGrant,
    ServiceAccount,
    Way,
)
from sihao.accounts.schemas import (
    AuditQuery,
    AuditRow,
    GrantPublic,
    PersonPublic,
    PersonQuery,
    ServiceAccountPublic,
    ServiceAccountQuery,
)
from sihao.core.context import Context, Role
from sihao.core.errors import Forbidden, NotFound
from sihao.core.events import Event
from sihao.core.paging import json_page, matches, row_of

_UNIT = table("unit", column("id", Uuid()), column("name", SaString()), column("kind", SaString()))
"""Units by name; the slice itself stands later on the shelf."""
_PEOPLE = row_of(PersonPublic, Person)
_SERVICE_ACCOUNTS = row_of(
    ServiceAccountPublic, ServiceAccount, _UNIT.c.name.label("unit_name")
).outerjoin(_UNIT, _UNIT.c.id == col(ServiceAccount.unit_id))
_EVENTS = row_of(AuditRow, Event, _UNIT.c.name.label("unit_name")).outerjoin(
    _UNIT, _UNIT.c.id == col(Event.unit_id)
)


async def get_person_by_name(ctx: Context, name: str) -> Person | None:
    """Find who logs in; for the system only."""
    return (await ctx.db.exec(select(Person).where(Person.name == name))).first()


async def get_failure(ctx: Context, name_hash: str) -> LoginFailure | None:
    """Read how often a name failed, and hold the row."""
    rows = select(LoginFailure).where(LoginFailure.name_hash == name_hash)
    return (await ctx.db.exec(rows.with_for_update())).first()


async def list_bootstrap_codes(ctx: Context) -> list[BootstrapCode]:
    """Read the installation's one code, if it was drawn, and hold it."""
    return list((await ctx.db.exec(select(BootstrapCode).with_for_update())).all())


async def has_security_administrator(ctx: Context) -> bool:
    """Tell whether somebody can log in who keeps accounts."""
    rows = (
        select(Person.id)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(RoleGrant.role == Role.ADMIN_SECURITY, col(Person.disabled_at).is_(None))
    )
    return (await ctx.db.exec(rows.limit(1))).first() is not None


async def get_session_by_token(ctx: Context, token_hash: str) -> LoginSession | None:
    """Find the session of a refresh token, the present or the one before, and hold it."""
    rows = select(LoginSession).where(
        (col(LoginSession.refresh_hash) == token_hash)
        | (col(LoginSession.previous_hash) == token_hash)
    )
    return (await ctx.db.exec(rows.with_for_update())).first()


async def get_live_session(ctx: Context, session_id: UUID) -> LoginSession | None:
    """Find a session that goes on, and hold it; for the system only."""
    rows = select(LoginSession).where(
        LoginSession.id == session_id,
        col(LoginSession.revoked_at).is_(None),
        LoginSession.expires_at > ctx.now,
    )
    return (await ctx.db.exec(rows.with_for_update())).first()


async def get_codes(ctx: Context, person_id: UUID, *, lock: bool = False) -> OneTimeCodes | None:
    """Read somebody's one-time codes: one's own, or anybody's for who keeps accounts."""
    rows = select(OneTimeCodes).where(OneTimeCodes.person_id == person_id)
    return (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()


async def has_stronger_proof(ctx: Context) -> bool:
    """Tell whether the actor has one-time codes, or signed in where another place vouches."""
    codes = exists().where(
        col(OneTimeCodes.person_id) == ctx.actor.id, col(OneTimeCodes.confirmed_at).is_not(None)
    )
    elsewhere = exists().where(
        col(LoginSession.id) == ctx.actor.session_id, col(LoginSession.way) != Way.PASSWORD
    )
    return bool((await ctx.db.execute(sa_select(or_(codes, elsewhere)))).scalar())


async def find_client(ctx: Context, client_id: str) -> ServiceAccount | None:
    """Find the service account that shows its secret."""
    rows = select(ServiceAccount).where(ServiceAccount.client_id == client_id)
    return (await ctx.db.exec(rows)).first()


async def get_me(ctx: Context) -> Person:
    """Read the own person; raise `Forbidden` for another system."""
    person = (await ctx.db.exec(select(Person).where(Person.id == ctx.person_id))).first()
    if person is None:
        raise Forbidden("person.required", "这项操作只能由本人办理。", "Only a person may do this.")
    return person


async def get_own_unit(ctx: Context) -> Any:
    """Read id and name of the own unit, or None."""
    rows = text("SELECT id, name FROM unit WHERE id = :id")
    return (await ctx.db.execute(rows, {"id": ctx.actor.unit_id})).one_or_none()


async def list_sessions(ctx: Context) -> list[LoginSession]:
    """List the own live log-ins, newest first."""
    rows = (
        select(LoginSession)
        .where(policy.visible_sessions(ctx.actor))
        .where(col(LoginSession.revoked_at).is_(None), LoginSession.expires_at > ctx.now)
        .order_by(col(LoginSession.used_at).desc())
    )
    return list((await ctx.db.exec(rows)).all())


async def get_session(ctx: Context, session_id: UUID) -> LoginSession:
    """Read one own log-in."""
    rows = select(LoginSession).where(
        LoginSession.id == session_id, policy.visible_sessions(ctx.actor)
    )
    found = (await ctx.db.exec(rows)).first()
    if found is None:
        raise NotFound("session.unknown", "没有这个登录会话。", "No such session.")
    return found


async def get_person(ctx: Context, person_id: UUID, *, lock: bool = False) -> Person:
    """Read one account; raise `NotFound` for one that is not the actor's to see."""
    rows = select(Person).where(Person.id == person_id, policy.visible(ctx.actor))
    person = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if person is None:
        raise NotFound("person.unknown", "没有这个账号。", "No such account.")
    return person


async def list_people(ctx: Context, query: PersonQuery) -> Response:
    """Answer a page of accounts with their roles."""
    shown = policy.visible_grants(ctx.actor)
    fields = ("id", "role", "unit_id")
    pairs: list[Any] = [(literal_column(f"'{name}'"), getattr(RoleGrant, name)) for name in fields]
    pairs.append((literal_column("'unit_name'"), _UNIT.c.name))
    grant = func.json_build_object(*(part for pair in pairs for part in pair))
    grants = (
        sa_select(
            func.coalesce(
                func.json_agg(aggregate_order_by(grant, col(RoleGrant.role))),
                literal_column("'[]'::json"),
            )
        )
        .select_from(RoleGrant)
        .outerjoin(_UNIT, _UNIT.c.id == col(RoleGrant.unit_id))
        .where(col(RoleGrant.person_id) == col(Person.id), shown)
        .correlate(Person)
        .scalar_subquery()
    )
    rows = _PEOPLE.add_columns(grants.label("grants")).where(policy.visible(ctx.actor))
    held: list[ColumnElement[bool]] = []
    if query.role:
        held.append(col(RoleGrant.role) == query.role)
    if query.unit_id:
        held.append(col(RoleGrant.unit_id) == query.unit_id)
    if held:
        theirs = col(RoleGrant.person_id) == col(Person.id)
        rows = rows.where(exists().where(theirs, shown, *held))
    if query.disabled is not None:
        is_in = col(Person.disabled_at).is_(None)
        rows = rows.where(~is_in if query.disabled else is_in)
    if query.q:
        rows = rows.where(matches(query.q, col(Person.name), col(Person.display_name)))
    sorts = {"name": col(Person.name), "display_name": col(Person.display_name)}
    return await json_page(ctx, rows, query, sorts, col(Person.id))


async def list_grants(ctx: Context, person_id: UUID) -> list[RoleGrant]:
    """List somebody's roles."""
    rows = select(RoleGrant).where(
        RoleGrant.person_id == person_id, policy.visible_grants(ctx.actor)
    )
    return list((await ctx.db.exec(rows.order_by(col(RoleGrant.role)))).all())


async def get_earlier_unit(ctx: Context, person_id: UUID, unit_id: UUID) -> EarlierUnit | None:
    """Read when somebody left a unit, if that is known."""
    rows = select(EarlierUnit).where(
        EarlierUnit.person_id == person_id, EarlierUnit.unit_id == unit_id
    )
    return (await ctx.db.exec(rows)).first()


async def list_named_grants(ctx: Context, person_id: UUID) -> list[GrantPublic]:
    """List somebody's roles with the names of the units."""
    grants = await list_grants(ctx, person_id)
    return [
        GrantPublic(**one.model_dump(), unit_name=await get_unit_name(ctx, one.unit_id))
        for one in grants
    ]


async def get_unit_name(ctx: Context, unit_id: UUID | None) -> str | None:
    """Read how a unit is called."""
    if unit_id is None:
        return None
    return (await ctx.db.execute(sa_select(_UNIT.c.name).where(_UNIT.c.id == unit_id))).scalar()


async def is_unit(ctx: Context, unit_id: UUID) -> bool:
    """Tell whether there is such a unit; the committee is none."""
    rows = sa_select(_UNIT.c.id).where(_UNIT.c.id == unit_id, _UNIT.c.kind == "unit")
    return (await ctx.db.execute(rows)).first() is not None


async def list_sessions_of(ctx: Context, person_id: UUID) -> list[LoginSession]:
    """List somebody's live log-ins, to end them; for the security administrator."""
    rows = select(LoginSession).where(
        LoginSession.person_id == person_id, col(LoginSession.revoked_at).is_(None)
    )
    return list((await ctx.db.exec(rows)).all())


async def list_service_accounts(ctx: Context, query: ServiceAccountQuery) -> Response:
    """Answer a page of accounts of other systems."""
    rows = _SERVICE_ACCOUNTS.where(policy.visible_service_accounts(ctx.actor))
    if query.q:
        rows = rows.where(matches(query.q, col(ServiceAccount.name), col(ServiceAccount.client_id)))
    sorts = {"name": col(ServiceAccount.name), "created_at": col(ServiceAccount.created_at)}
    return await json_page(ctx, rows, query, sorts, col(ServiceAccount.id))


async def get_service_account(
    ctx: Context, account_id: UUID, *, lock: bool = False
) -> ServiceAccount:
    """Read one account of another system."""
    rows = select(ServiceAccount).where(
        ServiceAccount.id == account_id, policy.visible_service_accounts(ctx.actor)
    )
    account = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if account is None:
        raise NotFound("service_account.unknown", "没有这个服务账号。", "No such account.")
    return account


async def list_audit(ctx: Context, query: AuditQuery) -> Response:
    """Answer a page of everything that happened."""
    rows = _EVENTS.where(policy.visible_audit(ctx.actor))
    if query.name:
        named = col(Event.name)
        rows = rows.where(
            or_(named == query.name, named.startswith(f"{query.name}.", autoescape=True))
        )
    for name in ("subject_id", "actor_id", "unit_id"):
        if value := getattr(query, name):
            rows = rows.where(getattr(Event, name) == value)
    if query.actor:
        rows = rows.where(matches(query.actor, col(Event.actor)))
    if query.since:
        rows = rows.where(col(Event.at) >= query.since)
    if query.until:
        rows = rows.where(col(Event.at) < query.until)
    return await json_page(ctx, rows, query, {"seq": col(Event.seq)}, col(Event.id))


async def get_database_health(ctx: Context) -> dict[str, Any]:
    """Ask the database about itself."""
    asked = text(
        "SELECT current_setting('server_version') AS database_version,"
        " pg_database_size(current_database()) AS database_bytes,"
        " (SELECT version_num FROM alembic_version) AS schema_version"
    )
    return dict((await ctx.db.execute(asked)).mappings().one())
