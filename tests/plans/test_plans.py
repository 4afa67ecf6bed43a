from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Stage
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.plans.lifecycle import PlanState
from sihao.plans.schemas import PlanRow
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_plans import TEXT, make_measure, make_plan, make_problem

PLANS = "/api/v1/plans"


async def _complete_plan(world, unit, campaign=None, **fields):
    plan = await make_plan(world, unit, campaign, **fields)
    owner = await make_member(world, unit, "张明")
    problem = await make_problem(world, plan)
    await make_measure(world, plan, problem, owner)
    return plan


def _actions(answer: dict) -> dict:
    return {one["name"]: one["blocked"] for one in answer["actions"]}


async def _read(client, plan) -> dict:
    answer = await client.get(f"{PLANS}/{plan.id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_office_begins_the_one_plan_of_the_year(as_, world):
    campaign, unit = await make_campaign(world), await make_unit(world)
    office = await as_.unit(unit)

    answer = await office.post(PLANS, json={"campaign_id": str(campaign.id), "goals": "目标"})
    again = await office.post(PLANS, json={"campaign_id": str(campaign.id)})

    assert answer.status_code == 201, answer.text
    plan = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert (plan["year"], plan["state"], plan["unit_name"]) == (2026, "draft", unit.name)
    assert plan["goals"] == "目标"
    assert again.status_code == 409
    assert again.json()["code"] == "plan.exists"
    assert [one.name for one in await world.all(select(Event))] == ["plan.created"]


async def test_a_plan_needs_a_campaign_that_is_known_and_running(as_, world):
    office = await as_.unit()
    over = await make_campaign(world, state=CampaignState.CLOSED)
    unopened = await make_campaign(world, year=2027, state=CampaignState.DRAFTED)

    unknown = await office.post(PLANS, json={"campaign_id": str(uuid4())})
    drafted = await office.post(PLANS, json={"campaign_id": str(unopened.id)})
    late = await office.post(PLANS, json={"campaign_id": str(over.id)})

    assert unknown.status_code == drafted.status_code == 422
    assert unknown.json()["errors"][0]["pointer"] == "/body/campaign_id"
    assert late.status_code == 409
    assert late.json()["code"] == "campaign.phase"


async def test_a_member_does_not_begin_a_plan(as_, world):
    campaign = await make_campaign(world)
    member = await as_.role(Role.UNIT_MEMBER, unit=await make_unit(world))

    answer = await member.post(PLANS, json={"campaign_id": str(campaign.id)})

    assert answer.status_code == 403


async def test_the_text_saves_itself_and_a_stale_save_is_refused(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    office = await as_.unit(unit)
    read = await _read(office, plan)

    saved = await office.edit(read, f"{PLANS}/{plan.id}", goals="新的目标")
    stale = await office.edit(read, f"{PLANS}/{plan.id}", goals="旧的目标")

    assert saved.status_code == 200, saved.text
    assert saved.json()["goals"] == "新的目标"
    assert saved.json()["basis"] == TEXT["basis"]
    assert stale.status_code == 412


async def test_a_plan_that_lacks_something_says_what_and_where(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, goals="")
    problem = await make_problem(world, plan, criteria=())
    measure = await make_measure(world, plan, problem, due_on=None, expected_output="")
    office = await as_.unit(unit)
    read = await _read(office, plan)

    checks = (await office.get(f"{PLANS}/{plan.id}/checks")).json()
    refused = await office.move(read, f"{PLANS}/{plan.id}", "present")

    assert [(one["pointer"], one["detail"]) for one in checks] == [
        ("/goals", "年度目标：尚未填写"),
        (f"/problems/{problem.id}/criteria", "问题 1：至少对照一个条目"),
        (f"/measures/{measure.id}/owner_id", "措施 1：选定责任人"),
        (f"/measures/{measure.id}/due_on", "措施 1：填写完成时限"),
        (f"/measures/{measure.id}/expected_output", "措施 1：写明预期成果"),
    ]
    assert _actions(read)["present"].startswith("还有 5 处要改：年度目标")
    assert refused.status_code == 409
    assert refused.json()["code"] == "plan.present.blocked"


async def test_from_draft_to_force_by_the_person_each_step_belongs_to(as_, world):
    unit = await make_unit(world)
    plan = await _complete_plan(world, unit)
    office, lead, officer = await as_.unit(unit), await as_.lead(unit), await as_.officer()
    url = f"{PLANS}/{plan.id}"

    presented = await office.move(await _read(office, plan), url, "present")
    not_lead = await office.move(presented.json(), url, "sign")
    signed = await lead.move(presented.json(), url, "sign", "同意")
    accepted = await officer.move(signed.json(), url, "accept")

    assert presented.json()["state"] == "team_review"
    assert not_lead.status_code == 403
    assert signed.json()["state"] == "filed"
    assert signed.json()["late"] is False
    assert accepted.json()["state"] == "in_force"
    assert accepted.json()["in_force_number"] == 1
    (version,) = (await office.get(f"{url}/versions")).json()
    assert (version["number"], version["opinion"], version["decision"]) == (1, "同意", "accepted")
    names = [one.name for one in await world.all(select(Event).order_by(Event.seq))]
    assert names == ["plan.present", "plan.sign", "plan.accept"]


async def test_without_filing_the_signature_puts_the_plan_in_force(as_, world):
    unit, campaign = await make_unit(world), await make_campaign(world, plan_filing=False)
    plan = await _complete_plan(world, unit, campaign, state=PlanState.TEAM_REVIEW)
    lead = await as_.lead(unit)

    signed = await lead.move(await _read(lead, plan), f"{PLANS}/{plan.id}", "sign")

    assert signed.json()["state"] == "in_force"
    assert signed.json()["in_force_number"] == 1


async def test_a_signature_needs_an_idempotency_key(as_, world):
    unit = await make_unit(world)
    plan = await _complete_plan(world, unit, state=PlanState.TEAM_REVIEW)
    lead = await as_.lead(unit)

    answer = await lead.request(
        "POST", f"{PLANS}/{plan.id}/sign", json={}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 428


async def test_a_plan_first_signed_after_the_window_is_marked_late(as_, world):
    now = datetime.now(UTC)
    past = (now - timedelta(days=30), now - timedelta(days=1))
    campaign = await make_campaign(world, windows={Stage.PLANNING: past})
    unit = await make_unit(world)
    plan = await _complete_plan(world, unit, campaign, state=PlanState.TEAM_REVIEW)
    lead = await as_.lead(unit)

    signed = await lead.move(await _read(lead, plan), f"{PLANS}/{plan.id}", "sign")

    assert signed.status_code == 200
    assert signed.json()["late"] is True


async def test_a_returned_plan_comes_back_as_another_version(as_, world):
    unit = await make_unit(world)
    plan = await _complete_plan(world, unit, state=PlanState.TEAM_REVIEW)
    office, lead, officer = await as_.unit(unit), await as_.lead(unit), await as_.officer()
    url = f"{PLANS}/{plan.id}"
    filed = (await lead.move(await _read(lead, plan), url, "sign")).json()

    silent = await officer.move(filed, url, "return")
    returned = await officer.move(filed, url, "return", "目标请写明可以检查的结果")
    revised = await office.move(returned.json(), url, "revise")
    saved = await office.edit(revised.json(), url, goals="成员调研均不少于 60 天")
    diff = (await office.get(f"{url}/versions/1/diff?against=draft")).json()
    again = await office.move(saved.json(), url, "present")
    signed = await lead.move(again.json(), url, "sign")

    assert silent.status_code == 422
    assert silent.json()["errors"][0]["pointer"] == "/body/opinion"
    assert revised.json()["last_return"]["opinion"] == "目标请写明可以检查的结果"
    assert revised.json()["draft_number"] == 2
    assert [(one["section"], one["fields"][0]["field"]) for one in diff["changes"]] == [
        ("plan", "goals")
    ]
    assert signed.json()["last_return"] is None
    assert [one["number"] for one in (await office.get(f"{url}/versions")).json()] == [2, 1]


async def test_while_an_amendment_is_drafted_the_signed_version_stays_in_force(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    deputy, officer = await as_.deputy(unit), await as_.officer()
    url = f"{PLANS}/{plan.id}"

    amended = (await deputy.move(await _read(deputy, plan), url, "amend", "任务有调整")).json()
    await deputy.edit(amended, url, goals="还没有签发的目标")
    seen = await _read(officer, plan)
    version = (await officer.get(f"{url}/versions/1")).json()
    hidden = await officer.get(f"{url}/versions/1/diff?against=draft")

    assert (amended["state"], amended["draft_number"], amended["in_force_number"]) == (
        "draft",
        2,
        1,
    )
    assert seen["state"] == "draft"
    assert seen["goals"] is None
    assert seen["problem_count"] is None
    assert version["content"]["goals"] == TEXT["goals"]
    assert hidden.status_code == 404


async def test_any_two_versions_are_compared_the_older_first(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.TEAM_REVIEW, signed_at=None)
    problem = await make_problem(world, plan, text="旧的提法")
    await make_measure(world, plan, problem, await make_member(world, unit))
    lead, officer = await as_.lead(unit), await as_.officer()
    url = f"{PLANS}/{plan.id}"
    filed = (await lead.move(await _read(lead, plan), url, "sign")).json()
    returned = (await officer.move(filed, url, "return", "改")).json()
    await lead.move(returned, url, "revise")
    read = (await lead.get(f"/api/v1/problems/{problem.id}")).json()
    await lead.edit(read, f"/api/v1/problems/{problem.id}", text="新的提法", criteria=["A1", "C6"])
    presented = await lead.move(await _read(lead, plan), url, "present")
    assert presented.status_code == 200, presented.text
    await lead.move(presented.json(), url, "sign")

    diff = (await officer.get(f"{url}/versions/2/diff?against=1")).json()

    assert (diff["before"], diff["after"]) == (1, 2)
    (change,) = diff["changes"]
    assert (change["section"], change["kind"], change["number"]) == ("problem", "changed", 1)
    assert change["fields"] == [
        {"field": "text", "before": "旧的提法", "after": "新的提法"},
        {"field": "criteria", "before": "A1", "after": "A1\nC6"},
    ]


async def test_readers_outside_the_unit_see_signed_plans_only(as_, world):
    campaign = await make_campaign(world)
    drafting, signing = await make_unit(world), await make_unit(world)
    draft = await make_plan(world, drafting, campaign)
    signed = await make_plan(world, signing, campaign, state=PlanState.FILED)

    for reader in (await as_.officer(), await as_.leader(), await as_.leadership()):
        page = await reader.get(f"{PLANS}?count=exact")
        rows = Page[PlanRow].model_validate_json(page.content)
        assert [row.id for row in rows.items] == [signed.id]
        assert (await reader.get(f"{PLANS}/{draft.id}")).status_code == 404
    foreign = await as_.unit()
    assert (await foreign.get(f"{PLANS}/{signed.id}")).status_code == 404
    assert (await foreign.get(PLANS)).json()["items"] == []
    admin = await as_.role(Role.ADMIN_SYSTEM)
    assert (await admin.get(PLANS)).json()["items"] == []


async def test_a_service_account_reads_plans_by_scope(as_, world):
    plan = await make_plan(world, state=PlanState.IN_FORCE)
    reader, other = await as_.service("plan:read"), await as_.service("result:read")

    assert (await reader.get(f"{PLANS}/{plan.id}")).status_code == 200
    assert (await other.get(f"{PLANS}/{plan.id}")).status_code == 403
    assert (await other.get(PLANS)).status_code == 403


async def test_the_committee_counts_stages_and_names_who_is_missing(as_, world):
    campaign = await make_campaign(world)
    await make_plan(world, campaign=campaign, state=PlanState.FILED, late=True)
    await make_plan(world, campaign=campaign, state=PlanState.IN_FORCE)
    drafting = (await make_plan(world, campaign=campaign)).unit_id
    none_yet = await make_unit(world)

    answer = await (await as_.officer()).get(f"{PLANS}/stages?campaign_id={campaign.id}")

    counts = answer.json()
    assert counts["by_state"] == {"filed": 1, "in_force": 1}
    assert counts["late"] == 1
    assert {one["id"] for one in counts["missing"]} == {str(drafting), str(none_yet.id)}


async def test_lists_filter_by_state_and_name(as_, world):
    campaign = await make_campaign(world)
    unit = await make_unit(world, "市教育局")
    await make_plan(world, unit, campaign, state=PlanState.FILED)
    await make_plan(world, campaign=campaign, state=PlanState.IN_FORCE)
    officer = await as_.officer()

    page = (await officer.get(f"{PLANS}?state=filed&q=教育&campaign_id={campaign.id}")).json()

    assert [row["unit_name"] for row in page["items"]] == ["市教育局"]
    assert [one["name"] for one in page["items"][0]["actions"]] == ["accept", "return"]


async def test_a_plan_with_requests_unanswered_is_not_closed(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    problem = await make_problem(world, plan, state="closing_requested")
    lead = await as_.lead(unit)
    url = f"{PLANS}/{plan.id}"
    blocked = _actions(await _read(lead, plan))["close"]
    read = (await lead.get(f"/api/v1/problems/{problem.id}")).json()
    await lead.move(read, f"/api/v1/problems/{problem.id}", "confirm")

    closed = await lead.move(await _read(lead, plan), url, "close")

    assert blocked == "还有 1 项提请等待确认，请先办理。"
    assert closed.json()["state"] == "closed"


async def test_nothing_of_a_signed_plan_changes_until_it_is_amended(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    office = await as_.unit(unit)

    answer = await office.edit(await _read(office, plan), f"{PLANS}/{plan.id}", goals="改")

    assert answer.status_code == 409
    assert answer.json()["code"] == "plan.not_draft"


async def test_foreign_plans_are_as_good_as_missing(as_, world):
    plan = await make_plan(world, state=PlanState.IN_FORCE)
    stranger = await as_.lead(await make_unit(world))

    answer = await stranger.move({"version": 1}, f"{PLANS}/{plan.id}", "amend", "改")

    assert answer.status_code == 404
