from datetime import UTC, datetime

from icalendar import Calendar
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.core.paging import Page
from sihao.followups.lifecycle import InterviewState, RectificationState
from sihao.followups.schemas.interviews import InterviewRow
from sihao.results.lifecycle import ResultState
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview, make_poor_result, make_rectification
from tests.factories_results import make_final_inspection, make_result

URL = "/api/v1/interviews"
NOTICE = {"meeting_at": "2026-11-30T09:00:00+08:00", "place": "第二会议室", "topics": "学习情况"}
HELD = {
    "held_on": "2026-01-15",
    "place": "第二会议室",
    "attendees": "工委三人",
    "text": "班子认领问题，提出四项整改。",
}


async def setting(world):
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    return campaign, await make_unit(world, "市水务局")


async def read(client, interview):
    answer = await client.get(f"{URL}/{interview.id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_case_goes_from_its_grounds_to_the_end_by_the_right_hands(as_, world):
    campaign, unit = await setting(world)
    result = await make_poor_result(world, campaign, unit)
    officer, leader, lead = await as_.officer(), await as_.leader(), await as_.lead(unit)

    made = await officer.post(URL, json={"result_id": str(result.id), "reason": "差且问题多"})
    assert made.status_code == 201, made.text
    case = made.json()
    assert case["grounds"] == {
        "total": "73.50",
        "below": "80",
        "grade": "较差",
        "findings": 6,
        "many": 5,
        "items": ["A1"],
    }
    url = f"{URL}/{case['id']}"
    case = (await leader.move(case, url, "approve", "同意")).json()
    assert (await lead.get(url)).status_code == 404
    case = (await officer.move(case, url, "notify", **NOTICE)).json()
    case = (await lead.move(case, url, "acknowledge")).json()
    assert case["received_by"]
    case = (await officer.move(case, url, "hold", **HELD)).json()
    case = (await lead.move(case, url, "confirm_record", "保留意见：一项属上级文件")).json()
    assert (case["state"], case["unit_remark"]) == ("held", "保留意见：一项属上级文件")
    case = (await leader.move(case, url, "confirm_record")).json()
    assert case["state"] == "recorded"
    made = await officer.post(
        "/api/v1/rectifications",
        json={"interview_id": case["id"], "text": "补齐记录", "due_on": "2026-12-31"},
    )
    assert made.status_code == 201, made.text
    case = (await officer.move(case, url, "start_rectifying")).json()
    await verify_all(world)
    case = (await officer.move(case, url, "verify", "整改到位")).json()
    case = (await leader.move(case, url, "close")).json()

    assert (case["state"], case["verification"]) == ("closed", "整改到位")
    assert [step["name"] for step in case["history"]] == [
        "created",
        "approve",
        "notify",
        "acknowledge",
        "hold",
        "confirm_record",
        "confirm_record",
        "start_rectifying",
        "verify",
        "close",
    ]
    seen = (await lead.get(url)).json()["history"]
    assert [step["name"] for step in seen][:2] == ["notify", "acknowledge"]


async def test_who_verified_does_not_look_back_and_a_planned_look_comes_before_the_end(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.RECTIFYING)
    await make_rectification(
        world, campaign, unit, interview=case, state=RectificationState.VERIFIED
    )
    officer, other, leader = await as_.officer(), await as_.officer(), await as_.leader()
    shown, url = await read(officer, case), f"{URL}/{case.id}"

    past = await officer.move(shown, url, "verify", "到位", recheck_on="2020-01-01")
    shown = (await officer.move(shown, url, "verify", "到位", recheck_on="2099-01-01")).json()
    early = await leader.move(shown, url, "close")
    own = await officer.move(shown, url, "look_back", "没有反弹")
    shown = (await other.move(shown, url, "look_back", "没有反弹")).json()
    twice = await leader.move(shown, url, "look_back", "x")
    closed = (await leader.move(shown, url, "close")).json()

    assert past.json()["errors"][0]["pointer"] == "/body/recheck_on"
    assert early.json()["detail"] == "定于 2099-01-01 的“回头看”还没有登记。"
    assert own.json()["detail"].startswith("核验的人不能自己")
    assert (shown["recheck"], shown["recheck_on"]) == ("没有反弹", "2099-01-01")
    assert twice.status_code == 409
    assert closed["state"] == "closed"


async def test_a_case_is_closed_only_while_every_commitment_is_verified(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.VERIFIED)
    await make_rectification(
        world, campaign, unit, interview=case, state=RectificationState.RETURNED
    )
    leader, url = await as_.leader(), f"{URL}/{case.id}"

    answer = await leader.move(await read(leader, case), url, "close")

    assert (answer.status_code, answer.json()["detail"]) == (409, "还有 1 项整改没有核验通过。")


async def test_meetings_are_listed_by_their_date_and_given_to_other_calendars(as_, world):
    campaign, unit = await setting(world)
    later = await make_interview(
        world,
        campaign,
        unit,
        state=InterviewState.NOTIFIED,
        meeting_at=datetime(2026, 11, 30, 17, tzinfo=UTC),
    )
    sooner = await make_interview(
        world,
        campaign,
        await make_unit(world),
        state=InterviewState.NOTIFIED,
        meeting_at=datetime(2026, 11, 20, 1, tzinfo=UTC),
    )
    await make_interview(world, campaign, await make_unit(world))
    officer, lead = await as_.officer(), await as_.lead(unit)

    listed = (await officer.get(f"{URL}?meeting_from=2026-11-01&sort=meeting_at")).json()["items"]
    december = (await officer.get(f"{URL}?meeting_from=2026-12-01")).json()["items"]
    answer = await officer.get(f"{URL}/calendar?campaign_id={campaign.id}")
    own = await lead.get(f"{URL}/calendar")

    assert [one["id"] for one in listed] == [str(sooner.id), str(later.id)]
    assert [one["id"] for one in december] == [str(later.id)]
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [event["uid"] for event in events] == [f"{sooner.id}@sihao", f"{later.id}@sihao"]
    (event,) = Calendar.from_ical(own.content).walk("VEVENT")
    assert event["uid"] == f"{later.id}@sihao"


async def verify_all(world):
    from sihao.followups.models import Rectification  # noqa: PLC0415 - it needs the settings

    ctx = await world.ctx()
    for one in (await ctx.db.exec(select(Rectification))).all():
        one.state = RectificationState.VERIFIED
    await ctx.db.commit()
    await ctx.db.close()


async def test_nothing_is_proposed_unless_both_grounds_hold(as_, world):
    campaign, poor = await setting(world)
    few = await make_result(world, campaign, poor, total="60", findings=4)
    many = await make_result(world, campaign, await make_unit(world), total="80", findings=9)
    officer = await as_.officer()

    for result in (few, many):
        answer = await officer.post(URL, json={"result_id": str(result.id), "reason": "问题多"})
        assert answer.status_code == 409
        assert answer.json()["code"] == "interview.grounds"


async def test_suggestions_list_exactly_who_is_poor_and_full_of_problems(as_, world):
    campaign, unit = await setting(world)
    poor = await make_poor_result(world, campaign, unit, state=ResultState.APPROVED)
    await make_result(world, campaign, await make_unit(world), total="60", findings=4)
    await make_result(world, campaign, await make_unit(world), total="80", findings=9)
    await make_poor_result(world, campaign, await make_unit(world), state=ResultState.COMPUTED)
    officer = await as_.officer()
    query = f"{URL}/suggestions?campaign_id={campaign.id}"

    found = (await officer.get(query)).json()
    assert (found["below"], found["many"]) == ("80", 5)
    assert [(one["result_id"], one["interview_id"]) for one in found["items"]] == [
        (str(poor.id), None)
    ]
    made = await officer.post(URL, json={"result_id": str(poor.id), "reason": "x"})
    again = await officer.post(URL, json={"result_id": str(poor.id), "reason": "x"})

    assert again.json()["code"] == "interview.exists"
    found = (await officer.get(query)).json()
    assert found["items"][0]["interview_id"] == made.json()["id"]
    assert (await (await as_.lead(unit)).get(query)).status_code == 403
    unknown = await officer.get(f"{URL}/suggestions?campaign_id={unit.id}")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "campaign.unknown")


