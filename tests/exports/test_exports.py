"""Lists as files: what their reader may see, safe to open, importable again unchanged."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update
from sqlmodel import select

from sihao.core.context import Role
from sihao.core.jobs import HANDLERS
from sihao.exports.models import ExportJob
from sihao.inspections.models import CoAssessment, CoAssessmentResult
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerEntry
from tests.factories import STAMPS, make_committee, make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_ledgers import make_entry
from tests.factories_plans import make_measure, make_plan, make_problem
from tests.imports.sending import Sender

URL = "/api/v1/exports"
TYPES = {"csv": "text/csv", "xlsx": "application/octet-stream"}


@pytest.fixture(autouse=True)
async def committee(world):
    return await make_committee(world)


async def exported(world, client, kind, form="xlsx", **filters) -> tuple[dict, bytes]:
    """Ask for a file, let the worker make it, fetch it by its one-time address."""
    body = {"kind": kind, "format": form, "filters": filters}
    asked = await client.post(URL, json=body)
    assert asked.status_code == 202, asked.text
    ident = asked.json()["id"]
    await world.act(HANDLERS["exports.begin"], ident)
    await world.act(HANDLERS["exports.work"], ident)
    told = (await client.get(f"{URL}/{ident}")).json()
    assert told["state"] == "done", told
    ticket = (await client.post(f"{URL}/{ident}/ticket")).json()
    file = await client.get(ticket["url"])
    assert file.status_code == 200, file.text
    assert hashlib.sha256(file.content).hexdigest() == told["sha256"]
    return told, file.content


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_every_ledger_comes_back_unchanged(world, as_, form):
    unit, campaign = await make_unit(world), await make_campaign(world)
    first, second = await make_member(world, unit, "张明"), await make_member(world, unit, "王红")
    for kind, rule in KINDS.items():
        took_part = (first, second) if rule.members else ()
        title = {"title": "与干部谈心谈话"} if rule.personal else {}
        await make_entry(
            world, unit, campaign, kind, *took_part, external_code=f"{kind}-1", **title
        )
        await make_entry(world, unit, campaign, kind, *took_part[:1], **title)
    office = await as_.unit(unit)
    _, own = await exported(world, office, "ledger-entries", form)
    whole = await Sender(world, campaign).send(office, own, TYPES[form], file_name=f"x.{form}")
    assert {one["code"] for one in whole["causes"]} == {"ledger_entry.role"}  # T20 is not its own

    partly = await Sender(world, campaign).send(
        office, own, TYPES[form], file_name=f"x.{form}", mode="partial"
    )
    assert (partly["created"], partly["updated"]) == (0, 0)
    assert partly["unchanged"] == 2 * (len(KINDS) - 1)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_members_and_units_come_back_unchanged(world, as_, form):
    unit = await make_unit(world, sort_order=3)
    await make_member(world, unit, "张明")
    office, officer = await as_.unit(unit), await as_.officer()
    for client, kind in ((office, "members"), (officer, "units")):
        _, content = await exported(world, client, kind, form)
        sender = Sender(world, kind=kind)
        done = await sender.send(client, content, TYPES[form], file_name=f"x.{form}")
        assert (done["causes"], done["unchanged"], done["updated"]) == ([], 1, 0), kind


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_measures_come_back_unchanged(world, as_, form):
    unit, campaign = await make_unit(world), await make_campaign(world)
    member = await make_member(world, unit, "张明")
    plan = await make_plan(world, unit, campaign)
    problem = await make_problem(world, plan)
    await make_measure(world, plan, problem, member, co_owners=["办公室", "机关党委"])
    office = await as_.unit(unit)
    _, content = await exported(world, office, "measures", form, campaign_id=str(campaign.id))
    sender = Sender(world, campaign, kind="measures")
    done = await sender.send(office, content, TYPES[form], file_name=f"x.{form}")
    assert (done["causes"], done["unchanged"]) == ([], 1), done


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_results_of_merged_assessments_come_back_unchanged(world, as_, form):
    campaign, earlier = await make_campaign(world), await make_campaign(world, year=2024)
    units = [await make_unit(world), await make_unit(world)]
    owner = await as_.role(Role.COASSESSOR)
    told = {"title": "党建", "owner_id": owner.person_id, **STAMPS}
    for year in (campaign, earlier):
        parent = CoAssessment(campaign_id=year.id, code="X1", **told)
        await world.add(parent)
        for unit, score in zip(units, ("92.5", "80"), strict=True):
            result = {"score": Decimal(score), "grade": "良好", "note": "=1+1", "source": "文件"}
            await world.add(
                CoAssessmentResult(co_assessment_id=parent.id, unit_id=unit.id, **result, **STAMPS)
            )
    kind = "co-assessment-results"
    asked, content = await exported(world, owner, kind, form, campaign_id=str(campaign.id))
    assert asked["rows"] == 2
    sender = Sender(world, campaign, kind=kind)
    told = await sender.send(owner, content, TYPES[form], file_name=f"x.{form}")
    assert (told["causes"], told["unchanged"], told["total"]) == ([], 2, 2)


async def test_a_unit_gets_its_own_results_of_merged_assessments_alone(world, as_):
    campaign, unit = await make_campaign(world), await make_unit(world)
    parent = CoAssessment(campaign_id=campaign.id, code="X1", title="党建", **STAMPS)
    await world.add(parent)
    for one in (unit, await make_unit(world)):
        result = {"co_assessment_id": parent.id, "unit_id": one.id, "score": Decimal(90)}
        result["released_at"] = STAMPS["updated_at"]
        await world.add(CoAssessmentResult(**result, **STAMPS))
    asked, _ = await exported(
        world, await as_.unit(unit), "co-assessment-results", campaign_id=str(campaign.id)
    )
    assert asked["rows"] == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_accounts_come_back_unchanged(world, as_, form):
    unit = await make_unit(world)
    await as_.unit(unit)
    security = await as_.role(Role.ADMIN_SECURITY)
    _, content = await exported(world, security, "people", form)
    sender = Sender(world, kind="people")
    done = await sender.send(security, content, TYPES[form], file_name=f"x.{form}")
    assert (done["causes"], done["unchanged"]) == ([], 2), done


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'=1", "'纪要"])
async def test_nothing_that_a_spreadsheet_would_run(world, as_, risky):
    unit, campaign = await make_unit(world), await make_campaign(world)
    await make_entry(world, unit, campaign, "T5", title=risky)
    office = await as_.unit(unit)
    _, content = await exported(world, office, "ledger-entries", "csv")
    head, row = lines(content)
    shown = row[head.index("名称")]
    assert not shown.startswith(tuple("=+-@\t\r＝＋－＠"))
    _, book = await exported(world, office, "ledger-entries", "xlsx")
    cells = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert shown in cells[1]
    done = await Sender(world, campaign).send(office, content, "text/csv")
    assert (done["causes"], done["unchanged"]) == ([], 1), done
    (entry,) = await world.all(select(LedgerEntry))
    assert entry.title == risky


async def test_numbers_stay_numbers(world, as_):
    unit, campaign = await make_unit(world), await make_campaign(world)
    await make_entry(world, unit, campaign, "T11")
    _, book = await exported(world, await as_.unit(unit), "ledger-entries")
    head, row = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert row[head.index("投入资金（元）")] == 5000.0


async def test_a_unit_gets_its_own_rows_alone(world, as_):
    unit, other, campaign = (
        await make_unit(world),
        await make_unit(world),
        await make_campaign(world),
    )
    await make_entry(world, unit, campaign, "T5", title="自己的")
    await make_entry(world, other, campaign, "T5", title="别人的")
    office, officer = await as_.unit(unit), await as_.officer()
    _, own = await exported(world, office, "ledger-entries", "csv")
    assert "自己的" in own.decode()
    assert "别人的" not in own.decode()
    none, _ = await exported(world, office, "ledger-entries", "csv", unit_id=str(other.id))
    assert none["rows"] == 0
    everything, _ = await exported(world, officer, "ledger-entries", "csv")
    assert everything["rows"] == 2


async def test_a_member_is_told_that_it_is_his_own_part(world, as_):
    unit, campaign = await make_unit(world), await make_campaign(world)
    member = await make_member(world, unit)
    await make_entry(world, unit, campaign, "T8", member)
    await make_entry(world, unit, campaign, "T5")
    mine = await as_.role(Role.UNIT_MEMBER, unit=unit, member=member)
    told, _ = await exported(world, mine, "ledger-entries", "csv")
    assert told["rows"] == 1
    assert "只含您本人参加的记录。" in told["left_out"]


@pytest.mark.parametrize(
    "kind",
    [
        *("problems", "plans", "evidence", "self-reports", "inspections", "findings"),
        *("objections", "extras", "results", "interviews", "rectifications"),
    ],
)
async def test_every_other_list_has_its_headings(world, as_, kind):
    _, content = await exported(world, await as_.officer(), kind, "csv")
    assert lines(content)[0][0] == "单位"


async def test_a_file_is_fetched_once_and_by_its_asker_alone(world, as_):
    unit = await make_unit(world)
    office, colleague = await as_.unit(unit), await as_.unit(unit)
    told, _ = await exported(world, office, "members", "csv")
    assert (await colleague.get(f"{URL}/{told['id']}")).status_code == 404
    ticket = (await office.post(f"{URL}/{told['id']}/ticket")).json()
    assert (await office.get(ticket["url"])).status_code == 200
    assert (await office.get(ticket["url"])).status_code == 410
    assert (await office.get("/api/v1/export-files/unknown")).status_code == 404


async def test_files_are_thrown_away_after_a_week(world, as_):
    office = await as_.unit()
    told, _ = await exported(world, office, "members", "csv")
    (job,) = await world.all(select(ExportJob))
    ctx = await world.ctx()
    await ctx.db.execute(update(ExportJob).values(expires_at=job.expires_at - timedelta(days=8)))
    await ctx.db.commit()
    await world.act(HANDLERS["exports.sweep"])
    gone = (await office.get(f"{URL}/{told['id']}")).json()
    assert (gone["state"], gone["sha256"]) == ("expired", None)
    assert (await office.post(f"{URL}/{told['id']}/ticket")).status_code == 409


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "members", "filters": {"wrong": 1}}, "/body/filters/wrong"),
        ({"kind": "members", "format": "zip"}, "/body/format"),
        ({"kind": "evidence-pack", "format": "zip"}, "/body/filters/campaign_id"),
    ],
)
async def test_what_the_list_would_refuse_is_refused(as_, body, pointer):
    answer = await (await as_.unit()).post(URL, json=body)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


async def test_a_foreign_pack_is_as_unknown_as_a_missing_one(world, as_):
    other, campaign = await make_unit(world), await make_campaign(world)
    office = await as_.unit()
    answers = [
        await office.post(
            URL,
            json={
                "kind": "evidence-pack",
                "format": "zip",
                "filters": {"campaign_id": str(campaign.id), "unit_id": ident},
            },
        )
        for ident in (str(other.id), "00000000-0000-4000-8000-000000000000")
    ]
    assert [one.status_code for one in answers] == [422, 422]
    assert answers[0].json()["errors"] == answers[1].json()["errors"]


async def test_a_pack_holds_the_files_with_index_and_hashes(world, as_, tmp_path):
    unit, campaign = await make_unit(world), await make_campaign(world)
    office = await as_.unit(unit)
    made = await office.post(
        "/api/v1/evidence",
        json={
            "campaign_id": str(campaign.id),
            "title": "会议纪要",
            "file_name": "../纪要.txt",
            "not_secret": True,
        },
    )
    assert made.status_code == 201, made.text
    evidence = made.json()
    put = await office.put(
        f"/api/v1/evidence/{evidence['id']}/content",
        content="会议研究了年度计划。".encode(),
        headers={"If-Match": f'"{evidence["version"]}"'},
    )
    assert put.status_code == 200, put.text
    told, content = await exported(
        world, office, "evidence-pack", "zip", campaign_id=str(campaign.id)
    )

    assert told["rows"] == 1
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        index = json.loads(pack.read("index.json"))
        (file,) = index["files"]
        assert ".." not in file["path"].split("/")
        assert hashlib.sha256(pack.read(file["path"])).hexdigest() == file["sha256"]
        assert f"{file['sha256']}  {file['path']}" in pack.read("SHA256SUMS").decode()
        assert pack.testzip() is None
        pack.extractall(tmp_path)
    assert verified(tmp_path) == 0
    (tmp_path / file["path"]).write_text("改了", encoding="utf-8")
    assert verified(tmp_path) == 1


def verified(folder) -> int:
    command = [sys.executable, folder / "verify.py"]
    return subprocess.run(command, capture_output=True, check=False).returncode
