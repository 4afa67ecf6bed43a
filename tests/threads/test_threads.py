"""The thread across the years: both ways, exactly what each may see, and what was found again."""

import pytest
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Criterion, CriterionMapping
from sihao.core.context import Role
from sihao.evidence.lifecycle import EvidenceState
from sihao.followups.lifecycle import InterviewState, RectificationState
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.models import Finding
from sihao.plans.lifecycle import PlanState, ProblemState
from sihao.plans.models import ProblemSource
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence, make_link
from tests.factories_followups import make_interview, make_rectification, make_referral
from tests.factories_ledgers import make_entry
from tests.factories_plans import make_measure, make_plan, make_problem
from tests.factories_results import make_final_inspection

URL = "/api/v1/threads"
AGAIN = f"{URL}/recurrences"


async def thread(client, kind, row):
    return await client.get(URL, params={"kind": kind, "id": str(row.id)})


async def nodes(client, kind, row):
    answer = await thread(client, kind, row)
    assert answer.status_code == 200, answer.text
    return {one["id"]: one for one in answer.json()["nodes"]}


class Years:
    """A unit's first year with a problem in the plan, found, spoken of, put right; and its next."""

    async def make(self, world, **fields):
        self.first = await make_campaign(world, year=2026, state=CampaignState.SETTLING)
        self.second = await make_campaign(world, year=2027, state=CampaignState.SETTLING)
        self.unit = await make_unit(world, "市水务局")
        plan = await make_plan(world, self.unit, self.first, state=PlanState.IN_FORCE)
        self.problem = await make_problem(world, plan, text="集体学习不经常")
        self.measure = await make_measure(world, plan, self.problem)
        await make_final_inspection(world, self.first, self.unit, findings=1, **fields)
        (self.finding,) = await world.all(select(Finding).where(Finding.unit_id == self.unit.id))
        self.interview = await make_interview(
            world, self.first, self.unit, state=InterviewState.RECTIFYING
        )
        self.rectification = await make_rectification(
            world, self.first, self.unit, finding=self.finding
        )
        self.commitment = await make_rectification(
            world, self.first, self.unit, interview=self.interview
        )
        self.referral = await make_referral(
            world, self.first, self.unit, interview_id=self.interview.id
        )
        self.piece = await make_evidence(
            world, self.unit, self.first, state=EvidenceState.AVAILABLE
        )
        await make_link(world, self.piece, finding_id=self.finding.id)
        self.next_plan = await make_plan(world, self.unit, self.second, state=PlanState.IN_FORCE)
        self.carried = await make_problem(
            world, self.next_plan, text="集体学习不经常", carried_from_id=self.problem.id
        )
        self.taken_up = await make_problem(
            world,
            self.next_plan,
            text="整改没有完成",
            source=ProblemSource.RECTIFICATION,
            source_id=self.rectification.id,
        )
        return self

    def ids(self, *names):
        return {str(getattr(self, name).id) for name in names}


@pytest.fixture
async def years(world):
    return await Years().make(world)


async def test_a_thread_goes_back_to_where_it_comes_from_and_on_to_all_that_came_of_it(as_, years):
    officer = await as_.officer()

    of_finding = await nodes(officer, "finding", years.finding)
    of_next = await nodes(officer, "problem", years.taken_up)
    of_first = await nodes(officer, "problem", years.problem)
    of_commitment = await nodes(officer, "rectification", years.commitment)

    came = ("interview", "rectification", "commitment", "referral", "taken_up")
    assert set(of_finding) == years.ids("finding", "piece", *came)
    assert set(of_next) == years.ids("finding", "piece", "rectification", "taken_up")
    assert set(of_first) == years.ids("problem", "measure", "carried")
    assert set(of_commitment) == years.ids("commitment", "interview", "finding", "piece")


async def test_it_is_told_in_the_order_of_the_years_with_the_reason_of_each_step(as_, years):
    told = (await thread(await as_.officer(), "rectification", years.rectification)).json()

    order = [(one["year"], one["kind"]) for one in told["nodes"]]
    assert order == [
        (2026, "evidence"),
        (2026, "finding"),
        (2026, "rectification"),
        (2027, "problem"),
    ]
    assert {(one["source_id"], one["target_id"], one["why"]) for one in told["edges"]} == {
        (str(years.finding.id), str(years.piece.id), "shows"),
        (str(years.finding.id), str(years.rectification.id), "put_right"),
        (str(years.rectification.id), str(years.taken_up.id), "taken_up"),
    }
    assert told["unit_name"] == "市水务局"


async def test_from_evidence_too(as_, years):
    lead = await as_.lead(years.unit)

    of_piece = await nodes(lead, "evidence", years.piece)

    assert set(of_piece) == years.ids("piece", "finding", "rectification")


async def test_each_sees_of_it_exactly_what_is_his(as_, world, years):
    case = years.ids("interview")
    inside = years.ids("referral")
    work = years.ids("rectification", "commitment")
    rest = years.ids("finding", "piece", "taken_up")

    async def seen(client):
        return set(await nodes(client, "finding", years.finding))

    assert await seen(await as_.lead(years.unit)) == case | work | rest
    assert await seen(await as_.deputy(years.unit)) == case | work | rest
    office = await as_.unit(years.unit)
    assert await seen(office) == years.ids("rectification") | rest
    assert await seen(await as_.officer()) == case | work | rest | inside
    assert await seen(await as_.leadership()) == case | work | rest
    member = await as_.unit(years.unit, Role.UNIT_MEMBER)
    assert await seen(member) == years.ids("finding")
    assert set(await nodes(office, "rectification", years.commitment)) == years.ids("commitment")
    for stranger in (
        await as_.lead(await make_unit(world)),
        await as_.inspector(),
        await as_.role(Role.RECEIVER),
        await as_.role(Role.ADMIN_AUDIT),
    ):
        for kind, row in (("finding", years.finding), ("interview", years.interview)):
            assert (await thread(stranger, kind, row)).status_code == 404
        assert (await stranger.get(AGAIN)).json()["items"] == []
    assert (await thread(office, "interview", years.interview)).status_code == 404


