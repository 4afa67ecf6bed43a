from uuid import uuid4

from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.plans.lifecycle import MeasureState, PlanState, ProblemState
from sihao.plans.models import Problem
from sihao.plans.problem_schemas import ProblemPublic
from tests.factories import make_member, make_unit
from tests.factories_campaigns import SMALL, make_campaign, make_standard
from tests.factories_plans import make_measure, make_plan, make_problem

PROBLEM = {
    "text": "基层诉求办理重答复、轻回访。",
    "category": "prominent",
    "source": "democratic_meeting",
    "criteria": ["C6", "A1"],
    "linkages": [{"kind": "democratic_meeting", "reference": "2025 年民主生活会问题 3"}],
}


def _url(plan) -> str:
    return f"/api/v1/plans/{plan.id}/problems"


async def test_a_problem_is_held_against_items_and_linked(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    member = await make_member(world, unit, "李华")
    await make_problem(world, plan)
    office = await as_.unit(unit)

    answer = await office.post(_url(plan), json={**PROBLEM, "member_id": str(member.id)})

    assert answer.status_code == 201, answer.text
    problem = answer.json()
    assert (problem["number"], problem["member_name"]) == (2, "李华")
    assert [one["code"] for one in problem["criteria"]] == ["A1", "C6"]
    assert problem["linkages"] == PROBLEM["linkages"]
    page = await office.get(f"{_url(plan)}?criterion=C6")
    (row,) = Page[ProblemPublic].model_validate_json(page.content).items
    assert str(row.id) == problem["id"]


async def test_what_a_problem_points_to_must_be_known(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    stranger = await make_member(world, await make_unit(world))
    office = await as_.unit(unit)

    item = await office.post(_url(plan), json={**PROBLEM, "criteria": ["A1", "Z9"]})
    member = await office.post(_url(plan), json={**PROBLEM, "member_id": str(stranger.id)})

    assert item.status_code == member.status_code == 422
    assert item.json()["errors"][0]["pointer"] == "/body/criteria/1"
    assert member.json()["code"] == "member.unknown"
    assert member.json()["errors"][0]["pointer"] == "/body/member_id"


async def test_a_problem_changes_in_the_draft_only(as_, world):
    unit = await make_unit(world)
    draft = await make_plan(world, unit)
    member = await make_member(world, unit)
    problem = await make_problem(world, draft, member_id=member.id)
    office = await as_.unit(unit)
    url = f"/api/v1/problems/{problem.id}"

    changed = await office.edit({"version": 1}, url, member_id=None, criteria=["D1"], text="改")
    draft.state = PlanState.TEAM_REVIEW
    await world.add(draft)
    refused = await office.edit(changed.json(), url, text="再改")

    assert changed.status_code == 200, changed.text
    assert changed.json()["member_id"] is None
    assert [one["code"] for one in changed.json()["criteria"]] == ["D1"]
    assert refused.status_code == 409


async def test_striking_a_problem_closes_the_gap_unless_measures_answer_it(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    first, second, third = [await make_problem(world, plan) for _ in range(3)]
    await make_measure(world, plan, second)
    office = await as_.unit(unit)

    kept = await office.delete(f"/api/v1/problems/{second.id}", headers={"If-Match": '"1"'})
    gone = await office.delete(f"/api/v1/problems/{first.id}", headers={"If-Match": '"1"'})

    assert kept.status_code == 409
    assert kept.json()["code"] == "problem.has_measures"
    assert gone.status_code == 204
    rows = (await office.get(_url(plan))).json()["items"]
    assert [(row["id"], row["number"]) for row in rows] == [
        (str(second.id), 1),
        (str(third.id), 2),
    ]


async def test_problems_are_numbered_anew_by_naming_all(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit)
    ids = [str((await make_problem(world, plan)).id) for _ in range(3)]
    office = await as_.unit(unit)
    wanted = [ids[2], ids[0], ids[1]]
    headers = {"If-Match": '"1"'}

    partial = await office.post(f"{_url(plan)}/order", json={"ids": ids[:2]}, headers=headers)
    done = await office.post(f"{_url(plan)}/order", json={"ids": wanted}, headers=headers)

    assert partial.status_code == 422
    assert done.status_code == 200, done.text
    assert [row["id"] for row in (await office.get(_url(plan))).json()["items"]] == wanted


async def test_a_problem_is_closed_by_another_than_who_asks(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    problem = await make_problem(world, plan)
    measure = await make_measure(world, plan, problem)
    office, deputy = await as_.unit(unit), await as_.deputy(unit)
    url = f"/api/v1/problems/{problem.id}"
    read = (await office.get(url)).json()

    early = await office.move(read, url, "request_closing", "已整改")
    measure.state = MeasureState.COMPLETED
    await world.add(measure)
    asked = await office.move(read, url, "request_closing", "已整改")
    own = await office.move(asked.json(), url, "confirm")
    rejected = await deputy.move(asked.json(), url, "reject", "材料不齐")
    again = await office.move(rejected.json(), url, "request_closing", "已补齐")
    closed = await deputy.move(again.json(), url, "confirm")

    assert [one["name"] for one in read["actions"]] == ["request_closing"]
    assert read["actions"][0]["blocked"] == "这个问题还有 1 条措施没有认定完成。"
    assert early.status_code == 409
    assert own.status_code == 403
    assert rejected.json()["state"] == "open"
    assert closed.json()["state"] == "closed"


async def test_problems_of_a_plan_not_yet_in_force_are_not_closed(as_, world):
    unit = await make_unit(world)
    problem = await make_problem(world, await make_plan(world, unit, state=PlanState.FILED))
    office = await as_.unit(unit)

    read = (await office.get(f"/api/v1/problems/{problem.id}")).json()

    assert read["actions"][0]["blocked"] == "计划签发执行后才能办理。"


async def _two_years(world, unit, *, state=PlanState.CLOSED, standard=None):
    last = await make_campaign(world, year=2025, state=CampaignState.CLOSED)
    this = await make_campaign(world, year=2026, standard=standard)
    old = await make_plan(world, unit, last, state=state)
    return old, await make_plan(world, unit, this)


async def test_open_problems_of_last_year_go_on_with_their_unfinished_measures(as_, world):
    unit = await make_unit(world)
    old, new = await _two_years(world, unit)
    problem = await make_problem(world, old, criteria=("A1", "C6"))
    await make_problem(world, old, state=ProblemState.CLOSED)
    await make_measure(world, old, problem, text="没有做完")
    await make_measure(world, old, problem, state=MeasureState.COMPLETED)
    office = await as_.unit(unit)
    url = f"/api/v1/plans/{new.id}/carry_over"

    candidates = (await office.get(f"{url}/candidates")).json()
    answer = await office.post(url, json={"problem_ids": [candidates[0]["id"]]})

    assert [one["id"] for one in candidates] == [str(problem.id)]
    assert answer.status_code == 201, answer.text
    (carried,) = answer.json()
    assert carried["carried_from_id"] == str(problem.id)
    assert (carried["source"], carried["source_note"]) == ("carried_over", "2025 年问题 1")
    assert [one["code"] for one in carried["criteria"]] == ["A1", "C6"]
    (measure,) = (await office.get(f"/api/v1/plans/{new.id}/measures")).json()["items"]
    assert (measure["text"], measure["due_on"]) == ("没有做完", None)
    history = (await office.get(f"/api/v1/problems/{carried['id']}/history")).json()
    assert [(one["year"], one["state"]) for one in history] == [
        (2025, "carried_over"),
        (2026, "open"),
    ]
    assert (await office.get(f"{url}/candidates")).json() == []
    names = [one.name for one in await world.all(select(Event))]
    assert names == ["problem.carry_over"]


async def test_only_candidates_are_carried_over(as_, world):
    unit = await make_unit(world)
    old, new = await _two_years(world, unit)
    closed = await make_problem(world, old, state=ProblemState.CLOSED)
    office = await as_.unit(unit)

    answer = await office.post(
        f"/api/v1/plans/{new.id}/carry_over", json={"problem_ids": [str(closed.id)]}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/body/problem_ids/0"
    assert len(await world.all(select(Problem))) == 1


async def test_a_carried_problem_is_not_struck_out(as_, world):
    unit = await make_unit(world)
    old, new = await _two_years(world, unit)
    problem = await make_problem(world, old)
    office = await as_.unit(unit)
    (carried,) = (
        await office.post(
            f"/api/v1/plans/{new.id}/carry_over", json={"problem_ids": [str(problem.id)]}
        )
    ).json()

    answer = await office.delete(f"/api/v1/problems/{carried['id']}", headers={"If-Match": '"1"'})

    assert answer.status_code == 409
    assert answer.json()["code"] == "problem.carried_over"


async def test_an_item_the_new_standard_dropped_is_left_out(as_, world):
    unit = await make_unit(world)
    small = await make_standard(world, codes=tuple(c for c in SMALL if c != "C6"), year=2026)
    old, new = await _two_years(world, unit, standard=small)
    problem = await make_problem(world, old, criteria=("A1", "C6"))
    office = await as_.unit(unit)

    (carried,) = (
        await office.post(
            f"/api/v1/plans/{new.id}/carry_over", json={"problem_ids": [str(problem.id)]}
        )
    ).json()

    assert [one["code"] for one in carried["criteria"]] == ["A1"]


async def test_a_member_sees_the_teams_problems_and_the_own_ones(as_, world):
    unit = await make_unit(world)
    plan = await make_plan(world, unit, state=PlanState.IN_FORCE)
    me, colleague = await make_member(world, unit), await make_member(world, unit)
    of_team = await make_problem(world, plan)
    mine = await make_problem(world, plan, member_id=me.id)
    other = await make_problem(world, plan, member_id=colleague.id)
    reader = await as_.role(Role.UNIT_MEMBER, unit=unit, member=me)

    rows = (await reader.get("/api/v1/problems")).json()["items"]

    assert [row["id"] for row in rows] == [str(of_team.id), str(mine.id)]
    assert (await reader.get(f"/api/v1/problems/{other.id}")).status_code == 404
    assert (await reader.get(f"/api/v1/plans/{plan.id}/versions")).json() == []
    assert rows[0]["actions"] == []


async def test_the_committee_reads_problems_of_signed_plans_only(as_, world):
    campaign = await make_campaign(world)
    signed = await make_plan(world, campaign=campaign, state=PlanState.FILED)
    amending = await make_plan(world, campaign=campaign, state=PlanState.DRAFT, in_force_number=1)
    shown = await make_problem(world, signed)
    hidden = await make_problem(world, amending)
    officer = await as_.officer()

    rows = (await officer.get("/api/v1/problems")).json()["items"]

    assert [row["id"] for row in rows] == [str(shown.id)]
    assert (await officer.get(f"/api/v1/problems/{hidden.id}")).status_code == 404
    assert (await officer.get(f"/api/v1/problems/{uuid4()}")).status_code == 404


async def test_the_committee_does_not_write_problems(as_, world):
    plan = await make_plan(world, state=PlanState.IN_FORCE)

    answer = await (await as_.officer()).post(_url(plan), json=PROBLEM)

    assert answer.status_code == 403
