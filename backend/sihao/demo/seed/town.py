"""What every part of the seeding works with: rows, people, years, and the clock turned back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sihao.campaigns.models import Campaign
from sihao.core.context import SYSTEM, Actor, Context
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle
from sihao.demo.city import Unit
from sihao.demo.plans import Problem
from sihao.demo.seed.calendar import Calendar
from sihao.demo.seed.history import History
from sihao.demo.seed.rows import Rows

T = TypeVar("T")


@dataclass
class Year:
    """A campaign year with the ids that its content names by code, title or number."""

    number: int
    campaign: Campaign
    criteria: dict[str, UUID]
    points: dict[str, Any]
    evidence: dict[tuple[int, str], UUID] = field(default_factory=dict)
    """By unit and title."""
    findings: dict[tuple[int, str], UUID] = field(default_factory=dict)
    """By unit and criterion."""
    carried: dict[int, list[tuple[UUID, Problem]]] = field(default_factory=dict)
    """By unit: problems that go over into the next year's plan."""


@dataclass
class Town:
    """The city that is being built. `units` are those that take part."""

    ctx: Context
    units: tuple[Unit, ...]
    calendar: Calendar
    history: History
    rows: Rows = field(default_factory=Rows)
    unit_ids: dict[int, UUID] = field(default_factory=dict)
    members: dict[tuple[int, int], UUID] = field(default_factory=dict)
    """By unit and rank."""
    actors: dict[str, Actor] = field(default_factory=dict)
    """By log-in name."""
    years: dict[int, Year] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    """Hashes of the files that lie in the store."""

    def person(self, name: str) -> UUID:
        """The id of somebody who can log in."""
        ident = self.actors[name].id
        if ident is None:
            raise LookupError(name)
        return ident

    def by(self, name: str, at: datetime) -> Context:
        """The product as this person had it before him at that moment."""
        return Context(self.ctx.db, self.actors[name], at)

    async def do(self, step: Callable[..., Awaitable[T]], ctx: Context, *args: Any) -> T:
        """Take one step of the past through the product itself: its checks hold, its events tell.

        Raises what the product raises.
        """
        done = await step(ctx, *args)
        await self.ctx.db.flush()
        return done

    def moved(
        self,
        lifecycle: Lifecycle[Any],
        name: str,
        subject: UUID,
        unit: Unit,
        who: str,
        at: datetime,
        opinion: str = "",
        **data: object,
    ) -> None:
        """Write the event of a transition of a row that is added as it stands now."""
        one = lifecycle.transition(name)
        self.tell(
            f"{lifecycle.subject}.{name}",
            subject,
            unit,
            who,
            at,
            audience=one.audience or lifecycle.audience,
            before=min(one.sources),
            after=one.target,
            opinion=opinion,
            **data,
        )

    def tell(
        self,
        name: str,
        subject: UUID,
        unit: Unit,
        who: str,
        at: datetime,
        *,
        audience: Audience,
        **data: object,
    ) -> None:
        """Write an event of the past."""
        actor = self.actors.get(who, SYSTEM)
        self.history.tell(
            name=name,
            subject_id=subject,
            unit_id=self.unit_ids[unit.number],
            audience=audience,
            actor_id=actor.id,
            actor=actor.name,
            at=at,
            data=data,
        )

    async def write(self) -> int:
        """Write the rows that wait."""
        return await self.rows.write(self.ctx.db)


def stamped(at: datetime, who: str, until: datetime | None = None) -> dict[str, Any]:
    """The stamps of a row made at a moment by somebody, and changed last at another."""
    return {"created_at": at, "updated_at": until or at, "updated_by": who}
