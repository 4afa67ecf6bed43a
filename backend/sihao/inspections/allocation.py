"""Spread units over groups: balanced, the same each time, nobody judging the own unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Team:
    """An inspection group: its leader, its members (the leader among them), its present load."""

    id: UUID
    leader_id: UUID | None
    members: frozenset[UUID]
    load: int = 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which group takes a unit, or why none can."""

    unit_id: UUID
    team_id: UUID | None
    reason: str = ""


def refusal(team: Team, aside: frozenset[UUID]) -> str | None:
    """Say why `team` cannot inspect a unit for which the people in `aside` stand aside."""
    if team.leader_id is None:
        return "检查组没有组长"
    if team.leader_id in aside:
        return "组长须回避"
    if not team.members - aside:
        return "全体成员须回避"
    return None


def allocate(
    units: Sequence[UUID], teams: Sequence[Team], aside: Mapping[UUID, frozenset[UUID]]
) -> list[Allocation]:
    """Give each unit, in order, to the least loaded group that can take it; ties by group order.

    `aside` maps a unit to those who must not judge it: recusals and people of the unit itself.
    """
    loads = {team.id: team.load for team in teams}
    done = []
    for unit in units:
        out = aside.get(unit, frozenset())
        able = [team for team in teams if refusal(team, out) is None]
        if not able:
            reasons = sorted({why for team in teams if (why := refusal(team, out))})
            done.append(Allocation(unit, None, "；".join(reasons) or "还没有检查组"))
            continue
        chosen = min(able, key=lambda team: loads[team.id])
        loads[chosen.id] += 1
        done.append(Allocation(unit, chosen.id))
    return done


def duties(
    items: Sequence[UUID],
    inspectors: Iterable[UUID],
    specialists: Mapping[UUID, frozenset[UUID]],
    scorers: int = 1,
) -> dict[UUID, frozenset[UUID]]:
    """Tell for each item who of a unit's inspectors judges it.

    `specialists` maps an item to those it is allocated to. Where too few of them may judge this
    unit for `scorers` independent words, the item is everybody's again.
    """
    everybody = frozenset(inspectors)
    shared = {}
    for item in items:
        able = specialists.get(item, everybody) & everybody
        shared[item] = able if len(able) >= scorers else everybody
    return shared
