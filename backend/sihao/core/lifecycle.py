"""State machines as tables: who may move what, from where, to where, and what must hold."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, case, literal
from sqlalchemy.dialects.postgresql import JSON
from sqlmodel import Field, SQLModel

from sihao.core.body import Body
from sihao.core.context import UNIT_ROLES, Actor, Context, Role
from sihao.core.errors import Conflict, Forbidden, Invalid
from sihao.core.events import Audience, emit
from sihao.core.text import Prose

S = TypeVar("S", bound=StrEnum)


class Stateful(Protocol):
    """A row that a lifecycle moves."""

    id: UUID
    state: Any
    version: int
    updated_at: datetime
    updated_by: str


Guard = Callable[[Actor, Any, Any], str | None]
"""(actor, row, facts) -> the reason why not, as a Chinese sentence, or None."""


class Opinion(StrEnum):
    """Whether a transition carries an opinion (意见)."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Transition(Generic[S]):
    """One arrow of the diagram.

    `label` is the button's Chinese word. `signature` marks what only a person may do after reading
    (签发, 审定, 公布): it needs an `Idempotency-Key`, and the SPA shows check-answers before it.
    `proof` asks whoever makes it to have proved just before who he is (`SIHAO_STEP_UP`).
    Without a `target` the state stays as it is: somebody has had a say.
    """

    name: str
    label: str
    sources: frozenset[S]
    target: S | None
    by: frozenset[Role]
    opinion: Opinion = Opinion.OPTIONAL
    signature: bool = False
    proof: bool = False
    guards: tuple[Guard, ...] = ()
    audience: Audience | None = None
    leads: frozenset[S] = frozenset()
    """Other states this arrow can end in when the configuration says so (filed or in_force)."""


class Action(SQLModel):
    """A transition this caller may make now, or the sentence that says why it is blocked."""

    name: str
    label: str
    opinion: Opinion
    signature: bool
    blocked: str | None = None


class TransitionBody(Body):
    """What every transition takes."""

    opinion: Prose = Field(default="", max_length=4000)


@dataclass(frozen=True, slots=True)
class Lifecycle(Generic[S]):
    """All arrows of one subject. `label` is its Chinese word, `audience` who reads its events."""

    subject: str
    label: str
    start: S
    transitions: tuple[Transition[S], ...]
    audience: Audience

    def actions(self, actor: Actor, row: Stateful, facts: object = None) -> list[Action]:
        """List what `actor` can do with `row` now; the SPA draws exactly these buttons."""
        actor = actor.towards(row)
        return [
            Action(
                name=one.name,
                label=one.label,
                opinion=one.opinion,
                signature=one.signature,
                blocked=self._blocked(one, actor, row, facts),
            )
            for one in self.transitions
            if row.state in one.sources and actor.has(one.by)
        ]

    def actions_sql(self, table: Any, actor: Actor) -> ColumnElement[Any]:
        """Give the same list for a page, by state and role only: guards speak when it is opened."""
        own = self._by_state(table.state, actor)
        if not actor.assigned or actor.unit_id is None or not hasattr(table, "unit_id"):
            return own
        foreign = self._by_state(table.state, replace(actor, roles=actor.roles - UNIT_ROLES))
        return case((table.unit_id == actor.unit_id, own), else_=foreign)

    def _by_state(self, state: Any, actor: Actor) -> ColumnElement[Any]:
        by_state: dict[str, list[dict[str, object]]] = {}
        for one in self.transitions:
            if actor.has(one.by):
                drawn = Action(
                    name=one.name, label=one.label, opinion=one.opinion, signature=one.signature
                ).model_dump(mode="json")
                for source in sorted(one.sources):
                    by_state.setdefault(source.value, []).append(drawn)
        if not by_state:
            return literal([], JSON)
        whens = {s: literal(a, JSON) for s, a in by_state.items()}
        return case(whens, value=state, else_=literal([], JSON))

    def states_open_to(self, actor: Actor) -> dict[S, list[Transition[S]]]:
        """Say in which states this actor has something to do: to-do lists derive from it."""
        found: dict[S, list[Transition[S]]] = {}
        for one in self.transitions:
            if actor.has(one.by):
                for source in sorted(one.sources):
                    found.setdefault(source, []).append(one)
        return found

    def transition(self, name: str) -> Transition[S]:
        """Look an arrow up by its name."""
        return next(one for one in self.transitions if one.name == name)

    def apply(
        self,
        ctx: Context,
        row: Stateful,
        name: str,
        opinion: str = "",
        *,
        facts: object = None,
        target: S | None = None,
        **data: object,
    ) -> None:
        """Make one transition, or raise. The only code that assigns `state`.

        `target` picks one of the arrow's `leads`. Raises `Forbidden` for the wrong role,
        `Conflict` for the wrong state or a guard's reason, `Invalid` for a missing opinion.
        """
        one = self.transition(name)
        self._check(one, ctx.actor.towards(row), row, opinion, facts)
        before = row.state
        if target is not None and target not in one.leads:
            msg = f"{self.subject}.{name} does not lead to {target}"
            raise AssertionError(msg)
        row.state = target or one.target or before
        touch(ctx, row)
        emit(
            ctx,
            f"{self.subject}.{name}",
            row.id,
            getattr(row, "unit_id", None),
            audience=one.audience or self.audience,
            before=before,
            after=row.state,
            opinion=opinion,
            **data,
        )

    def _check(
        self, one: Transition[S], actor: Actor, row: Stateful, opinion: str, facts: object
    ) -> None:
        code = f"{self.subject}.{one.name}"
        if not actor.has(one.by):
            zh = f"您的角色不能对{self.label}办理“{one.label}”。"
            raise Forbidden(f"{code}.role", zh, f"Your role may not {one.name} this.")
        if row.state not in one.sources:
            zh = f"{self.label}当前的状态不能办理“{one.label}”。"
            en = f"A {self.subject} that is {row.state} cannot be moved by {one.name}."
            raise Conflict(f"{code}.state", zh, en, state=row.state)
        if one.opinion is Opinion.REQUIRED and not opinion.strip():
            zh = f"办理“{one.label}”须填写意见。"
            raise Invalid(f"{code}.opinion", zh, "Say why.", pointer="/body/opinion")
        blocked = self._blocked(one, actor, row, facts)
        if blocked is not None:
            raise Conflict(f"{code}.blocked", blocked, f"{one.name} is blocked: {blocked}")

    @staticmethod
    def _blocked(one: Transition[S], actor: Actor, row: Stateful, facts: object) -> str | None:
        reasons = (guard(actor, row, facts) for guard in one.guards)
        return next((reason for reason in reasons if reason is not None), None)

    def diagram(self) -> str:
        """Draw it for `docs/lifecycles.md`."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start.value}"]
        for one in self.transitions:
            note = {Opinion.REQUIRED: ", with an opinion"}.get(one.opinion, "")
            proof = ", with a fresh proof" if one.proof else ""
            who = ", ".join(sorted(role.value for role in one.by)) + note + proof
            for source in sorted(one.sources):
                lines += [
                    f"    {source.value} --> {end.value}: {one.name} ({who})"
                    for end in (one.target or source, *sorted(one.leads))
                ]
        return "\n".join(lines) + "\n"


def touch(ctx: Context, row: Any) -> None:
    """Note who changed `row` just now; its version is the next ETag."""
    row.version += 1
    row.updated_at = ctx.now
    row.updated_by = ctx.actor.name


def stamps(ctx: Context) -> dict[str, Any]:
    """Give a new row its first stamps."""
    return {"created_at": ctx.now, "updated_at": ctx.now, "updated_by": ctx.actor.name}
