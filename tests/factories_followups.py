"""Interviews, rectifications, referrals and complaints for tests, in any state."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sihao.complaints.models import Complaint, ComplaintKind
from sihao.core.context import Role
from sihao.followups.lifecycle import InterviewState, ReferralState
from sihao.followups.models import (
    Interview,
    InterviewRecord,
    Rectification,
    Referral,
    ReferralOutcome,
)
from tests.factories import STAMPS, make_person
from tests.factories_results import make_result

_ORDER = list(InterviewState)
GROUNDS = {
    "total": "73.50",
    "below": "80",
    "grade": "较差",
    "findings": 6,
    "many": 5,
    "items": ["A1", "C6"],
}


async def make_poor_result(world, campaign, unit, **fields):
    """Make a published result that gives occasion to an interview under the default scheme."""
    return await make_result(world, campaign, unit, **{"total": "73.5", "findings": 6, **fields})


async def make_interview(
    world, campaign, unit, *, state=InterviewState.PROPOSED, result=None, taken_by=None, **fields
) -> Interview:
    """Make an interview that has everything its state asks for; `taken_by` is a client."""
    result = result or await make_poor_result(world, campaign, unit)
    now = datetime.now(UTC)
    at = _ORDER.index(state)
    past = {name: at >= _ORDER.index(name) for name in InterviewState}
    known = {}
    if past[InterviewState.APPROVED]:
        known |= {"approved_by": "某领导", "approved_at": now}
    if past[InterviewState.NOTIFIED]:
        known |= {"notified_at": now, "meeting_at": now, "place": "第二会议室"}
    if past[InterviewState.HELD]:
        known |= {"held_on": now.date()}
    if past[InterviewState.RECORDED]:
        known |= {
            "unit_confirmed_at": now,
            "unit_confirmed_by": "某局长",
            "committee_confirmed_at": now,
            "committee_confirmed_by": "某领导",
        }
    interview = Interview(
        unit_id=unit.id,
        campaign_id=campaign.id,
        result_id=result.id,
        state=state,
        **{
            "reason": "得分低，发现问题多。",
            "grounds": GROUNDS,
            "proposed_by_id": uuid4(),
            "proposed_by": "某工作人员",
            **known,
            **fields,
        },
        **STAMPS,
    )
    await world.add(interview)
    if past[InterviewState.HELD]:
        await world.add(
            InterviewRecord(
                unit_id=unit.id,
                interview_id=interview.id,
                readers=[taken_by.person_id] if taken_by else [],
                taken_by="某工作人员",
                attendees="工委三人",
                text="谈话如下。",
                **STAMPS,
            )
        )
    return interview


async def make_rectification(
    world, campaign, unit, *, finding=None, interview=None, **fields
) -> Rectification:
    """Make a rectification of a finding, or of an interview that has been recorded."""
    other = {"problem_id", "entry_id"} & set(fields)
    if finding is None and interview is None and not other:
        interview = await make_interview(world, campaign, unit, state=InterviewState.RECORDED)
    rectification = Rectification(
        unit_id=unit.id,
        campaign_id=campaign.id,
        finding_id=finding.id if finding else None,
        interview_id=interview.id if interview else None,
        **{
            "text": "补齐三季度学习记录",
            "due_on": (datetime.now(UTC) + timedelta(days=30)).date(),
            **fields,
        },
        **STAMPS,
    )
    await world.add(rectification)
    return rectification


async def make_referral(
    world, campaign, unit, *, receiver=None, state=ReferralState.DRAFTED, **fields
) -> Referral:
    """Make a referral; `receiver` is a person, a new one with the role if none is given."""
    receiver_id = receiver.id if receiver else (await make_person(world, Role.RECEIVER))[0].id
    referral = Referral(
        unit_id=unit.id,
        unit_name=unit.name,
        campaign_id=campaign.id,
        state=state,
        **{
            "receiver_id": receiver_id,
            "department": "市委组织部",
            "request": ReferralOutcome.HELP,
            "reason": "连续两年得分较低，请予帮助。",
            "drafted_by_id": uuid4(),
            "drafted_by": "某工作人员",
            "sent_at": datetime.now(UTC)
            if state in ("sent", "acknowledged", "concluded")
            else None,
            **fields,
        },
        **STAMPS,
    )
    await world.add(referral)
    return referral


async def make_complaint(world, author, **fields) -> Complaint:
    """Make a complaint by a person."""
    complaint = Complaint(
        author_id=author.id,
        **{"kind": ComplaintKind.COMPLAINT, "text": "材料重复报送。", **fields},
        **STAMPS,
    )
    await world.add(complaint)
    return complaint
