"""A unit's year leaves as one archive that anybody can check without us."""

import io
import json
import subprocess
import sys
import zipfile

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.jobs import HANDLERS
from sihao.plans.lifecycle import PlanState
from tests.factories import make_committee, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.factories_plans import make_plan
from tests.factories_results import make_final_inspection

URL = "/api/v1/documents"


async def archived(world, client, **body) -> tuple[dict, bytes]:
    asked = await client.post("/api/v1/document-archives", json=body)
    assert asked.status_code == 202, asked.text
    ident = asked.json()["id"]
    await world.act(HANDLERS["exports.begin"], ident)
    await world.act(HANDLERS["exports.work"], ident)
    told = (await client.get(f"/api/v1/exports/{ident}")).json()
    assert told["state"] == "done", told
    ticket = (await client.post(f"/api/v1/exports/{ident}/ticket")).json()
    return told, (await client.get(ticket["url"])).content


def verified(folder) -> int:
    command = [sys.executable, folder / "verify.py"]
    return subprocess.run(command, capture_output=True, check=False).returncode


async def test_an_archive_holds_papers_evidence_and_data_and_a_changed_byte_is_found(
    as_, world, tmp_path
):
    await make_committee(world)
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    unit = await make_unit(world, "市水务局")
    await make_plan(world, unit, campaign, state=PlanState.IN_FORCE)
    await make_evidence(world, unit, campaign, title="会议纪要")
    inspection = await make_final_inspection(world, campaign, unit)
    officer, leader, lead = await as_.officer(), await as_.leader(), await as_.lead(unit)
    made = await officer.post(
        URL, json={"kind": "feedback_letter", "subject_id": str(inspection.id)}
    )
    issued = await leader.move(made.json(), f"{URL}/{made.json()['id']}", "issue")
    await lead.post(f"{URL}/{made.json()['id']}/receipts", json={})

    told, content = await archived(world, lead, campaign_id=str(campaign.id))

    assert told["file_name"].endswith("年度档案.zip")
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        names = pack.namelist()
        pack.extractall(tmp_path)
    papers = [name for name in names if name.startswith("documents/")]
    assert len(papers) == 6  # plan, letter and receipt, each as Word and PDF
    assert any(issued.json()["number"] in name for name in papers)
    assert [name for name in names if name.startswith("evidence/")] != []
    assert {"data/plans.json", "data/plans.xlsx", "index.html", "index.csv"} <= set(names)
    index = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert (index["unit"], index["year"]) == ("市水务局", campaign.year)
    assert {one["文件"] for one in index["files"]} <= set(names)
    assert verified(tmp_path) == 0
    for changed in (papers[0], "data/plans.json", "index.html"):
        before = (tmp_path / changed).read_bytes()
        (tmp_path / changed).write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
        assert verified(tmp_path) == 1
        (tmp_path / changed).write_bytes(before)
    assert verified(tmp_path) == 0


async def test_another_units_archive_is_unknown(as_, world):
    await make_committee(world)
    campaign, other = await make_campaign(world), await make_unit(world)
    client = await as_.unit()
    body = {"campaign_id": str(campaign.id), "unit_id": str(other.id)}
    answer = await client.post("/api/v1/document-archives", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/body/unit_id"
