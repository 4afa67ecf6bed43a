"""The list of a comparison is given public notice of; units object; somebody else answers."""

from datetime import datetime, timedelta

from sihao.core.context import CHINA, Role
from sihao.inspections.models import CalendarDay
from tests.factories import STAMPS, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence
from tests.factories_results import end_notice, make_result

URL = "/api/v1/comparisons"
NOTICES = "/api/v1/comparison-notices"
OBJECTIONS = "/api/v1/notice-objections"


async def give_notice(as_, world, days=5):
    """Two commended teams of three, under public notice."""
    years = [await make_campaign(world, year=year) for year in (2025, 2026)]
    units = [await make_unit(world, name) for name in ("市教育局", "市水务局", "市林业局")]
    for unit, total in zip(units, ("95", "91", "70"), strict=True):
        for year in years:
            await make_result(world, year, unit, total=total)
    officer, leader = await as_.officer(), await as_.leader()
    body = {
        "name": "集中评比",
        "first_campaign_id": str(years[0].id),
        "second_campaign_id": str(years[1].id),
        "places": 2,
        "notice_days": days,
    }
    made = (await officer.post(URL, json=body)).json()
    url = f"{URL}/{made['id']}"
    frozen = (await officer.move(made, url, "freeze")).json()
    chosen = [str(one.id) for one in units[:2]]
    listed = (await leader.move(frozen, url, "deliberate", "同意", unit_ids=chosen)).json()
    noticed = await officer.move(listed, url, "notice")
    assert noticed.status_code == 200, noticed.text
    return units, noticed.json(), url


async def object_to(client, comparison, about=None, **fields):
    body = {"comparison_id": comparison["id"], "text": "年内发生过责任事故", **fields}
    team = {"about_id": str(about.id)} if about else {}
    return await client.post(OBJECTIONS, json=body | team)


async def announcing(client, url):
    found = (await client.get(url)).json()["actions"]
    return next(one["blocked"] for one in found if one["name"] == "announce")


async def test_every_unit_reads_names_and_merits_but_no_places_and_no_totals(as_, world):
    units, _, _ = await give_notice(as_, world)

    answer = await (await as_.role(Role.UNIT_MEMBER, unit=units[2])).get(NOTICES)

    (notice,) = answer.json()
    assert [one["unit_name"] for one in notice["teams"]] == ["市教育局", "市水务局"]
    assert "政治坚定好" in notice["teams"][0]["merits"]
    assert notice["may_object"] is False
    assert set(notice["teams"][0]) == {"unit_id", "unit_name", "merits", "withdrawn"}
    assert {"outcome", "places", "deliberation", "departure"}.isdisjoint(notice)


async def test_the_notice_runs_for_working_days_of_the_committees_calendar(as_, world):
    today = datetime.now(CHINA).date()
    closed = [today + timedelta(days=after) for after in range(1, 15)]
    await world.add(*(CalendarDay(day=day, working=False, name="调休", **STAMPS) for day in closed))

    _, noticed, _ = await give_notice(as_, world, days=1)

    until = datetime.fromisoformat(noticed["notice_until"]).astimezone(CHINA)
    assert until.date() > closed[-1]


async def test_nothing_is_announced_before_the_notice_is_over_and_objections_are_answered(
    as_, world
):
    units, noticed, url = await give_notice(as_, world)
    leader, deputy = await as_.leader(), await as_.role(Role.UNIT_DEPUTY, unit=units[2])
    assert "期满后才能通报" in await announcing(leader, url)
    filed = await object_to(deputy, noticed, units[1])
    assert filed.status_code == 201, filed.text
    await end_notice(world)
    assert "1 件公示异议没有答复" in await announcing(leader, url)
    refused = await leader.move(noticed, url, "announce")
    assert refused.status_code == 409

    one = filed.json()
    answered = await leader.move(one, f"{OBJECTIONS}/{one['id']}", "dismiss", "经核实没有此事")

    assert answered.json()["answer"] == "经核实没有此事"
    assert await announcing(leader, url) is None
    assert (await deputy.get(f"{OBJECTIONS}/{one['id']}")).json()["state"] == "dismissed"
    assert (await leader.move(noticed, url, "announce")).status_code == 200


