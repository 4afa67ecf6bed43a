"""What runs until a day, or may be decided after it, is among the to-dos of those who must act."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.extras.lifecycle import ExtraState
from sihao.extras.models import Extra
from sihao.inspections.lifecycle import InspectionState
from sihao.results.models import Comparison
from tests.factories import LONG_AGO, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_extras import make_extra, make_year
from tests.factories_inspections import make_inspection
from tests.factories_results import end_notice
from tests.results.test_notices import OBJECTIONS, give_notice, object_to

SOON = datetime.now(UTC) + timedelta(days=3)


async def todos(client, *kinds):
    answer = await client.get("/api/v1/todos")
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json() if one["kind"] in kinds]


async def test_a_unit_is_told_until_when_it_may_object_to_its_feedback(as_, world):
    campaign, unit = await make_campaign(world, state="inspecting"), await make_unit(world)
    feedback = await make_inspection(
        world, campaign, unit, state=InspectionState.FEEDBACK, objections_until=SOON
    )
    lead, deputy = await as_.unit(unit, Role.UNIT_LEAD), await as_.unit(unit, Role.UNIT_DEPUTY)

    for client in (lead, deputy):
        (line,) = await todos(client, "inspection")
        assert line["verb"] == "核对检查反馈意见，有异议的陈述申辩"
        assert datetime.fromisoformat(line["due_at"]) == SOON
        assert (line["when"], line["late"]) == ("week", False)
    assert await todos(await as_.unit(unit), "inspection") == []
    assert await todos(await as_.unit(await make_unit(world), Role.UNIT_LEAD), "inspection") == []

    feedback.objections_until = LONG_AGO
    await world.add(feedback)
    assert await todos(lead, "inspection") == []
    (line,) = await todos(await as_.officer(), "inspection")
    assert line["verb"] == "检查结果定稿"


async def test_a_unit_that_confirmed_its_feedback_has_nothing_left_to_do(as_, world):
    campaign, unit = await make_campaign(world, state="inspecting"), await make_unit(world)
    await make_inspection(
        world, campaign, unit, state=InspectionState.FEEDBACK, confirmed_at=datetime.now(UTC)
    )

    assert await todos(await as_.unit(unit, Role.UNIT_LEAD), "inspection") == []


async def test_a_notice_of_an_extra_is_the_units_until_its_end_and_the_leaders_after_it(as_, world):
    campaign, unit = (
        await make_year(world, state=CampaignState.INSPECTING),
        await make_unit(world),
    )
    await make_extra(world, campaign, unit, state=ExtraState.NOTICED, notice_until=SOON)
    lead, leader = await as_.unit(unit, Role.UNIT_LEAD), await as_.leader()

    (line,) = await todos(lead, "extra")
    assert datetime.fromisoformat(line["due_at"]) == SOON
    assert await todos(leader, "extra") == []

    (row,) = await world.all(select(Extra))
    row.notice_until = LONG_AGO
    await world.add(row)
    assert await todos(lead, "extra") == []
    (line,) = await todos(leader, "extra")
    assert (line["due_at"], line["late"]) == (None, False)


async def test_a_comparison_is_announced_once_its_notice_is_over_and_objections_are_answered(
    as_, world
):
    units, noticed, _ = await give_notice(as_, world)
    officer, leader = await as_.officer(), await as_.leader()
    lead = await as_.unit(units[2], Role.UNIT_LEAD)
    made = (await object_to(lead, noticed, units[0])).json()

    assert await todos(leader, "comparison") == []
    (answer,) = await todos(officer, "notice_objection")
    (waits,) = await todos(lead, "notice_objection")
    assert (answer["verb"], answer["object"]) == ("答复公示异议", "市林业局")
    assert answer["subject_id"] == noticed["id"]
    (stored,) = await world.all(select(Comparison))
    assert datetime.fromisoformat(answer["due_at"]) == stored.notice_until
    assert (waits["verb"], waits["when"]) == ("等工委答复公示异议", "waiting")

    await end_notice(world)
    assert await todos(leader, "comparison") == []
    assert (
        await officer.move(made, f"{OBJECTIONS}/{made['id']}", "dismiss", "查无此事")
    ).is_success
    assert await todos(officer, "comparison", "notice_objection") == []
    (line,) = await todos(leader, "comparison")
    assert (line["verb"], line["object"]) == ("公示期满，通报表扬", "集中评比")


async def test_a_letter_against_a_notice_is_answered_by_another_officer(as_, world):
    _, noticed, _ = await give_notice(as_, world)
    officer, another = await as_.officer(), await as_.officer()
    assert (await object_to(officer, noticed, sender="群众来信")).status_code == 201

    assert await todos(officer, "notice_objection") == []
    (line,) = await todos(another, "notice_objection")
    assert line["object"] == "群众来信"
