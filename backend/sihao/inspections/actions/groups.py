"""Keep groups, and assign units to them."""

from collections import Counter
from uuid import UUID

from sihao.core.canonical import canonical, digest
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections.actions.inspections import add_sheets
from sihao.inspections.actions.phase import PREPARING, hold_phase, hold_phase_named
from sihao.inspections.allocation import allocate
from sihao.inspections.models import GroupMember, Inspection, InspectionGroup
from sihao.inspections.queries import groups, inspections, recusals
from sihao.inspections.schemas.groups import (
    AssignBody,
    Assigned,
    AssignmentPublic,
    GroupCreate,
    GroupLoad,
    GroupUpdate,
    NotAssigned,
)


async def create_group(ctx: Context, body: GroupCreate) -> InspectionGroup:
    """Add a group with its members and leader."""
    ctx.require(Role.OFFICER)
    await hold_phase_named(ctx, body.campaign_id, PREPARING)
    await _check_people(ctx, body.leader_id, body.member_ids)
    group = InspectionGroup.model_validate(
        body.model_dump(exclude={"member_ids"}), update=stamps(ctx)
    )
    ctx.db.add(group)
    await ctx.db.flush()
    _add_members(ctx, group, body.member_ids)
    emit(ctx, "group.created", group.id, audience=Audience.COMMITTEE, name=group.name)
    return group


async def update_group(
    ctx: Context, group_id: UUID, version: int, body: GroupUpdate
) -> InspectionGroup:
    """Rename a group, change its leader or members; new members get sheets where it inspects."""
    ctx.require(Role.OFFICER)
    group = await groups.get_group(ctx, group_id, lock=True)
    await hold_phase(ctx, group.campaign_id, PREPARING)
    check_version(group, version)
    old = {one.person_id: one for one in await groups.list_group_members(ctx, group.id)}
    members = list(old) if body.member_ids is None else body.member_ids
    changes = body.model_dump(exclude_unset=True, exclude={"member_ids", "name"})
    if body.name is not None:
        changes["name"] = body.name
    group.sqlmodel_update(changes)
    await _check_people(ctx, group.leader_id, members)
    for gone in old.keys() - set(members):
        await ctx.db.delete(old[gone])
    _add_members(ctx, group, [one for one in members if one not in old])
    touch(ctx, group)
    await ctx.db.flush()
    for running in await inspections.list_running(ctx, group.id):
        await add_sheets(ctx, running)
    emit(
        ctx,
        "group.updated",
        group.id,
        audience=Audience.COMMITTEE,
        fields=sorted(body.model_fields_set),
    )
    return group


async def _check_people(ctx: Context, leader_id: UUID | None, member_ids: list[UUID]) -> None:
    await groups.check_inspectors(ctx, member_ids, "/body/member_ids")
    if leader_id is not None and leader_id not in member_ids:
        code, zh = "group.leader", "组长须是本组成员。"
        raise Invalid(code, zh, "The leader is no member.", pointer="/body/leader_id")


def _add_members(ctx: Context, group: InspectionGroup, person_ids: list[UUID]) -> None:
    for person_id in dict.fromkeys(person_ids):
        ctx.db.add(GroupMember(group_id=group.id, person_id=person_id))


async def assign_units(ctx: Context, campaign_id: UUID, body: AssignBody) -> AssignmentPublic:
    """Give every active unit without an inspection this year to a group (R17).

    What was assigned before stays. Units that no group can take are listed with the reason.
    """
    ctx.require(Role.OFFICER)
    campaign = await hold_phase(ctx, campaign_id, PREPARING)
    teams = await groups.list_teams(ctx, campaign.id)
    if not teams:
        code, zh = "assignment.groups", "请先建立检查组，再分配单位。"
        raise Conflict(code, zh, "There is no group yet.")
    units, already = await groups.list_units_to_assign(ctx, campaign.id)
    aside = await recusals.list_aside(ctx, [unit.id for unit in units])
    names = {unit.id: unit.name for unit in units}
    people = await groups.list_names(ctx, {one for team in teams for one in team.members})
    group_names = await groups.list_group_names(ctx, campaign.id)
    members = {team.id: team.members for team in teams}
    answer = AssignmentPublic(dry_run=body.dry_run, already=already, assigned=[], not_assigned=[])
    for one in allocate(list(names), teams, aside):
        if one.team_id is None:
            answer.not_assigned.append(
                NotAssigned(unit_id=one.unit_id, unit_name=names[one.unit_id], reason=one.reason)
            )
            continue
        out = aside.get(one.unit_id, frozenset()) & members[one.team_id]
        answer.assigned.append(
            Assigned(
                unit_id=one.unit_id,
                unit_name=names[one.unit_id],
                group_id=one.team_id,
                group_name=group_names[one.team_id],
                aside=sorted(people[each] for each in out),
                why=one.reason,
            )
        )
    given = Counter(one.group_id for one in answer.assigned)
    answer.loads = [
        GroupLoad(
            group_id=team.id,
            group_name=group_names[team.id],
            before=team.load,
            after=team.load + given[team.id],
        )
        for team in teams
    ]
    answer.digest = _digest(answer.assigned)
    if not body.dry_run:
        _check_confirmed(body, answer)
        await _create_inspections(ctx, campaign.id, answer.assigned)
    return answer


def _digest(assigned: list[Assigned]) -> str:
    return digest(canonical([[one.unit_id, one.group_id, *one.aside] for one in assigned]))


def _check_confirmed(body: AssignBody, answer: AssignmentPublic) -> None:
    """What is carried out is what was read: nothing is swapped silently (W25)."""
    if body.confirms is None:
        code, zh = "assignment.unconfirmed", "请先查看分配方案，再按方案确认。"
        raise Invalid(code, zh, "Confirm a proposal's digest.", pointer="/body/confirms")
    if body.confirms != answer.digest:
        code, zh = "assignment.changed", "检查组、单位或者回避情况有变化，请重新查看分配方案。"
        raise Conflict(code, zh, "The proposal is another one by now.")


async def _create_inspections(ctx: Context, campaign_id: UUID, assigned: list[Assigned]) -> None:
    made = [
        Inspection(
            campaign_id=campaign_id, unit_id=one.unit_id, group_id=one.group_id, **stamps(ctx)
        )
        for one in assigned
    ]
    ctx.db.add_all(made)
    await ctx.db.flush()
    for row, one in zip(made, assigned, strict=True):
        emit(
            ctx,
            "inspection.assigned",
            row.id,
            row.unit_id,
            audience=Audience.COMMITTEE,
            group=one.group_name,
        )
