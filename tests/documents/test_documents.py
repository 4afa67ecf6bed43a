"""Documents are drafted, issued and received by the right hands."""

import pytest

from sihao.campaigns.lifecycle import CampaignState
from sihao.followups.lifecycle import InterviewState
from tests.factories import make_committee, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview
from tests.factories_results import make_final_inspection

URL = "/api/v1/documents"


async def letter(as_, world):
    await make_committee(world)
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    unit = await make_unit(world, "市水务局")
    inspection = await make_final_inspection(world, campaign, unit)
    officer = await as_.officer()
    made = await officer.post(
        URL, json={"kind": "feedback_letter", "subject_id": str(inspection.id)}
    )
    assert made.status_code == 201, made.text
    return campaign, unit, inspection, officer, made.json()


async def test_a_letter_goes_from_draft_to_receipt(as_, world):
    _, unit, _, officer, draft = await letter(as_, world)
    leader, lead, stranger = (
        await as_.leader(),
        await as_.lead(unit),
        await as_.lead(await make_unit(world)),
    )
    url = f"{URL}/{draft['id']}"

    assert draft["paper"]["mark"] == "征求意见稿"
    assert not draft["paper"]["red_heading"]
    assert (await lead.get(url)).status_code == 404
    issued = await leader.move(draft, url, "issue")
    assert issued.status_code == 200, issued.text
    issued = issued.json()
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
