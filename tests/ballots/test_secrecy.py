"""No stored thing links a voter to a paper: dumps around every vote do not help a thief."""

import json
import random
from collections import Counter
from math import sqrt
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlmodel import select

from sihao.ballots.actions import voting
from sihao.ballots.models import BallotRecord
from sihao.ballots.seal import Paper, new_key, seal, unseal
from tests.ballots.holding import Held, opened
from tests.ballots.thieves import THIEVES, Dump, Loot, by_words, ranks
from tests.factories_campaigns import make_campaign

POLLS = 200
GROUPS = [{"code": "team", "name": "班子成员", "weight": "100", "codes": 7}]
LUCK = 5
"""Standard deviations of what chance links; a thief who is better than that knows something."""


async def dump(city) -> Dump:
    """Steal everything: rows with place and transaction, and the sequences."""
    tables = await city.superuser.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    parts = [
        f"SELECT '{name}', ctid::text, xmin::text, to_jsonb(t)::text FROM \"{name}\" t"  # noqa: S608 - ours
        for (name,) in tables
    ]
    sequences = "SELECT 'sequences', '', '1', jsonb_agg(s)::text FROM pg_sequences s"
    rows = await city.superuser.fetch(" UNION ALL ".join([*parts, sequences]))
    return frozenset(tuple(one) for one in rows)


async def hold_poll(city, campaign, leader, chance: random.Random) -> tuple[Loot, list[int], Held]:
    """Hold a small poll; give the loot and the truth: for each vote its place among the papers."""
    held = await opened(city.world, city.as_, city.client, campaign=campaign, groups=GROUPS)
    voters = chance.sample(range(7), chance.randint(5, 7))
    dumps, tags = [await dump(city)], []
    for voter in voters:
        answers = [chance.choice([0, 1, 2, None]) for _ in range(2)]
        (tag,) = [(await held.vote("team", voter, *answers)).json()["tag"]]
        tags.append(tag)
        dumps.append(await dump(city))
    answer = await held.count(leader)
    assert answer.status_code == 200, answer.text
    (text,) = await city.world.all(
        select(BallotRecord.text).where(BallotRecord.ballot_id == held.ballot["id"])
    )
    papers = [(tag, answers) for _, tag, answers in json.loads(text)["papers"]]
    codes = [held.codes["team"][voter] for voter in voters]
    truth = [[tag for tag, _ in papers].index(one) for one in tags]
    for table in ("ballot_code", "ballot_record", "ballot", "event", "idempotency_key"):
        await city.superuser.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
    return Loot(dumps, papers, codes), truth, held


async def test_no_thief_links_better_than_chance(city):
    chance = random.Random(20261124)
    campaign = await make_campaign(city.world, year=2031)
    leader = await city.as_.leader()
    linked: Counter[str] = Counter()
    votes = 0
    for _ in range(POLLS):
        loot, truth, _ = await hold_poll(city, campaign, leader, chance)
        votes += len(truth)
        for thief in THIEVES:
            guess = thief(loot)
            linked[thief.__name__] += sum(a == b for a, b in zip(guess, truth, strict=True))

    assert votes > 5 * POLLS
    luckiest = POLLS + LUCK * sqrt(POLLS)  # chance links one vote of each poll
    assert {name: number for name, number in linked.items() if number > luckiest} == {}


async def test_a_vote_writes_nothing_but_a_spent_code_and_a_shuffled_urn(city):
    campaign = await make_campaign(city.world, year=2032)
    loot, _, held = await hold_poll(city, campaign, await city.as_.leader(), random.Random(1))

    for vote in range(len(loot.codes)):
        assert [table for table, *_ in loot.appeared(vote)] == ["ballot_code", "ballot_urn"]
    sizes = {len(loot.sealed(vote)) for vote in range(len(loot.codes))}
    assert len(sizes) == 1
    (urn,) = [json.loads(row) for table, *_, row in loot.dumps[-1] if table == "ballot_urn"]
    assert urn["papers"] == sorted(urn["papers"])
    assert held.key not in "".join(row for one in loot.dumps for *_, row in one)


async def test_one_dump_and_the_key_show_papers_without_voters(city):
    """The urn is in random order, so that codes by their transaction do not match it."""
    chance, linked, polls = random.Random(7), 0, 20
    campaign = await make_campaign(city.world, year=2033)
    leader = await city.as_.leader()
    for _ in range(polls):
        loot, truth, held = await hold_poll(city, campaign, leader, chance)
        (urn,) = [json.loads(row) for table, *_, row in loot.dumps[-1] if table == "ballot_urn"]
        ballot = held.ballot["id"]
        opened_tags = [
            unseal(held.key, ballot, "team", bytes.fromhex(one[2:]), 2).tag for one in urn["papers"]
        ]
        tags = [tag for tag, _ in loot.papers]
        spent = [
            int(xmin) for table, _, xmin, row in sorted(loot.dumps[-1]) if '"spent": true' in row
        ]
        assert len(spent) == len(truth)
        guess = [tags.index(opened_tags[rank]) for rank in ranks(sorted(spent))]
        linked += sum(a == b for a, b in zip(guess, truth, strict=True))

    assert linked <= polls + LUCK * sqrt(polls)


async def test_thieves_do_find_what_is_not_sealed(city, monkeypatch):
    """They are honest thieves: where a paper lies open they link every voter."""

    def leave_open(_key, _ballot, paper) -> bytes:
        return b"\0" * 32 + paper.tag.encode()

    monkeypatch.setattr(voting, "seal", leave_open)
    campaign = await make_campaign(city.world, year=2034)
    held = await opened(city.world, city.as_, city.client, campaign=campaign, groups=GROUPS)
    dumps, tags = [await dump(city)], []
    for voter in range(5):
        tags.append((await held.vote("team", voter, 0, 0)).json()["tag"])
        dumps.append(await dump(city))

    loot = Loot(dumps, [(tag, [0, 0]) for tag in sorted(tags)], held.codes["team"][:5])

    assert by_words(loot) == [sorted(tags).index(one) for one in tags]


@pytest.mark.parametrize("change", ["key", "ballot", "group"])
def test_a_paper_opens_with_its_key_in_its_ballot_and_its_group_alone(change):
    key, public = new_key()
    ballot = uuid4()
    sealed = seal(public, ballot, Paper("team", "AAAA-BBBB-CCCC", (0, None)))
    right = {"key": key, "ballot": ballot, "group": "team"}
    wrong = {"key": new_key()[0], "ballot": uuid4(), "group": "staff"}

    assert unseal(*right.values(), sealed, 2).answers == (0, None)
    with pytest.raises(InvalidTag):
        unseal(*(right | {change: wrong[change]}).values(), sealed, 2)