async def test_a_result_that_is_not_approved_or_not_there_gives_no_occasion(as_, world):
    campaign, unit = await setting(world)
    result = await make_poor_result(world, campaign, unit, state=ResultState.COMPUTED)
    officer = await as_.officer()

    early = await officer.post(URL, json={"result_id": str(result.id), "reason": "x"})
    missing = await officer.post(URL, json={"result_id": str(unit.id), "reason": "x"})
    refused = await (await as_.lead(unit)).post(
        URL, json={"result_id": str(result.id), "reason": "x"}
    )

    assert (early.status_code, early.json()["code"]) == (409, "interview.result")
    assert missing.json()["errors"][0]["pointer"] == "/body/result_id"
    assert refused.status_code == 403


async def test_whoever_proposed_does_not_approve(as_, world):
    campaign, unit = await setting(world)
    result = await make_poor_result(world, campaign, unit)
    leader = await as_.leader()
    case = (await leader.post(URL, json={"result_id": str(result.id), "reason": "x"})).json()

    answer = await leader.move(case, f"{URL}/{case['id']}", "approve")

    assert answer.status_code == 409
    assert case["actions"][0]["blocked"].startswith("提出约谈的人")


async def test_restricted_readers(as_, world):
    campaign, unit = await setting(world)
    foreign = await make_unit(world)
    proposed = await make_interview(world, campaign, foreign)
    noticed = await make_interview(world, campaign, unit, state=InterviewState.NOTIFIED)
    readers = {
        "lead": await as_.lead(unit),
        "deputy": await as_.deputy(unit),
        "leadership": await as_.leadership(),
    }
    strangers = [
        await as_.unit(unit, Role.UNIT_OFFICE),
        await as_.unit(unit, Role.UNIT_MEMBER),
        await as_.lead(foreign),
        await as_.inspector(),
        await as_.role(Role.RECEIVER),
        await as_.service("result:read"),
    ]

    for client in readers.values():
        page = Page[InterviewRow].model_validate_json((await client.get(URL)).content)
        assert [row.id for row in page.items] == [noticed.id]
        assert (await client.get(f"{URL}/{proposed.id}")).status_code == 404
    for client in strangers:
        assert (await client.get(URL)).json()["items"] == []
        assert (await client.get(f"{URL}/{noticed.id}")).status_code == 404
    page = Page[InterviewRow].model_validate_json((await (await as_.officer()).get(URL)).content)
    assert {row.unit_name for row in page.items} == {unit.name, foreign.name}


