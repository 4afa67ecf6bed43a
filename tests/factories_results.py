"""Final inspections, results and comparisons for tests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import update
from sqlmodel import select

from sihao.campaigns.models import Standard
from sihao.campaigns.scheme import Grade, ItemRules, Rules
from sihao.core.canonical import digest
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Finding, Inspection, InspectionGroup, ItemDecision
from sihao.results.actions.results import freeze
from sihao.results.frozen import FrozenDimension, FrozenItem, Inputs, scores
from sihao.results.lifecycle import ResultState
from sihao.results.models import AnnualResult, Comparison
from tests.factories import STAMPS
from tests.factories_campaigns import criteria_of

DEDUCTION = {
    "clause": "部分落实、存在明显缺项的，每处",
    "times": 2,
    "fact": "三季度未开展专题学习",
    "evidence_id": None,
    "evidence_title": "",
    "absence": "缺少三季度学习记录",
    "points": "1.5000",
    "inspector": "甲评分员",
}


async def make_final_inspection(
    world, campaign, unit, *, lost: dict[str, str] | None = None, findings: int = 0, **fields
) -> Inspection:
    """Make a finalized inspection: `lost` gives points lost by item code, others lose nothing."""
    group = InspectionGroup(campaign_id=campaign.id, name=f"检查组{unit.code}", **STAMPS)
    inspection = Inspection(
        unit_id=unit.id,
        campaign_id=campaign.id,
        group_id=group.id,
        state=fields.pop("state", InspectionState.FINALIZED),
        **fields,
        **STAMPS,
    )
    await world.add(group, inspection)
    criteria = await criteria_of_campaign(world, campaign)
    for code, criterion in criteria.items():
        points = Decimal((lost or {}).get(code, "0"))
        await world.add(
            ItemDecision(
                unit_id=unit.id,
                inspection_id=inspection.id,
                criterion_id=criterion.id,
                lost=points,
                deductions=[{**DEDUCTION, "points": str(points)}] if points else [],
                decided_by="甲组长",
                **STAMPS,
            )
        )
    first = next(iter(criteria.values()))
    for at in range(findings):
        await world.add(
            Finding(
                unit_id=unit.id,
                inspection_id=inspection.id,
                criterion_id=first.id,
                text=f"发现问题{at + 1}",
                found_by="甲评分员",
                **STAMPS,
            )
        )
    return inspection


async def criteria_of_campaign(world, campaign):
    (standard,) = await world.all(select(Standard).where(Standard.id == campaign.standard_id))
    return await criteria_of(world, standard)


async def make_result(
    world,
    campaign,
    unit,
    *,
    total: str = "90",
    findings: int = 0,
    state=ResultState.PUBLISHED,
    **fields,
) -> AnnualResult:
    """Make a result whose one item lost `100 - total` points under a scheme of one item."""
    rules = Rules(
        dimensions={"A": Decimal(100)},
        items={"A1": ItemRules(points=Decimal(100))},
        grades=[
            Grade(name="好", at_least=Decimal(90)),
            Grade(name="较好", at_least=Decimal(80)),
            Grade(name="较差", at_least=Decimal(0)),
        ],
    )
    item = FrozenItem(
        code="A1",
        title="树牢“四个意识”",
        dimension="A",
        lost=Decimal(100) - Decimal(total),
        restored=Decimal(0),
    )
    given = Inputs(
        year=campaign.year,
        unit_id=str(unit.id),
        unit_name=unit.name,
        standard="创建标准",
        dimensions=[FrozenDimension(code="A", title="政治坚定好")],
        items=[item],
        assessments=[],
        finding_items=["A1"] * findings,
        rules=rules,
    )
    inputs, outcome, computed = freeze(given)
    result = AnnualResult(
        unit_id=unit.id,
        campaign_id=campaign.id,
        state=state,
        total=computed.total,
        grade=computed.grade,
        scores=scores(computed),
        findings=computed.findings,
        inputs=inputs,
        inputs_hash=digest(inputs),
        outcome=outcome,
        outcome_hash=digest(outcome),
        computed_by="某工作人员",
        published_at=datetime.now(UTC) if state == ResultState.PUBLISHED else None,
        **fields,
        **STAMPS,
    )
    await world.add(result)
    return result


async def end_notice(world) -> None:
    """Let the last second of every public notice be over."""
    over = datetime.now(UTC) - timedelta(minutes=1)
    ctx = await world.ctx()
    await ctx.db.execute(update(Comparison).values(notice_until=over))
    await ctx.db.commit()
    await ctx.db.close()
