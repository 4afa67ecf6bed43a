"""Plan, start and finish the inspection of a unit."""

from uuid import UUID

from sihao.campaigns.queries import get_rules
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections.actions.phase import PREPARING, UNTIL_CLOSED, hold_phase
from sihao.inspections.actions.visits import VISITED_LATER
from sihao.inspections.allocation import Team, refusal
from sihao.inspections.lifecycle import INSPECTION, InspectionState
from sihao.inspections.models import Inspection, ScoreSheet
from sihao.inspections.queries import groups, inspections, sheets
from sihao.inspections.queries.calendar import get_calendar
from sihao.inspections.schemas.inspections import InspectionUpdate


async def update_inspection(
    ctx: Context, inspection_id: UUID, version: int, body: InspectionUpdate
) -> Inspection:
    """Set the day of the visit; before the start move the unit to another group, with a reason."""
    ctx.require(Role.OFFICER)
    inspection = await inspections.get_inspection(ctx, inspection_id, lock=True)
    await hold_phase(ctx, inspection.campaign_id, PREPARING)
    check_version(inspection, version)
    if inspection.state not in VISITED_LATER:
        code, zh = "inspection.visited", "检查已经完成合议，日程和检查组不再变动。"
        raise Conflict(code, zh, "The inspection is over.", state=inspection.state)
    changes = body.model_dump(exclude_unset=True, include={"visit_on", "visit_half"})
    inspection.sqlmodel_update(changes)
    if body.visit_place is not None:
        inspection.visit_place = body.visit_place
    if body.group_id is not None and body.group_id != inspection.group_id:
        await _move_to_group(ctx, inspection, body.group_id, body.reason)
    touch(ctx, inspection)
    emit(
        ctx,
        "inspection.updated",
        inspection.id,
        inspection.unit_id,
        audience=Audience.COMMITTEE,
        fields=sorted(body.model_fields_set - {"reason"}),
        reason=body.reason,
    )
    return inspection


async def _move_to_group(ctx: Context, inspection: Inspection, group_id: UUID, reason: str) -> None:
    if inspection.state is not InspectionState.PLANNED:
        code, zh = "inspection.started", "检查已经开始，不能再调换检查组。"
        raise Conflict(code, zh, "The inspection has started.")
    if not reason:
        code, zh = "inspection.reason", "调换检查组须写明理由。"
        raise Invalid(code, zh, "Say why.", pointer="/body/reason")
    try:
        group = await groups.get_group(ctx, group_id)
    except NotFound as missing:
        pointer = "/body/group_id"
        raise Invalid(missing.code, missing.zh, missing.en, pointer=pointer) from missing
    if group.campaign_id != inspection.campaign_id:
        code, zh = "group.campaign", "这个检查组属于别的年度。"
        raise Invalid(code, zh, "A group of another year.", pointer="/body/group_id")
    people = await groups.get_people(ctx, group, inspection.unit_id)
    members = frozenset({*people.inspectors, *people.aside})
    why = refusal(Team(group.id, group.leader_id, members), frozenset(people.aside))
    if why is not None:
        code, zh = "group.aside", f"这个检查组不能检查该单位：{why}。"
        raise Invalid(code, zh, "This group stands aside.", pointer="/body/group_id")
    inspection.group_id = group.id


async def move_inspection(
    ctx: Context, inspection_id: UUID, version: int, name: str, opinion: str
) -> Inspection:
    """Make one step; starting hands out the sheets, feedback opens the time for objections [C]."""
    inspection = await inspections.get_inspection(ctx, inspection_id, lock=True)
    await hold_phase(ctx, inspection.campaign_id, UNTIL_CLOSED)
    check_version(inspection, version)
    people = await inspections.get_people_of(ctx, inspection)
    facts = await inspections.get_facts(ctx, inspection, people)
    INSPECTION.apply(ctx, inspection, name, opinion, facts=facts)
    if name == "start":
        await add_sheets(ctx, inspection)
    elif name == "give_feedback":
        rules = await get_rules(ctx, inspection.campaign_id)
        inspection.feedback_at = ctx.now
        calendar = await get_calendar(ctx)
        inspection.objections_until = calendar.end_of(ctx.now, rules.objection_days)
    elif name == "confirm":
        inspection.confirmed_at = ctx.now
    await ctx.db.flush()
    return inspection


async def add_sheets(ctx: Context, inspection: Inspection) -> None:
    """Give every inspector of the group who judges the unit a sheet, once."""
    people = await inspections.get_people_of(ctx, inspection)
    have = await sheets.list_sheet_owners(ctx, inspection.id)
    for person_id in people.inspectors:
        if person_id not in have:
            ctx.db.add(
                ScoreSheet(
                    unit_id=inspection.unit_id,
                    inspection_id=inspection.id,
                    inspector_id=person_id,
                    **stamps(ctx),
                )
            )
    await ctx.db.flush()
