"""A calendar shows what its person may see at that moment, under a private address too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from sihao.accounts.models import RoleGrant
from sihao.calendars.models import CalendarAddress
from sihao.campaigns.models import CampaignWindow, Stage
from sihao.core.context import Role
from sihao.followups.lifecycle import InterviewState
from sihao.inspections.lifecycle import InspectionState
from sihao.plans.lifecycle import PlanState
from tests.factories import make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview, make_rectification
from tests.factories_inspections import make_group, make_inspection
from tests.factories_plans import make_measure, make_plan

URL = "/api/v1/calendar"
SOON = (datetime.now(UTC) + timedelta(days=20)).date()


async def draw(who):
    made = await who.post(f"{URL}/address")
    assert made.status_code == 201, made.text
    return made.json()["path"]


def titles(ics: str):
    return sorted(str(one["summary"]) for one in Calendar.from_ical(ics).walk("VEVENT"))


@pytest.fixture
async def year(world):
    """A unit with everything that has a day, and another one."""
    unit, other = await make_unit(world), await make_unit(world)
    campaign = await make_campaign(world)
    plan = await make_plan(world, unit, campaign, state=PlanState.IN_FORCE)
    await make_measure(world, plan, text="每季度下基层", due_on=SOON)
    inspector, _ = await make_person(world, Role.INSPECTOR)
    group = await make_group(world, campaign, inspector.id, name="检查一组")
    for one in (unit, other):
        await make_inspection(
            world,
            campaign,
            one,
            group,
            state=InspectionState.FEEDBACK,
            visit_on=SOON,
            visit_place="三楼会议室",
            objections_until=datetime.now(UTC) + timedelta(days=5),
        )
    interview = await make_interview(world, campaign, unit, state=InterviewState.NOTIFIED)
    await make_rectification(world, campaign, unit, interview=interview, due_on=SOON)
    return unit, other, campaign


async def kinds(client):
    shown = (await client.get(URL)).json()
    return {one["kind"] for one in shown}


async def test_a_unit_sees_its_own_days(as_, year):
    unit, other, _ = year
    lead = await as_.lead(unit)

    shown = (await lead.get(URL)).json()

    said = {one["title"] for one in shown}
    wanted = {"visit", "meeting", "measure", "rectification", "objection"}
    assert {one["kind"] for one in shown} >= wanted
    assert "措施到期：每季度下基层" in said
    assert "整改到期：补齐三季度学习记录" in said
    assert not any(other.name in one for one in said)
    assert [one["day"] for one in shown] == sorted(one["day"] for one in shown)


async def test_an_interview_is_told_to_its_readers_and_says_nothing(as_, year):
    unit, _, _ = year
    lead, office = await as_.lead(unit), await as_.unit(unit, Role.UNIT_MEMBER)

    (meeting,) = [one for one in (await lead.get(URL)).json() if one["kind"] == "meeting"]

    assert meeting["title"] == "工作会议（内容请登录系统查看）"
    assert "约谈" not in (await lead.get("/api/v1/calendar.ics")).text
    assert "meeting" not in await kinds(office)


async def test_the_stages_of_the_year_stand_in_everybodys_calendar(as_, world):
    campaign = await make_campaign(world)
    (window,) = await world.all(
        select(CampaignWindow).where(
            CampaignWindow.campaign_id == campaign.id, CampaignWindow.stage == Stage.SELF_REPORT
        )
    )
    inspector = await as_.inspector()

    shown = (await inspector.get(URL)).json()

    begin = f"{campaign.year} 年度自查开始"
    assert any(one["title"].startswith(begin) for one in shown), (window, shown)


async def test_days_are_narrowed(as_, year):
    lead = await as_.lead(year[0])

    asked = {"since": str(SOON), "until": str(SOON)}
    shown = (await lead.get(URL, params=asked)).json()

    assert {one["day"] for one in shown} == {str(SOON)}
    assert (await lead.get(URL, params={"since": "morgen"})).status_code == 422


async def test_a_program_reads_by_the_private_address_without_a_log_in(as_, client, year):
    lead = await as_.lead(year[0])
    path = await draw(lead)

    read = await client.get(path)
    again = await client.get(path, headers={"If-None-Match": read.headers["etag"]})

    assert read.headers["content-type"] == "text/calendar; charset=utf-8"
    assert titles(read.text) == titles((await lead.get("/api/v1/calendar.ics")).text)
    assert (again.status_code, again.content) == (304, b"")
    events = Calendar.from_ical(read.text).walk("VEVENT")
    assert all(one["uid"] and "sequence" in one and "last-modified" in one for one in events)
    assert not any(one.walk("VALARM") for one in events)
    (due,) = [one for one in events if "措施" in one["summary"]]
    assert (due["dtstart"].dt, due["transp"]) == (SOON, "TRANSPARENT")
    assert isinstance(due["dtstart"].dt, date)
    assert (await lead.get(f"{URL}/address")).json()["read_at"] is not None


async def test_only_a_hash_of_the_address_is_kept(as_, world):
    path = await draw(await as_.officer())

    (kept,) = await world.all(select(CalendarAddress))

    secret = path.rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in str(kept)


async def test_an_address_ends_when_it_is_renewed_or_revoked(as_, client):
    officer = await as_.officer()
    first = await draw(officer)
    second = await draw(officer)

    assert (await client.get(first)).status_code == 404
    assert (await client.get(second)).status_code == 200
    assert (await officer.delete(f"{URL}/address")).status_code == 204
    assert (await client.get(second)).json()["code"] == "calendar.unknown"
    none = {"created_at": None, "read_at": None}
    assert (await officer.get(f"{URL}/address")).json() == none
    assert (await officer.delete(f"{URL}/address")).status_code == 404


async def test_an_address_shows_what_its_person_may_see_now(as_, client, world, year):
    unit, _, _ = year
    office = await as_.unit(unit)
    path = await draw(office)
    before = titles((await client.get(path)).text)
    ctx = await world.ctx()
    (grant,) = (
        (await ctx.db.execute(select(RoleGrant).where(RoleGrant.person_id == office.person_id)))
        .scalars()
        .all()
    )
    await ctx.db.delete(grant)
    await ctx.db.commit()
    await ctx.db.close()

    after = titles((await client.get(path)).text)

    assert any("措施到期" in one for one in before)
    assert after == []


async def test_whoever_is_disabled_has_no_calendar_any_more(as_, client):
    keeper, officer = await as_.role(Role.ADMIN_SECURITY), await as_.officer()
    path = await draw(officer)
    person = (await keeper.get(f"/api/v1/people/{officer.person_id}")).json()

    await keeper.move(person, f"/api/v1/people/{officer.person_id}", "disable")

    assert (await client.get(path)).status_code == 404


async def test_another_system_has_no_calendar(as_):
    service = await as_.service("event:read")

    for answer in (await service.get(URL), await service.post(f"{URL}/address")):
        assert answer.status_code == 403
