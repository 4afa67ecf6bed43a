"""A whole year over HTTP, nobody skipping a role: from the basis to next year's problems.

The team of one unit plans, works, hands in evidence and reports; the committee inspects, publishes,
interviews and refers; the second year begins with what the first one left.
"""

import pytest

from sihao.core.context import Role
from tests.factories import make_committee, make_member, make_unit
from tests.journeys.committee_year import (
    the_case_is_referred_and_answered,
    the_committee_opens_the_year,
    the_group_inspects,
    the_result_is_published,
    the_team_is_interviewed,
)
from tests.journeys.story import Cast, get
from tests.journeys.unit_year import (
    the_next_year_begins_with_what_is_left,
    the_unit_objects_and_another_decides,
    the_unit_plans,
    the_unit_rectifies,
    the_unit_reports,
    the_unit_works_and_hands_in_evidence,
)


@pytest.fixture
async def cast(as_, world) -> Cast:
    await make_committee(world)
    unit = await make_unit(world, "市水务局")
    members = [
        await make_member(world, unit, name, rank_order=rank)
        for rank, name in enumerate(("周江", "李海", "王湖"), start=1)
    ]
    return Cast(
        officer=await as_.officer(),
        leader=await as_.leader(),
        leadership=await as_.leadership(),
        receiver=await as_.role(Role.RECEIVER),
        coassessor=await as_.role(Role.COASSESSOR),
        inspectors=[await as_.inspector() for _ in range(2)],
        lead=await as_.lead(unit),
        deputy=await as_.deputy(unit),
        office=await as_.unit(unit),
        unit=unit,
        members=members,
    )


async def test_the_year_runs_from_the_basis_to_next_years_problems(cast: Cast):
    campaign = await the_committee_opens_the_year(cast)
    plan = await the_unit_plans(cast, campaign)
    evidence = await the_unit_works_and_hands_in_evidence(cast, campaign, plan)
    await the_unit_reports(cast, campaign, evidence)
    inspection = await the_group_inspects(cast, campaign)
    await the_unit_objects_and_another_decides(cast, inspection)
    result = await the_result_is_published(cast, campaign, inspection)
    interview = await the_team_is_interviewed(cast, campaign, result)
    rectification = await the_unit_rectifies(cast, interview)
    await the_case_is_referred_and_answered(cast, campaign)
    following = await the_next_year_begins_with_what_is_left(cast, campaign, plan, rectification)
    await everybody_can_follow_the_thread(cast, following, rectification)


async def everybody_can_follow_the_thread(cast: Cast, plan_id: str, rectification: dict) -> None:
    thread = await get(cast.office, f"/threads?kind=rectification&id={rectification['id']}")
    assert "下基层调研常态化机制尚不稳固" in str(thread)
    assert plan_id
    events = (await get(cast.officer, "/events?newest=true&limit=500"))["items"]
    names = [one["name"] for one in events]
    for name in (
        "campaign.open",
        "plan.sign",
        "plan.return",
        "evidence.receive",
        "self_report.sign",
        "inspection.give_feedback",
        "result.publish",
        "interview.close",
        "rectification.verify",
        "referral.conclude",
    ):
        assert name in names, name
