"""Interviews of teams that are both poor and full of problems, and what came of them (R22, R23).

The first went over into a referral, the second is closed, the third has its notice, the fourth is
proposed.
"""

from datetime import datetime, timedelta

from sqlmodel import select

from sihao.core.context import CHINA
from sihao.demo.city import Unit
from sihao.demo.entries import workday
from sihao.demo.followups import Rectification as Asked
from sihao.demo.followups import (
    interview_for,
    is_interview_due,
    rectifications_for,
    referral_for,
)
from sihao.demo.judgements import total_for
from sihao.demo.seed.followups import Spring, rectify
from sihao.demo.seed.town import Town, Year
from sihao.demo.words import dice
from sihao.followups.actions import interviews as actions
from sihao.followups.actions import referrals
from sihao.followups.models import Interview, Referral, ReferralOutcome
from sihao.followups.queries.records import list_in_office
from sihao.followups.schemas.interviews import Held, InterviewCreate, Notice
from sihao.followups.schemas.records import AttendanceWritten
from sihao.followups.schemas.referrals import (
    Conclusion,
    Escalation,
    ReferralCreate,
    ReferralUpdate,
)
from sihao.results.queries.results import list_results_of

_PLACE = "市直机关工委三楼会议室"
_DONE = "已选派两名干部到该单位指导工作，并对班子配备作了调整。"


async def add_interviews(town: Town, year: Year) -> None:
    """Take the first four units that are due through their cases."""
    spring = Spring(town, year)
    results = await list_results_of(town.ctx, year.campaign.id)
    by_unit = {one.unit_id: one.id for one in results}
    due = [unit for unit in town.units if is_interview_due(unit, year.number)]
    due.sort(key=lambda unit: (total_for(unit, year.number), unit.number))
    for unit, story in zip(due, (_escalated, _closed, _noticed, _proposed), strict=False):
        body = InterviewCreate(
            result_id=by_unit[town.unit_ids[unit.number]],
            reason=interview_for(unit, year.number).reason,
        )
        await story(spring, unit, body)


async def _propose(spring: Spring, body: InterviewCreate, at: datetime) -> Interview:
    return await spring.town.do(actions.create_interview, spring.town.by("officer", at), body)


async def _notify(
    spring: Spring, unit: Unit, row: Interview, at: datetime, meeting: datetime
) -> Interview:
    """Approve, notify, and have the receipt signed, within three days."""
    town = spring.town
    leader = town.by("leader", at)
    row = await town.do(
        actions.move_interview, leader, row.id, row.version, "approve", "同意约谈。"
    )
    notice = Notice(
        opinion="请主要负责同志带领班子成员参加。",
        meeting_at=meeting,
        place=_PLACE,
        topics="\n".join(interview_for(unit, spring.year.number).questions),
    )
    officer = town.by("officer", at + timedelta(days=1))
    row = await town.do(actions.notify_interview, officer, row.id, row.version, notice)
    lead = town.by(f"{unit.account}.lead", at + timedelta(days=2))
    return await town.do(actions.move_interview, lead, row.id, row.version, "acknowledge", "")


async def _hold(spring: Spring, unit: Unit, body: InterviewCreate) -> Interview:
    """Hold the interview in spring; both sides confirm its record."""
    town = spring.town
    row = await _propose(spring, body, spring.at(2, 9))
    row = await _notify(spring, unit, row, spring.at(2, 10), spring.at(2, 24, 15))
    held = Held(
        held_on=spring.at(2, 24).date(),
        place=_PLACE,
        attendees="市直机关工委常务副书记、考核处处长",
        attendance=await _attendance(spring, unit),
        text=interview_for(unit, spring.year.number).record,
    )
    officer = town.by("officer", spring.at(2, 25))
    row = await town.do(actions.hold_interview, officer, row.id, row.version, held)
    for who, day in ((f"{unit.account}.lead", 26), ("leader", 27)):
        ctx = town.by(who, spring.at(2, day))
        row = await town.do(
            actions.move_interview, ctx, row.id, row.version, "confirm_record", "记录属实。"
        )
    return row


