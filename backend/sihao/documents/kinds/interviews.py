"""What follows a poor result: the notice of an interview, its record, a letter to a department."""

from uuid import UUID

from sihao.campaigns.queries import get_campaign
from sihao.core.context import CHINA, Context
from sihao.documents.layout.blocks import Block, Heading, Paragraph, Table
from sihao.documents.written import Written, chinese_date, listed, paragraphs, widths
from sihao.followups.actions.records import read_record
from sihao.followups.lifecycle import ReferralState
from sihao.followups.models import Interview, ReferralOutcome
from sihao.followups.queries.interviews import get_interview
from sihao.followups.queries.referrals import get_referral
from sihao.followups.schemas.interviews import Grounds
from sihao.units.queries import get_committee, get_unit

_ASKED = {ReferralOutcome.HELP: "给予帮助", ReferralOutcome.ADJUSTMENT: "予以调整"}


async def write_interview_notice(ctx: Context, subject_id: UUID) -> Written:
    """约谈通知 (R22): when, where, about what."""
    interview = await get_interview(ctx, subject_id)
    campaign = await get_campaign(ctx, interview.campaign_id)
    unit, committee = await get_unit(ctx, interview.unit_id), await get_committee(ctx)
    topics = paragraphs(interview.topics) or (Paragraph("年度考核中反映的突出问题。"),)
    body: tuple[Block, ...] = (
        Heading(1, "约谈时间和地点"),
        Paragraph(_when(interview)),
        Heading(1, "约谈对象"),
        Paragraph(f"{unit.name}领导班子全体成员。"),
        Heading(1, "需要说明的事项"),
        *topics,
    )
    return Written(
        campaign_id=campaign.id,
        unit_id=unit.id,
        organ=committee.name,
        title=f"关于对{unit.name}领导班子进行集体约谈的通知",
        addressee=unit.name,
        opening=f"根据{campaign.year}年度四好领导班子创建活动考核结果，经研究，"
        "决定对你单位领导班子进行集体约谈。现将有关事项通知如下。",
        body=body,
        closing="请准时参加，并就上述事项作出说明。",
        recipients=(unit.id,),
        waits=None
        if interview.notified_at
        else "约谈经批准并登记时间、地点（发出通知）之后才能制发公文。",
    )


def _when(interview: Interview) -> str:
    if interview.meeting_at is None:
        return "时间待定。"
    at = interview.meeting_at.astimezone(CHINA)
    return f"{chinese_date(at.date())}{at:%H:%M}，{interview.place}。"


async def write_interview_record(ctx: Context, subject_id: UUID) -> Written:
    """约谈记录, for its named readers; that it was looked at is on record (B11)."""
    interview, record = await read_record(ctx, subject_id)
    unit, committee = await get_unit(ctx, interview.unit_id), await get_committee(ctx)
    confirmed = (interview.unit_confirmed_at, interview.committee_confirmed_at)
    times = [one for one in confirmed if one is not None]
    final = len(times) == len(confirmed)
    rows = tuple(
        (one["name"], one["duty"], "到会" if one["came"] else f"缺席：{one['reason']}")
        for one in record.attendance
    )
    attended: tuple[Block, ...] = (
        (Table(("姓名", "职务", "到会情况"), widths(1, 2, 2), rows),) if rows else ()
    )
    held = chinese_date(interview.held_on) if interview.held_on else "时间待定"
    remark: tuple[Block, ...] = (
        (Heading(1, "单位保留意见"), *paragraphs(interview.unit_remark))
        if interview.unit_remark
        else ()
    )
    signed = [interview.unit_confirmed_by, interview.committee_confirmed_by]
    return Written(
        campaign_id=interview.campaign_id,
        unit_id=unit.id,
        organ=committee.name,
        title=f"{unit.name}领导班子集体约谈记录",
        opening=f"时间：{held}\n地点：{interview.place}\n约谈人：{listed(record.attendees.split())}"
        f"\n记录人：{record.taken_by}",
        body=(
            Heading(1, "约谈对象"),
            Paragraph(f"{unit.name}领导班子。"),
            *attended,
            Heading(1, "约谈内容"),
            *(paragraphs(record.text) or (Paragraph("记录尚未填写。"),)),
            *remark,
        ),
        closing=f"双方确认：{listed(one for one in signed if one)}" if final else "",
        dated=max(times).astimezone(CHINA).date() if final else None,
    )


async def write_referral(ctx: Context, subject_id: UUID) -> Written:
    """提请函 (R23): what a department is asked for, and on which grounds."""
    referral = await get_referral(ctx, subject_id)
    campaign, committee = await get_campaign(ctx, referral.campaign_id), await get_committee(ctx)
    asked = _ASKED[referral.request]
    grounds = Grounds.model_validate(referral.grounds) if referral.grounds else None
    stated: tuple[Block, ...] = ()
    if grounds is not None:
        stated = (
            Heading(1, "考核情况"),
            Paragraph(
                f"该领导班子{campaign.year}年度考核得{grounds.total}分，等次为{grounds.grade}，"
                f"检查发现问题{grounds.findings}个，涉及条目{listed(grounds.items)}。"
            ),
        )
    return Written(
        campaign_id=campaign.id,
        unit_id=referral.unit_id,
        organ=committee.name,
        title=f"关于提请对{referral.unit_name}领导班子{asked}的函",
        addressee=referral.department,
        opening=f"根据{campaign.year}年度四好领导班子创建活动考核结果，现提请你单位对"
        f"{referral.unit_name}领导班子{asked}。有关情况函告如下。",
        body=(*stated, Heading(1, "提请理由"), *paragraphs(referral.reason)),
        closing="请予研究，并将办理情况函复。",
        waits="提请经批准之后才能发函。" if referral.state is ReferralState.DRAFTED else None,
    )
