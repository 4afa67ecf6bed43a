"""Documents are drafted, issued and received by the right hands."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.documents.models import Document
from sihao.followups.lifecycle import InterviewState, ReferralState
from sihao.inspections.models import ItemDecision
from tests.factories import make_committee, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview, make_referral
from tests.factories_results import make_final_inspection, make_result

URL = "/api/v1/documents"


async def setting(world):
    await make_committee(world)
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    return campaign, await make_unit(world, "市水务局")


async def letter(as_, world):
    campaign, unit = await setting(world)
    inspection = await make_final_inspection(world, campaign, unit, lost={"A1": "0.5"})
    officer = await as_.officer()
    return unit, officer, await draft(officer, "feedback_letter", inspection)


async def draft(officer, kind, subject) -> dict:
    made = await officer.post(URL, json={"kind": kind, "subject_id": str(subject.id)})
    assert made.status_code == 201, made.text
    return made.json()


async def issue(leader, made) -> dict:
    answer = await leader.move(made, f"{URL}/{made['id']}", "issue")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_letter_goes_from_draft_to_receipt(as_, world):
    unit, officer, made = await letter(as_, world)
    leader, lead, stranger = (
        await as_.leader(),
        await as_.lead(unit),
        await as_.lead(await make_unit(world)),
    )
    url = f"{URL}/{made['id']}"

    assert made["paper"]["mark"] == "征求意见稿"
    assert not made["paper"]["red_heading"]
    assert (await lead.get(url)).status_code == 404
    issued = await issue(leader, made)
    year = issued["issued_on"][:4]
    assert issued["number"] == f"市直工委函〔{year}〕1号"
    assert issued["paper"]["mark"] is None
    assert issued["paper"]["red_heading"]
    seen = (await lead.get(url)).json()
    assert seen["may_receive"]
    assert (await stranger.get(url)).status_code == 404
    got = await lead.post(f"{url}/receipts", json={})
    assert got.status_code == 200, got.text
    assert got.json()["units"][0]["received_by"]
    again = await lead.post(f"{url}/receipts", json={})
    assert again.json()["code"] == "document.received"
    register = (await officer.get(f"{URL}/register")).json()["items"]
    assert [(one["number"], one["received"]) for one in register] == [(issued["number"], 1)]


async def test_a_letter_names_clause_fact_evidence_and_points_of_each_deduction(as_, world):
    _, _, made = await letter(as_, world)

    (annex,) = made["paper"]["attachments"]
    (table, *_) = annex["blocks"]
    assert table["headings"] == ["条目", "条款", "事实", "证据", "扣分"]
    ((code, clause, fact, proof, points),) = table["rows"]
    assert (code, points) == ("A1", "0.5")
    assert clause
    assert fact
    assert proof


async def test_figures_live_until_issue_and_stay_afterwards(as_, world):
    unit, officer, made = await letter(as_, world)
    url = f"{URL}/{made['id']}"

    async def lose(points: str) -> None:
        ctx = await world.ctx()
        await ctx.db.execute(update(ItemDecision).values(lost=points))
        await ctx.db.commit()
        await ctx.db.close()

    await lose("0.25")
    living = (await officer.get(url)).json()
    assert living["paper"]["blocks"] != made["paper"]["blocks"]
    issued = await issue(await as_.leader(), living)
    await lose("0.75")
    read = (await (await as_.lead(unit)).get(url)).json()

    assert read["paper"] == issued["paper"]
    assert read["frozen_hash"] == issued["frozen_hash"]
    assert read["paper"]["blocks"][2:] == living["paper"]["blocks"][2:]


async def test_an_officer_words_the_draft_and_gets_the_own_words_of_the_matter_back(as_, world):
    _, officer, made = await letter(as_, world)
    url = f"{URL}/{made['id']}"

    worded = await officer.edit(made, url, opening="现将情况函告如下。", copies_to=["市委办公室"])
    stale = await officer.edit(made, url, opening="另一句。")
    assert worded.status_code == 200, worded.text
    worded = worded.json()
    assert worded["paper"]["blocks"][0]["text"] == "现将情况函告如下。"
    assert worded["opening_changed"]
    assert worded["paper"]["copies_to"] == ["市委办公室"]
    assert stale.status_code == 412
    back = (await officer.edit(worded, url, opening=None)).json()
    assert back["paper"]["blocks"][0] == made["paper"]["blocks"][0]

    issued = await issue(await as_.leader(), back)
    late = await officer.edit(issued, url, opening="晚了。")
    assert late.json()["code"] == "document.issued"


async def test_a_withdrawn_document_keeps_its_number_and_its_matter_may_be_written_anew(as_, world):
    _, officer, made = await letter(as_, world)
    leader, url = await as_.leader(), f"{URL}/{made['id']}"
    issued = await issue(leader, made)
    body = {"kind": made["kind"], "subject_id": made["subject_id"]}

    assert (await officer.post(URL, json=body)).json()["code"] == "document.exists"
    silent = await leader.move(issued, url, "withdraw")
    gone = (await leader.move(issued, url, "withdraw", "扣分有误")).json()
    anew = await issue(leader, (await officer.post(URL, json=body)).json())

    assert silent.status_code == 422
    assert (gone["state"], gone["number"]) == ("withdrawn", issued["number"])
    assert gone["paper"]["mark"] == "已撤回"
    assert anew["ordinal"] == issued["ordinal"] + 1


async def test_a_receipt_that_does_not_come_is_late_after_its_days(as_, world):
    unit, officer, made = await letter(as_, world)
    await issue(await as_.leader(), made)
    ctx = await world.ctx()
    long_ago = (datetime.now(UTC) - timedelta(days=7)).date()
    await ctx.db.execute(update(Document).values(issued_on=long_ago))
    await ctx.db.commit()
    await ctx.db.close()

    (line,) = (await officer.get(f"{URL}/{made['id']}")).json()["units"]

    assert (line["unit_name"], line["received_at"], line["late"]) == (unit.name, None, True)


async def test_a_circular_waits_for_all_results_and_names_neither_places_nor_points(as_, world):
    campaign, unit = await setting(world)
    poor = await make_unit(world, "市林业局")
    await make_result(world, campaign, unit, total="95")
    await make_result(world, campaign, poor, total="61.37")
    officer, leader = await as_.officer(), await as_.leader()

    issued = await issue(leader, await draft(officer, "result_circular", campaign))

    lead = await as_.lead(poor)
    read = await lead.get(f"{URL}/{issued['id']}")
    assert read.status_code == 200
    assert unit.name in read.text
    assert "61.37" not in read.text
    assert "市林业局" not in str(read.json()["paper"])
    assert [one["unit_name"] for one in read.json()["units"]] == ["市林业局"]
    assert issued["recipients"] == 2


async def test_the_notice_of_an_interview_is_for_lead_and_deputy_alone(as_, world):
    campaign, unit = await setting(world)
    case = await make_interview(world, campaign, unit, state=InterviewState.APPROVED)
    officer, leader = await as_.officer(), await as_.leader()
    made = await draft(officer, "interview_notice", case)
    early = await leader.move(made, f"{URL}/{made['id']}", "issue")
    assert early.json()["code"] == "document.issue.blocked"

    other = await make_unit(world)
    noticed = await make_interview(world, campaign, other, state=InterviewState.NOTIFIED)
    issued = await issue(leader, await draft(officer, "interview_notice", noticed))
    url = f"{URL}/{issued['id']}"
    seen = {
        role: (await (await as_.role(role, unit=other)).get(url)).status_code
        for role in (Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE, Role.UNIT_MEMBER)
    }
    assert seen == {
        Role.UNIT_LEAD: 200,
        Role.UNIT_DEPUTY: 200,
        Role.UNIT_OFFICE: 404,
        Role.UNIT_MEMBER: 404,
    }


async def test_a_department_reads_the_letter_of_its_own_case_and_the_unit_does_not(as_, world):
    campaign, unit = await setting(world)
    client = await as_.role(Role.RECEIVER)
    other = await as_.role(Role.RECEIVER)
    mine = type("Receiver", (), {"id": client.person_id})
    case = await make_referral(world, campaign, unit, receiver=mine, state=ReferralState.SENT)
    issued = await issue(
        await as_.leader(), await draft(await as_.officer(), "referral_letter", case)
    )
    url = f"{URL}/{issued['id']}"

    assert (await client.get(url)).json()["paper"]["addressee"] == "市委组织部"
    assert (await other.get(url)).status_code == 404
    assert (await (await as_.lead(unit)).get(url)).status_code == 404
    assert (await client.get(URL)).json()["items"][0]["id"] == issued["id"]
    assert (await other.get(URL)).json()["items"] == []


async def test_only_officers_draft_and_only_leaders_issue(as_, world):
    unit, officer, made = await letter(as_, world)
    url, lead = f"{URL}/{made['id']}", await as_.lead(unit)
    body = {"kind": made["kind"], "subject_id": made["subject_id"]}

    assert (await lead.post(URL, json=body)).status_code == 403
    assert (await officer.move(made, url, "issue")).status_code == 403
    assert (await lead.get(f"{URL}/preview", params=body)).status_code == 404
    assert (await lead.get("/api/v1/document-series")).status_code == 403
    own = await officer.post(URL, json={**body, "kind": "annual_plan"})
    assert own.json()["code"] == "document.own_signature"
    unknown = await officer.post(
        URL, json={"kind": "referral_letter", "subject_id": made["subject_id"]}
    )
    assert unknown.json()["errors"][0]["pointer"] == "/body/subject_id"
