"""A small demo city on the test database: everybody gets in, every list answers, all adds up."""

import random
import re
from collections import Counter
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from sihao.accounts.models import Person
from sihao.ballots.models import Ballot
from sihao.campaigns.models import Campaign, Stage
from sihao.core.context import CHINA
from sihao.core.events import Event
from sihao.demo import seed
from sihao.demo.city import units
from sihao.demo.ledgers import ledger_entries_for
from sihao.demo.people import city_accounts, inspection_groups, unit_accounts
from sihao.demo.seed.calendar import Calendar
from sihao.demo.seed.ledgers import details_of
from sihao.demo.seed.visit_days import plan_visits
from sihao.evidence.models import Blob, EvidenceLink
from sihao.extras.models import Extra
from sihao.followups.models import Interview, Rectification, Referral
from sihao.inspections.models import Inspection, Objection, Recusal
from sihao.inspections.visits import conflicts
from sihao.inspections.workdays import SHIPPED
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerEntry
from sihao.plans.models import Plan, PlanVersion, Problem
from sihao.results.actions.results import recount
from sihao.results.frozen import Outcome
from sihao.results.models import AnnualResult, Comparison, ResultCorrection
from sihao.self_reports.models import SelfReport
from sihao.units.models import Unit
from tests.factories_evidence import stored_at

PASSWORD = "a-city-for-looking-at-1"
NUMBERS = (20, 24, 33, 34, 36, 89)
READERS = (None, 20, 34)
"""The committee and the units whose accounts open every list."""
FORBIDDEN = re.compile(r"打卡|积分|在线时长|排行榜|绝密|机密|秘密|★|测试")
ALL = {"limit": 200}
LISTS = {
    "unit.lead": (
        "plans problems measures ledger-entries evidence self-reports inspections objections"
        " results interviews rectifications team-meetings"
    ),
    "unit.deputy": "plans problems measures self-reports results rectifications",
    "unit.office": "plans problems measures ledger-entries evidence self-reports complaints",
    "unit.member": "plans problems measures ledger-entries",
    "committee.officer": (
        "standards campaigns plans problems measures self-reports inspections inspection-groups"
        " findings objections recusals co-assessments extras results comparisons commendations"
        " interviews rectifications referrals complaints units"
    ),
    "committee.leader": "plans self-reports inspections results comparisons interviews referrals",
    "committee.inspector": "inspections findings evidence",
    "coassessor": "co-assessments",
    "leadership": "results comparisons commendations rectifications interviews referrals",
    "dept.receiver": "referrals",
    "admin.audit": "audit",
    "admin.security": "people",
}
"""The lists that a role opens; each has something to show in the city."""


@pytest.fixture
async def town(world) -> AsyncGenerator[seed.Town, None]:
    told: list[str] = []
    yield await world.act(seed.build, PASSWORD, told.append, NUMBERS)
    assert told[-1] == "history"


async def enter(client, name: str):
    """Log in through the front door; give the client its token."""
    answer = await client.post("/api/v1/auth/login", json={"name": name, "password": PASSWORD})
    assert answer.status_code == 200, (name, answer.text)
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return client


async def test_the_city_is_whole(town, client, world):
    """One test for all, because building even a small city takes seconds."""
    await _everybody_logs_in_and_reads(town, client)
    await _results_are_what_their_inputs_give(world)
    await _years_stand_where_they_should(town, world)
    await _judgement_shows_all_its_sides(town, world)
    await _files_are_there(world)
    await _signed_things_keep_their_text(world)
    await _events_tell_the_years_in_order(world)
    await _nothing_forbidden_is_said(world)


async def _everybody_logs_in_and_reads(town, client):
    accounts = [*city_accounts(), *(one for unit in town.units for one in unit_accounts(unit))]
    assert len(accounts) == 18 + 10 * len(NUMBERS)
    empty, seen = set(), set()
    for account in accounts:
        await enter(client, account.name)
        me = (await client.get("/api/v1/me")).json()
        assert me["roles"] == [account.role]
        assert (await client.get("/api/v1/todos")).status_code == 200
        lists = LISTS.get(account.role, "") if account.unit_number in READERS else ""
        for path in lists.split():
            answer = await client.get(f"/api/v1/{path}", params=ALL)
            assert answer.status_code == 200, (account.name, path, answer.text)
            (seen if answer.json()["items"] else empty).add((account.role, path))
    assert empty <= seen, sorted(empty - seen)


async def _results_are_what_their_inputs_give(world):
    results = await world.all(select(AnnualResult))
    assert len(results) == 2 * len(NUMBERS)
    assert {one.state for one in results} == {"published"}
    assert all(recount(one).same for one in results)
    (comparison,) = await world.all(select(Comparison))
    assert comparison.state == "announced"


async def _years_stand_where_they_should(town, world):
    years = {one.year: one.state for one in await world.all(select(Campaign))}
    running = town.calendar.running
    assert years == {running - 2: "closed", running - 1: "closed", running: "inspecting"}
    now = town.years[running].campaign.id
    plans = await world.all(select(Plan).where(Plan.campaign_id == now))
    assert {one.state for one in plans} >= {"filed", "returned", "team_review", "draft", "in_force"}
    inspections = await world.all(select(Inspection).where(Inspection.campaign_id == now))
    assert {one.state for one in inspections} >= {"planned", "feedback"}
    assert {one.state for one in await world.all(select(Interview))} == {
        "escalated",
        "closed",
        "notified",
        "proposed",
    }
    assert {one.state for one in await world.all(select(Referral))} == {"concluded", "sent"}
    assert {one.state for one in await world.all(select(Objection))} >= {
        "dismissed",
        "under_review",
    }


