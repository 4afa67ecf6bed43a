"""What the committee, its inspectors and the departments do over the year."""

from datetime import UTC, datetime, timedelta

from tests.journeys.story import (
    API,
    ITEMS,
    TODAY,
    YEAR,
    Cast,
    criteria_of,
    draft_campaign,
    get,
    give_basis,
    move,
    ok,
    post,
    publish_standard,
    refused,
)


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
    prepared = await get(officer, path)
    own = refused(await officer.move(prepared, f"{API}{path}", "open"), 409, "campaign.open")
    assert "另一位同志" in own["detail"]
    await move(cast.leader, path, "open")
    assert (await get(cast.office, path))["state"] == "open"
    return campaign_id


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
    assign = f"/campaigns/{campaign_id}/inspections/assign"
    proposal = await post(officer, assign, dry_run=True)
    await post(officer, assign, confirms=proposal["digest"])
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
    team = await get(officer, f"{path}/team?on={TODAY}")
    await move(
        officer,
        path,
        "hold",
        held_on=str(TODAY),
        place="市直机关工委会议室",
        attendees="工委领导",
        attendance=[{"member_id": one["member_id"], "came": True} for one in team],
        text="工委指出下基层调研不足等5个问题，班子表态限期整改。",
    )
    assert "限期整改" in (await get(lead, f"{path}/record"))["text"]
    await move(leader, path, "confirm_record")
    confirmed = await move(lead, path, "confirm_record")
    assert confirmed["state"] == "recorded"
    return confirmed


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
