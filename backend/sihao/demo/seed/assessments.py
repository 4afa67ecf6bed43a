"""Merged assessments X0–X3 of the departments that own those facts (R18)."""

from datetime import date
from decimal import Decimal

from sihao.core.events import Audience
from sihao.demo.city import Unit
from sihao.demo.profiles import profile_of
from sihao.demo.seed.town import Town, Year, stamped
from sihao.demo.words import dice
from sihao.inspections.actions.co_assessments import create_co_assessment
from sihao.inspections.models import CoAssessment, CoAssessmentResult
from sihao.inspections.schemas.co_assessments import CoAssessmentCreate

_ALL = (
    ("X0", "机关党建助推乡村振兴", "市委农办", 1.0),
    ("X1", "党委（党组）理论学习中心组学习", "市委宣传部", 0.5),
    ("X2", "党建工作责任制", "市直机关工委", 0.0),
    ("X3", "党风廉政建设责任制", "市纪委监委机关", 0.0),
)
"""Code, title, department, and how much of the running year's results is in."""
_BEST = {"strong": 97, "middling": 94, "weak": 88, "poor": 82}
_GRADES = ((95, "优秀"), (85, "良好"), (75, "一般"), (0, "较差"))


async def add_assessments(town: Town, year: Year) -> None:
    """Add the year's list and the results that its departments have delivered."""
    running = year.number == town.calendar.running
    for code, title, department, share in _ALL:
        body = CoAssessmentCreate(
            campaign_id=year.campaign.id,
            code=code,
            title=title,
            owner_department=department,
            owner_id=town.person("coassessor"),
        )
        officer = town.by("officer", town.calendar.at(date(year.number, 10, 12)))
        made = await town.do(create_co_assessment, officer, body)
        known = round(len(town.units) * share) if running else len(town.units)
        for unit in town.units[:known]:
            _add_result(town, year, made, unit)


def _add_result(town: Town, year: Year, made: CoAssessment, unit: Unit) -> None:
    rng = dice(unit.number, year.number, made.code)
    best = _BEST[profile_of(unit, year.number).tier]
    score = Decimal(best * 2 - rng.randint(0, 14)) / 2
    at = town.calendar.at(date(year.number, 12, 8), 10)
    at = min(at, town.calendar.before(4))
    result_id = town.rows.add(
        CoAssessmentResult,
        co_assessment_id=made.id,
        unit_id=town.unit_ids[unit.number],
        score=score,
        grade=next(name for floor, name in _GRADES if score >= floor),
        source=f"{made.owner_department}{year.number}年度考核结果通报",
        **stamped(at, town.actors["coassessor"].name),
    )
    town.tell(
        "co_assessment.scored",
        result_id,
        unit,
        "coassessor",
        at,
        audience=Audience.COMMITTEE,
        code=made.code,
        score=str(score),
    )
