"""The mechanism that moves everything: roles, states, reasons."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from sihao.core.context import Actor, Context, Role
from sihao.core.errors import Conflict, Forbidden, Invalid
from sihao.plans.lifecycle import PLAN, PlanState

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OWN, ASSIGNED = uuid4(), uuid4()
BOTH = Actor(
    name="某",
    roles=frozenset({Role.UNIT_LEAD, Role.INSPECTOR}),
    unit_id=OWN,
    assigned=frozenset({ASSIGNED}),
)
"""Somebody who leads one unit and inspects another."""


@dataclass
class Row:
    unit_id: UUID
    state: PlanState = PlanState.TEAM_REVIEW
    id: UUID = field(default_factory=uuid4)
    version: int = 1
    updated_at: datetime = NOW
    updated_by: str = ""


class Session:
    def __init__(self) -> None:
        self.added = []

    def add(self, row) -> None:
        self.added.append(row)


def context(actor: Actor) -> Context:
    return Context(Session(), actor, NOW)


def test_a_unit_role_counts_in_the_own_unit_only():
    assert {one.name for one in PLAN.actions(BOTH, Row(OWN))} == {"withdraw", "sign"}
    assert PLAN.actions(BOTH, Row(ASSIGNED)) == []
    with pytest.raises(Forbidden):
        PLAN.apply(context(BOTH), Row(ASSIGNED), "sign")


def test_a_transition_moves_the_row_and_leaves_one_event():
    ctx, row = context(BOTH), Row(OWN)

    PLAN.apply(ctx, row, "sign", "同意")

    assert (row.state, row.version, row.updated_by) == (PlanState.IN_FORCE, 2, "某")
    (event,) = ctx.db.added
    assert (event.name, event.data["before"], event.data["opinion"]) == (
        "plan.sign",
        "team_review",
        "同意",
    )


def test_a_wrong_state_and_a_missing_opinion_are_refused_and_move_nothing():
    officer = Actor(name="某", roles=frozenset({Role.OFFICER}))
    ctx, row = context(officer), Row(OWN, PlanState.DRAFT)

    with pytest.raises(Conflict):
        PLAN.apply(ctx, row, "return", "请补充")
    row.state = PlanState.FILED
    with pytest.raises(Invalid):
        PLAN.apply(ctx, row, "return", "  ")

    assert (row.version, ctx.db.added) == (1, [])