async def test_a_notice_waits_for_the_published_result_and_says_when_and_where(as_, world):
    campaign, unit = await setting(world)
    result = await make_poor_result(world, campaign, unit, state=ResultState.APPROVED)
    case = await make_interview(world, campaign, unit, state=InterviewState.APPROVED, result=result)
    officer = await as_.officer()
    shown, url = await read(officer, case), f"{URL}/{case.id}"

    early = await officer.move(shown, url, "notify", **NOTICE)
    bare = await officer.move(shown, url, "notify")

    assert shown["actions"][0]["blocked"] == "年度结果公布后才能发出约谈通知。"
    assert early.status_code == 409
    assert bare.status_code == 422


async def test_a_receipt_is_given_once_and_by_the_lead(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.NOTIFIED)
    lead, deputy, url = await as_.lead(unit), await as_.deputy(unit), f"{URL}/{case.id}"
    shown = await read(lead, case)

    refused = await deputy.move(shown, url, "acknowledge")
    received = (await lead.move(shown, url, "acknowledge")).json()
    again = await lead.move(received, url, "acknowledge")

    assert refused.status_code == 403
    assert received["received_at"]
    assert (again.status_code, again.json()["detail"]) == (409, "通知已经签收。")


async def test_an_interview_is_not_held_in_the_future_nor_by_the_unit(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.NOTIFIED)
    officer, lead, url = await as_.officer(), await as_.lead(unit), f"{URL}/{case.id}"
    shown = await read(officer, case)

    future = await officer.move(shown, url, "hold", **{**HELD, "held_on": "2099-01-01"})
    foreign = await lead.move(shown, url, "hold", **HELD)
    early = await officer.move(shown, url, "start_rectifying")

    assert future.json()["errors"][0]["pointer"] == "/body/held_on"
    assert foreign.status_code == 403
    assert (early.status_code, early.json()["code"]) == (409, "interview.start_rectifying.state")


