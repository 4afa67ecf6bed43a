"""The calendar of visits: proposed, set, shown with what cannot be, taken along as a file."""

from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from sihao.core.context import Role
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import HalfDay
from sihao.inspections.visits import ConflictKind, Visit, conflicts, propose
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_inspections import make_group, make_inspection, make_recusal
from tests.factories_plans import make_meeting

MONDAY, TUESDAY, SUNDAY = date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 6)
WEEK = {"first": "2026-12-05", "last": "2026-12-08"}
IDS = [uuid4() for _ in range(6)]
NAMES = [uuid4() for _ in range(8)]
ROWS = st.tuples(
    st.sampled_from(IDS),
    st.sampled_from(IDS[:3]),
    st.sampled_from([frozenset(), frozenset(IDS[3:4]), frozenset(IDS[3:5]), frozenset(IDS[4:])]),
    st.sampled_from([None, MONDAY, TUESDAY]),
    st.sampled_from([None, *HalfDay]),
)
VISITS = st.lists(ROWS, max_size=len(NAMES)).map(
    lambda rows: [Visit(name, *row) for name, row in zip(NAMES, rows, strict=False)]
)


def always(_day):
    return True


async def make_year(world, units=3):
    """Make one group with a visit to each of some units, and another with one person of it."""
    campaign = await make_campaign(world)
    shared, _ = await make_person(world, Role.INSPECTOR)
    other, _ = await make_person(world, Role.INSPECTOR)
    group = await make_group(world, campaign, shared.id, name="检查一组")
    second = await make_group(world, campaign, other.id, shared.id, name="检查二组")
    of = [group] * units + [second]
    rows = [await make_inspection(world, campaign, await make_unit(world), one) for one in of]
    return campaign, shared, rows


def url_of(campaign, rest=""):
    return f"/api/v1/campaigns/{campaign.id}/visits{rest}"


def planned(row, day="2026-12-07", half="morning", **more):
    told = {"inspection_id": str(row.id), "version": row.version, **more}
    return {**told, "visit_on": day, "visit_half": half}


async def test_visits_are_proposed_for_working_days_and_nothing_is_written(as_, world):
    campaign, _, rows = await make_year(world)
    await make_meeting(world, await world_unit(world, rows[0]), campaign, held_on=MONDAY)
    officer = await as_.officer()

    told = (await officer.post(url_of(campaign, "/propose"), json=WEEK)).json()

    placed = {one["inspection_id"]: (one["visit_on"], one["visit_half"]) for one in told["visits"]}
    assert told["conflicts"] == []
    assert placed[str(rows[0].id)] == ("2026-12-08", "morning")
    assert len(set(placed.values())) == 4
    assert {day for day, _ in placed.values()} == {"2026-12-07", "2026-12-08"}
    stored = (await officer.get(url_of(campaign))).json()["visits"]
    assert {one["visit_on"] for one in stored} == {None}
    assert (
        await (await as_.leader()).post(url_of(campaign, "/propose"), json=WEEK)
    ).status_code == 403


async def world_unit(world, row):
    from sqlmodel import select  # noqa: PLC0415 - this one's own

    from sihao.units.models import Unit  # noqa: PLC0415 - this one's own

    return (await world.all(select(Unit).where(Unit.id == row.unit_id)))[0]


async def test_visits_are_set_together_or_not_at_all(as_, world):
    campaign, _, (first, second, *_) = await make_year(world)
    officer = await as_.officer()
    stale = {**planned(second, half="afternoon"), "version": 7}

    refused = await officer.post(url_of(campaign), json={"visits": [planned(first), stale]})
    both = [planned(first, visit_place="机关 401 会议室"), planned(second, half="afternoon")]
    done = await officer.post(url_of(campaign), json={"visits": both})

    assert refused.status_code == 412
    assert refused.json()["errors"][0]["pointer"] == "/body/visits/1/version"
    assert done.status_code == 200, done.text
    told = done.json()["visits"]
    assert [(one["visit_on"], one["visit_half"]) for one in told[:2]] == [
        ("2026-12-07", "morning"),
        ("2026-12-07", "afternoon"),
    ]
    assert told[0]["visit_place"] == "机关 401 会议室"
    assert told[0]["version"] == 2


