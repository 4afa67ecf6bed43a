from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from sihao.campaigns.queries import get_scheme
from sihao.core.context import Role
from sihao.ledgers import queries
from sihao.ledgers.schemas import Indicator, IndicatorOpened
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign, make_standard
from tests.factories_ledgers import make_entry

URL = "/api/v1/indicators"
YEAR = 2024
"""A year that is over, so that figures do not depend on the day of the test."""


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def campaign(world):
    standard = await make_standard(world, codes=None, year=YEAR)
    return await make_campaign(world, year=YEAR, standard=standard)


async def figures(client, **query):
    answer = await client.get(URL, params=query)
    assert answer.status_code == 200, answer.text
    return {one.criterion: one for one in TypeAdapter(list[Indicator]).validate_json(answer.text)}


async def test_a_unit_without_records_has_no_zeros(as_, world, unit, campaign):
    found = await figures(await as_.unit(unit))

    assert list(found) == ["A13", "A14", "A15", "A16", "B8", "B12", "C6"]
    assert {code: one.status for code, one in found.items() if code != "A16"} == dict.fromkeys(
        ("A13", "A14", "A15", "B8", "B12", "C6"), "not_applicable"
    )
    assert [one.value for code, one in found.items() if code != "A16"] == [None] * 6
    assert (found["A16"].value, found["A16"].status) == (0, "met")


async def test_figures_open_into_members_and_rows(as_, world, unit, campaign):
    one, other = await make_member(world, unit, "张明"), await make_member(world, unit, "李红")
    trips = [(date(YEAR, 3, 1), date(YEAR, 4, 15)), (date(YEAR, 4, 10), date(YEAR, 4, 29))]
    for first, last in trips:
        await make_entry(
            world, unit, campaign, "T8", one, title="调研", happened_on=first, ended_on=last
        )
    await make_entry(world, unit, campaign, "T8", other, details={"portion": "上午"})
    await make_entry(world, unit, campaign, "T8", other, details={"purpose_kind": "培训"})
    office = await as_.unit(unit)

    days = (await figures(office))["C6"]
    opened = IndicatorOpened.model_validate_json((await office.get(f"{URL}/C6/rows")).text)

    assert (days.value, days.target, days.status) == (1, 2, "missed")
    assert days.summary == "2 名班子成员中 1 名已达标"
    shown = {figure.name: (figure.value, figure.target, figure.status) for figure in days.members}
    assert shown == {"张明": (60, 60, "met"), "李红": (Decimal("0.5"), 60, "missed")}
    assert opened.indicator == days
    assert sorted((row.member_name, row.counted, row.reason) for row in opened.rows) == [
        ("张明", 14, "与其他调研日期重叠，重叠部分只计一次"),
        ("张明", 46, ""),
        ("李红", 0, "“培训”不计入调研天数"),
        ("李红", Decimal("0.5"), ""),
    ]


async def test_a_member_sees_his_own_figures_and_the_units_summary(as_, world, unit, campaign):
    one, other = await make_member(world, unit, "张明"), await make_member(world, unit, "李红")
    for member in (one, other):
        await make_entry(world, unit, campaign, "T7", member)
    his = await as_.role(Role.UNIT_MEMBER, unit=unit, member=one)

    papers = (await figures(his))["B12"]
    rows = (await his.get(f"{URL}/B12/rows")).json()["rows"]

    assert (papers.part, papers.whole) == (2, 2)
    assert [figure.name for figure in papers.members] == ["张明"]
    assert [row["member_name"] for row in rows] == ["张明"]


async def test_figures_are_open_to_those_who_read_the_unit(as_, world, unit, campaign):
    asked = {"unit_id": str(unit.id)}
    for who in (await as_.officer(), await as_.leadership(), await as_.leader()):
        assert len(await figures(who, **asked)) == 7
    for who in (await as_.unit(), await as_.inspector(), await as_.role(Role.COASSESSOR)):
        answer = await who.get(URL, params=asked)
        assert answer.status_code == 422
        assert answer.json()["code"] == "unit.unknown"
    nobody = await (await as_.officer()).get(URL)
    assert nobody.status_code == 403
    assert nobody.json()["code"] == "unit.required"


async def test_an_item_that_the_standard_lacks_has_no_figure(as_, world, unit):
    await make_campaign(world, year=YEAR)
    office = await as_.unit(unit)

    assert list(await figures(office)) == ["B12", "C6"]
    answer = await office.get(f"{URL}/A15/rows")
    assert answer.status_code == 404
    assert answer.json()["code"] == "indicator.unknown"


async def test_the_assessment_year_and_the_date_are_facts_of_their_own(as_, world, unit, campaign):
    last = await make_campaign(world, year=YEAR - 1)
    member = await make_member(world, unit)
    new_year = {"happened_on": date(YEAR - 1, 12, 30), "ended_on": date(YEAR, 1, 3)}
    await make_entry(world, unit, last, "T8", member, **new_year)
    await make_entry(world, unit, last, "T6", happened_on=date(YEAR, 1, 5))
    await make_entry(world, unit, last, "T14", happened_on=date(YEAR - 1, 5, 1))

    found = await figures(await as_.unit(unit), campaign_id=str(campaign.id))

    assert found["C6"].members[0].value == 3
    assert found["A15"].value is None
    assert found["A13"].value == 1


async def test_all_units_are_computed_like_each_one(world, campaign):
    units = [await make_unit(world) for _ in range(3)]
    for at, unit in enumerate(units):
        member = await make_member(world, unit)
        for kind in ("T6", "T7", "T8", "T14", "T15", "T20")[: 2 * at + 2]:
            await make_entry(world, unit, campaign, kind, *([member] if kind in "T7T8" else []))

    everything = await world.act(queries.compute_for_all, campaign)

    assert list(everything) == [unit.id for unit in units]
    for unit in units:
        alone = await world.act(queries.compute_indicators, unit.id, campaign)
        assert everything[unit.id] == alone


async def test_the_scheme_says_which_purposes_add_no_day(as_, world, unit, campaign):
    one = await make_member(world, unit, "张明")
    for at, purpose in enumerate(("调研", "会议", "培训")):
        day = date(YEAR, 3, 1 + at)
        await make_entry(
            world, unit, campaign, "T8", one, happened_on=day, details={"purpose_kind": purpose}
        )
    office = await as_.unit(unit)
    assert (await figures(office))["C6"].members[0].value == 1

    async def count_meetings(ctx):
        scheme = await get_scheme(ctx, campaign.id)
        scheme.rules = {**scheme.rules, "days_not_counted": ["培训"]}

    await world.act(count_meetings)

    assert (await figures(office))["C6"].members[0].value == 2