async def test_a_unit_sees_its_own_objections_alone(as_, world):
    units, noticed, _ = await give_notice(as_, world)
    one = (await object_to(await as_.lead(units[2]), noticed, units[1])).json()
    letter = await object_to(await as_.officer(), noticed, units[1], sender="市民来信")
    assert letter.status_code == 201, letter.text

    for other in units[:2]:
        client = await as_.lead(other)
        assert (await client.get(OBJECTIONS)).json()["items"] == []
        assert (await client.get(f"{OBJECTIONS}/{one['id']}")).status_code == 404
    own = (await (await as_.lead(units[2])).get(OBJECTIONS)).json()["items"]
    assert [row["about_name"] for row in own] == ["市水务局"]
    everything = (await (await as_.officer()).get(OBJECTIONS)).json()["items"]
    assert {row["sender"] for row in everything} == {"", "市民来信"}


async def test_only_leads_and_deputies_object_and_only_in_time(as_, world):
    units, noticed, _ = await give_notice(as_, world)
    office = await as_.role(Role.UNIT_OFFICE, unit=units[2])
    assert (await object_to(office, noticed)).status_code == 403
    stranger = await object_to(await as_.lead(units[2]), noticed, units[2])
    assert stranger.json()["code"] == "notice_objection.about"

    await end_notice(world)

    late = await object_to(await as_.lead(units[2]), noticed)
    assert late.json()["code"] == "notice_objection.closed"
    letter = await object_to(await as_.officer(), noticed, sender="期内寄出的来信")
    assert letter.status_code == 201, letter.text


async def test_evidence_is_the_objecting_units_own(as_, world):
    units, noticed, _ = await give_notice(as_, world)
    year = await make_campaign(world, year=2027)
    own, foreign = [await make_evidence(world, unit, year) for unit in (units[2], units[1])]
    lead = await as_.lead(units[2])

    taken = await object_to(lead, noticed, units[1], evidence_id=str(foreign.id))
    assert taken.json()["code"] == "evidence.unknown"
    answer = await object_to(lead, noticed, units[1], evidence_id=str(own.id))
    assert answer.json()["evidence_title"] == own.title


async def test_a_letter_names_its_sender_and_whoever_entered_it_does_not_answer_it(as_, world):
    _, noticed, _ = await give_notice(as_, world)
    both = await as_.role(Role.OFFICER, Role.LEADER)
    nameless = await object_to(both, noticed)
    assert nameless.json()["code"] == "notice_objection.sender"
    one = (await object_to(both, noticed, sender="张某")).json()

    own = await both.move(one, f"{OBJECTIONS}/{one['id']}", "uphold", "属实")
    other = await (await as_.leader()).move(one, f"{OBJECTIONS}/{one['id']}", "uphold", "属实")

    assert own.json()["code"] == "notice_objection.uphold.blocked"
    assert other.json()["state"] == "upheld"


async def test_a_team_is_taken_off_the_list_after_an_upheld_objection_and_stays_on_record(
    as_, world
):
    units, noticed, url = await give_notice(as_, world)
    leader, officer = await as_.leader(), await as_.officer()
    one = (await object_to(await as_.lead(units[2]), noticed, units[1])).json()
    (row,) = [
        row
        for row in (await officer.get("/api/v1/commendations")).json()["items"]
        if row["unit_name"] == "市水务局"
    ]
    where = f"/api/v1/commendations/{row['id']}"
    reason = {"objection_id": one["id"], "reason": "异议属实，取消通报"}
    headers = {"If-Match": f'"{row["version"]}"'}
    early = await leader.post(f"{where}/withdraw", json=reason, headers=headers)
    assert early.json()["code"] == "commendation.objection"
    await leader.move(one, f"{OBJECTIONS}/{one['id']}", "uphold", "经核实属实")

    gone = await leader.post(f"{where}/withdraw", json=reason, headers=headers)

    assert gone.json()["withdrawn_reason"] == "异议属实，取消通报"
    (notice,) = (await (await as_.lead(units[0])).get(NOTICES)).json()
    assert [team["withdrawn"] for team in notice["teams"]] == [False, True]
    assert "异议属实" not in str(notice)
    await end_notice(world)
    now = (await leader.get(url)).json()
    assert (await leader.move(now, url, "announce")).status_code == 200
    assert (await (await as_.lead(units[1])).get("/api/v1/commendations")).json()["items"] == []
    kept = (await officer.get("/api/v1/commendations")).json()["items"]
    assert [one["withdrawn_by"] != "" for one in kept] == [False, True]


async def test_merits_stay_as_they_were_given_notice_of(as_, world):
    await give_notice(as_, world)
    officer = await as_.officer()
    (row, *_) = (await officer.get("/api/v1/commendations")).json()["items"]

    answer = await officer.patch(
        f"/api/v1/commendations/{row['id']}",
        json={"merits": "另一种说法"},
        headers={"If-Match": f'"{row["version"]}"'},
    )

    assert answer.json()["code"] == "commendation.noticed"
