"""A whole year over HTTP, nobody skipping a role: from the basis to next year's problems.

The team of one unit plans, works, hands in evidence and reports; the committee inspects, publishes,
interviews and refers; the second year begins with what the first one left.
"""

from datetime import UTC, datetime, timedelta

import pytest

from sihao.core.context import Role
from tests.factories import make_committee, make_member, make_unit
from tests.journeys.story import (
    API,
    GOODS,
    ITEMS,
    Cast,
    draft_campaign,
    edit,
    get,
    give_basis,
    move,
    ok,
    post,
    publish_standard,
    refused,
)

TODAY = datetime.now(UTC).date()
YEAR = TODAY.year


@pytest.fixture
async def cast(as_, world) -> Cast:
    await make_committee(world)
    unit = await make_unit(world, "市水务局")
    members = [
        await make_member(world, unit, name, rank_order=rank)
        for rank, name in enumerate(("周江", "李海", "王湖"), start=1)
    ]
    return Cast(
        officer=await as_.officer(),
        leader=await as_.leader(),
        leadership=await as_.leadership(),
        receiver=await as_.role(Role.RECEIVER),
        coassessor=await as_.role(Role.COASSESSOR),
        inspectors=[await as_.inspector() for _ in range(2)],
        lead=await as_.lead(unit),
        deputy=await as_.deputy(unit),
        office=await as_.unit(unit),
        unit=unit,
        members=members,
    )


async def test_the_year_runs_from_the_basis_to_next_years_problems(cast: Cast):
    campaign = await the_committee_opens_the_year(cast)
    plan = await the_unit_plans(cast, campaign)
    evidence = await the_unit_works_and_hands_in_evidence(cast, campaign, plan)
    await the_unit_reports(cast, campaign, evidence)
    inspection = await the_group_inspects(cast, campaign)
    await the_unit_objects_and_another_decides(cast, inspection)
    result = await the_result_is_published(cast, campaign, inspection)
    interview = await the_team_is_interviewed(cast, campaign, result)
    rectification = await the_unit_rectifies(cast, interview)
    await the_case_is_referred_and_answered(cast, campaign)
    following = await the_next_year_begins_with_what_is_left(cast, campaign, plan, rectification)
    await everybody_can_follow_the_thread(cast, following, rectification)


async def the_committee_opens_the_year(cast: Cast) -> str:
    officer = cast.officer
    standard_id = await publish_standard(officer, YEAR)
    campaign_id = await draft_campaign(officer, YEAR, standard_id)
    path = f"/campaigns/{campaign_id}"

    drafted = await get(officer, path)
    (opening,) = [one for one in drafted["actions"] if one["name"] == "open"]
    assert "依据" in opening["blocked"] or "批准" in opening["blocked"], opening
    refused(await officer.move(drafted, f"{API}{path}", "open"), 409, "campaign.open")
    refused(await cast.office.get(f"{API}{path}"), 404, "campaign.unknown")

    await give_basis(officer, campaign_id, YEAR)
    await move(officer, path, "open")
    assert (await get(cast.office, path))["state"] == "open"
    return campaign_id


