"""Who acts, in which transaction, when: the first argument of every action and query."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, text, true
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from sihao.core.db import engine
from sihao.core.errors import Forbidden


class Role(StrEnum):
    """The token roles of `domain.md` §1."""

    UNIT_LEAD = "unit.lead"
    UNIT_DEPUTY = "unit.deputy"
    UNIT_OFFICE = "unit.office"
    UNIT_MEMBER = "unit.member"
    OFFICER = "committee.officer"
    INSPECTOR = "committee.inspector"
    LEADER = "committee.leader"
    COASSESSOR = "coassessor"
    LEADERSHIP = "leadership"
    RECEIVER = "dept.receiver"
    ADMIN_SYSTEM = "admin.system"
    ADMIN_SECURITY = "admin.security"
    ADMIN_AUDIT = "admin.audit"
    SYSTEM = "system"
    """Jobs and the command line; never granted to a person."""


UNIT_ROLES = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE, Role.UNIT_MEMBER})
UNIT_WRITERS = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE})
COMMITTEE = frozenset({Role.OFFICER, Role.LEADER})
ADMINS = frozenset({Role.ADMIN_SYSTEM, Role.ADMIN_SECURITY, Role.ADMIN_AUDIT})
CHINA = timezone(timedelta(hours=8))
"""Days begin and deadlines fall in this zone; it has no summer time."""
EVERY_UNIT = frozenset({Role.OFFICER, Role.LEADER, Role.LEADERSHIP, Role.SYSTEM})
"""Roles that read all units."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a service account or the system itself.

    `roles` are all granted roles; `unit_id` is the own unit of somebody with a unit role;
    `assigned` are the units an inspector's groups inspect now; `scopes` belong to service accounts.
    """

    name: str
    roles: frozenset[Role]
    id: UUID | None = None
    unit_id: UUID | None = None
    member_id: UUID | None = None
    assigned: frozenset[UUID] = frozenset()
    scopes: frozenset[str] = frozenset()
    session_id: UUID | None = None

    @property
    def sees_all(self) -> bool:
        """Tell whether this actor reads every unit."""
        return not EVERY_UNIT.isdisjoint(self.roles) or (self.is_service and self.unit_id is None)

    @property
    def is_service(self) -> bool:
        """Tell a service account from a person."""
        return bool(self.scopes)

    @property
    def units(self) -> frozenset[UUID]:
        """Units this actor reads one by one: the own one and the assigned ones."""
        own = frozenset([self.unit_id]) if self.unit_id else frozenset()
        return own | self.assigned

    def has(self, roles: Iterable[Role]) -> bool:
        """Tell whether any of `roles` is granted."""
        return not self.roles.isdisjoint(roles)

    def towards(self, row: Any) -> "Actor":
        """Give the actor as this row meets him: unit roles count for rows of the own unit only.

        A row without a unit meets him as he is.
        """
        if getattr(row, "unit_id", self.unit_id) == self.unit_id:
            return self
        return replace(self, roles=self.roles - UNIT_ROLES)

    def sees(self, unit_id: Any) -> ColumnElement[bool]:
        """Narrow a query to the units this actor reads; pass the table's `unit_id` column."""
        if self.sees_all:
            return true()
        return col(unit_id).in_(self.units) if self.units else false()

    def owns(self, unit_id: Any) -> ColumnElement[bool]:
        """Narrow a query to the own unit; pass the table's `unit_id` column."""
        return col(unit_id) == self.unit_id if self.unit_id else false()


SYSTEM = Actor(name="系统", roles=frozenset({Role.SYSTEM}))


@dataclass(frozen=True, slots=True)
class Context:
    """`db` is the transaction, `now` its start by the database's clock."""

    db: AsyncSession
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """Return the day in China: what is due today is not overdue."""
        return self.now.astimezone(CHINA).date()

    @property
    def unit_id(self) -> UUID:
        """Return the own unit; raise `Forbidden` for anybody without one."""
        if self.actor.unit_id is None:
            code, zh = "unit.required", "这项操作只能由单位账号办理。"
            raise Forbidden(code, zh, "Only somebody of a unit may do this.")
        return self.actor.unit_id

    @property
    def person_id(self) -> UUID:
        """Return who acts; raise `Forbidden` for the system."""
        if self.actor.id is None:
            code, zh = "person.required", "这项操作只能由本人办理。"
            raise Forbidden(code, zh, "Only a person may do this.")
        return self.actor.id

    @property
    def session_id(self) -> UUID:
        """Return the log-in that acts; raise `Forbidden` where there is none."""
        if self.actor.session_id is None:
            code, zh = "person.required", "这项操作只能由本人办理。"
            raise Forbidden(code, zh, "Only a person may do this.")
        return self.actor.session_id

    def require(self, *roles: Role) -> None:
        """Raise `Forbidden` unless one of `roles` is granted."""
        if not self.actor.has(roles):
            code, zh = "role.required", "您的角色不能办理这项操作。"
            raise Forbidden(code, zh, "Your role may not do this.")

    def require_scope(self, scope: str) -> None:
        """Raise `Forbidden` when a service account lacks `scope`; people pass."""
        if self.actor.is_service and scope not in self.actor.scopes:
            code, zh = "scope.required", f"服务账号缺少权限范围 {scope}。"
            raise Forbidden(code, zh, f"The scope {scope} is missing.")


@asynccontextmanager
async def transaction() -> AsyncGenerator[AsyncSession, None]:
    """One session, one transaction. Nothing else in the code base commits."""
    async with AsyncSession(engine(), expire_on_commit=False, autoflush=False) as db:
        yield db
        await db.commit()


async def commit_apart(db: AsyncSession) -> None:
    """End a small transaction before the request's own begins: what it counted stays counted."""
    await db.commit()


async def as_system(db: AsyncSession) -> Context:
    """Open the system's context on `db`: it sees every row."""
    now = (await db.execute(text("SELECT open_system_context()"))).scalar_one()
    return Context(db, SYSTEM, now)


@asynccontextmanager
async def system_context() -> AsyncGenerator[Context, None]:
    """Open a context outside HTTP: jobs, the command line."""
    async with transaction() as db:
        yield await as_system(db)
