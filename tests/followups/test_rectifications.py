from datetime import UTC, datetime, timedelta

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import CHINA, Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.evidence.lifecycle import EvidenceState
from sihao.followups.lifecycle import InterviewState, RectificationState
from sihao.followups.schemas.rectifications import RectificationRow
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Finding
from sihao.plans.lifecycle import PlanState
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.factories_followups import make_interview, make_rectification
from tests.factories_ledgers import make_entry
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


async def test_a_later_look_is_anothers_and_only_after_verification(as_, world):
    campaign, unit, finding = await setting(world)
    member = await make_member(world, unit)
    one = await make_rectification(
        world, campaign, unit, finding=finding, action="专人登记", owner_id=member.id
    )
    officer, leader, lead = await as_.officer(), await as_.leader(), await as_.lead(unit)
    url, look = f"{URL}/{one.id}", {"result": "holds"}
    shown = (await lead.move((await lead.get(url)).json(), url, "report", "已补")).json()

    early = await leader.move(shown, url, "look_back", "x", **look)
    past = await officer.move(shown, url, "verify", "属实", recheck_on="2020-01-01")
    shown = (await officer.move(shown, url, "verify", "属实", recheck_on="2099-06-01")).json()
    foreign = await lead.move(shown, url, "look_back", "好", **look)
    own = await officer.move(shown, url, "look_back", "好", **look)
    noted = (await leader.move(shown, url, "look_back", "没有反弹", **look)).json()

    assert (early.status_code, early.json()["code"]) == (409, "rectification.look_back.state")
    assert past.json()["errors"][0]["pointer"] == "/body/recheck_on"
    assert shown["recheck_on"] == "2099-06-01"
    assert foreign.status_code == 403
    assert own.json()["detail"].startswith("核验的人不能自己")
    assert (noted["state"], noted["recheck"], noted["recheck_result"]) == (
        "verified",
        "没有反弹",
        "holds",
    )


async def test_after_a_relapse_it_is_the_units_turn_again_by_a_new_date(as_, world):
    campaign, unit, finding = await setting(world)
    done = await make_rectification(
        world, campaign, unit, finding=finding, state=RectificationState.VERIFIED
    )
    leader, url = await as_.leader(), f"{URL}/{done.id}"
    shown = (await leader.get(url)).json()

    dateless = await leader.move(shown, url, "look_back", "又出现", result="relapsed")
    back = await leader.move(
        shown, url, "look_back", "又出现", result="relapsed", due_on="2099-06-01"
    )

    assert dateless.json()["errors"][0]["pointer"] == "/body/due_on"
    after = back.json()
    assert (after["state"], after["due_on"], after["verified_by"]) == ("returned", "2099-06-01", "")
    assert (after["recheck_result"], after["lamp"]) == ("relapsed", "green")


async def test_problems_and_rows_of_the_two_ledgers_are_put_right_alike(as_, world):
    campaign, unit, _ = await setting(world)
    plan = await make_plan(world, unit, campaign, state=PlanState.IN_FORCE)
    draft = await make_plan(world, await make_unit(world), campaign)
    problem = await make_problem(world, plan)
    drafted = await make_problem(world, draft)
    meeting = await make_entry(world, unit, campaign, "T3", title="批评意见")
    feedback = await make_entry(world, unit, campaign, "T4", title="巡视反馈")
    study = await make_entry(world, unit, campaign, "T5", title="集体学习")
    officer, lead = await as_.officer(), await as_.lead(unit)

    by_committee = await officer.post(URL, json=body(problem_id=str(problem.id)))
    own = await lead.post(URL, json=body(entry_id=str(meeting.id)))
    inspected = await lead.post(URL, json=body(entry_id=str(feedback.id)))

    assert [one.json()["origin"] for one in (by_committee, own, inspected)] == [
        "problem",
        "democratic_meeting",
        "discipline_inspection",
    ]
    assert own.json()["origin_text"] == "批评意见"
    listed = (await lead.get(f"{URL}?origin=discipline_inspection")).json()["items"]
    assert [one["id"] for one in listed] == [inspected.json()["id"]]
    for refused, reason in (
        ({"entry_id": str(study.id)}, "ledger_entry.unknown"),
        ({"problem_id": str(drafted.id)}, "problem.unknown"),
        ({"problem_id": str(problem.id), "entry_id": str(meeting.id)}, "rectification.origin"),
    ):
        answer = await officer.post(URL, json=body(**refused))
        assert (answer.status_code, answer.json()["code"]) == (422, reason)
    office = await (await as_.unit(unit)).post(URL, json=body(entry_id=str(meeting.id)))
    foreign = await as_.lead(await make_unit(world))
    stranger = await foreign.post(URL, json=body(entry_id=str(meeting.id)))
    assert (office.status_code, stranger.status_code) == (403, 422)


