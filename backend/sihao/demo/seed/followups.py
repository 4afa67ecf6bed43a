"""What follows the finished year: rectifications, interviews, referrals, and the complaint box.

All of it goes through the product, step by step, at the times at which it happened.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sihao.complaints.actions import create_complaint, move_complaint
from sihao.complaints.models import ComplaintKind
from sihao.complaints.schemas import ComplaintCreate
from sihao.demo.city import Unit
from sihao.demo.followups import Rectification as Asked
from sihao.demo.followups import complaints_for, rectifications_for
from sihao.demo.profiles import profile_of
from sihao.demo.seed.town import Town, Year
from sihao.followups.actions import rectifications as actions
from sihao.followups.models import RecheckResult, Rectification
from sihao.followups.schemas.interviews import Verification
from sihao.followups.schemas.rectifications import (
    CarryOver,
    LookBack,
    RectificationCreate,
    RectificationUpdate,
)

_EVERY = 5
"""Of the units with little to put right every fifth is asked for rectifications."""
_CAUSE = "工作制度执行不严，责任传导不到位，日常督促检查不够。"
_RECHECKED = "回头看：抽查相关台账和会议记录，未发现反弹。"
_RELAPSED = "回头看：同一问题再次出现，原有措施没有坚持，重新整改。"
_CARRIED = "年度内没有整改到位，转入下一年度继续整改。"
_CARRIES_OVER, _RELAPSES = 34, 36
_SENT_BACK = "报告只写了工作安排，没有落实结果和佐证，请补充后重新报告。"


@dataclass(frozen=True)
class Spring:
    """The months after the finished year."""

    town: Town
    year: Year

    def at(self, month: int, day: int, hour: int = 10) -> datetime:
        """A moment of the year after."""
        return self.town.calendar.at(date(self.year.number + 1, month, day), hour)


async def add_rectifications(town: Town, year: Year) -> None:
    """Ask for what findings call for, and take each as far as its state says."""
    spring = Spring(town, year)
    for unit in town.units:
        poor = profile_of(unit, year.number).tier in {"poor", "weak"}
        if poor or unit.number % _EVERY == 0:
            for place, asked in enumerate(rectifications_for(unit, year.number)):
                finding = year.findings[unit.number, asked.criterion]
                told = _asked(spring, unit, place, asked)
                row = await rectify(spring, unit, told, finding=finding)
                if unit.number == _CARRIES_OVER and told.state == "returned":
                    await _carry_over(town, row)


async def _carry_over(town: Town, row: Rectification) -> None:
    """What was sent back and not reported again goes on in the running year."""
    officer = town.by("officer", town.calendar.before(30))
    later = CarryOver(
        opinion=_CARRIED,
        campaign_id=town.years[town.calendar.running].campaign.id,
        due_on=town.calendar.today + timedelta(days=40),
    )
    await town.do(actions.carry_over, officer, row.id, row.version, later)


def _asked(spring: Spring, unit: Unit, place: int, asked: Asked) -> Asked:
    """As it was asked, but the third of a weak unit's is under way, with time left."""
    if profile_of(unit, spring.year.number).tier != "weak" or place != 2:
        return asked
    state = ("reported", "assigned")[unit.number % 2]
    due_on = spring.town.calendar.today + timedelta(days=5 + unit.number % 20)
    return replace(asked, state=state, due_on=due_on)


async def rectify(
    spring: Spring,
    unit: Unit,
    asked: Asked,
    *,
    finding: UUID | None = None,
    interview: UUID | None = None,
) -> Rectification:
    """Assign one rectification and let unit and committee deal with it."""
    town = spring.town
    officer = town.by("officer", spring.at(2, 6))
    body = RectificationCreate(
        text=asked.finding, due_on=asked.due_on, finding_id=finding, interview_id=interview
    )
    row = await town.do(actions.create_rectification, officer, body)
    if asked.state == "assigned":
        return row
    row = await _report(spring, unit, asked, row)
    checked = town.by("officer", town.calendar.at(asked.due_on + timedelta(days=4), 10))
    if asked.state == "returned":
        row = await town.do(
            actions.move_rectification, checked, row.id, row.version, "return", _SENT_BACK
        )
    elif asked.state == "verified":
        looked_at = town.calendar.at(asked.due_on + timedelta(days=90), 10)
        looks_back = unit.number % 3 == 0
        found = Verification(
            opinion="经核验，整改措施落实，佐证充分。",
            recheck_on=looked_at.date() if looks_back else None,
        )
        row = await town.do(actions.verify_rectification, checked, row.id, row.version, found)
        if looks_back:
            later = town.by("leader", looked_at)
            again = LookBack(opinion=_RECHECKED, result=RecheckResult.HOLDS)
            if unit.number == _RELAPSES and interview is None:
                due_on = town.calendar.today + timedelta(days=15)
                again = LookBack(opinion=_RELAPSED, result=RecheckResult.RELAPSED, due_on=due_on)
            row = await town.do(actions.look_back, later, row.id, row.version, again)
    return row


async def _report(spring: Spring, unit: Unit, asked: Asked, row: Rectification) -> Rectification:
    town = spring.town
    office = town.by(f"{unit.account}.office", spring.at(2, 12))
    way = RectificationUpdate(
        cause=_CAUSE,
        action=asked.action,
        owner_id=town.members[unit.number, 2 + len(asked.action) % 3],
        handler_id=office.actor.id,
    )
    row = await town.do(actions.update_rectification, office, row.id, row.version, way)
    at = town.calendar.at(asked.due_on - timedelta(days=2), 15)
    lead = town.by(f"{unit.account}.lead", at)
    return await town.do(
        actions.move_rectification, lead, row.id, row.version, "report", asked.report
    )


async def add_complaints(town: Town, year: Year) -> None:
    """Put complaints and suggestions into the box; the running year's last ones wait."""
    known = {unit.number for unit in town.units}
    told = [(unit, one) for unit, one in complaints_for(year.number) if unit.number in known]
    for place, (unit, one) in enumerate(told):
        waits = year.number == town.calendar.running and place >= len(told) // 2
        at = town.calendar.at(date(year.number, 6, 3 + 4 * place), 9)
        at = town.calendar.before(2 * place) if waits else at
        author = town.by(f"{unit.account}.{('office', 'member3')[place % 2]}", at)
        kind = ComplaintKind.SUGGESTION if one.sort == "建议" else ComplaintKind.COMPLAINT
        body = ComplaintCreate(kind=kind, text=one.text, named=place % 3 != 1)
        row = await town.do(create_complaint, author, body)
        if not waits:
            officer = town.by("officer", at + timedelta(days=5))
            await town.do(move_complaint, officer, row.id, row.version, "answer", one.answer)
