from datetime import date

import pytest

from sihao.core.context import Role
from sihao.ledgers.models import LedgerKind
from sihao.plans.lifecycle import PlanState
from sihao.self_reports.lifecycle import SelfReportState
from tests.factories import make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_evidence import make_evidence, make_link
from tests.factories_ledgers import make_entry
from tests.factories_plans import make_plan
from tests.factories_self_reports import make_report

URL = "/api/v1/material-collections"


@pytest.fixture
async def standard(world):
    return await make_standard(world)


@pytest.fixture
async def items(world, standard):
    return await criteria_of(world, standard)


@pytest.fixture
async def year(world, standard):
    return await make_campaign(world, standard=standard)


@pytest.fixture
async def unit(world):
    return await make_unit(world, "市司法局")


@pytest.fixture
async def other(world):
    return await make_unit(world, "市审计局")


def asking(year, *units, **fields):
    return {
        "campaign_id": str(year.id),
        "title": "收集上半年学习材料",
        "basis": "市委办〔2026〕12号",
        "codes": ["A1"],
        "ledgers": [],
        "covers_from": "2026-01-01",
        "covers_until": "2026-06-30",
        "due_on": "2026-07-10",
        "unit_ids": [str(one.id) for one in units],
        **fields,
    }


async def draft(officer, year, *units, **fields):
    answer = await officer.post(URL, json=asking(year, *units, **fields))
    assert answer.status_code == 201, answer.text
    return answer.json()


def blocked(collection):
    return next(one["blocked"] for one in collection["actions"] if one["name"] == "send")


async def test_what_units_have_handed_in_is_flagged_with_the_link(
    world, as_, items, year, unit, other
):
    piece = await make_evidence(world, unit, year, title="学习计划", shows=(items["A1"],))
    made = await draft(await as_.officer(), year, unit, other)
    (need,) = made["needs"]
    assert (need["code"], need["units_asked"], need["units_holding"]) == ("A1", 2, 1)
    (held,) = need["held"]
    assert (held["unit_name"], held["count"], held["first_title"]) == ("市司法局", 1, "学习计划")
    assert held["first_id"] == str(piece.id)
    assert "A1" in blocked(made)


async def test_a_flagged_collection_is_not_sent(world, as_, items, year, unit):
    await make_evidence(world, unit, year, shows=(items["A1"],))
    officer = await as_.officer()
    made = await draft(officer, year, unit)
    answer = await officer.move(made, f"{URL}/{made['id']}", "send")
    assert (answer.status_code, answer.json()["code"]) == (409, "material_collection.send.blocked")


async def test_it_goes_out_once_what_is_held_is_left_out(world, as_, items, year, unit):
    await make_evidence(world, unit, year, shows=(items["A1"],))
    officer = await as_.officer()
    made = await draft(officer, year, unit, codes=["A1", "A2"])
    url = f"{URL}/{made['id']}"
    changed = (await officer.edit(made, url, codes=["A2"])).json()
    assert blocked(changed) is None
    assert (await officer.move(changed, url, "send")).json()["state"] == "sent"


async def test_it_goes_out_with_a_reason(world, as_, items, year, unit):
    await make_evidence(world, unit, year, shows=(items["A1"],))
    officer = await as_.officer()
    made = await draft(officer, year, unit)
    url = f"{URL}/{made['id']}"
    changed = (await officer.edit(made, url, reasons={"A1": "须补充签到表"})).json()
    assert changed["needs"][0]["reason"] == "须补充签到表"
    assert (await officer.move(changed, url, "send")).status_code == 200


async def test_rows_of_the_period_are_held_and_others_are_not(world, as_, year, unit):
    await make_entry(world, unit, year, kind=LedgerKind.T5, happened_on=date(2026, 3, 1))
    officer = await as_.officer()
    spring = await draft(officer, year, unit, codes=[], ledgers=["T5"])
    autumn = await draft(
        officer,
        year,
        unit,
        codes=[],
        ledgers=["T5"],
        covers_from="2026-07-01",
        covers_until="2026-09-30",
    )
    assert [one["needs"][0]["units_holding"] for one in (spring, autumn)] == [1, 0]
    assert blocked(autumn) is None


