"""民主测评: drafted, issued, open, closed, counted, locked; who may do what, who sees what."""

import re

import pytest
from sqlalchemy import text
from sqlmodel import select

from sihao.ballots import queries
from sihao.ballots.models import BallotCode, BallotRecord, BallotUrn
from sihao.core.canonical import digest
from sihao.core.events import Event
from sihao.core.idempotency import IdempotencyKey
from sihao.core.rates import RateCount
from sihao.core.settings import settings
from tests.accounts.test_service_use import come_from
from tests.ballots.holding import BALLOTS, FORMS, GROUPS, PAPERS, TAGS, body, draft, opened
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign

GOOD, BAD, UNKNOWN = (0, 0), (1, 1), (2, 2)


async def test_a_ballot_begins_with_the_usual_questions_and_groups(world, as_, client):
    held = await draft(world, as_, client, questions=None, groups=None)
    usual = (await held.officer.get("/api/v1/ballot-template")).json()

    assert held.ballot["questions"] == usual["questions"]
    assert [one["name"] for one in held.ballot["groups"]] == [
        "领导班子成员",
        "中层干部",
        "职工代表",
        "服务对象代表",
    ]
    assert held.ballot["state"] == "drafted"


async def test_a_unit_has_one_ballot_a_year(world, as_):
    campaign, unit = await make_campaign(world), await make_unit(world)
    officer = await as_.officer()
    await officer.post(BALLOTS, json=body(campaign, unit))

    answer = await officer.post(BALLOTS, json=body(campaign, unit))

    assert (answer.status_code, answer.json()["code"]) == (409, "ballot.twice")


@pytest.mark.parametrize(
    "fields",
    [
        {"groups": [{**GROUPS[0], "codes": 4}]},
        {"groups": [GROUPS[0], GROUPS[0]]},
        {"groups": [{**GROUPS[0], "code": "all"}]},
        {"questions": [{"text": "?", "grades": [{"label": "好"}, {"label": "好"}]}]},
        {"closes_at": "2026-01-01T00:00:00Z"},
    ],
)
async def test_what_cannot_be_voted_on_is_refused(world, as_, fields):
    officer, campaign, unit = (
        await as_.officer(),
        await make_campaign(world),
        await make_unit(world),
    )
    answer = await officer.post(BALLOTS, json=body(campaign, unit, **fields))
    assert answer.status_code == 422


async def test_a_draft_changes_until_codes_are_out(world, as_, client):
    held = await draft(world, as_, client)
    edited = await held.officer.edit(held.ballot, held.url, title="补充测评", groups=GROUPS[:1])
    held.ballot = edited.json()
    assert (held.ballot["title"], len(held.ballot["groups"])) == ("补充测评", 1)

    await held.issue()

    refused = await held.officer.edit(await held.read(), held.url, title="x")
    assert (refused.status_code, refused.json()["code"]) == (409, "ballot.issued")


async def test_codes_are_shown_once_and_stored_as_hashes(world, as_, client):
    held = await draft(world, as_, client)
    await held.issue()

    codes = [code for group in held.codes.values() for code in group]
    assert len(set(codes)) == 16
    assert all(re.fullmatch(r"([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}", one) for one in codes)
    assert re.fullmatch(r"([A-HJ-NP-Z2-9]{4}-){5}[A-HJ-NP-Z2-9]{4}", held.key)
    stored = str([(one.model_dump()) for one in await world.all(select(BallotCode))])
    stored += str([one.body for one in await world.all(select(IdempotencyKey))])
    stored += str([one.data for one in await world.all(select(Event))])
    assert not any(one in stored for one in [*codes, held.key])


async def test_issuing_again_voids_the_codes_before(world, as_, client):
    held = await draft(world, as_, client)
    await held.issue()
    lost = held.codes["team"][0]
    await held.issue()
    await held.move("open")

    answer = await client.post(FORMS, json={"code": lost})

    assert (answer.status_code, answer.json()["code"]) == (404, "ballot_code.unknown")


