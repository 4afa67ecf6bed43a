"""Reminders of rectifications: first the handler, then the deputy, then the lead."""

from datetime import UTC, datetime, timedelta

from sihao.core.context import CHINA
from sihao.followups.lifecycle import RectificationState
from tests.factories import make_member
from tests.factories_followups import make_rectification
from tests.followups.test_rectifications import URL, setting


async def test_reminders_go_to_the_handler_then_the_deputy_then_the_lead(as_, world):
    campaign, unit, finding = await setting(world)
    today = datetime.now(UTC).astimezone(CHINA).date()
    office, colleague = await as_.unit(unit), await as_.unit(unit)
    deputy, lead = await as_.deputy(unit), await as_.lead(unit)
    for days in (20, 10, -3):
        await make_rectification(
            world,
            campaign,
            unit,
            finding=finding,
            text=f"{days} 天",
            due_on=today + timedelta(days=days),
            handler_id=office.person_id,
        )

    async def told(client):
        lines = (await client.get("/api/v1/todos")).json()
        return [(one["object"], one["reason"]) for one in lines if one["kind"] == "rectification"]

    late = ("-3 天", "超期 3 天，已提醒主要负责同志")
    near = ("10 天", "还有 10 天，已提醒分管负责同志")
    assert await told(office) == [late, near, ("20 天", "还有 20 天")]
    assert await told(colleague) == []
    assert await told(deputy) == [late, near]
    assert await told(lead) == [late]


async def test_one_without_a_handler_waits_for_one_and_a_written_report_for_the_lead(as_, world):
    campaign, unit, finding = await setting(world)
    member = await make_member(world, unit)
    far = datetime.now(UTC).astimezone(CHINA).date() + timedelta(days=90)
    one = await make_rectification(world, campaign, unit, finding=finding, due_on=far)
    office, deputy, lead = await as_.unit(unit), await as_.deputy(unit), await as_.lead(unit)
    url = f"{URL}/{one.id}"

    async def count(client):
        lines = (await client.get("/api/v1/todos")).json()
        return len([line for line in lines if line["kind"] == "rectification"])

    assert [await count(who) for who in (office, deputy, lead)] == [1, 1, 0]
    shown = (await office.get(url)).json()
    way = {"action": "专人登记", "owner_id": str(member.id), "report": "已登记"}
    await office.edit(shown, url, handler_id=str(office.person_id), **way)
    assert [await count(who) for who in (office, deputy, lead)] == [1, 0, 1]


async def test_the_committee_is_told_when_a_later_look_is_due(as_, world):
    campaign, unit, finding = await setting(world)
    today = datetime.now(UTC).astimezone(CHINA).date()
    for days in (0, 1):
        await make_rectification(
            world,
            campaign,
            unit,
            finding=finding,
            state=RectificationState.VERIFIED,
            recheck_on=today + timedelta(days=days),
        )

    lines = (await (await as_.officer()).get("/api/v1/todos")).json()

    (line,) = [one for one in lines if one["kind"] == "rectification"]
    assert (line["verb"], line["count"], line["when"]) == ("登记“回头看”", 1, "today")
