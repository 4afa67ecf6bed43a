"""Every list of the contract is had as a file, or a reason says why not."""

import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from sihao.ballots.lifecycle import BallotState
from sihao.ballots.models import Ballot
from sihao.ballots.schemas import BallotResult
from sihao.core.context import Role
from sihao.evidence.models import EvidenceManifest, EvidenceManifestLine
from sihao.exports.columns import builder
from sihao.exports.lists import LISTS
from sihao.exports.words import STATES, WORDS
from sihao.followups.lifecycle import ReferralState
from sihao.inspections.models import Recusal
from sihao.plans.models import MeasureProgress, TeamMeeting
from tests.conftest import ROOT as REPOSITORY
from tests.exports.test_exports import URL, exported, lines
from tests.factories import STAMPS, make_committee, make_member, make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import files_of, make_evidence
from tests.factories_followups import make_complaint, make_referral
from tests.factories_plans import make_measure, make_plan, make_problem

ROOT = "/api/v1"
ELSEWHERE = {
    "/evidence-manifests/{id}/lines": "manifest-lines",
    "/measures/{id}/progress": "progress",
    "/co-assessments/{id}/results": "co-assessment-results",
    "/plans/{id}/problems": "problems",
    "/plans/{id}/measures": "measures",
}
"""Lists whose export is not called as the last part of their address."""
NOT_EXPORTED = {
    "/service-accounts": "credentials of other systems: administrators alone read them, here",
    "/audit": "the audit administrators' log, with its own chain; copies of it would be no proof",
    "/events": "a feed for other systems, read by its cursor",
    "/imports": "one's own jobs: they end after some days",
    "/imports/{id}/errors": "given back as the corrected workbook of the import",
    "/exports": "one's own jobs: they end after a week",
    "/campaigns": "a setting a year, not data that people collect",
    "/standards": "a standard is had as a file of its own, whole, with its items",
    "/documents": "papers go out as Word and PDF, and a unit's year of them as an archive",
    "/documents/register": "numbers that were given, in their order; its page is printed",
    "/webhooks": "addresses of other systems: the system administrator's alone",
    "/webhooks/{id}/deliveries": "a log that ends after ninety days",
    "/material-collections": "a notice or two a year; what units gave for them is in `evidence`",
}
"""Why a list is no file."""


@pytest.fixture(autouse=True)
async def committee(world):
    return await make_committee(world)


@pytest.fixture(scope="module")
def contract() -> dict:
    return json.loads((REPOSITORY / "openapi.json").read_text())


