"""Papers that no document stands for: as closed as their matter, final by their own signature."""

import pytest

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.followups.lifecycle import InterviewState
from sihao.plans.lifecycle import PlanState
from sihao.self_reports.lifecycle import SelfReportState
from tests.factories import make_committee, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview, make_rectification
from tests.factories_inspections import make_finding
from tests.factories_plans import freeze, make_measure, make_plan, make_problem
from tests.factories_results import (
    criteria_of_campaign,
    make_final_inspection,
    make_result,
)
from tests.factories_self_reports import make_report

URL = "/api/v1/documents"


async def setting(world):
    await make_committee(world)
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    return campaign, await make_unit(world, "市水务局")


async def preview(client, kind, ident):
    return await client.get(f"{URL}/preview", params={"kind": kind, "subject_id": str(ident)})


def said(paper: dict) -> str:
    return str([paper["blocks"], paper["attachments"]])


@pytest.mark.parametrize("signed", [False, True])
async def test_a_plan_is_its_units_draft_until_it_is_signed(as_, world, signed):
    campaign, unit = await setting(world)
    state = PlanState.IN_FORCE if signed else PlanState.DRAFT
    plan = await make_plan(world, unit, campaign, state=state)
    problem = await make_problem(world, plan, text="学习不够深入")
    await make_measure(world, plan, problem, text="每月集中学习")
    if signed:
        await freeze(world, plan)

    own = await preview(await as_.unit(unit), "annual_plan", plan.id)
    committee = await preview(await as_.officer(), "annual_plan", plan.id)
    stranger = await preview(await as_.unit(await make_unit(world)), "annual_plan", plan.id)

    told = own.json()
    assert own.status_code == 200, own.text
    assert told["final"] is signed
    assert told["paper"]["mark"] == (None if signed else "征求意见稿")
    assert told["paper"]["organ"] == "市水务局"
    assert not told["paper"]["red_heading"]
    assert "学习不够深入" in said(told["paper"])
    assert "每月集中学习" in said(told["paper"])
    assert committee.status_code == (200 if signed else 404)
    assert stranger.status_code == 404


async def test_a_report_is_final_as_it_was_signed(as_, world):
    campaign, unit = await setting(world)
    report = await make_report(world, unit, campaign, state=SelfReportState.SUBMITTED)

    told = (await preview(await as_.officer(), "self_report", report.id)).json()
    stranger = await preview(await as_.unit(await make_unit(world)), "self_report", report.id)

    assert told["final"]
    assert report.receipt_number in said(told["paper"])
    assert stranger.status_code == 404


async def test_the_record_of_an_interview_is_for_its_readers_and_each_look_is_noted(as_, world):
    campaign, unit = await setting(world)
    officer, lead = await as_.officer(), await as_.lead(unit)
    case = await make_interview(
        world, campaign, unit, state=InterviewState.RECORDED, taken_by=officer
    )

    told = (await preview(lead, "interview_record", case.id)).json()
    office = await preview(await as_.unit(unit), "interview_record", case.id)
    deputy = await preview(await as_.deputy(unit), "interview_record", case.id)
    another = await preview(await as_.officer(), "interview_record", case.id)

    assert told["final"]
    assert [one.status_code for one in (office, deputy, another)] == [404, 404, 404]
    ticket = {"kind": "interview_record", "subject_id": str(case.id), "format": "pdf"}
    assert (await office_ticket(as_, unit, ticket)) == 404


async def office_ticket(as_, unit, body) -> int:
    client = await as_.unit(unit)
    return (await client.post("/api/v1/document-files", json=body)).status_code


async def test_a_notice_of_rectification_lists_what_the_inspection_found(as_, world):
    campaign, unit = await setting(world)
    inspection = await make_final_inspection(world, campaign, unit)
    officer = await as_.officer()
    empty = (await preview(officer, "rectification_notice", inspection.id)).json()
    criterion = (await criteria_of_campaign(world, campaign))["A1"]
    finding = await make_finding(world, inspection, criterion)
    await make_rectification(world, campaign, unit, finding=finding, text="补齐学习记录")

    told = (await preview(officer, "rectification_notice", inspection.id)).json()

    assert empty["waits"] == "还没有交办检查发现问题的整改事项。"
    assert told["waits"] is None
    assert "补齐学习记录" in said(told["paper"])


async def test_meeting_material_has_a_page_for_each_unit_and_no_unit_reads_it(as_, world):
    campaign, unit = await setting(world)
    other = await make_unit(world, "市林业局")
    await make_result(world, campaign, unit, total="95")
    await make_result(world, campaign, other, total="70")

    told = (await preview(await as_.leadership(), "meeting_material", campaign.id)).json()
    refused = await preview(await as_.lead(unit), "meeting_material", campaign.id)

    types = [one["type"] for one in told["paper"]["blocks"]]
    assert types.count("page_break") == 1
    assert {"市水务局", "市林业局"} <= {one.get("text") for one in told["paper"]["blocks"]}
    assert refused.status_code == 404


async def test_a_receipt_is_a_paper_of_the_unit_that_confirmed_it(as_, world):
    campaign, unit = await setting(world)
    inspection = await make_final_inspection(world, campaign, unit)
    officer, leader, lead = await as_.officer(), await as_.leader(), await as_.lead(unit)
    made = (
        await officer.post(URL, json={"kind": "feedback_letter", "subject_id": str(inspection.id)})
    ).json()
    issued = (await leader.move(made, f"{URL}/{made['id']}", "issue")).json()
    (line,) = issued["units"]
    waiting = (await preview(lead, "receipt", line["id"])).json()
    await lead.post(f"{URL}/{made['id']}/receipts", json={})

    told = (await preview(lead, "receipt", line["id"])).json()
    stranger = await preview(await as_.lead(await make_unit(world)), "receipt", line["id"])

    assert not waiting["final"]
    assert told["final"]
    assert issued["number"] in said(told["paper"])
    assert stranger.status_code == 404


async def test_a_notice_of_inspection_waits_for_the_day(as_, world):
    campaign, unit = await setting(world)
    inspection = await make_final_inspection(world, campaign, unit)

    told = (await preview(await as_.officer(), "inspection_notice", inspection.id)).json()

    assert told["waits"] == "还没有安排检查日期，排定之后才能发出通知。"
    role = await as_.role(Role.INSPECTOR)
    assert (await preview(role, "inspection_notice", inspection.id)).status_code == 404
