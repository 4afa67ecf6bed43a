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
    """Why none can; or how loaded the chosen one was among how many that could."""


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
    """Give each unit to the least loaded group that can take it; ties by group order.

    Units that few groups can take choose first, so that the others even it out.

    `aside` maps a unit to those who must not judge it: recusals and people of the unit itself.
    """
    loads = {team.id: team.load for team in teams}
    able = {
        unit: [team for team in teams if refusal(team, aside.get(unit, frozenset())) is None]
        for unit in units
    }
    done = {}
    for unit in sorted(units, key=lambda one: len(able[one])):
        if not able[unit]:
            done[unit] = Allocation(unit, None, _why_none(teams, aside.get(unit, frozenset())))
            continue
        chosen = min(able[unit], key=lambda team: loads[team.id])
        why = f"{len(able[unit])} 个检查组可以承担，该组已有 {loads[chosen.id]} 个单位，为最少"
        loads[chosen.id] += 1
        done[unit] = Allocation(unit, chosen.id, why)
    return [done[unit] for unit in units]


def _why_none(teams: Sequence[Team], out: frozenset[UUID]) -> str:
    reasons = sorted({why for team in teams if (why := refusal(team, out))})
    return "；".join(reasons) or "还没有检查组"


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