async def test_a_meetings_problem_leads_to_its_rectification_in_both_years(as_, world, years):
    meeting = await make_entry(world, years.unit, years.first, "T3", title="批评意见")
    old = await make_rectification(
        world,
        years.first,
        years.unit,
        entry_id=meeting.id,
        state=RectificationState.CARRIED_OVER,
    )
    new = await make_rectification(
        world, years.second, years.unit, entry_id=meeting.id, carried_from_id=old.id
    )

    told = (await thread(await as_.lead(years.unit), "entry", meeting)).json()

    assert [(one["kind"], one["year"]) for one in told["nodes"]] == [
        ("entry", 2026),
        ("rectification", 2026),
        ("rectification", 2027),
    ]
    assert sorted(one["why"] for one in told["edges"]) == ["carried_over", "put_right"]
    assert str(new.id) in {one["id"] for one in told["nodes"]}


async def find_again(world, years, text, **fields):
    await make_final_inspection(world, years.second, years.unit, findings=1, **fields)
    rows = select(Finding).where(Finding.unit_id == years.unit.id, Finding.id != years.finding.id)
    (found,) = await world.all(rows)
    found.text = text
    await world.add(found)
    return found


async def test_what_was_closed_last_year_and_is_found_again_is_marked(as_, world, years):
    years.problem.state = ProblemState.CLOSED
    await world.add(years.problem)
    found = await find_again(world, years, "2027年集体学习仍不经常")
    officer = await as_.officer()

    told = (await officer.get(AGAIN, params={"campaign_id": str(years.second.id)})).json()
    of_problem = await nodes(officer, "problem", years.problem)

    (one,) = told["items"]
    assert (one["kind"], one["id"], one["year"]) == ("finding", str(found.id), 2027)
    assert (one["earlier_kind"], one["earlier_id"], one["earlier_year"]) == (
        "problem",
        str(years.problem.id),
        2026,
    )
    assert (one["code"], one["linked"]) == ("A1", False)
    assert one["likeness"] >= told["alike"]
    assert of_problem[str(found.id)]["found_again"] == 2026
    assert set(await nodes(officer, "finding", found)) == years.ids("problem", "measure") | {
        str(found.id)
    }
    earlier = (await officer.get(AGAIN, params={"campaign_id": str(years.first.id)})).json()
    assert earlier["items"] == []


async def test_what_a_plan_takes_up_after_it_was_put_right_is_marked_whatever_its_words(
    as_, world, years
):
    years.rectification.state = RectificationState.VERIFIED
    await world.add(years.rectification)

    told = (await (await as_.unit(years.unit)).get(AGAIN)).json()["items"]

    assert [(one["id"], one["earlier_id"], one["linked"]) for one in told] == [
        (str(years.taken_up.id), str(years.finding.id), True)
    ]


@pytest.mark.parametrize("text", ["档案管理不规范", "下基层调研天数不足"])
async def test_another_problem_of_the_same_item_is_none_found_again(as_, world, years, text):
    years.problem.state = ProblemState.CLOSED
    await world.add(years.problem)
    await find_again(world, years, text)

    assert (await (await as_.officer()).get(AGAIN)).json()["items"] == []


async def test_nothing_is_found_again_that_was_never_closed(as_, world, years):
    await find_again(world, years, "集体学习不经常")

    assert (await (await as_.officer()).get(AGAIN)).json()["items"] == []


async def test_a_finding_that_the_unit_has_not_been_told_is_marked_for_the_committee_alone(
    as_, world, years
):
    years.problem.state = ProblemState.CLOSED
    await world.add(years.problem)
    await find_again(world, years, "集体学习不经常", state=InspectionState.SCORED)

    for client, count in ((await as_.officer(), 1), (await as_.lead(years.unit), 0)):
        assert len((await client.get(AGAIN)).json()["items"]) == count


async def test_an_item_that_the_mapping_renames_is_the_same_item(as_, world):
    years = await Years().make(world)
    other = await make_campaign(world, year=2028, state=CampaignState.SETTLING)
    years.problem.state = ProblemState.CLOSED
    await world.add(years.problem)
    criteria = await world.all(select(Criterion).order_by(Criterion.sort_order))
    old = next(
        one for one in criteria if one.standard_id == years.first.standard_id and one.code == "A1"
    )
    moved = next(
        one for one in criteria if one.standard_id == other.standard_id and one.code != "A1"
    )
    await world.add(CriterionMapping(old_criterion_id=old.id, new_criterion_id=moved.id))
    plan = await make_plan(world, years.unit, other, state=PlanState.IN_FORCE)
    same = await make_problem(world, plan, text="集体学习不经常", criteria=(moved.code,))
    await make_problem(world, plan, text="集体学习不经常", criteria=("A1",), number=2)

    told = (await (await as_.officer()).get(AGAIN, params={"campaign_id": str(other.id)})).json()

    assert [(one["id"], one["code"]) for one in told["items"]] == [(str(same.id), moved.code)]
