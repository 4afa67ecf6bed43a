"""Working days as the committee enters them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from sihao.core.context import CHINA
from sihao.core.events import Event
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.workdays import SHIPPED
from tests.factories_inspections import make_visit
from tests.inspections.acting import move

URL = "/api/v1/workdays"
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2028, 12, 31))


async def put(client, day, version=0, **body):
    headers = {"If-Match": f'"{version}"'}
    return await client.put(f"{URL}/{day}", json=body, headers=headers)


async def test_the_committee_enters_a_holiday_and_everybody_reads_it(as_, world):
    officer, unit = await as_.officer(), await as_.unit()

    made = await put(officer, "2027-02-08", working=False, name="春节")
    stale = await put(officer, "2027-02-08", working=False, name="除夕")
    again = await put(officer, "2027-02-08", 1, working=False, name="除夕")

    assert made.status_code == 200, made.text
    assert stale.status_code == 412
    assert again.headers["etag"] == '"2"'
    (day,) = (await unit.get(URL, params={"year": 2027})).json()
    assert (day["day"], day["name"], day["shipped"]) == ("2027-02-08", "除夕", False)
    shipped = (await unit.get(URL, params={"year": 2026})).json()
    assert {one["day"]: one["working"] for one in shipped}["2026-10-10"] is True
    assert (await put(unit, "2027-02-09", working=False, name="春节")).status_code == 403
    gone = await officer.delete(f"{URL}/2027-02-08")
    assert gone.status_code == 204
    assert (await unit.get(URL, params={"year": 2027})).json() == []
    assert (await officer.delete(f"{URL}/2027-02-08")).status_code == 404
    told = [e.name for e in await world.all(select(Event).order_by(Event.seq))]
    assert told == ["calendar.set", "calendar.set", "calendar.reset"]


async def test_the_time_for_objections_goes_by_the_days_that_were_entered(as_, world):
    leader = await as_.inspector()
    visit = await make_visit(world, leader.person_id, state=InspectionState.SCORED)
    officer = await as_.officer()
    today = datetime.now(UTC).astimezone(CHINA).date()
    for after in range(1, 41):
        day = today + timedelta(days=after)
        await put(officer, day, working=False, name="放假")

    given_ = (await move(officer, visit, "give_feedback")).json()

    until = datetime.fromisoformat(given_["objections_until"]).astimezone(CHINA)
    assert (
        until.date()
        == SHIPPED.end_of(
            datetime.combine(today + timedelta(days=40), datetime.min.time(), CHINA), 7
        ).date()
    )


@given(day=DAYS, changes=st.dictionaries(DAYS, st.booleans(), max_size=8))
def test_a_changed_day_is_as_it_was_entered_and_no_other_day_moves(day, changes):
    calendar = SHIPPED.changed(changes)

    expected = changes.get(day, SHIPPED.is_workday(day))
    assert calendar.is_workday(day) is expected


@given(first=DAYS, length=st.integers(0, 60))
def test_the_working_days_between_two_days_are_those_one_counts_to(first, length):
    last = first + timedelta(days=length)
    found = SHIPPED.between(first, last)

    assert found == sorted(set(found))
    assert all(SHIPPED.is_workday(one) for one in found)
    start = datetime.combine(first - timedelta(days=1), datetime.min.time(), CHINA)
    if found:
        assert SHIPPED.end_of(start, len(found)).date() == found[-1]