async def the_unit_plans(cast: Cast, campaign_id: str) -> str:
    office, lead, officer = cast.office, cast.lead, cast.officer
    assert "起草年度计划" in {one["verb"] for one in await get(office, "/todos")}
    await post(
        office,
        "/team-meetings",
        campaign_id=campaign_id,
        held_on=str(TODAY),
        subject="研究年度创建活动计划",
    )
    plan = await post(office, "/plans", campaign_id=campaign_id)
    path = f"/plans/{plan['id']}"
    refused(await office.move(plan, f"{API}{path}", "present"), 409, "plan.present")

    await edit(
        office,
        path,
        basis="市委关于开展“四好班子”创建活动的意见",
        goals="成员下基层调研均不少于60天",
        content="围绕四个方面查找问题、落实措施",
    )
    problem = await post(
        office,
        f"{path}/problems",
        text="班子成员下基层调研天数不足，一线问题掌握不深",
        category="weak",
        source="democratic_meeting",
        criteria=["C6"],
    )
    await post(
        office,
        f"{path}/measures",
        text="按季度制定班子成员下基层计划并逐月通报",
        problem_id=problem["id"],
        owner_id=str(cast.members[1].id),
        due_on=str(TODAY + timedelta(days=20)),
        expected_output="季度计划与逐人天数表",
        linkages=[{"kind": "performance", "reference": "年度绩效目标第7项"}],
    )
    await move(office, path, "present")
    shown = await get(office, path)
    assert "sign" not in {one["name"] for one in shown["actions"]}
    refused(await office.move(shown, f"{API}{path}", "sign"), 403, "plan.sign.role")
    await move(lead, path, "sign", "同意")
    filed = await get(officer, path)
    assert filed["state"] == "filed"

    await move(officer, path, "return", "目标请写明可以检查的结果")
    await move(office, path, "revise")
    await edit(office, path, goals="12月31日前7名成员下基层调研均达到60天")
    await move(office, path, "present")
    await move(lead, path, "sign")
    await move(officer, path, "accept")

    versions = await get(office, f"{path}/versions")
    assert len(versions) == 2
    assert (await get(office, path))["state"] == "in_force"
    return plan["id"]


async def the_unit_works_and_hands_in_evidence(cast: Cast, campaign_id: str, plan_id: str) -> dict:
    office, deputy = cast.office, cast.deputy
    first, second = cast.members[0], cast.members[1]
    for member, days in ((first, 3), (second, 2)):
        await post(
            office,
            "/ledger-entries",
            campaign_id=campaign_id,
            kind="T8",
            title="到水库移民村走访",
            happened_on=f"{YEAR}-01-10",
            ended_on=f"{YEAR}-01-{9 + days}",
            member_ids=[str(member.id)],
            details={"place": "东河县石岭镇", "purpose_kind": "调研"},
        )
    opened = await get(office, f"/indicators/C6/rows?campaign_id={campaign_id}")
    assert opened

    criteria = {one["code"]: one["id"] for one in await criteria_of(office, campaign_id)}
    (measure,) = (await get(office, f"/plans/{plan_id}/measures"))["items"]
    evidence = await post(
        office,
        "/evidence",
        campaign_id=campaign_id,
        title="下基层出差审批汇总",
        file_name="下基层出差审批汇总.txt",
        not_secret=True,
        links=[{"criterion_id": criteria["C6"]}, {"measure_id": measure["id"]}],
    )
    path = f"/evidence/{evidence['id']}"
    refused(
        await office.post(f"{API}{path}/ticket", json={}),
        409,
    )
    headers = {"If-Match": f'"{evidence["version"]}"', "Content-Type": "text/plain"}
    content = "周江 1月10日至12日 石岭镇\n".encode()
    ok(await office.put(f"{API}{path}/content", content=content, headers=headers))
    received = await get(office, path)
    assert received["state"] == "available"
    assert received["saved"] == 1

    measure_path = f"/measures/{measure['id']}"
    await move(office, measure_path, "start")
    await post(office, f"{measure_path}/progress", text="一季度计划已印发", percent=60)
    await move(office, measure_path, "request_completion", "四个季度计划均已落实")
    refused(
        await office.move(await get(office, measure_path), f"{API}{measure_path}", "confirm"), 403
    )
    await move(deputy, measure_path, "confirm")
    return received


async def criteria_of(client, campaign_id: str) -> list[dict]:
    campaign = await get(client, f"/campaigns/{campaign_id}")
    return await get(client, f"/standards/{campaign['standard_id']}/criteria")


