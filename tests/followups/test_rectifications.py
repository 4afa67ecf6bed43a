from datetime import UTC, datetime, timedelta

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import CHINA, Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.followups.lifecycle import InterviewState, RectificationState
from sihao.followups.schemas.rectifications import RectificationRow
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Finding
from sihao.plans.models import ProblemSource
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview, make_rectification
from tests.factories_plans import make_plan, make_problem
from tests.factories_results import make_final_inspection

URL = "/api/v1/rectifications"


async def setting(world, **fields):
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    unit = await make_unit(world, "市水务局")
    await make_final_inspection(world, campaign, unit, findings=1, **fields)
    (finding,) = await world.all(select(Finding).where(Finding.unit_id == unit.id))
    return campaign, unit, finding


def body(**fields):
    return {"text": "补齐三季度学习记录", "due_on": "2026-12-31", **fields}


async def test_a_finding_is_put_right_reported_returned_reported_and_verified(as_, world):
    _, unit, finding = await setting(world)
    member = await make_member(world, unit, "张明")
    officer, lead, office = await as_.officer(), await as_.lead(unit), await as_.unit(unit)

    made = await officer.post(URL, json=body(finding_id=str(finding.id)))
    assert made.status_code == 201, made.text
    url = f"{URL}/{made.json()['id']}"
    shown = (await lead.get(url)).json()
    assert (shown["code"], shown["state"]) == ("A1", "assigned")
    assert shown["actions"][0]["blocked"] == "请先填写整改措施和责任人。"
    assert (await lead.move(shown, url, "report", "已补")).status_code == 409
    shown = (
        await office.edit(shown, url, cause="无人负责", action="专人登记", owner_id=str(member.id))
    ).json()
    assert shown["owner_name"] == "张明"
    assert (await office.move(shown, url, "report", "已补")).status_code == 403
    assert (await lead.move(shown, url, "report")).status_code == 422
    shown = (await lead.move(shown, url, "report", "已补")).json()
    assert (shown["lamp"], shown["days_left"]) == (None, None)
    assert (await office.edit(shown, url, action="x")).json()["code"] == "rectification.not_open"
    shown = (await officer.move(shown, url, "return", "缺签到表")).json()
    shown = (await lead.move(shown, url, "report", "签到表已附")).json()
    shown = (await officer.move(shown, url, "verify", "属实")).json()

    assert (shown["state"], shown["report"]) == ("verified", "签到表已附")
    steps = [(one["name"], one["opinion"]) for one in shown["history"]]
    assert steps == [
        ("created", ""),
        ("updated", ""),
        ("report", "已补"),
        ("return", "缺签到表"),
        ("report", "签到表已附"),
        ("verify", "属实"),
    ]
    names = [event.name for event in await world.all(select(Event).order_by(Event.seq))]
    assert names[-1] == "rectification.verify"


async def test_a_later_check_is_noted_only_after_verification_and_by_the_committee(as_, world):
    campaign, unit, finding = await setting(world)
    done = await make_rectification(
        world, campaign, unit, finding=finding, state=RectificationState.VERIFIED
    )
    officer, lead, url = await as_.officer(), await as_.lead(unit), f"{URL}/{done.id}"
    shown = (await officer.get(url)).json()
    headers = {"If-Match": f'"{shown["version"]}"'}

    foreign = await lead.post(f"{url}/recheck", json={"text": "好"}, headers=headers)
    noted = await officer.post(f"{url}/recheck", json={"text": "没有反弹"}, headers=headers)
    open_one = await make_rectification(world, campaign, unit, finding=finding)
    early = await officer.post(
        f"{URL}/{open_one.id}/recheck", json={"text": "x"}, headers={"If-Match": '"1"'}
    )

    assert shown["may_recheck"] is True
    assert foreign.status_code == 403
    assert (noted.json()["recheck"], bool(noted.json()["rechecked_at"])) == ("没有反弹", True)
    assert (early.status_code, early.json()["code"]) == (409, "rectification.not_verified")


async def test_a_finding_is_not_handed_on_before_the_unit_has_its_feedback(as_, world):
    _, _, finding = await setting(world, state=InspectionState.SCORED)
    officer = await as_.officer()

    early = await officer.post(URL, json=body(finding_id=str(finding.id)))
    none = await officer.post(URL, json=body())

    assert (early.status_code, early.json()["code"]) == (422, "finding.not_given_back")
    assert none.json()["code"] == "rectification.origin"