async def test_rectifying_needs_matters_and_verifying_all_of_them_verified(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.RECORDED)
    officer, url = await as_.officer(), f"{URL}/{case.id}"

    shown = await read(officer, case)
    assert shown["actions"][0]["blocked"] == "请先列出约谈提出的整改事项。"
    assert (await officer.move(shown, url, "start_rectifying")).status_code == 409
    await make_rectification(world, campaign, unit, interview=case)
    shown = (await officer.move(shown, url, "start_rectifying")).json()
    assert shown["actions"][0]["blocked"] == "还有 1 项整改没有核验通过。"
    assert (await officer.move(shown, url, "verify", "好")).status_code == 409
    await verify_all(world)
    assert (await officer.move(shown, url, "verify")).json()["code"] == "interview.verify.opinion"
    assert (await officer.move(shown, url, "verify", "好")).json()["state"] == "verified"


async def test_escalating_ends_the_interview_with_a_draft_that_only_the_committee_sees(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.RECORDED)
    leader, lead = await as_.leader(), await as_.lead(unit)
    receiver = await as_.role(Role.RECEIVER)
    shown, url = await read(leader, case), f"{URL}/{case.id}"
    ask = {"department": "市委组织部", "request": "help", "receiver_id": str(receiver.person_id)}

    wrong = await leader.move(
        shown, url, "escalate", "拒不整改", **{**ask, "receiver_id": str(lead.person_id)}
    )
    silent = await leader.move(shown, url, "escalate", **ask)
    done = (await leader.move(shown, url, "escalate", "拒不整改", **ask)).json()

    assert wrong.json()["errors"][0]["pointer"] == "/body/receiver_id"
    assert silent.status_code == 422
    assert done["state"] == "escalated"
    referral = (await leader.get(f"/api/v1/referrals/{done['referral_id']}")).json()
    assert (referral["state"], referral["reason"]) == ("drafted", "拒不整改")
    assert referral["grounds"]["total"] == "73.50"
    seen = (await lead.get(url)).json()
    assert seen["referral_id"] is None
    assert "拒不整改" not in str(seen)


async def test_what_the_unit_may_not_know_is_recorded_for_the_committee(as_, world):
    campaign, unit = await setting(world)
    result = await make_poor_result(world, campaign, unit)
    officer, leader = await as_.officer(), await as_.leader()
    case = (await officer.post(URL, json={"result_id": str(result.id), "reason": "x"})).json()
    url = f"{URL}/{case['id']}"
    case = (await leader.move(case, url, "approve")).json()
    await officer.move(case, url, "notify", **NOTICE)

    events = await world.all(select(Event).order_by(Event.seq))

    assert [(one.name, one.audience) for one in events] == [
        ("interview.created", Audience.COMMITTEE),
        ("interview.approve", Audience.COMMITTEE),
        ("interview.notify", Audience.RESTRICTED),
    ]


async def test_the_findings_behind_a_case_are_listed_with_their_rectification(as_, world):
    campaign, unit = await setting(world)
    await make_final_inspection(world, campaign, unit, findings=2)
    case = await make_interview(world, campaign, unit, state=InterviewState.NOTIFIED)

    findings = (await read(await as_.lead(unit), case))["findings"]

    assert [(one["code"], one["rectification_id"]) for one in findings] == [("A1", None)] * 2
