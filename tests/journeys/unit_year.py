"""What the unit does over the year, and what answers it at once."""

from datetime import timedelta

from tests.journeys.story import (
    API,
    GOODS,
    TODAY,
    YEAR,
    Cast,
    criteria_of,
    draft_campaign,
    edit,
    get,
    give_basis,
    move,
    ok,
    post,
    refused,
)


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


async def the_next_year_begins_with_what_is_left(
    cast: Cast, campaign_id: str, plan_id: str, rectification: dict
) -> str:
    officer, office = cast.officer, cast.office
    standard_id = (await get(officer, f"/campaigns/{campaign_id}"))["standard_id"]
    following = await draft_campaign(officer, YEAR + 1, standard_id)
    await give_basis(officer, following, YEAR + 1)
    await move(cast.leader, f"/campaigns/{following}", "open")
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