async def test_a_handler_is_of_the_unit_and_does_not_verify(as_, world):
    campaign, unit, finding = await setting(world)
    one = await make_rectification(world, campaign, unit, finding=finding)
    office, url = await as_.unit(unit), f"{URL}/{one.id}"
    other = await as_.unit(await make_unit(world))
    shown = (await office.get(url)).json()

    handlers = (await office.get(f"{URL}/handlers?unit_id={unit.id}")).json()
    wrong = await office.edit(shown, url, handler_id=str(other.person_id))
    named = (await office.edit(shown, url, handler_id=str(office.person_id))).json()

    assert [one["id"] for one in handlers] == [str(office.person_id)]
    assert (await other.get(f"{URL}/handlers?unit_id={unit.id}")).json() == []
    assert wrong.json()["errors"][0]["pointer"] == "/body/handler_id"
    assert named["handler_name"] == handlers[0]["name"]
    assert (await office.get(f"{URL}?mine=true&count=exact")).json()["total"] == 1
    assert (await (await as_.deputy(unit)).get(f"{URL}?mine=true")).json()["items"] == []


async def test_what_is_not_put_right_goes_over_into_the_next_year_with_its_whole_history(
    as_, world
):
    campaign, unit, finding = await setting(world)
    one = await make_rectification(world, campaign, unit, finding=finding, cause="无人负责")
    after = await make_campaign(world, year=2027, state=CampaignState.OPEN)
    officer, lead, url = await as_.officer(), await as_.lead(unit), f"{URL}/{one.id}"
    office = await as_.unit(unit)
    shown = (await office.edit((await office.get(url)).json(), url, action="专人登记")).json()
    into = {"campaign_id": str(after.id), "due_on": "2099-06-01"}

    same = await officer.move(
        shown, url, "carry_over", "x", **{**into, "campaign_id": str(campaign.id)}
    )
    refused = await lead.move(shown, url, "carry_over", "x", **into)
    new = (await officer.move(shown, url, "carry_over", "年内没有完成", **into)).json()
    old = (await officer.get(url)).json()

    assert same.json()["errors"][0]["pointer"] == "/body/campaign_id"
    assert refused.status_code == 403
    assert (new["year"], new["state"], new["cause"], new["action"]) == (
        2027,
        "assigned",
        "无人负责",
        "专人登记",
    )
    assert (old["state"], old["carried_to_id"]) == ("carried_over", new["id"])
    assert new["carried_from_id"] == old["id"]
    assert new["finding_id"] == str(finding.id)
    assert [step["name"] for step in new["history"]] == ["updated", "carry_over"]


async def test_a_commitment_that_goes_over_into_the_next_year_counts_once(as_, world):
    campaign, unit, _ = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.RECTIFYING)
    one = await make_rectification(world, campaign, unit, interview=case)
    after = await make_campaign(world, year=2027, state=CampaignState.OPEN)
    officer, url = await as_.officer(), f"{URL}/{one.id}"
    shown = (await officer.get(url)).json()

    into = {"campaign_id": str(after.id), "due_on": "2099-06-01"}
    await officer.move(shown, url, "carry_over", "x", **into)
    counted = (await officer.get(f"/api/v1/interviews/{case.id}")).json()

    assert (counted["rectifications"], counted["verified"]) == (1, 0)
    assert counted["actions"][0]["blocked"] == "还有 1 项整改没有核验通过。"


async def test_evidence_is_linked_to_the_rectification_itself(as_, world):
    campaign, unit, _ = await setting(world)
    one = await make_rectification(world, campaign, unit)
    foreign = await make_rectification(world, campaign, await make_unit(world))
    piece = await make_evidence(world, unit, campaign, state=EvidenceState.AVAILABLE)
    office = await as_.unit(unit)
    links = f"/api/v1/evidence/{piece.id}/links"

    made = await office.post(links, json={"rectification_id": str(one.id)})
    wrong = await office.post(links, json={"rectification_id": str(foreign.id)})
    listed = (await office.get(f"/api/v1/evidence?rectification_id={one.id}")).json()["items"]

    assert made.status_code == 201, made.text
    assert wrong.status_code == 422
    assert [item["id"] for item in listed] == [str(piece.id)]
    use = listed[0]["uses"][0]
    assert (use["kind"], use["label"], use["title"]) == ("rectification", "整改", "")


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

    assert shown["may_edit"] == ["cause", "action", "owner_id", "handler_id", "report"]
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
        page = (await client.get(f"{URL}?interview_id={one.interview_id}")).json()
        assert len(page["items"]) == 1
    office = await as_.unit(unit)
    assert (await office.get(url)).json()["interview_id"] is None
    assert (await office.get(f"{URL}?interview_id={one.interview_id}")).json()["items"] == []
    for client in (
        await as_.unit(unit, Role.UNIT_MEMBER),
        await as_.lead(await make_unit(world)),
        await as_.role(Role.RECEIVER),
        await as_.inspector(),
    ):
        assert (await client.get(url)).status_code == 404
        assert (await client.get(URL)).json()["items"] == []