async def the_unit_reports(cast: Cast, campaign_id: str, evidence: dict) -> None:
    office, lead, officer = cast.office, cast.lead, cast.officer
    report = await post(office, "/self-reports", campaign_id=campaign_id)
    path = f"/self-reports/{report['id']}"
    prefill = await get(office, f"{path}/prefill")
    assert set(GOODS) <= {one["dimension"] for one in prefill["sections"]}
    for section in report["sections"]:
        headers = {"If-Match": f'"{section["version"]}"'}
        body = {"text": f"{section['title']}方面，班子坚持问题导向，逐项抓好落实。"}
        url = f"{API}/self-report-sections/{section['id']}"
        ok(await office.patch(url, json=body, headers=headers))
    assert isinstance(await get(office, f"{path}/checks"), list)
    await move(office, path, "present")
    refused(await officer.get(f"{API}{path}"), 404)
    await move(lead, path, "sign")
    receipt = await get(office, f"{path}/receipt")
    assert len(receipt["content_hash"]) == 64

    withdrawn = await office.move(
        await get(office, f"/evidence/{evidence['id']}"),
        f"{API}/evidence/{evidence['id']}",
        "withdraw",
    )
    refused(withdrawn, 409, "evidence.withdraw")
    await move(officer, path, "accept")


async def the_group_inspects(cast: Cast, campaign_id: str) -> dict:
    officer, (first, second) = cast.officer, cast.inspectors
    group = await post(
        officer,
        "/inspection-groups",
        campaign_id=campaign_id,
        name="检查一组",
        leader_id=str(first.person_id),
        member_ids=[str(one.person_id) for one in cast.inspectors],
    )
    assert group["name"] == "检查一组"
    await post(officer, f"/campaigns/{campaign_id}/inspections/assign")
    (row,) = (await get(officer, f"/inspections?campaign_id={campaign_id}"))["items"]
    path = f"/inspections/{row['id']}"
    await move(officer, f"/campaigns/{campaign_id}", "start_inspection")
    await move(first, path, "start")

    criteria = {one["code"]: one["id"] for one in await criteria_of(officer, campaign_id)}
    for inspector in (first, second):
        sheet_id = (await get(inspector, path))["my_sheet_id"]
        await judge(inspector, sheet_id, criteria)
    others = await get(first, f"{path}/sheets")
    assert len(others) == 2

    for number in range(5):
        await post(
            first,
            "/findings",
            inspection_id=row["id"],
            criterion_id=criteria["C6"],
            text=f"下基层调研台账第{number + 1}处缺少事由",
        )
    ok(await first.post(f"{API}{path}/decisions/agree", json={}))
    await move(first, path, "consolidate")
    refused(await cast.office.get(f"{API}{path}/feedback"), 409, "inspection.not_given")
    await move(officer, path, "give_feedback")
    feedback = await get(cast.office, f"{path}/feedback")
    assert "下基层" in str(feedback)
    return await get(officer, path)


async def judge(inspector, sheet_id: str, criteria: dict[str, str]) -> None:
    """Nothing to deduct but at C6, where the absence of evidence is the fourth part."""
    for code in ITEMS:
        deductions = []
        if code == "C6":
            deductions = [
                {
                    "clause": "未开展或未落实的",
                    "fact": "三名成员下基层调研均不足60天",
                    "absence": "缺少下半年下基层记录",
                    "points": "24.00",
                }
            ]
        url = f"{API}/sheets/{sheet_id}/judgements/{criteria[code]}"
        body = {"deductions": deductions}
        if code == "C6":
            incomplete = [{**deductions[0], "absence": ""}]
            short = await inspector.put(
                url, json={"deductions": incomplete}, headers={"If-Match": '"0"'}
            )
            assert short.status_code == 422, short.text
        ok(await inspector.put(url, json=body, headers={"If-Match": '"0"'}))
    await move(inspector, f"/sheets/{sheet_id}", "submit")


