"""Make rows for tests: plain functions, sensible defaults, name only what the test is about."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from sihao.accounts.models import LoginSession, Person, RoleGrant, ServiceAccount
from sihao.accounts.passwords import hash_now
from sihao.core.context import UNIT_ROLES, Role
from sihao.core.tokens import tokens
from sihao.units.models import Member, Term, Unit, UnitKind

_n = count(1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
STAMPS = {"created_at": LONG_AGO, "updated_at": LONG_AGO, "updated_by": "系统"}
PASSWORD = "correct-horse-9"
_HASH = hash_now(PASSWORD)


async def make_committee(world) -> Unit:
    unit = Unit(
        code="committee",
        name="市直机关工委",
        short_name="工委",
        unit_class="党委部门",
        kind=UnitKind.COMMITTEE,
        **STAMPS,
    )
    await world.add(unit)
    return unit


async def make_unit(world, name: str | None = None, **fields) -> Unit:
    n = next(_n)
    fields = {"short_name": f"单位{n}", "unit_class": "政府部门", "sort_order": n, **fields}
    unit = Unit(code=f"U{n:05}", name=name or f"市第{n}局", **fields, **STAMPS)
    await world.add(unit)
    return unit


async def make_member(world, unit: Unit, name: str | None = None, **fields) -> Member:
    n = next(_n)
    terms = fields.pop("terms", [(date(2020, 1, 1), None)])
    fields = {"duty": "副局长", "rank_order": 2, **fields}
    member = Member(unit_id=unit.id, name=name or f"成员{n}", **fields, **STAMPS)
    await world.add(member)
    for started_on, ended_on in terms:
        await world.add(
            Term(unit_id=unit.id, member_id=member.id, started_on=started_on, ended_on=ended_on)
        )
    return member


async def make_person(world, *roles: Role, unit=None, member=None) -> tuple[Person, str]:
    """Make somebody with roles and a live session; return the access token too."""
    n = next(_n)
    person = Person(name=f"person{n}", display_name=f"某{n}", password_hash=_HASH, **STAMPS)
    await world.add(person)
    for role in roles:
        own = unit.id if unit is not None and role in UNIT_ROLES else None
        await world.add(RoleGrant(person_id=person.id, role=role, unit_id=own))
    if member is not None:
        member.person_id = person.id
        await world.add(member)
    now = datetime.now(UTC)
    session = LoginSession(
        person_id=person.id,
        refresh_hash=uuid4().hex,
        created_at=now,
        used_at=now,
        expires_at=now + timedelta(days=1),
        address="",
        user_agent="",
    )
    await world.add(session)
    return person, tokens().issue(str(person.id), 900, sid=str(session.id))


async def make_service(world, *scopes: str, unit=None) -> str:
    account = ServiceAccount(
        name="OA",
        client_id=f"client{next(_n)}",
        secret_hash=_HASH,
        scopes=list(scopes),
        unit_id=unit.id if unit else None,
        **STAMPS,
    )
    await world.add(account)
    return tokens().issue(str(account.id), 900, scope=" ".join(scopes), roles=[])
