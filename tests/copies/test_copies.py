import pytest
from sqlalchemy import text
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.copies.actions import print_signed
from sihao.copies.models import Passage, TextPrint
from sihao.core.context import Role
from sihao.plans.lifecycle import PlanState
from sihao.self_reports.lifecycle import SelfReportState
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.factories_plans import make_plan
from tests.factories_self_reports import make_report

COPIED = (
    "局党组把防汛备汛作为全年头等大事，汛前逐库逐坝排查隐患，"
    "汛中领导干部带队值守，汛后及时复盘补短板。"
)
REWORDED = COPIED.replace("全年头等大事", "今年头等大事").replace("及时复盘", "认真复盘")
OWN = "本单位聚焦主责主业，建立重点任务清单，每月调度、每季通报，全年四十六项任务已经完成四十一项。"
HANDED_IN = {"state": SelfReportState.SUBMITTED, "sections": ("A",)}


@pytest.fixture
async def year(world):
    return await make_campaign(world)


@pytest.fixture
async def last_year(world, year):
    return await make_campaign(world, year=year.year - 1, state=CampaignState.CLOSED)


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def other(world):
    return await make_unit(world, "市水利局")


async def draft(world, unit, year, body):
    return await make_report(world, unit, year, text=body, sections=("A",))


async def signed(world, *reports):
    """Take the fingerprints, as the job does."""
    assert await world.act(print_signed) == len(reports)


async def check(client, report):
    answer = await client.get(f"/api/v1/self-reports/{report.id}/copies")
    assert answer.status_code == 200, answer.text
    return answer.json(), answer.text


async def test_a_unit_learns_how_much_is_like_others_and_nothing_else(
    world, as_, unit, other, year
):
    theirs = await make_report(world, other, year, text=COPIED, **HANDED_IN)
    await signed(world, theirs)
    mine = await draft(world, unit, year, f"{REWORDED}\n{OWN}")
    found, said = await check(await as_.unit(unit), mine)
    assert found["passages"] == 2
    assert found["like_others"] == 1
    assert 40 < found["percent_others"] < 60
    (passage,) = found["items"]
    assert passage["text"] == REWORDED
    assert 60 < passage["others_percent"] < 100
    assert passage["others"] == []
    for secret in (COPIED, other.name, str(other.id), str(theirs.id)):
        assert secret not in said


async def test_a_unit_sees_its_own_text_of_last_year_side_by_side(
    world, as_, unit, year, last_year
):
    await signed(world, await make_report(world, unit, last_year, text=COPIED, **HANDED_IN))
    mine = await draft(world, unit, year, REWORDED)
    found, _ = await check(await as_.unit(unit), mine)
    (beside,) = found["items"][0]["last_year"]
    assert (beside["text"], beside["year"]) == (COPIED, last_year.year)
    assert found["percent_last_year"] == 100
    assert found["like_others"] == 0


async def test_the_committee_sees_all_side_by_side_once_it_is_handed_in(
    world, as_, unit, other, year
):
    mine = await make_report(world, unit, year, text=REWORDED, **HANDED_IN)
    await signed(world, mine, await make_report(world, other, year, text=COPIED, **HANDED_IN))
    found, _ = await check(await as_.officer(), mine)
    (passage,) = found["items"]
    assert [(one["unit_name"], one["text"]) for one in passage["others"]] == [(other.name, COPIED)]


async def test_the_committee_sees_no_draft(world, as_, unit, year):
    mine = await draft(world, unit, year, COPIED)
    answer = await (await as_.officer()).get(f"/api/v1/self-reports/{mine.id}/copies")
    assert answer.status_code == 404


async def test_drafts_of_others_are_not_compared_with(world, as_, unit, other, year):
    await draft(world, other, year, COPIED)
    await signed(world)
    mine = await draft(world, unit, year, COPIED)
    found, _ = await check(await as_.unit(unit), mine)
    assert found["items"] == []