async def _judgement_shows_all_its_sides(town, world):
    first, finished, running = (town.years[one].campaign.id for one in sorted(town.years))
    ballots = await world.all(select(Ballot))
    assert Counter((one.campaign_id, one.state) for one in ballots) == {
        (first, "locked"): 2,
        (running, "open"): 1,
    }
    (few,) = [one for one in ballots if one.unit_id == town.unit_ids[36]]
    assert {one["left_out"] for one in few.result["groups"]} == {None, "few"}
    results = await world.all(select(AnnualResult))
    counted = {one.unit_id: one for one in results if one.campaign_id == first}
    parts = Outcome.model_validate_json(counted[town.unit_ids[24]].outcome).tree.children
    assert "ballots" in {one.code for one in parts if not one.missing}

    extras = await world.all(select(Extra))
    settled = {
        one.kind for one in extras if (one.campaign_id, one.state) == (finished, "effective")
    }
    assert settled == {"bonus", "penalty", "veto"}
    assert {one.state for one in extras if one.campaign_id == running} == {
        "effective",
        "noticed",
        "raised",
    }
    (veto,) = [one for one in extras if one.kind == "veto"]
    assert veto.origin == "department"

    (correction,) = await world.all(select(ResultCorrection))
    (corrected,) = [one for one in results if one.id == correction.result_id]
    assert (correction.state, corrected.revision) == ("published", 2)
    assert correction.total > correction.before_total

    recusals = await world.all(select(Recusal))
    assert {one.kind for one in recusals} == {"relative", "worked_there", "other"}
    assert any(one.withdrawn_at for one in recusals)

    rectifications = await world.all(select(Rectification))
    assert {one.recheck_result for one in rectifications} == {None, "holds", "relapsed"}
    carried = [one for one in rectifications if one.carried_from_id]
    assert {one.campaign_id for one in carried} == {running}


async def _files_are_there(world):
    blobs = await world.all(select(Blob))
    assert blobs
    for blob in blobs:
        assert stored_at(blob.sha256).stat().st_size == blob.size
    links = await world.all(select(EvidenceLink))
    assert {one.verdict for one in links} == {"accepted", "rejected", "unreviewed"}
    assert any(one.locked_at for one in links)


async def _signed_things_keep_their_text(world):
    versions = Counter(one.plan_id for one in await world.all(select(PlanVersion)))
    assert max(versions.values()) == 2
    reports = await world.all(select(SelfReport))
    signed = [one for one in reports if one.receipt_number]
    assert len(signed) >= len(NUMBERS)
    assert all(one.frozen["figures"] for one in signed)
    assert any(one.late for one in signed)
    problems = {one.id: one for one in await world.all(select(Problem))}
    carried = [one for one in problems.values() if one.carried_from_id]
    assert carried
    assert all(problems[one.carried_from_id].state == "carried_over" for one in carried)


async def _events_tell_the_years_in_order(world):
    events = await world.all(select(Event).where(Event.audience != "admin").order_by(Event.seq))
    assert [one.at for one in events] == sorted(one.at for one in events)
    assert events[-1].at < datetime.now(UTC)
    names = {one.name for one in events}
    assert names >= {
        "campaign.open",
        "plan.sign",
        "plan.accept",
        "measure.confirm",
        "self_report.sign",
        "sheet.submit",
        "inspection.give_feedback",
        "objection.dismiss",
        "result.publish",
        "comparison.announce",
        "interview.acknowledge",
        "rectification.verify",
        "referral.conclude",
    }
    people = {one.id for one in await world.all(select(Person))}
    assert all(one.actor_id in people for one in events if one.actor_id)


async def _nothing_forbidden_is_said(world):
    for table in (Unit, Problem, LedgerEntry, Interview, Objection, Event):
        for row in await world.all(select(table)):
            assert not FORBIDDEN.search(row.model_dump_json()), row


def test_every_kind_takes_the_details_the_city_gives_it():
    units = random.Random(7).sample(seed.units(), 12)
    for unit in units:
        for told in ledger_entries_for(unit, 2025, date(2025, 12, 31)):
            checked = KINDS[told.kind].details.model_validate(details_of(told))
            assert checked.model_dump()


@pytest.mark.parametrize(
    "day", [date(2026, 7, 3), date(2026, 11, 24), date(2027, 1, 4), date(2027, 6, 29)]
)
def test_the_running_year_is_under_way_on_any_day(day):
    calendar = Calendar(datetime(day.year, day.month, day.day, 10, tzinfo=CHINA))
    assert calendar.running == 2026
    windows = {one.stage: one for one in calendar.windows(2026)}
    for stage in (Stage.SELF_REPORT, Stage.INSPECTION, Stage.FEEDBACK):
        assert windows[stage].opens_at < calendar.now < windows[stage].closes_at
    assert calendar.at(day + timedelta(days=9)) < calendar.now


@pytest.mark.parametrize("day", [date(2026, 7, 3), date(2026, 10, 12), date(2026, 11, 24)])
@pytest.mark.parametrize("year", [2025, 2026])
def test_nobody_of_the_city_has_two_visits_at_once_and_none_on_a_holiday(day, year):
    clock = Calendar(datetime(day.year, day.month, day.day, 10, tzinfo=CHINA))
    known = {unit.number: unit for unit in units()}
    visits = []
    for at, group in enumerate(inspection_groups()):
        ones = [known[number] for number in group.unit_numbers]
        visits += plan_visits(SHIPPED, clock, year, ones, UUID(int=at)).values()

    assert len(visits) == len(known)
    assert all(visit.day for visit in visits)
    assert conflicts(visits, SHIPPED.is_workday) == []