async def test_a_unit_finds_its_own_answers_in_what_was_sent(world, as_, items, year, unit, other):
    await make_evidence(world, unit, year, title="本单位材料", shows=(items["A1"],))
    await make_evidence(world, other, year, title="别人的材料", shows=(items["A1"],))
    officer, office = await as_.officer(), await as_.unit(unit)
    made = await draft(officer, year, unit, other)
    url = f"{URL}/{made['id']}"
    assert (await office.get(url)).status_code == 404
    changed = (await officer.edit(made, url, reasons={"A1": "补签到表"})).json()
    await officer.move(changed, url, "send")
    (listed,) = (await office.get(URL)).json()["items"]
    assert (listed["id"], listed["actions"]) == (made["id"], [])
    seen = await office.get(url)
    (need,) = seen.json()["needs"]
    assert (need["units_asked"], need["units_holding"]) == (1, 1)
    assert [one["first_title"] for one in need["held"]] == ["本单位材料"]
    assert str(other.id) not in seen.text
    assert other.name not in seen.text


async def test_a_unit_that_is_not_asked_does_not_know_of_it(as_, items, year, unit, other):
    officer, office = await as_.officer(), await as_.unit(other)
    made = await draft(officer, year, unit)
    await officer.move(made, f"{URL}/{made['id']}", "send")
    assert (await office.get(f"{URL}/{made['id']}")).status_code == 404
    assert (await office.get(URL)).json()["items"] == []


async def test_what_was_sent_stays_as_it_is_until_it_is_closed(as_, items, year, unit):
    officer = await as_.officer()
    made = await draft(officer, year, unit)
    url = f"{URL}/{made['id']}"
    sent = (await officer.move(made, url, "send")).json()
    assert (await officer.edit(sent, url, title="改题")).status_code == 409
    assert (await officer.move(sent, url, "close")).json()["state"] == "closed"


@pytest.mark.parametrize("role", [Role.UNIT_OFFICE, Role.LEADERSHIP, Role.LEADER])
async def test_only_officers_ask(as_, items, year, unit, role):
    client = await as_.role(role, unit=unit)
    assert (await client.post(URL, json=asking(year, unit))).status_code == 403


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"codes": []}, "/body/codes"),
        ({"codes": ["Z9"]}, "/body/codes"),
        ({"covers_until": "2025-01-01"}, "/body/covers_until"),
        ({"unit_ids": ["00000000-0000-4000-8000-000000000000"]}, "/body/unit_ids"),
    ],
)
async def test_what_cannot_be_asked_is_refused_at_its_place(
    as_, items, year, unit, fields, pointer
):
    answer = await (await as_.officer()).post(URL, json=asking(year, unit) | fields)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_the_meter_counts_what_was_given_and_what_was_saved(
    world, as_, items, year, unit, other
):
    piece = await make_evidence(
        world, unit, year, content=b"12345", shows=[items[code] for code in ("A1", "A2", "B12")]
    )
    entry = await make_entry(world, unit, year)
    await make_link(world, piece, entry_id=entry.id)
    await make_plan(world, unit, year, state=PlanState.IN_FORCE)
    await make_report(world, other, year, state=SelfReportState.SUBMITTED)
    answer = await (await as_.officer()).get("/api/v1/burden", params={"campaign_id": year.id})
    told = answer.json()
    numbers = {one["kind"]: (one["asked"], one["given"]) for one in told["collections"]}
    assert numbers == {
        "plan": (1, 1),
        "ledgers": (17, 1),
        "evidence": (len(items), 1),
        "self_report": (6, 1),
        "co_assessments": (0, 0),
    }
    mine = next(one for one in told["units"] if one["unit_id"] == str(unit.id))
    counted = [mine[name] for name in ("rows", "pieces", "files", "size", "uses", "saved")]
    assert counted == [1, 1, 1, 5, 4, 3]


async def test_a_unit_reads_its_own_burden_alone(world, as_, items, year, unit, other):
    await make_evidence(world, other, year, shows=(items["A1"],))
    answer = await (await as_.unit(unit)).get("/api/v1/burden", params={"campaign_id": year.id})
    told = answer.json()
    assert [one["unit_name"] for one in told["units"]] == ["市司法局"]
    assert {one["given"] for one in told["collections"]} == {0}


@pytest.mark.parametrize("role", [Role.ADMIN_SYSTEM, Role.COASSESSOR, Role.INSPECTOR])
async def test_others_read_no_units_burden(as_, items, year, unit, role):
    client = await as_.role(role)
    answer = await client.get("/api/v1/burden", params={"campaign_id": year.id})
    assert answer.status_code == 404 or answer.json()["units"] == []
    assert (await client.get(URL)).json()["items"] == []
