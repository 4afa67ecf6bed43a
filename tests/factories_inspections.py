"""Groups, inspections, sheets, decisions, findings, objections and merged assessments for tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign, Criterion, Standard
from sihao.inspections.lifecycle import InspectionState, ObjectionState, SheetState
from sihao.inspections.models import (
    CoAssessment,
    CoAssessmentResult,
    Deduction,
    Finding,
    GroupMember,
    Inspection,
    InspectionGroup,
    ItemDecision,
    Judgement,
    Objection,
    Recusal,
    ScoreSheet,
)
from sihao.units.models import Unit
from tests.factories import STAMPS, make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard

_n = count(1)


async def make_group(world, campaign: Campaign, *person_ids, name=None, leader_id=None, **fields):
    """Make a group of these people; the first leads unless `leader_id` says otherwise."""
    leader = leader_id or (person_ids[0] if person_ids else None)
    fields = {"name": name or f"检查{next(_n)}组", "leader_id": leader, **fields}
    group = InspectionGroup(campaign_id=campaign.id, **fields, **STAMPS)
    await world.add(group, *(GroupMember(group_id=group.id, person_id=one) for one in person_ids))
    return group


async def make_recusal(world, person_id, unit: Unit, reason="近三年曾在该单位任职") -> Recusal:
    recusal = Recusal(person_id=person_id, unit_id=unit.id, reason=reason)
    await world.add(recusal)
    return recusal


async def make_inspection(
    world, campaign: Campaign, unit: Unit, group=None, *, state=InspectionState.PLANNED, **fields
) -> Inspection:
    """Make a unit's inspection in any state; in `feedback` its unit has a week to object."""
    group = group or await make_group(world, campaign)
    if state in {InspectionState.FEEDBACK, InspectionState.FINALIZED}:
        now = datetime.now(UTC)
        fields = {"feedback_at": now, "objections_until": now + timedelta(days=7), **fields}
    inspection = Inspection(
        campaign_id=campaign.id,
        unit_id=unit.id,
        group_id=group.id,
        state=state,
        **fields,
        **STAMPS,
    )
    await world.add(inspection)
    return inspection


async def make_sheet(
    world, inspection: Inspection, person_id, *, state=SheetState.OPEN, **fields
) -> ScoreSheet:
    if state is SheetState.SUBMITTED:
        fields = {"submitted_at": datetime.now(UTC), **fields}
    sheet = ScoreSheet(
        unit_id=inspection.unit_id,
        inspection_id=inspection.id,
        inspector_id=person_id,
        state=state,
        **fields,
        **STAMPS,
    )
    await world.add(sheet)
    return sheet


async def make_judgement(
    world, sheet: ScoreSheet, criterion: Criterion, *points, **fields
) -> Judgement:
    """Make a judgement with a deduction of each of `points`; without any: full points."""
    judgement = Judgement(
        unit_id=sheet.unit_id, sheet_id=sheet.id, criterion_id=criterion.id, **fields, **STAMPS
    )
    await world.add(judgement)
    for one in points:
        await world.add(
            Deduction(
                unit_id=sheet.unit_id,
                judgement_id=judgement.id,
                inspector="甲评分员",
                clause="部分落实、存在明显缺项的",
                fact="两次学习没有研讨记录。",
                absence="研讨发言记录",
                points=Decimal(one),
            )
        )
    return judgement


async def make_decision(
    world, inspection: Inspection, criterion: Criterion, *points, restored="0", **fields
) -> ItemDecision:
    """Make the group's decision with a deduction of each of `points`."""
    deductions = [
        {
            "clause": "部分落实、存在明显缺项的",
            "clause_number": None,
            "times": 1,
            "fact": "两次学习没有研讨记录。",
            "evidence_id": None,
            "evidence_title": "",
            "absence": "研讨发言记录",
            "points": str(one),
            "inspector": "甲评分员",
        }
        for one in points
    ]
    decision = ItemDecision(
        unit_id=inspection.unit_id,
        inspection_id=inspection.id,
        criterion_id=criterion.id,
        lost=sum(map(Decimal, points), Decimal(0)),
        deductions=deductions,
        decided_by="检查组组长",
        restored=Decimal(restored),
        **fields,
        **STAMPS,
    )
    await world.add(decision)
    return decision


async def make_finding(world, inspection: Inspection, criterion: Criterion, **fields) -> Finding:
    finding = Finding(
        unit_id=inspection.unit_id,
        inspection_id=inspection.id,
        criterion_id=criterion.id,
        **{"text": "中心组学习研讨不深入。", "found_by": "甲评分员", **fields},
        **STAMPS,
    )
    await world.add(finding)
    return finding


async def make_objection(
    world, inspection: Inspection, criterion: Criterion, *, state=ObjectionState.FILED, **fields
) -> Objection:
    objection = Objection(
        unit_id=inspection.unit_id,
        inspection_id=inspection.id,
        criterion_id=criterion.id,
        state=state,
        **{"grounds": "研讨记录在机关党委存档，检查时没有调阅。", "filed_by": "王局长", **fields},
        **STAMPS,
    )
    await world.add(objection)
    return objection


async def make_co_assessment(world, campaign: Campaign, code="X1", **fields) -> CoAssessment:
    fields = {"title": "党委（党组）中心组学习", "owner_department": "市委宣传部", **fields}
    made = CoAssessment(campaign_id=campaign.id, code=code, **fields, **STAMPS)
    await world.add(made)
    return made


async def make_co_result(
    world, co_assessment: CoAssessment, unit: Unit, score="90", **fields
) -> CoAssessmentResult:
    result = CoAssessmentResult(
        co_assessment_id=co_assessment.id,
        unit_id=unit.id,
        score=Decimal(score),
        **fields,
        **STAMPS,
    )
    await world.add(result)
    return result


@dataclass
class Visit:
    """One unit's inspection by a leader and a second inspector, with what belongs to it."""

    campaign: Campaign
    standard: Standard
    items: dict[str, Criterion]
    unit: Unit
    inspection: Inspection
    sheets: list[ScoreSheet]


async def make_visit(
    world, *person_ids, state=InspectionState.IN_PROGRESS, sheets=SheetState.OPEN, unit=None
) -> Visit:
    """Make a campaign in its inspection phase and a unit inspected by these people."""
    standard = await make_standard(world)
    campaign = await make_campaign(world, state=CampaignState.INSPECTING, standard=standard)
    unit = unit or await make_unit(world)
    group = await make_group(world, campaign, *person_ids)
    inspection = await make_inspection(world, campaign, unit, group, state=state)
    made = []
    if state is not InspectionState.PLANNED:
        made = [await make_sheet(world, inspection, one, state=sheets) for one in person_ids]
    items = await criteria_of(world, standard)
    return Visit(campaign, standard, items, unit, inspection, made)