async def test_what_cannot_be_is_shown_to_those_who_plan_and_inspect(as_, world):
    campaign, shared, (first, second, third, other) = await make_year(world)
    unit = await world_unit(world, first)
    await make_meeting(world, unit, campaign, held_on=MONDAY)
    officer = await as_.officer()
    wrong = [planned(one) for one in (first, second, other)]
    wrong.append(planned(third, "2026-12-06"))

    told = (await officer.post(url_of(campaign), json={"visits": wrong})).json()

    kinds = [(one["kind"], len(one["inspection_ids"]), one["people"]) for one in told["conflicts"]]
    assert kinds == [
        ("holiday", 1, []),
        ("group", 2, []),
        ("inspector", 2, [shared.display_name]),
        ("inspector", 2, [shared.display_name]),
        ("meeting", 1, []),
    ]
    seen = (await (await as_.unit(unit)).get(url_of(campaign))).json()
    assert [one["unit_id"] for one in seen["visits"]] == [str(unit.id)]
    assert seen["conflicts"] == []


async def test_whoever_stands_aside_is_in_nobodys_way(as_, world):
    campaign, shared, (first, *_, other) = await make_year(world)
    await make_recusal(world, shared.id, await world_unit(world, other))
    officer = await as_.officer()

    both = {"visits": [planned(first), planned(other)]}
    told = (await officer.post(url_of(campaign), json=both)).json()

    assert told["conflicts"] == []


async def test_a_group_and_a_unit_take_their_visits_along_by_a_ticket_good_once(as_, world, client):
    campaign, _, (first, second, *_, other) = await make_year(world)
    officer = await as_.officer()
    rows = [
        planned(first, visit_place="机关，401; 会议室"),
        planned(second, half=None),
        planned(other, "2026-12-08"),
    ]
    await officer.post(url_of(campaign), json={"visits": rows})
    group = {"group_id": str(first.group_id)}

    ticket = (await officer.post(url_of(campaign, "/ticket"), json=group)).json()
    file = await client.get(ticket["url"])
    again = await client.get(ticket["url"])

    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert again.status_code == 410
    calendar = Calendar.from_ical(file.content)
    events = sorted(calendar.walk("VEVENT"), key=lambda one: one["UID"] != f"{first.id}@sihao")
    assert len(events) == 2
    assert events[0]["LOCATION"] == "机关，401; 会议室"
    assert events[0].decoded("DTSTART").isoformat() == "2026-12-07T09:00:00+08:00"
    assert events[0]["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert events[0]["DTSTAMP"] is not None
    lines = file.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"LOCATION:\xe6\x9c\xba\xe5\x85\xb3\xef\xbc\x8c401\\; " in file.content.replace(
        b"\r\n ", b""
    )
    unit = await world_unit(world, other)
    own = await as_.unit(unit)
    ticket = (await own.post(url_of(campaign, "/ticket"), json={})).json()
    theirs = Calendar.from_ical((await client.get(ticket["url"])).content)
    assert [one["UID"] for one in theirs.walk("VEVENT")] == [f"{other.id}@sihao"]


async def test_after_consolidation_a_visit_stays(as_, world):
    campaign, _, (first, *_) = await make_year(world)
    first.state = InspectionState.SCORED
    await world.add(first)

    late = await (await as_.officer()).post(url_of(campaign), json={"visits": [planned(first)]})

    assert (late.status_code, late.json()["code"]) == (409, "inspection.visited")


@given(VISITS)
def test_a_proposal_makes_no_conflict_and_moves_no_visit(visits):
    meetings = {(IDS[0], MONDAY)}
    before = conflicts(visits, always, meetings)

    placed = propose(visits, [MONDAY, TUESDAY], meetings)

    kept = [one for one in visits if one.day is not None]
    assert {one.id for one in placed} == {one.id for one in visits} - {one.id for one in kept}
    assert conflicts([*kept, *placed], always, meetings) == before


@given(VISITS)
def test_conflicts_do_not_depend_on_the_order_of_visits(visits):
    def told(some):
        return {(one.kind, one.day, frozenset(one.visits)) for one in conflicts(some, always)}

    assert told(visits) == told(visits[::-1])
    assert all(kind is not ConflictKind.HOLIDAY for kind, *_ in told(visits))