async def the_unit_objects_and_another_decides(cast: Cast, inspection: dict) -> None:
    criteria = await criteria_of(cast.office, inspection["campaign_id"])
    (c6,) = [one["id"] for one in criteria if one["code"] == "C6"]
    objection = await post(
        cast.lead,
        "/objections",
        inspection_id=inspection["id"],
        criterion_id=c6,
        grounds="李海同志7月起在中央党校学习，请按在任天数折算",
    )
    path = f"/objections/{objection['id']}"
    await move(cast.officer, path, "take_up")
    await move(cast.leader, path, "uphold_partly", "按在任天数折算一人", restored="1.00")
    await move(cast.lead, f"/inspections/{inspection['id']}", "confirm")


async def the_result_is_published(cast: Cast, campaign_id: str, inspection: dict) -> dict:
    officer, leader = cast.officer, cast.leader
    await move(officer, f"/inspections/{inspection['id']}", "finalize")
    await move(officer, f"/campaigns/{campaign_id}", "settle")
    assert (await post(officer, f"/campaigns/{campaign_id}/results:compute"))["computed"] == 1
    await post(leader, f"/campaigns/{campaign_id}/results:approve", opinion="同意")
    assert (await get(cast.office, "/results"))["items"] == []
    await post(leader, f"/campaigns/{campaign_id}/results:publish")

    (own,) = (await get(cast.office, "/results"))["items"]
    result = await get(cast.office, f"/results/{own['id']}")
    assert (result["total"], result["grade"], result["findings"]) == ("77.00", "一般", 5)
    tree = (await get(cast.office, f"/results/{own['id']}/explanation"))["tree"]
    (c6,) = [
        item
        for dimension in tree["children"][0]["children"]
        for item in dimension["children"]
        if item["code"] == "C6"
    ]
    assert (float(c6["got"]), float(c6["lost"])) == (2, 23)
    assert c6["deductions"][0]["absence"] == "缺少下半年下基层记录"
    assert (await get(cast.leadership, "/dashboards/heat"))["rows"][0]["unit_name"] == "市水务局"
    assert (await get(officer, f"/results/{own['id']}/recount"))["same"] is True
    return own


async def the_team_is_interviewed(cast: Cast, campaign_id: str, result: dict) -> dict:
    officer, leader, lead = cast.officer, cast.leader, cast.lead
    suggested = await get(officer, f"/interviews/suggestions?campaign_id={campaign_id}")
    assert "市水务局" in str(suggested)
    interview = await post(
        officer, "/interviews", result_id=result["id"], reason="得分较低且发现问题较多"
    )
    path = f"/interviews/{interview['id']}"
    refused(await lead.get(f"{API}{path}"), 404)
    await move(leader, path, "approve", "同意约谈")
    await move(
        officer,
        path,
        "notify",
        meeting_at=(datetime.now(UTC) + timedelta(days=3)).isoformat(),
        place="市直机关工委会议室",
    )
    refused(await cast.office.get(f"{API}{path}"), 404)
    await move(lead, path, "acknowledge")
    await move(
        officer,
        path,
        "hold",
        held_on=str(TODAY),
        place="市直机关工委会议室",
        attendees="工委领导、市水务局领导班子",
        record="工委指出下基层调研不足等5个问题，班子表态限期整改。",
    )
    await move(leader, path, "confirm_record")
    confirmed = await move(lead, path, "confirm_record")
    assert confirmed["state"] == "recorded"
    return confirmed


async def the_unit_rectifies(cast: Cast, interview: dict) -> dict:
    officer, lead = cast.officer, cast.lead
    path = f"/interviews/{interview['id']}"
    (finding, *_) = (await get(cast.office, "/findings"))["items"]
    await post(
        officer,
        "/rectifications",
        finding_id=finding["id"],
        text="补齐下基层调研台账事由",
        due_on=str(TODAY + timedelta(days=30)),
    )
    rectification = await post(
        officer,
        "/rectifications",
        interview_id=interview["id"],
        text="班子成员下基层调研不足60天",
        due_on=str(TODAY + timedelta(days=60)),
    )
    await move(officer, path, "start_rectifying")
    own = f"/rectifications/{rectification['id']}"
    await edit(
        cast.office,
        own,
        cause="年初没有分解到月",
        action="逐月排定下基层计划，办公室按月通报",
        owner_id=str(cast.members[0].id),
    )
    await move(lead, own, "report", "已逐月排定并通报，累计天数达到序时进度")
    await move(officer, own, "return", "请补充下半年安排")
    await move(lead, own, "report", "已补充下半年安排并报备")
    await move(officer, own, "verify", "经实地核验，整改到位，仍须长期坚持")
    await move(officer, path, "verify", "承诺事项均已核验")
    await move(cast.leader, path, "close")
    return await get(officer, own)