async def test_an_interview_gives_matters_only_once_it_has_been_held(as_, world):
    campaign, unit, _ = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.NOTIFIED)
    officer = await as_.officer()

    early = await officer.post(URL, json=body(interview_id=str(case.id)))
    unknown = await officer.post(URL, json=body(interview_id=str(unit.id)))
    refused = await (await as_.lead(unit)).post(URL, json=body(interview_id=str(case.id)))

    assert (early.status_code, early.json()["code"]) == (409, "rectification.interview")
    assert unknown.json()["errors"][0]["pointer"] == "/body/interview_id"
    assert refused.status_code == 403


async def test_the_owner_belongs_to_the_team_and_the_unit_leaves_the_matter_alone(as_, world):
    campaign, unit, finding = await setting(world)
    stranger = await make_member(world, await make_unit(world))
    one = await make_rectification(world, campaign, unit, finding=finding)
    office, url = await as_.unit(unit), f"{URL}/{one.id}"
    shown = (await office.get(url)).json()

    owner = await office.edit(shown, url, owner_id=str(stranger.id))
    date = await office.edit(shown, url, due_on="2099-01-01")
    fixed = await (await as_.officer()).edit(shown, url, due_on="2099-01-01")
    stale = await office.edit(shown, url, cause="x")

    assert shown["may_edit"] == ["cause", "action", "owner_id"]
    assert (owner.status_code, owner.json()["code"]) == (422, "member.unknown")
    assert (date.status_code, date.json()["errors"][0]["pointer"]) == (403, "/body/due_on")
    assert fixed.json()["due_on"] == "2099-01-01"
    assert stale.status_code == 412


async def test_the_lamp_turns_yellow_at_twenty_days_and_red_at_ten(as_, world):
    campaign, unit, finding = await setting(world)
    today = datetime.now(UTC).astimezone(CHINA).date()
    for days in (21, 20, 11, 10, 0, -1):
        due = today + timedelta(days=days)
        await make_rectification(world, campaign, unit, finding=finding, due_on=due)
    officer = await as_.officer()

    page = Page[RectificationRow].model_validate_json(
        (await officer.get(f"{URL}?sort=-due_on")).content
    )
    overdue = (await officer.get(f"{URL}?overdue=true&count=exact")).json()
    yellow = (await officer.get(f"{URL}?lamp=yellow&count=exact")).json()

    assert [(row.days_left, row.lamp) for row in page.items] == [
        (21, "green"),
        (20, "yellow"),
        (11, "yellow"),
        (10, "red"),
        (0, "red"),
        (-1, "red"),
    ]
    assert (overdue["total"], yellow["total"]) == (1, 2)


async def test_who_reads_rectifications_and_who_learns_of_the_interview(as_, world):
    campaign, unit, _ = await setting(world)
    one = await make_rectification(world, campaign, unit)
    url = f"{URL}/{one.id}"

    for client in (await as_.lead(unit), await as_.deputy(unit), await as_.leadership()):
        assert (await client.get(url)).json()["interview_id"] == str(one.interview_id)
        assert (await client.get(f"{url}/thread")).json()["interview_id"]
        page = (await client.get(f"{URL}?interview_id={one.interview_id}")).json()
        assert len(page["items"]) == 1
    office = await as_.unit(unit)
    assert (await office.get(url)).json()["interview_id"] is None
    assert (await office.get(f"{url}/thread")).json()["interview_id"] is None
    assert (await office.get(f"{URL}?interview_id={one.interview_id}")).json()["items"] == []
    for client in (
        await as_.unit(unit, Role.UNIT_MEMBER),
        await as_.lead(await make_unit(world)),
        await as_.role(Role.RECEIVER),
        await as_.inspector(),
    ):
        assert (await client.get(url)).status_code == 404
        assert (await client.get(URL)).json()["items"] == []


async def test_the_thread_leads_from_the_finding_into_next_years_plan(as_, world):
    campaign, unit, finding = await setting(world)
    one = await make_rectification(world, campaign, unit, finding=finding)
    after = await make_campaign(world, year=2027)
    plan = await make_plan(world, unit, after)
    problem = await make_problem(world, plan, source=ProblemSource.RECTIFICATION, source_id=one.id)

    thread = (await (await as_.lead(unit)).get(f"{URL}/{one.id}/thread")).json()

    assert thread["finding"]["text"] == finding.text
    assert [(p["id"], p["year"], p["state"]) for p in thread["problems"]] == [
        (str(problem.id), 2027, "open")
    ]