async def test_what_is_written_by_oneself_is_like_nothing(world, as_, unit, other, year):
    await signed(world, await make_report(world, other, year, text=COPIED, **HANDED_IN))
    found, _ = await check(await as_.unit(unit), await draft(world, unit, year, OWN))
    assert (found["items"], found["percent_others"]) == ([], 0)


@pytest.mark.parametrize("role", [Role.UNIT_MEMBER, Role.LEADERSHIP])
async def test_others_do_not_compare(world, as_, unit, year, role):
    mine = await make_report(world, unit, year, text=COPIED, **HANDED_IN)
    client = await as_.role(role, unit=unit)
    answer = await client.get(f"/api/v1/self-reports/{mine.id}/copies")
    assert answer.status_code == 403


async def test_a_foreign_report_is_unknown(world, as_, unit, other, year):
    mine = await make_report(world, unit, year, text=COPIED, **HANDED_IN)
    answer = await (await as_.unit(other)).get(f"/api/v1/self-reports/{mine.id}/copies")
    assert answer.status_code == 404


async def test_the_same_file_is_told_without_telling_whose(world, as_, unit, other, year):
    await make_evidence(world, unit, year, content=b"same photo", file_name="调研.jpg")
    await make_evidence(world, unit, year, content=b"another", file_name="另一.jpg")
    await make_evidence(world, other, year, content=b"same photo", file_name="我们的.jpg")
    mine = await draft(world, unit, year, OWN)
    found, said = await check(await as_.unit(unit), mine)
    (file,) = found["files"]
    assert (file["file_name"], file["others"], file["last_year"]) == ("调研.jpg", True, False)
    assert file["units"] == []
    assert "我们的" not in said


async def test_the_committee_reads_who_has_the_same_file(world, as_, unit, other, year):
    await make_evidence(world, unit, year, content=b"same photo")
    await make_evidence(world, other, year, content=b"same photo")
    mine = await make_report(world, unit, year, text=OWN, **HANDED_IN)
    found, _ = await check(await as_.officer(), mine)
    assert [one["units"] for one in found["files"]] == [[other.name]]


async def test_a_text_signed_anew_has_new_fingerprints(world, unit, year):
    report = await make_report(world, unit, year, text=COPIED, **HANDED_IN)
    await signed(world, report)
    await signed(world)
    report.frozen = {**report.frozen, "sections": [{"dimension": "A", "title": "A", "text": OWN}]}
    report.content_hash = "0" * 64
    await world.add(report)
    await signed(world, report)
    assert [one.text for one in await world.all(select(Passage))] == [OWN]
    assert len(await world.all(select(TextPrint))) == 1


async def test_plans_are_compared_with_plans(world, as_, unit, other, year):
    theirs = await make_plan(world, other, year, state=PlanState.IN_FORCE, content=COPIED)
    await signed(world, theirs)
    mine = await make_plan(world, unit, year, content=REWORDED, goals="略", basis="略")
    answer = await (await as_.unit(unit)).get(f"/api/v1/plans/{mine.id}/copies")
    assert [one["place"] for one in answer.json()["items"]] == ["content"]
    assert other.name not in answer.text


async def test_the_database_hands_no_foreign_passage_out(connection, world, unit, other, year):
    await signed(world, await make_report(world, other, year, text=COPIED, **HANDED_IN))
    (passage,) = await world.all(select(Passage))
    asked = f'[{{"n": 0, "grams": {passage.grams}, "bands": {passage.bands}}}]'
    scope = text("SELECT set_sihao(false, ARRAY[CAST(:unit AS uuid)], NULL, NULL)")
    await connection.execute(scope, {"unit": unit.id})
    rows = text(
        "SELECT passage_id, percent"
        " FROM alike_passages(CAST(:asked AS jsonb), 'self_report', :own, :year)"
    )
    given = {"asked": asked, "own": unit.id, "year": year.id}
    assert (await connection.execute(rows, given)).all() == [(None, 100)]
    assert (await connection.execute(text("SELECT count(*) FROM passage"))).scalar_one() == 0