async def the_case_is_referred_and_answered(cast: Cast, campaign_id: str) -> None:
    officer, leader, receiver = cast.officer, cast.leader, cast.receiver
    referral = await post(
        officer,
        "/referrals",
        unit_id=str(cast.unit.id),
        campaign_id=campaign_id,
        department="市委组织部",
        request="help",
        reason="班子力量薄弱，提请帮助配强分管一线工作的副职",
        receiver_id=str(receiver.person_id),
    )
    path = f"/referrals/{referral['id']}"
    await move(leader, path, "approve")
    refused(await receiver.get(f"{API}{path}"), 404)
    await move(officer, path, "send")
    assert len((await get(receiver, "/referrals"))["items"]) == 1
    for foreign in ("/plans", "/results", "/interviews", "/self-reports"):
        assert (await get(receiver, foreign))["items"] == []
    await move(receiver, path, "acknowledge")
    concluded = await move(receiver, path, "conclude", "已选派一名副局长挂职", outcome="help")
    assert concluded["state"] == "concluded"
    refused(await cast.lead.get(f"{API}{path}"), 404)


async def the_next_year_begins_with_what_is_left(
    cast: Cast, campaign_id: str, plan_id: str, rectification: dict
) -> str:
    officer, office = cast.officer, cast.office
    standard_id = (await get(officer, f"/campaigns/{campaign_id}"))["standard_id"]
    following = await draft_campaign(officer, YEAR + 1, standard_id)
    await give_basis(officer, following, YEAR + 1)
    await move(officer, f"/campaigns/{following}", "open")
    plan = await post(office, "/plans", campaign_id=following)
    path = f"/plans/{plan['id']}"

    (candidate,) = await get(office, f"{path}/carry_over/candidates")
    headers = {"If-Match": f'"{plan["version"]}"'}
    body = {"problem_ids": [candidate["id"]]}
    ok(await office.post(f"{API}{path}/carry_over", json=body, headers=headers))
    await post(
        office,
        f"{path}/problems",
        text="下基层调研常态化机制尚不稳固",
        category="weak",
        source="rectification",
        source_id=rectification["id"],
        criteria=["C6"],
    )

    problems = (await get(office, f"{path}/problems"))["items"]
    assert {one["source"] for one in problems} == {"carried_over", "rectification"}
    (carried,) = [one for one in problems if one["source"] == "carried_over"]
    history = await get(office, f"/problems/{carried['id']}/history")
    assert len(history) == 2
    (old,) = (await get(office, f"/plans/{plan_id}/problems"))["items"]
    assert old["state"] == "carried_over"
    return plan["id"]


async def everybody_can_follow_the_thread(cast: Cast, plan_id: str, rectification: dict) -> None:
    thread = await get(cast.office, f"/rectifications/{rectification['id']}/thread")
    assert "下基层调研常态化机制尚不稳固" in str(thread)
    assert plan_id
    events = (await get(cast.officer, "/events?newest=true&limit=500"))["items"]
    names = [one["name"] for one in events]
    for name in (
        "campaign.open",
        "plan.sign",
        "plan.return",
        "evidence.receive",
        "self_report.sign",
        "inspection.give_feedback",
        "result.publish",
        "interview.close",
        "rectification.verify",
        "referral.conclude",
    ):
        assert name in names, name