async def test_a_voter_votes_without_a_log_in_by_a_code_typed_anyhow(world, as_, client):
    held = await opened(world, as_, client)
    code = held.codes["team"][0].lower().replace("-", " ")

    form = await client.post(FORMS, json={"code": code})
    vote = await client.post(PAPERS, json={"code": code, "answers": [0, None]})

    assert form.json()["group_name"] == "班子成员"
    assert form.json()["unit_name"] == held.unit.name
    assert vote.status_code == 201
    assert re.fullmatch(r"([A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}", vote.json()["tag"])
    assert "set-cookie" not in vote.headers
    assert vote.headers["cache-control"] == "no-store"


async def test_a_code_votes_once(world, as_, client):
    held = await opened(world, as_, client)
    await held.vote("team", 0, *GOOD)

    again = await held.vote("team", 0, *BAD)
    form = await client.post(FORMS, json={"code": held.codes["team"][0]})

    assert (again.status_code, again.json()["code"]) == (410, "ballot_code.spent")
    assert form.status_code == 410


@pytest.mark.parametrize("answers", [[0], [0, 3], [0, 0, 0]])
async def test_answers_that_do_not_fit_spend_no_code(world, as_, client, answers):
    held = await opened(world, as_, client)
    refused = await held.vote("team", 0, *answers)
    assert (refused.status_code, refused.json()["code"]) == (422, "ballot_paper.answers")
    assert (await held.vote("team", 0, *GOOD)).status_code == 201


async def test_no_vote_before_the_opening_nor_after_the_close(world, as_, client):
    held = await draft(world, as_, client)
    await held.issue()
    early = await held.vote("team", 0, *GOOD)
    await held.move("open")
    await held.move("close")
    late = await held.vote("team", 0, *GOOD)

    assert (early.status_code, early.json()["code"]) == (409, "ballot.not_open")
    assert (late.status_code, late.json()["code"]) == (409, "ballot.closed")


@pytest.mark.parametrize(("opens", "closes"), [("+1", "+2"), ("-2", "-1")])
async def test_the_window_is_kept_by_the_databases_clock(world, as_, client, opens, closes):
    held = await opened(world, as_, client)
    shift = text(
        f"UPDATE ballot SET opens_at = now() + interval '{opens} hours',"  # noqa: S608 - ours
        f" closes_at = now() + interval '{closes} hours'"
    )
    ctx = await world.ctx()
    await ctx.db.execute(shift)
    await ctx.db.commit()

    assert (await held.vote("team", 0, *GOOD)).status_code == 409


async def test_codes_are_not_tried_without_end_and_no_address_is_kept(app, world, monkeypatch):
    monkeypatch.setenv("SIHAO_RATE_REQUESTS", "3")
    settings.cache_clear()
    here, there = come_from(app, "10.9.0.1"), come_from(app, "10.9.0.2")

    tries = [await here.post(FORMS, json={"code": "AAAA"}) for _ in range(4)]
    other = await there.post(FORMS, json={"code": "AAAA"})

    monkeypatch.undo()
    settings.cache_clear()
    assert [one.status_code for one in tries] == [404, 404, 404, 429]
    assert other.status_code == 404
    assert await world.all(select(RateCount)) == []


async def test_turnout_is_told_from_five_on(world, as_, client):
    held = await opened(world, as_, client)
    await held.votes("team", *[GOOD] * 5)
    await held.votes("staff", *[GOOD] * 4)

    turnout = {one["group"]: one["returned"] for one in (await held.read())["turnout"]}

    assert turnout == {"team": 5, "staff": None}


async def test_whoever_issued_the_codes_does_not_count(world, as_, client):
    held = await opened(world, as_, client)
    await held.votes("team", *[GOOD] * 5)

    same = await held.count(held.officer)
    other = await held.count(await as_.leader())

    assert (same.status_code, same.json()["code"]) == (409, "ballot.count.blocked")
    assert other.status_code == 200, other.text


