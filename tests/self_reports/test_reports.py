from datetime import UTC, datetime, timedelta
from hashlib import sha256
from json import dumps

import httpx
import pytest
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Stage
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import EvidenceLink
from sihao.self_reports.lifecycle import SelfReportState
from sihao.self_reports.models import SelfReport
from sihao.self_reports.schemas import SelfReportRow
from tests.factories import make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_evidence import make_evidence
from tests.factories_self_reports import make_report

URL = "/api/v1/self-reports"
SECTION = "/api/v1/self-report-sections"


@pytest.fixture
async def standard(world):
    return await make_standard(world)


@pytest.fixture
async def campaign(world, standard):
    return await make_campaign(world, standard=standard)


@pytest.fixture
async def unit(world):
    return await make_unit(world, "市教育局")


async def read(client, report):
    answer = await client.get(f"{URL}/{report.id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_report_begins_with_a_section_for_each_dimension(as_, world, unit, campaign):
    office = await as_.unit(unit)

    answer = await office.post(URL, json={"campaign_id": str(campaign.id)})
    again = await office.post(URL, json={"campaign_id": str(campaign.id)})

    assert answer.status_code == 201, answer.text
    report = answer.json()
    assert [one["dimension"] for one in report["sections"]] == ["head", "A", "B", "C", "D", "tail"]
    assert [one["title"] for one in report["sections"]][1] == "政治坚定好"
    assert report["state"] == "draft"
    assert again.status_code == 409
    assert again.json()["code"] == "self_report.exists"
    names = [event.name for event in await world.all(select(Event))]
    assert names == ["self_report.created"]


async def test_only_who_drafts_for_a_unit_begins_one(as_, unit, campaign):
    for client in (
        await as_.officer(),
        await as_.unit(unit, Role.UNIT_MEMBER),
        await as_.service("evidence:write", unit=unit),
    ):
        answer = await client.post(URL, json={"campaign_id": str(campaign.id)})

        assert answer.status_code == 403


async def test_a_draft_saves_itself_section_by_section(as_, world, unit, campaign):
    report = await make_report(world, unit, campaign)
    office = await as_.unit(unit)
    section = (await read(office, report))["sections"][1]

    saved = await office.edit(section, f"{SECTION}/{section['id']}", text="第一议题【查找问题】")
    stale = await office.edit(section, f"{SECTION}/{section['id']}", text="旧")

    assert saved.json()["text"] == "第一议题【查找问题】"
    assert saved.headers["etag"] == '"2"'
    assert stale.status_code == 412
    events = await world.all(select(Event))
    assert [(event.name, event.data["dimension"]) for event in events] == [
        ("self_report.written", "A")
    ]


async def test_a_presented_report_is_not_written(as_, world, unit, campaign):
    report = await make_report(world, unit, campaign, state=SelfReportState.TEAM_REVIEW)
    office = await as_.unit(unit)
    section = (await read(office, report))["sections"][0]

    answer = await office.edit(section, f"{SECTION}/{section['id']}", text="改")

    assert answer.status_code == 409
    assert answer.json()["code"] == "self_report.state"


async def test_a_foreign_section_is_not_found(as_, world, unit, campaign):
    report = await make_report(world, unit, campaign)
    section = (await read(await as_.unit(unit), report))["sections"][0]

    for stranger in (await as_.unit(), await as_.officer()):
        answer = await stranger.edit(section, f"{SECTION}/{section['id']}", text="改")

        assert answer.status_code == 404


async def test_the_year_of_a_report(as_, world, unit, campaign, standard):
    """Office drafts and presents, lead signs, officer returns, unit revises, officer accepts."""
    criteria = await criteria_of(world, standard)
    evidence = await make_evidence(
        world, unit, campaign, shows=[criteria["A1"], criteria["B12"]], title="第一议题记录"
    )
    promised = await make_evidence(
        world, unit, campaign, state=EvidenceState.PROMISED, shows=[criteria["C6"]]
    )
    report = await make_report(world, unit, campaign, text="查找问题【查找问题】。")
    office, lead, officer = await as_.unit(unit), await as_.lead(unit), await as_.officer()
    url = f"{URL}/{report.id}"

    assert (await officer.get(url)).status_code == 404
    presented = (await office.move(await read(office, report), url, "present")).json()
    assert [action["name"] for action in presented["actions"]] == []
    assert (await office.move(presented, url, "sign")).status_code == 403
    signed = await lead.move(presented, url, "sign", "同意报送。")

    assert signed.status_code == 200, signed.text
    shown = signed.json()
    assert (shown["state"], shown["late"]) == ("submitted", False)
    assert shown["receipt_number"] == "自查〔2026〕001号"
    assert shown["sections"][1]["text"] == "查找问题0个。"
    assert {one["title"] for one in shown["evidence"]} == {"第一议题记录"}
    assert [one["label"] for one in shown["evidence"]] == ["A1", "B12"]
    links = await world.all(select(EvidenceLink))
    locked = {link.evidence_id for link in links if link.locked_at}
    assert locked == {evidence.id}
    assert promised.id not in locked
    row = (await world.all(select(SelfReport)))[0]
    canonical = dumps(row.frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert shown["content_hash"] == sha256(canonical.encode()).hexdigest()

    assert (await officer.move(shown, url, "return")).status_code == 422
    returned = (await officer.move(shown, url, "return", "问题写得不够具体。")).json()
    draft = (await office.move(returned, url, "revise")).json()
    assert draft["last_return"]["opinion"] == "问题写得不够具体。"
    section = draft["sections"][1]
    await office.edit(section, f"{SECTION}/{section['id']}", text="重写。")
    assert (await read(officer, report))["sections"][1]["text"] == "查找问题0个。"
    presented = (await office.move(draft, url, "present")).json()
    again = (await lead.move(presented, url, "sign")).json()
    accepted = (await officer.move(again, url, "accept")).json()

    assert again["receipt_number"] == "自查〔2026〕001号"
    assert again["content_hash"] != shown["content_hash"]
    assert accepted["last_return"] is None
    assert (accepted["state"], accepted["actions"]) == ("accepted", [])
    names = [event.name for event in await world.all(select(Event).order_by(Event.seq))]
    assert names == [
        f"self_report.{name}"
        for name in (
            "present",
            "sign",
            "return",
            "revise",
            "written",
            "present",
            "sign",
            "accept",
        )
    ]


async def test_a_signature_needs_a_key_and_is_made_once(as_, world, unit, campaign):
    report = await make_report(world, unit, campaign, state=SelfReportState.TEAM_REVIEW)
    lead = await as_.lead(unit)
    url, headers = f"{URL}/{report.id}/sign", {"If-Match": '"1"', "Idempotency-Key": "once"}

    first = await lead.post(url, json={}, headers=headers)
    again = await lead.post(url, json={}, headers=headers)
    bare = await httpx.AsyncClient.post(lead, url, json={}, headers={"If-Match": '"2"'})

    assert first.status_code == 200
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert bare.status_code == 428


async def test_numbers_run_through_the_year_without_gap(as_, world, campaign):
    numbers = []
    for _ in range(3):
        unit = await make_unit(world)
        report = await make_report(world, unit, campaign, state=SelfReportState.TEAM_REVIEW)
        lead = await as_.lead(unit)
        refused = await lead.move({"version": 9}, f"{URL}/{report.id}", "sign")
        assert refused.status_code == 412
        signed = await lead.move({"version": 1}, f"{URL}/{report.id}", "sign")
        numbers.append(signed.json()["receipt_number"])

    assert numbers == [f"自查〔2026〕00{n}号" for n in (1, 2, 3)]


async def test_after_the_window_a_report_is_late_and_taken(as_, world, unit, standard):
    past = datetime.now(UTC) - timedelta(days=1)
    windows = {Stage.SELF_REPORT: (past - timedelta(days=9), past)}
    campaign = await make_campaign(world, standard=standard, windows=windows)
    report = await make_report(world, unit, campaign, state=SelfReportState.TEAM_REVIEW)

    signed = await (await as_.lead(unit)).move({"version": 1}, f"{URL}/{report.id}", "sign")

    assert (signed.json()["state"], signed.json()["late"]) == ("submitted", True)


async def test_errors_block_presenting_and_say_what_they_are(as_, world, unit, campaign):
    report = await make_report(world, unit, campaign, text="")
    office = await as_.unit(unit)

    shown = await read(office, report)
    answer = await office.move(shown, f"{URL}/{report.id}", "present")

    blocked = (
        "请先处理：“政治坚定好”还没有文字；“学习创新好”还没有文字；“勤政为民好”还没有文字等 4 处。"
    )
    assert shown["actions"][0]["blocked"] == blocked
    assert answer.status_code == 409
    assert answer.json()["detail"] == blocked


@pytest.mark.parametrize("state", [CampaignState.SETTLING, CampaignState.CLOSED])
async def test_a_year_that_is_being_settled_takes_no_report(as_, world, unit, standard, state):
    campaign = await make_campaign(world, standard=standard, state=state)
    report = await make_report(world, unit, campaign, state=SelfReportState.TEAM_REVIEW)

    answer = await (await as_.lead(unit)).move({"version": 1}, f"{URL}/{report.id}", "sign")

    assert answer.status_code == 409
    assert answer.json()["code"] == "campaign.phase"


async def test_who_reads_which_report(as_, world, unit, campaign):
    signed = await make_report(world, unit, campaign, state=SelfReportState.SUBMITTED)
    other = await make_unit(world)
    draft = await make_report(world, other, campaign)
    returned = await make_report(
        world, await make_unit(world), campaign, state=SelfReportState.RETURNED
    )

    async def seen(client):
        return {row["id"] for row in (await client.get(URL)).json()["items"]}

    assert await seen(await as_.unit(unit)) == {str(signed.id)}
    assert await seen(await as_.unit(other)) == {str(draft.id)}
    assert await seen(await as_.unit(other, Role.UNIT_MEMBER)) == set()
    assert await seen(await as_.unit(unit, Role.UNIT_MEMBER)) == {str(signed.id)}
    assert await seen(await as_.officer()) == {str(signed.id), str(returned.id)}
    assert await seen(await as_.leader()) == {str(signed.id), str(returned.id)}
    assert await seen(await as_.leadership()) == {str(signed.id)}
    assert await seen(await as_.inspector()) == set()
    assert await seen(await as_.role(Role.ADMIN_SECURITY)) == set()
    assert await seen(await as_.service("plan:read")) == set()


async def test_a_list_is_what_its_schema_says(as_, world, unit, campaign):
    await make_report(world, unit, campaign, state=SelfReportState.SUBMITTED)

    answer = await (await as_.officer()).get(f"{URL}?state=submitted&late=false&q=教育")

    page = Page[SelfReportRow].model_validate_json(answer.content)
    assert [row.unit_name for row in page.items] == ["市教育局"]
    assert [action.name for action in page.items[0].actions] == ["accept", "return"]


async def test_a_receipt_tells_number_time_and_hash(as_, world, unit, campaign):
    signed = await make_report(world, unit, campaign, state=SelfReportState.SUBMITTED)
    draft = await make_report(world, await make_unit(world), campaign)
    office = await as_.unit(unit)

    receipt = (await office.get(f"{URL}/{signed.id}/receipt")).json()

    assert receipt["number"] == signed.receipt_number
    assert (receipt["unit_name"], receipt["files"]) == ("市教育局", 0)
    assert receipt["content_hash"] == signed.content_hash
    assert (await office.get(f"{URL}/{draft.id}/receipt")).status_code == 404


async def test_checks_and_prefill_are_for_the_units_own_eyes(as_, world, unit, campaign):
    report = await make_report(world, unit, campaign, state=SelfReportState.SUBMITTED)
    officer = await as_.officer()

    for path in ("checks", "prefill"):
        assert (await officer.get(f"{URL}/{report.id}/{path}")).status_code == 403
        assert (await (await as_.unit(unit)).get(f"{URL}/{report.id}/{path}")).status_code == 200
