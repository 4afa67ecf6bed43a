"""Numbers in a report that no ledger bears out, shown to its writers before it is handed in."""

import pytest

from sihao.copies.numbers import Recorded, unseen
from sihao.ledgers.models import LedgerKind
from sihao.self_reports.lifecycle import SelfReportState
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_ledgers import make_entry
from tests.factories_self_reports import make_report

LEDGER = {
    (LedgerKind.T5, ""): Recorded(rows=12, shares=12, times=12, trained=0),
    (LedgerKind.T7, ""): Recorded(rows=4, shares=6, times=6, trained=0),
}


def alarms(text):
    return [(one.said, one.recorded) for one in unseen([("A", text)], LEDGER)]


def test_more_than_is_recorded_is_told_with_its_clause():
    text = "局党组组织集中学习37次，研讨发言9人次。撰写调研报告6篇。"
    (found,) = unseen([("A", text)], LEDGER)
    assert (found.said, found.recorded, found.ledger) == (37, 12, "T5")
    assert found.text == "局党组组织集中学习37次"


@pytest.mark.parametrize(
    "text",
    [
        "集体学习12次",
        "集体学习11次",
        "调研报告共形成6篇",
        "全年集体学习不少于24次",
        "每人撰写调研报告20篇",
        "计划开展集体学习40次",
        "去年集体学习40次",
        "走访企业140次",
        "集体学习研究的议题，研讨40次",
        "第40次集体学习",
    ],
)
def test_what_may_well_be_so_is_not_told(text):
    assert alarms(text) == []


def test_without_any_row_every_number_is_told():
    assert alarms("班子成员讲党课3次，谈心谈话20人次") == [(3, 0), (20, 0)]


@pytest.fixture
async def year(world):
    return await make_campaign(world)


async def numbers(client, report):
    answer = await client.get(f"/api/v1/self-reports/{report.id}/copies")
    assert answer.status_code == 200, answer.text
    return [(one["said"], one["recorded"]) for one in answer.json()["numbers"]]


async def test_the_units_own_rows_are_counted(world, as_, year):
    unit = await make_unit(world)
    for owner in (unit, unit, await make_unit(world)):
        await make_entry(world, owner, year, "T5")
    first, second = await make_member(world, unit), await make_member(world, unit)
    await make_entry(world, unit, year, "T9", first, second, details={"count": 3})
    text = "中心组学习3次，谈心谈话7人次，谈心谈话6人次。"
    report = await make_report(world, unit, year, text=text, sections=("A",))
    assert await numbers(await as_.unit(unit), report) == [(3, 2), (7, 6)]


async def test_it_is_help_before_handing_in_and_nothing_for_the_committee(world, as_, year):
    unit = await make_unit(world)
    report = await make_report(
        world, unit, year, text="中心组学习3次", state=SelfReportState.SUBMITTED, sections=("A",)
    )
    assert await numbers(await as_.officer(), report) == []