async def test_without_its_key_an_urn_stays_shut(world, as_, client):
    held = await opened(world, as_, client)
    await held.votes("team", *[GOOD] * 5)
    leader = await as_.leader()

    refused = await held.count(leader, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")

    assert (refused.status_code, refused.json()["code"]) == (422, "ballot.key")
    assert (await held.read())["state"] == "closed"
    assert (await held.count(leader, held.key.lower().replace("-", ""))).status_code == 200


async def test_counting_publishes_and_leaves_no_urn(world, as_, client):
    held = await opened(world, as_, client)
    tags = await held.votes("team", GOOD, GOOD, BAD, (0, None), UNKNOWN, (None, None))
    lead = await as_.lead(held.unit)
    assert (await lead.get(held.url)).status_code == 404

    leader = await as_.leader()
    await held.count(leader)

    shown = await held.read(lead)
    team, staff = shown["result"]["groups"]
    assert (team["issued"], team["returned"], team["valid"]) == (8, 6, 5)
    assert team["answers"][0] == {"chosen": [3, 1, 1], "unfilled": 0, "score": "85.00"}
    assert team["answers"][1] == {"chosen": [2, 1, 1], "unfilled": 1, "score": "80.00"}
    assert team["score"] == shown["result"]["score"] == "82.50"
    assert (staff["left_out"], staff["returned"], staff["score"]) == ("none", None, None)
    assert shown["turnout"] == shown["hand_counts"] == shown["actions"] == []
    assert await world.all(select(BallotUrn)) == []
    published = (await lead.get(f"{held.url}/tags")).json()
    assert published["tags"] == sorted(tags)
    (record,) = await world.all(select(BallotRecord.text))
    assert published["record_hash"] == digest(record) == shown["record_hash"]


async def test_a_voter_finds_the_own_paper_in_the_published_list(world, as_, client):
    held = await opened(world, as_, client)
    tag, *_ = await held.votes("team", *[GOOD] * 5)
    (few,) = await held.votes("staff", BAD)
    before = await client.post(TAGS, json={"tag": tag})
    await held.count(await as_.leader())

    found = await client.post(TAGS, json={"tag": tag.lower()})
    sealed = await client.post(TAGS, json={"tag": few})

    assert before.status_code == sealed.status_code == 404
    assert found.json()["record_hash"] == (await held.read())["record_hash"]


async def test_the_record_is_for_leaders_and_its_reading_is_recorded(world, as_, client):
    held = await opened(world, as_, client)
    await held.votes("team", *[GOOD] * 5)
    leader = await as_.leader()
    await held.count(leader)

    refused = await held.officer.post(f"{held.url}/record")
    record = await leader.post(f"{held.url}/record")

    assert refused.status_code == 403
    assert digest(record.text) == (await held.read())["record_hash"]
    told = await world.all(select(Event).where(Event.name == "ballot.record_read"))
    assert [one.actor_id for one in told] == [leader.person_id]


async def test_a_locked_ballot_keeps_no_codes_and_changes_no_more(world, as_, client):
    held = await opened(world, as_, client)
    await held.votes("team", *[GOOD] * 5)
    leader = await as_.leader()
    await held.count(leader)

    assert (await held.move("lock", leader)).status_code == 200
    assert await world.all(select(BallotCode)) == []
    assert (await held.move("issue")).status_code == 409


async def test_events_tell_of_steps_and_never_of_votes(world, as_, client):
    held = await opened(world, as_, client)
    await held.votes("team", *[GOOD] * 6)
    await held.count(await as_.leader())

    names = [one.name for one in await world.all(select(Event).order_by(Event.seq))]
    steps = ("created", "issue", "open", "close", "count")
    assert names == [f"ballot.{one}" for one in steps]


async def test_what_the_years_results_read(world, as_, client):
    held = await opened(world, as_, client)
    await held.votes("team", *[GOOD] * 5)
    await held.votes("staff", *[BAD] * 4)
    ctx = await world.ctx()
    campaign = held.ballot["campaign_id"]
    assert await queries.list_results(ctx, campaign) == {}

    await held.count(await as_.leader())

    (result,) = (await queries.list_results(await world.ctx(), campaign)).values()
    scores = {one.code: one.score and str(one.score) for one in result.groups}
    assert scores == {"team": "100.00", "staff": None}
    assert str(result.score) == "100.00"


async def test_only_officers_hold_ballots(world, as_):
    campaign, unit = await make_campaign(world), await make_unit(world)
    for client in (await as_.lead(unit), await as_.leader(), await as_.inspector()):
        answer = await client.post(BALLOTS, json=body(campaign, unit))
        assert answer.status_code == 403