def _resolved(contract: dict, schema: dict) -> dict:
    while "$ref" in schema:
        schema = contract["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _items(contract: dict) -> dict[str, dict]:
    """The properties of a row, by the address of its list."""
    found = {}
    for path, methods in contract["paths"].items():
        answer = methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        page = _resolved(contract, answer.get("application/json", {}).get("schema", {}))
        if {"items", "next_cursor"} <= page.get("properties", {}).keys():
            row = _resolved(contract, page["properties"]["items"]["items"])
            found[path.removeprefix(ROOT)] = row["properties"]
    return found


def _export_of(path: str) -> str:
    return ELSEWHERE.get(path, path.rsplit("/", 1)[-1])


def test_every_list_is_exported_or_says_why_not(contract):
    found = _items(contract)
    assert len(found) > 30
    for path in found:
        exported_too = _export_of(path) in LISTS
        assert exported_too is not (path in NOT_EXPORTED), (
            f"{path}: add it to exports.lists.LISTS, or say in NOT_EXPORTED why it is no file"
        )


def test_no_reason_and_no_name_outlives_its_list(contract):
    assert {*NOT_EXPORTED, *ELSEWHERE} <= _items(contract).keys()


def _codes(contract: dict, schema: dict) -> list[str]:
    some = [_resolved(contract, one) for one in schema.get("anyOf", [schema])]
    return [code for one in some for code in one.get("enum", [])]


def test_codes_are_words_in_every_file(contract):
    checked = set()
    for path, properties in _items(contract).items():
        told = LISTS.get(_export_of(path))
        if told is None or any(column.choices for column in told.sheets[0].columns):
            continue  # what is imported too has its words with its columns
        (sheet,) = told.sheets
        build = builder(sheet)
        for at, column in enumerate(sheet.columns):
            for code in _codes(contract, properties.get(column.name, {})):
                shown = build({column.name: code})[at]
                assert not str(shown).isascii(), f"{path}: {column.name}={code} has no word"
                checked.add((sheet.title, column.name))
    assert len(checked) > 20
    assert STATES.keys() <= {title for title, name in checked if name == "state"}
    assert WORDS.keys() <= {name for _, name in checked} | {"kind"}


async def table(world, client, kind, **filters) -> list[dict[str, str]]:
    """Give the rows of a CSV under its headings."""
    _, content = await exported(world, client, kind, "csv", **filters)
    head, *rows = lines(content)
    return [dict(zip(head, row, strict=True)) for row in rows]


async def test_a_department_exports_the_referral_sent_to_it_and_a_unit_none(world, as_):
    unit, campaign = await make_unit(world), await make_campaign(world)
    department = await as_.role(Role.RECEIVER)
    person = SimpleNamespace(id=department.person_id)
    sent = {"receiver": person, "state": ReferralState.SENT}
    await make_referral(world, campaign, unit, reason="=请予帮助", **sent)
    await make_referral(world, campaign, unit)
    (own,) = await table(world, department, "referrals")
    assert (own["单位"], own["提请事项"], own["状态"]) == (unit.name, "提请帮助", "已送达")
    assert own["理由"] == "'=请予帮助"
    assert len(await table(world, await as_.officer(), "referrals")) == 2
    assert await table(world, await as_.lead(unit), "referrals") == []


async def test_everybody_exports_the_own_complaints_and_the_committee_all_without_hidden_names(
    world, as_
):
    unit = await make_unit(world)
    office, officer = await as_.unit(unit), await as_.officer()
    mine = SimpleNamespace(id=office.person_id)
    await make_complaint(world, mine, named=False)
    await make_complaint(world, (await make_person(world, Role.LEADERSHIP))[0])
    (own,) = await table(world, office, "complaints")
    assert (own["类别"], own["状态"]) == ("投诉", "待答复")
    rows = await table(world, officer, "complaints", state="received")
    assert sorted(bool(one["提出人"]) for one in rows) == [False, True]


async def test_a_ballot_gives_its_published_totals_and_no_paper(world, as_):
    unit = await make_unit(world)
    result = BallotResult(groups=[], issued=30, returned=28, valid=27, answers=[], score="91.25")
    for year, state in ((2024, BallotState.COUNTED), (2025, BallotState.OPEN)):
        campaign = await make_campaign(world, year=year)
        told = {"title": f"{state}", "opens_at": STAMPS["updated_at"]}
        told["closes_at"] = told["opens_at"] + timedelta(days=1)
        told |= {"unit_id": unit.id, "campaign_id": campaign.id, "state": state}
        await world.add(Ballot(**told, result=result.model_dump(mode="json"), **STAMPS))
    both = await table(world, await as_.officer(), "ballots")
    assert sorted((one["状态"], one["有效票数"]) for one in both) == [
        ("已公布", "27"),
        ("投票中", ""),
    ]
    (own,) = await table(world, await as_.unit(unit), "ballots")
    assert (own["收回票数"], own["得分"]) == ("28", "91.25")
    assert await table(world, await as_.unit(), "ballots") == []


async def make_manifest(world, unit, campaign, number) -> EvidenceManifest:
    """Make a manifest of one line whose file is here."""
    piece = await make_evidence(world, unit, campaign)
    (file,) = await files_of(world, piece)
    of = {"unit_id": unit.id, "made_by": "机关党委", "received_at": datetime.now(UTC)}
    manifest = EvidenceManifest(
        campaign_id=campaign.id,
        number=number,
        content_hash="0" * 64,
        lines=1,
        total_size=9,
        late=False,
        **of,
    )
    await world.add(manifest)
    line = {"position": 1, "path": "纪要/一.txt", "size": 9, "sha256": "0" * 64, "title": "一"}
    await world.add(
        EvidenceManifestLine(
            unit_id=unit.id, manifest_id=manifest.id, file_id=file.id, codes=["A1", "B2"], **line
        )
    )
    return manifest


async def test_a_manifest_and_its_lines_are_had_by_those_who_read_them(world, as_):
    unit, campaign = await make_unit(world), await make_campaign(world)
    manifest = await make_manifest(world, unit, campaign, 7)
    foreign = await make_manifest(world, await make_unit(world), campaign, 8)
    office = await as_.unit(unit)
    (one,) = await table(world, office, "evidence-manifests")
    assert (one["单位"], one["逾期"]) == (unit.name, "否")
    (line,) = await table(world, office, "manifest-lines", manifest_id=str(manifest.id))
    assert (line["路径"], line["条目"], line["状态"]) == ("纪要/一.txt", "A1、B2", "已收到")
    for ident in (foreign.id, uuid4()):
        filters = {"manifest_id": str(ident)}
        answer = await office.post(URL, json={"kind": "manifest-lines", "filters": filters})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/body/filters/manifest_id"
    assert len(await table(world, await as_.officer(), "evidence-manifests")) == 2
    assert await table(world, await as_.role(Role.RECEIVER), "evidence-manifests") == []


async def test_progress_and_meetings_name_their_unit_and_stay_with_it(world, as_):
    unit, campaign = await make_unit(world), await make_campaign(world)
    member = await make_member(world, unit, "张明")
    plan = await make_plan(world, unit, campaign)
    measure = await make_measure(world, plan, await make_problem(world, plan), member)
    said = {"text": "已完成一半", "percent": 50, "reported_by": "张明"}
    of = {"unit_id": unit.id}
    await world.add(
        MeasureProgress(measure_id=measure.id, reported_at=datetime.now(UTC), **said, **of),
        TeamMeeting(
            campaign_id=campaign.id, held_on=date(2026, 3, 1), subject="研究计划", **of, **STAMPS
        ),
    )
    office, other = await as_.unit(unit), await as_.unit()
    for kind, heading, value in (
        ("progress", "进展", "已完成一半"),
        ("team-meetings", "议题", "研究计划"),
    ):
        (own,) = await table(world, office, kind, campaign_id=str(campaign.id))
        assert (own["单位"], own[heading]) == (unit.name, value)
        assert await table(world, other, kind) == []


async def test_recusals_are_the_committees_and_an_inspectors_own(world, as_):
    unit, inspector = await make_unit(world), await as_.inspector()
    mine = {"person_id": inspector.person_id, "reason": "曾共同投资"}
    await world.add(Recusal(unit_id=unit.id, **mine))
    (row,) = await table(world, await as_.officer(), "recusals")
    assert (row["单位"], row["事由"]) == (unit.name, "其他")
    assert len(await table(world, inspector, "recusals")) == 1
    assert await table(world, await as_.unit(unit), "recusals") == []


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        *(("inspection-groups", "检查组"), ("co-assessments", "编号"), ("comparisons", "名称")),
        *(("commendations", "单位"), ("notice-objections", "集中评比")),
    ],
)
async def test_what_is_empty_has_its_headings(world, as_, kind, first):
    _, content = await exported(world, await as_.officer(), kind, "csv")
    assert lines(content)[0][0] == first