async def _attendance(spring: Spring, unit: Unit) -> list[AttendanceWritten]:
    """All came but the last by rank, who was away on duty."""
    day = spring.at(2, 24).date()
    team = await list_in_office(spring.town.ctx, spring.town.unit_ids[unit.number], day)
    last = team[-1].member_id
    return [
        AttendanceWritten(
            member_id=one.member_id,
            came=one.member_id != last,
            reason="" if one.member_id != last else "因公出差，会后阅知",
        )
        for one in team
    ]


async def _closed(spring: Spring, unit: Unit, body: InterviewCreate) -> None:
    town = spring.town
    row = await _hold(spring, unit, body)
    rng = dice(unit.number, spring.year.number, "interview")
    for question in rectifications_for(unit, spring.year.number)[:2]:
        asked = Asked(
            criterion=question.criterion,
            finding=f"约谈指出：{question.finding}",
            action=question.action,
            due_on=workday(rng, spring.year.number + 1, 5),
            state="verified",
            report=question.report,
        )
        await rectify(spring, unit, asked, interview=row.id)
    for who, name, month, opinion in (
        ("officer", "start_rectifying", 3, "转入整改。"),
        ("officer", "verify", 6, "约谈提出的事项均已整改到位。"),
        ("leader", "close", 7, "同意办结。"),
    ):
        ctx = town.by(who, spring.at(month, 2))
        row = await town.do(actions.move_interview, ctx, row.id, row.version, name, opinion)


async def _escalated(spring: Spring, unit: Unit, body: InterviewCreate) -> None:
    town = spring.town
    row = await _hold(spring, unit, body)
    asked = referral_for(unit, spring.year.number)
    escalation = Escalation(
        opinion=asked.text,
        department=asked.department,
        request=ReferralOutcome(asked.sort),
        receiver_id=town.person("receiver"),
    )
    leader = town.by("leader", spring.at(4, 7))
    await town.do(actions.escalate_interview, leader, row.id, row.version, escalation)
    rows = select(Referral).where(Referral.interview_id == row.id)
    referral = (await town.ctx.db.exec(rows)).one()
    officer = town.by("officer", spring.at(4, 8))
    redrafted = ReferralUpdate(reason=f"{asked.text}约谈后整改进展仍不明显，特提请研究。")
    referral = await town.do(
        referrals.update_referral, officer, referral.id, referral.version, redrafted
    )
    referral = await _send(town, referral, spring.at(4, 10))
    receiver = town.by("receiver", spring.at(4, 16))
    referral = await town.do(
        referrals.move_referral, receiver, referral.id, referral.version, "acknowledge", ""
    )
    receiver = town.by("receiver", spring.at(6, 20))
    answer = Conclusion(opinion=_DONE, outcome=ReferralOutcome(asked.sort))
    await town.do(referrals.conclude_referral, receiver, referral.id, referral.version, answer)


async def _send(town: Town, referral: Referral, at: datetime) -> Referral:
    for who, name, days in (("leader", "approve", 0), ("officer", "send", 2)):
        ctx = town.by(who, at + timedelta(days=days))
        referral = await town.do(
            referrals.move_referral, ctx, referral.id, referral.version, name, "同意。"
        )
    return referral


async def ask_for_help(town: Town, year: Year) -> None:
    """Ask for help for the weakest unit that needs no interview; it waits for its receiver."""
    others = [unit for unit in town.units if not is_interview_due(unit, year.number)]
    unit = min(others, key=lambda one: (total_for(one, year.number), one.number))
    asked = referral_for(unit, year.number)
    body = ReferralCreate(
        department=asked.department,
        request=ReferralOutcome(asked.sort),
        reason=asked.text,
        unit_id=town.unit_ids[unit.number],
        campaign_id=year.campaign.id,
        receiver_id=town.person("receiver"),
    )
    officer = town.by("officer", town.calendar.before(9))
    referral = await town.do(referrals.create_referral, officer, body)
    await _send(town, referral, town.calendar.before(7))


async def _noticed(spring: Spring, unit: Unit, body: InterviewCreate) -> None:
    calendar = spring.town.calendar
    row = await _propose(spring, body, calendar.before(12))
    meeting = (calendar.now + timedelta(days=5)).astimezone(CHINA).replace(hour=9)
    await _notify(spring, unit, row, calendar.before(8), meeting.replace(minute=0, second=0))


async def _proposed(spring: Spring, _: Unit, body: InterviewCreate) -> None:
    await _propose(spring, body, spring.town.calendar.before(3))
